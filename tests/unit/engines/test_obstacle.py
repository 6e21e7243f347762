"""What is lacking where a job does not fit: the true kind, and the seconds at the best place."""

from collections.abc import Callable

import pytest

from optimizer.build import ProblemBuilder
from optimizer.engines.lns.obstacle import Lack, Obstacle, obstacles
from optimizer.problem import Routes
from tests.oracle.tiny import HOUR, MINUTE, on_a_line, with_arrays

Say = Callable[[ProblemBuilder], None]


def lacking(jobs: list[int], say: Say, stops: tuple[int, ...] = (), **sizes: int) -> Obstacle:
    """Return what is lacking for job 0 in a shift that serves `stops`."""
    problem = on_a_line(jobs, 1, say, **sizes)
    return obstacles(problem, Routes((stops,), (0,)))[0, 0]


def test_the_technician_comes_after_the_window() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.narrow(0, [(0, 4 * MINUTE)])

    found = lacking([5], say)  # five minutes away
    assert (found.lack, found.lack_s) == (Lack.OWN_WINDOW, MINUTE)


def test_a_later_customer_would_be_reached_too_late() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.narrow(0, [(0, 6 * MINUTE)])
        builder.narrow(1, [(10 * MINUTE, 10 * MINUTE)])

    # Job 0 first: from minute 5 to 15, and job 1 next door closed at 10. After job 1 it is 14 minutes too late.
    found = lacking([5, 5], say, (1,))
    assert (found.lack, found.lack_s, found.after) == (Lack.LATER_WINDOW, 5 * MINUTE, 0)


def test_the_day_is_too_short() -> None:
    # Five minutes there, ten of service, five back: twenty.
    found = lacking([5], lambda _: None, end_s=18 * MINUTE)
    assert (found.lack, found.lack_s) == (Lack.DAY, 2 * MINUTE)


def test_the_shift_has_all_the_jobs_it_may_have() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.limit([0], jobs=1)

    found = lacking([5, 6], say, (1,))
    assert (found.lack, found.lack_s) == (Lack.JOBS, 0)


def test_it_cannot_be_loaded() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.capacity(0, [3])
        builder.load(0, [2], [0])
        builder.load(1, [2], [0])

    assert lacking([5, 6], say, (1,)).lack is Lack.LOAD
    assert lacking([5, 6], say).lack is Lack.WORTH


@pytest.mark.parametrize("limit", [{"work_s": 39 * MINUTE}, {"travel_s": 19 * MINUTE}])
def test_the_shifts_hours_are_used_up(limit: dict[str, int]) -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.limit([0], **limit)

    # Job 1 takes 10 minutes of driving and 10 of service, both jobs 20 and 20.
    assert lacking([10, 5], say, (1,)).lack is Lack.LIMIT


@pytest.mark.parametrize("limit", [{"work_s": 39 * MINUTE}, {"jobs": 1}])
def test_the_weeks_limit_is_used_up(limit: dict[str, int]) -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.limit([0, 1], **limit)

    problem = on_a_line([5, 6], 2, say)
    # Job 1 in shift 1: 12 minutes of driving and 10 of service; job 0 in shift 0: 10 and 10 more.
    found = obstacles(problem, Routes(((), (1,)), (0,)))
    assert found[0, 0].lack is Lack.LIMIT


def test_the_rest_could_not_be_taken() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.narrow(0, [(0, 5 * MINUTE)])
        builder.rest(0, [(30 * MINUTE, [(8 * MINUTE, 12 * MINUTE)])])

    # Job 0 from minute 5 to 15: the rest, which begins by 12, would begin 3 minutes late.
    found = lacking([5], say)
    assert (found.lack, found.lack_s) == (Lack.REST, 3 * MINUTE)


def test_it_would_cost_more_than_it_is_worth() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.levels = 0

    found = lacking([60], say)
    assert (found.lack, found.lack_s, found.cents, found.after) == (Lack.WORTH, 0, 120, 0)


def test_one_entry_for_each_shift_that_nothing_forbids() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.forbid("SKILL", [0], [1])
        builder.bound(2, 0, HOUR, HOUR)

    problem = on_a_line([5, 6], 3, say)
    assert set(obstacles(problem, Routes(((), (1,), ()), (0,)))) == {(0, 0), (0, 2)}
    assert obstacles(problem, Routes(((0,), (1,), ()), ())) == {}


def test_the_best_place_is_named() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.levels = 0

    # On the way back from job 1 and before job 2: between them it costs nothing, but the prices say no.
    problem = on_a_line([60, 50, 70], 1, say)
    free = with_arrays(problem, unserved_cents=[0, 0, 0])
    found = obstacles(free, Routes(((1, 2),), (0,)))[0, 0]
    assert (found.lack, found.cents, found.after) == (Lack.WORTH, 0, 1)
