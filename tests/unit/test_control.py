"""How a run is bounded: every stop ends it for its own reason."""

import pytest

from optimizer.control import (
    AnyOf,
    Budget,
    Cancel,
    EndedBy,
    Iterations,
    NoImprovement,
    Seconds,
    Stagnation,
    Stop,
    Target,
)


class Watch:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    stopped = Watch()
    monkeypatch.setattr("time.monotonic", stopped)
    return stopped


def test_iterations() -> None:
    budget = Budget(Iterations(10))
    assert (budget.ended_by(), budget.share(), budget.iterations_left()) == (None, 0.0, 10)
    budget.note((0, 5), 4)
    assert (budget.ended_by(), budget.share(), budget.iterations_left()) == (None, 0.4, 6)
    budget.note((0, 5), 12)
    assert (budget.ended_by(), budget.share(), budget.iterations_left()) == ("iterations", 1.0, 0)
    assert not budget.timed


def test_seconds(watch: Watch) -> None:
    budget = Budget(Seconds(8.0))
    assert budget.timed
    watch.now += 2
    assert (budget.elapsed_s, budget.share(), budget.ended_by()) == (2.0, 0.25, None)
    watch.now += 6
    assert (budget.share(), budget.ended_by()) == (1.0, "time")
    watch.now += 60
    assert budget.share() == 1.0
    assert budget.iterations_left() is None


def test_no_improvement_counts_from_the_last_better_plan(watch: Watch) -> None:
    budget = Budget(NoImprovement(5.0))
    assert budget.timed
    watch.now += 4
    budget.note((1, 100), 1)
    watch.now += 4
    budget.note((1, 100), 2)  # not better
    assert (budget.ended_by(), budget.share()) == (None, 0.8)
    budget.note((1, 99), 3)
    watch.now += 4
    assert budget.ended_by() is None
    watch.now += 1
    assert budget.ended_by() == "no_improvement"


def test_a_target_compares_weight_first() -> None:
    budget = Budget(Target(weight=2, cents=500))
    assert budget.ended_by() is None  # nothing noted yet
    for best, ended_by in [((3, 0), None), ((2, 501), None), ((2, 500), "target"), ((1, 9_999), "target")]:
        budget.note(best, 0)
        assert budget.ended_by() == ended_by
    assert budget.share() == 0.0


@pytest.mark.parametrize("stop", [Seconds(0), Iterations(0), NoImprovement(0), Stagnation(0)])
def test_no_budget_is_used_up_at_once(stop: Stop) -> None:
    budget = Budget(stop)
    assert budget.share() == 1.0
    assert budget.ended_by() is not None


def test_any_of_several_stops_ends_the_run(watch: Watch) -> None:
    nested = AnyOf((Seconds(10.0), AnyOf((Iterations(100), Iterations(60))), Target(0, 7)))
    budget = Budget(nested)
    budget.note((0, 50), 30)
    watch.now += 2
    # the part that is used up most counts: 30 of 60 iterations, not 2 of 10 s
    assert (budget.share(), budget.iterations_left(), budget.ended_by()) == (0.5, 30, None)
    budget.note((0, 6), 31)
    assert budget.ended_by() == "target"
    watch.now += 8
    assert budget.ended_by() == "time"  # the first named of several


def test_no_stops_at_all_never_end_the_run() -> None:
    budget = Budget(AnyOf(()))
    assert (budget.share(), budget.iterations_left(), budget.ended_by(), budget.timed) == (
        0.0,
        None,
        None,
        False,
    )


def test_cancelling_comes_before_everything() -> None:
    cancel = Cancel()
    budget = Budget(Iterations(0), cancel)
    expected: list[EndedBy | None] = ["iterations", "cancelled"]
    before = budget.ended_by()
    cancel.ask()
    assert [before, budget.ended_by()] == expected


def test_stagnation_counts_iterations_from_the_last_better_plan() -> None:
    budget = Budget(Stagnation(100))
    assert not budget.timed
    budget.note((1, 100), 60)
    budget.note((1, 100), 110)  # not better
    assert (budget.ended_by(), budget.share()) == (None, 0.5)
    budget.note((1, 99), 150)
    budget.note((1, 99), 249)
    assert budget.ended_by() is None
    budget.note((1, 99), 250)
    assert (budget.ended_by(), budget.share()) == ("no_improvement", 1.0)
