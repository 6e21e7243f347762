"""A study in plain words: intervals with every figure, and no claim that is not clear."""

import re

import pytest

from optimizer.domain.study import BASE, Chains, ExactEnough, Variant
from optimizer.domain.study_result import SmallestStaffAnswer, StudyResult
from optimizer.whatif.answers import answers
from optimizer.words.language import LANGUAGES, Language
from optimizer.words.study_words import study_sentences, study_words
from tests.unit.study_page.some_result import result
from tests.unit.whatif.synthetic import CHAINS, question, samples, study


def small(**otherwise: object) -> StudyResult:
    return answers(study(**otherwise), question(), samples())


def test_what_was_asked_comes_first() -> None:
    first, *_ = study_sentences(small())
    assert first.startswith(
        "“a second repairer”: 3 variants compared with the base, “test”, under the same chance, in 12 chains of 5 days "
        "from 2026-07-15 on, after 5 days of warm-up"
    )


def test_only_what_is_clear_is_said_to_differ() -> None:
    found = small()
    said = next(one for one in study_sentences(found) if "share on time clearly differs" in one)
    clear, other = said.split("no clear difference with ")
    assert "“one more” (+" in clear
    assert "“as it is” (0.0 points, 0.0 to 0.0)" in other
    for variant in found.variants[1:]:
        difference = variant.measures[0].difference
        assert difference is not None
        assert (f"“{variant.name}”" in clear) is difference.clear


def test_where_nothing_differs_nothing_is_said_to() -> None:
    same = samples(dict.fromkeys((BASE, "one more", "a bit", "as it is"), 0.0))
    text = study_words(answers(study(), question(), same))
    assert "no variant clearly differs in share on time (" in text
    assert "clearly differs with" not in text
    assert "also clearly differ" not in text
    assert "These cannot be told apart from each other in share on time: the base, " in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_its_interval(language: Language) -> None:
    """A mean in brackets is followed by two ends."""
    to = "to" if language == "en" else "至"
    for one in study_sentences(small(), language):
        for inside in re.findall(r"[(（]([^()（）]*\d[^()（）]*)[)）]", one):
            assert f" {to} " in inside, one


def test_targets_are_met_missed_or_not_decided() -> None:
    text = study_words(small())
    assert re.search(
        r"Share on time at least 90\.0 %: reached by “one more” \(\d.*?; missed by the base \(", text
    )


def test_nobody_reaches_a_target_in_either_language() -> None:
    hard = {"targets": ({"measure": "on_time", "at_least": 0.999},)}
    assert "reached by none; missed by" in study_words(small(**hard))
    assert "无方案达到；现状（" in study_words(small(**hard), "zh")


def test_why_it_ended() -> None:
    assert "there are as many chains as there may be; about" in study_words(small())
    off = small(chains=Chains(least=CHAINS, most=CHAINS + 1))
    assert "was broken off" in study_words(off)
    enough = small(stop=ExactEnough(half_width=0.3))
    assert study_sentences(enough)[-1] == "Share on time is known to ± 30.0 points, as was asked for."


def test_questions_are_answered() -> None:
    found = result()
    text = study_words(found)
    assert "The fewest people that were found to meet all targets are" in text
    assert "on chains kept back for it, the targets are" in text
    assert "“technician like T1, B1” (+" in text
    assert "refrigerant pump" not in text  # its worth is not clear of zero
    assert found.smallest_staff is not None
    none = SmallestStaffAnswer(tried=found.smallest_staff.tried[:2], more=None, confirmed=None)
    text = study_words(found.model_copy(update={"smallest_staff": none}))
    assert "No number of people that was tried (3 and 4) surely meets all targets." in text


def test_of_many_variants_only_some_are_named() -> None:
    names = [f"V{number}" for number in range(20)]
    asked = study(variants=tuple(Variant(name=name) for name in names))
    told = samples({BASE: 0.0} | dict.fromkeys(names, 0.0))
    text = study_words(answers(asked, question(), told))
    assert "“V4”" in text
    assert "“V5”" not in text
    assert "15 more" in text


def test_chinese_is_chinese() -> None:
    text = study_words(small(), "zh")
    for word in ("base", "points", "share on time", "chains", "clear"):
        assert word not in text.replace("“base”", "")
    assert "与现状相比，按时率确有差异的是“one more”（+" in text
