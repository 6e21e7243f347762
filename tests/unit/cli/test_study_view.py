"""A study on the terminal: its sentences, and the measures that were asked about with their intervals."""

from rich.console import Console

from optimizer.cli.progress import samples_standing
from optimizer.cli.show.study import fit_view, measures_shown, study_view
from optimizer.domain.demand_fit import Estimate, Fit
from optimizer.domain.demand_model import DemandModel
from optimizer.domain.study_result import StudyResult
from optimizer.whatif.runner import SamplingProgress
from optimizer.words.language import Language
from tests.unit.study_page.some_result import result as some_result


def printed(result: StudyResult, language: Language = "en") -> str:
    console = Console(width=150, color_system=None)
    with console.capture() as found:
        for block in study_view(result, language):
            console.print(block)
    return found.get()


def test_each_measure_stands_with_its_interval_and_its_difference() -> None:
    result = some_result()
    text = printed(result)
    assert result.study in text
    for variant in result.variants[1:]:
        assert variant.name in text
    assert text.count("from the base") >= len(measures_shown(result))
    assert " to " in text


def test_it_is_told_in_chinese_too() -> None:
    text = printed(some_result(), "zh")
    assert "现状" in text
    assert "与现状之差" in text


def test_a_fit_is_told_parameter_by_parameter() -> None:
    estimates = (
        Estimate(parameter="failures.no_access", value=0.031, count=900, sentence="0.031, from 900 visits."),
        Estimate(
            parameter="durations.usual.spread",
            value=0.3,
            count=4,
            kept=True,
            sentence="Kept at 0.3: too few.",
        ),
    )
    console = Console(width=120, color_system=None)
    with console.capture() as found:
        for block in fit_view(Fit(model=DemandModel(), estimates=estimates)):
            console.print(block)
    text = found.get()
    assert "failures.no_access" in text
    assert "Kept at 0.3: too few." in text


def test_the_way_that_is_left_is_told() -> None:
    assert samples_standing(SamplingProgress(0, 1200, 0, None)) == "0 of at most 1,200 samples"
    said = samples_standing(SamplingProgress(3, 10, 30, 70))
    assert said == "3 of at most 10 samples · 1 min left at most"
