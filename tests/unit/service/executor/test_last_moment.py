import pytest

from optimizer.control import AnyOf, Cancel, Iterations, NoImprovement, Seconds, Stop, Target
from service.executor.last_moment import LastMoment

# 100 jobs: 0.2 s and 100 times 2 ms are kept for what comes after the search, so 9.6 of 10 s are left for it.
LEFT = Seconds(pytest.approx(9.6))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "stop", [Seconds(60), NoImprovement(5), AnyOf((Iterations(9), AnyOf((Target(0, 1), Seconds(60)))))]
)
def test_a_search_by_the_clock_knows_when_it_ends(stop: Stop) -> None:
    assert LastMoment(10, 100, Cancel()).bound(stop) == AnyOf((stop, LEFT))


@pytest.mark.parametrize("stop", [Iterations(9), AnyOf((Iterations(9), Target(0, 1)))])
def test_a_search_without_a_clock_goes_its_way_as_without_a_deadline(stop: Stop) -> None:
    assert LastMoment(10, 100, Cancel()).bound(stop) == stop


def test_without_a_deadline_nothing_changes() -> None:
    cancel = Cancel()
    last = LastMoment(None, 100, cancel)
    assert last.bound(Seconds(60)) == Seconds(60)
    with last.watched():
        pass
    assert not cancel.asked


def test_a_search_whose_time_is_up_is_ended_and_says_so() -> None:
    cancel = Cancel()
    last = LastMoment(-1, 100, cancel)
    with last.watched():
        while not cancel.asked:
            pass
    assert last.came


def test_who_was_cancelled_before_was_not_ended_by_the_deadline() -> None:
    cancel = Cancel(asked=True)
    last = LastMoment(-1, 100, cancel)
    with last.watched():
        pass
    assert not last.came
