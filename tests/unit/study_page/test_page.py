"""The study page: every figure has its interval, it needs nothing else, and nobody's text can steer it."""

import re
from importlib.resources import files

import pytest

from optimizer.domain.study import BASE, Variant
from optimizer.domain.study_result import StudyResult
from optimizer.study_page import drawings, study_page, tables
from optimizer.study_page.labels import LABELS
from optimizer.whatif.answers import answers
from optimizer.words.language import LANGUAGES, Language
from tests.unit.day_page.test_page import _Tags
from tests.unit.study_page.some_result import EFFECTS, HOSTILE, result
from tests.unit.whatif.synthetic import question, samples, study


@pytest.fixture(scope="module")
def found() -> StudyResult:
    return result()


def text_of(found: StudyResult, language: Language = "en") -> str:
    """Return what can be read on the page, with single blanks."""
    return " ".join(" ".join(_Tags(study_page(found, language=language)).text).split())


def test_the_same_answers_give_the_same_page(found: StudyResult) -> None:
    assert study_page(found) == study_page(result())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_else(found: StudyResult, language: Language) -> None:
    page = study_page(found, language=language)
    for tag, attributes in _Tags(page).tags:
        assert tag not in ("link", "img", "iframe", "object", "base", "form", "script")
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert page.count("http://localhost:9") > 0  # as text
    assert not re.search(r"url\((?!#)|@import", page)


def test_hostile_text_stays_text(found: StudyResult) -> None:
    page = study_page(found)
    assert "<img" not in page
    assert page.count("</style>") == 1
    assert HOSTILE in " ".join(_Tags(page).text)


def test_every_value_stands_with_its_interval(found: StudyResult) -> None:
    for cells in (line.cells for line in tables.figure_table(found, LABELS["en"], "en").lines):
        assert len(cells) == 14
        assert all(cell.more.startswith("± ") for cell in cells)
    for drawn in drawings.differences(found, LABELS["en"], "en"):
        assert [row.name for row in drawn.rows] == [name for name in EFFECTS if name != BASE]
        for row in drawn.rows:
            assert " to " in row.more
            assert row.low is not None
            assert row.high is not None
            assert row.at is not None
            assert row.low <= row.at <= row.high


def test_only_clear_differences_have_a_colour_and_stand_in_the_table(found: StudyResult) -> None:
    table = tables.figure_table(found, LABELS["en"], "en")
    for variant, line in zip(found.variants, table.lines, strict=True):
        for one, cell in zip(variant.measures, line.cells, strict=True):
            clear = one.difference is not None and one.difference.clear
            assert bool(cell.extra) is clear
            assert bool(cell.tone) is clear


def test_colours_say_better_and_worse(found: StudyResult) -> None:
    on_time, overtime, *_ = drawings.differences(found, LABELS["en"], "en")
    assert (on_time.title, overtime.title) == ("share on time", "overtime a day")
    assert [row.tone for row in on_time.rows] == ["good", "good", "", "", "bad"]
    assert (overtime.rows[0].tone, overtime.rows[-1].tone) == ("good", "bad")
    assert overtime.rows[0].words.startswith("-")  # less, and that is good


def test_what_cannot_be_told_apart_is_said(found: StudyResult) -> None:
    overtime = drawings.differences(found, LABELS["en"], "en")[1]
    assert overtime.note == "Cannot be told apart: base and as it is"


def test_of_many_that_cannot_be_told_apart_some_are_named() -> None:
    names = [f"V{number}" for number in range(20)]
    asked = study(variants=tuple(Variant(name=name) for name in names))
    same = answers(asked, question(0), samples(dict.fromkeys((BASE, *names), 0.0)))
    note = drawings.differences(same, LABELS["en"], "en")[0].note
    assert note == "Cannot be told apart: base, V0, V1, V2, V3, V4, V5, V6, …"


def test_a_variant_that_is_the_base_stands_on_zero(found: StudyResult) -> None:
    for drawn in drawings.differences(found, LABELS["en"], "en"):
        row = next(row for row in drawn.rows if row.name == "as it is")
        assert row.low == row.at == row.high == drawn.marks[0]


def test_measures_in_which_nothing_differs_are_named_and_not_drawn(found: StudyResult) -> None:
    drawn = {one.title for one in drawings.differences(found, LABELS["en"], "en")}
    never = drawings.never_differing(found, "en")
    assert never == "jobs done"  # the same chance for all decides them
    assert never not in drawn
    assert "No difference in any chain: jobs done" in text_of(found)


