"""A study on the terminal: the base itself, differences with their intervals, and what is not as exact as asked."""

from rich.console import Console

from optimizer.cli.progress import samples_standing
from optimizer.cli.show.study import measures_of, study_view
from optimizer.domain.study import ExactEnough, Study, Target
from optimizer.whatif.runner import Sampling, SamplingProgress
from optimizer.whatif.staged import Sampled, sampled
from tests.unit.whatif.in_process import InMemory, InProcess
from tests.unit.whatif.stand_in import assignment, study


def lines(asked: Study) -> list[str]:
    console = Console(width=120, color_system=None)
    with console.capture() as printed:
        for block in study_view(asked, result(asked)):
            console.print(block)
    return printed.get().splitlines()


def result(asked: Study) -> Sampled:
    return sampled(asked, Sampling(InProcess(assignment(asked)), InMemory(), at_most=1))


def test_an_interval_is_told_as_wide_as_was_asked_for_and_what_never_differs_as_nothing() -> None:
    _, head, base, one_more, as_it_is, under = lines(study(least=5, most=50, half_width=0.5))
    assert head.split() == ["variant", "on_time"]
    assert base.endswith(" ± 0.5")
    assert one_more.endswith(" ± 0.5")
    assert as_it_is.split() == ["as", "it", "is", "+0", "±", "0"]
    assert "from 5 chains of 2 days" in under


def test_the_measures_are_those_of_the_targets_and_the_one_it_stops_by() -> None:
    asked = study(
        targets=(Target(measure="open_jobs", at_most=3), Target(at_least=0.9)),
        stop=ExactEnough(measure="done"),
    )
    assert measures_of(asked) == ("open_jobs", "on_time", "done")
    assert measures_of(study()) == ("on_time",)


def test_what_never_occurs_has_no_figure() -> None:
    said = lines(study(most=2, stop=ExactEnough(measure="travel_share")))  # nobody drives
    assert [line.split()[-1] for line in said[2:5]] == ["–", "–", "–"]
    assert said[-1].startswith("Not as exact as was asked for: travel_share ± 0.01")


def test_the_way_that_is_left_is_told() -> None:
    assert samples_standing(SamplingProgress(0, 1200, 0, None)) == "0 of at most 1,200 samples"
    said = samples_standing(SamplingProgress(3, 10, 30, 70))
    assert said == "3 of at most 10 samples · 1 min left at most"