def test_targets_clocks_and_queueing_are_there(found: StudyResult) -> None:
    text = text_of(found)
    for said in ("met", "not met", "not decided", "ARRIVE_NEAR", "CONTACT · desk", "25.7 a day"):
        assert said in text, said
    lines = tables.queue_lines(found, "en")
    assert len(lines) == len(EFFECTS)
    one = found.variants[0].queueing[0]
    assert (lines[0].load, lines[0].enough) == (f"{one.load:.1f}", one.smallest_staff)
    assert "enough for 90.0 %" in text


def test_staff_and_one_more_are_drawn_where_they_were_asked_for(found: StudyResult) -> None:
    on_time, _ = drawings.staff(found, LABELS["en"], "en")
    names = [row.name for row in on_time.rows]
    assert names[:5] == ["3 (-1)", "4 (+0)", "5 (+1)", "6 (+2)", "7 (+3)"]
    assert names[5].endswith("on chains kept back")
    worth = drawings.one_more(found, "en")
    assert worth is not None
    assert [row.tone for row in worth.rows] == ["good", "good", ""]
    bare = answers(study(), question(), samples())
    assert drawings.staff(bare, LABELS["en"], "en") == ()
    assert drawings.one_more(bare, "en") is None
    assert 'id="staff"' not in study_page(bare)


def test_each_chain_has_its_dot_up_to_two_hundred(found: StudyResult) -> None:
    on_time, *_ = drawings.chains(found, "en")
    assert all(len(row.dots) == found.chains for row in on_time.rows)
    many = answers(
        study(variants=(), chains={"least": 201, "most": 201}), question(0), samples({BASE: 0.0}, chains=201)
    )
    on_time, *_ = drawings.chains(many, "en")
    assert on_time.rows[0].dots == ()
    assert on_time.rows[0].box is not None


def test_the_base_alone_has_a_page_too() -> None:
    alone = answers(study(variants=()), question(), samples({BASE: 0.0}))
    page = study_page(alone)
    assert 'id="differences"' not in page
    assert "the base, “test”, by itself" in page


def test_provenance_is_there(found: StudyResult) -> None:
    text = text_of(found)
    for said in (
        "seed 0",
        "2,000 iterations in the morning",
        "400 at each re-plan (10:00, 13:30)",
        "paigong 0.1.0",
    ):
        assert said in text, said


def test_both_languages_have_the_same_labels() -> None:
    assert LABELS["en"].keys() == LABELS["zh"].keys()


def test_the_chinese_page_has_no_english_label(found: StudyResult) -> None:
    words = {piece.strip(" ():·\n") for piece in _Tags(study_page(found, language="zh")).text}
    english = {text for key, text in LABELS["en"].items() if "{" not in text and key != "html_lang"}
    assert words & english == set()
    assert "与现状之差" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_id_on_the_page_is_there_once(found: StudyResult, language: Language) -> None:
    tags = _Tags(study_page(found, language=language)).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {(attributes["href"] or "")[1:] for tag, attributes in tags if tag == "a"}
    assert links <= set(ids)


def test_every_label_is_used() -> None:
    folder = files("optimizer.study_page")
    sources = [one for one in folder.iterdir() if one.name.endswith(".py") and one.name != "labels.py"]
    sources += list(folder.joinpath("templates").iterdir())
    code = "".join(one.read_text(encoding="utf-8") for one in sources)
    used = set(re.findall(r"label\.(\w+)", code)) | set(re.findall(r"""\[["'](\w+)["']\]""", code))
    assert [key for key in LABELS["en"] if key not in used] == []


def test_other_numbers_on_the_chains_kept_back_are_drawn_too(found: StudyResult) -> None:
    answer = found.smallest_staff
    assert answer is not None
    assert answer.confirmed is not None
    fewer = answer.confirmed.model_copy(
        update={"more": answer.confirmed.more - 1, "people": answer.confirmed.people - 1, "state": "not_met"}
    )
    shown = found.model_copy(update={"smallest_staff": answer.model_copy(update={"beside": (fewer,)})})
    on_time, _ = drawings.staff(shown, LABELS["en"], "en")
    names = [one.name for one in on_time.rows][-2:]
    assert names == [f"{fewer.people + more} on chains kept back" for more in (0, 1)]


def test_changes_that_were_not_tried_are_counted(found: StudyResult) -> None:
    worth = found.value_of_one_more
    assert worth is not None
    assert "were not tried" not in study_page(found)
    some = found.model_copy(update={"value_of_one_more": worth.model_copy(update={"left_out": 7})})
    assert "ranked by 12 others. 7 more changes were not tried." in study_page(some)
    assert "另有 7 项未试" in study_page(some, language="zh")
