"""Timing whole routes: hand-made cases in which the best place for a rest can be seen."""

import numpy as np
import pytest

from optimizer.build import ProblemBuilder, ProfileLegs
from optimizer.problem import SLOT_S, Problem
from optimizer.schedule.lanes import RouteTimes, Timekeeper, time_route
from tests.oracle.random_problems import Mix, random_problem
from tests.oracle.tiny import HOUR, MINUTE, on_a_line, with_arrays


def timed(problem: Problem, *jobs: int) -> RouteTimes:
    times = time_route(problem, 0, jobs)
    assert times is not None
    return times


def minutes(times: RouteTimes) -> dict[str, list[float]]:
    lists = {name: getattr(times, name) for name in ("leave", "arrive", "start", "end", "rest_begin")}
    return {name: (one / MINUTE).tolist() for name, one in lists.items()}


def test_a_plain_route() -> None:
    times = timed(on_a_line([5, 7]), 0, 1)
    assert minutes(times) == {
        "leave": [0, 15, 27],
        "arrive": [5, 17, 34],
        "start": [5, 17],
        "end": [15, 27],
        "rest_begin": [],
    }
    assert (times.cents, times.driven_s, times.on_site_s) == (14, 14 * MINUTE, 20 * MINUTE)


def test_leaving_home_waits_for_the_first_customer_only() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.narrow(0, [(HOUR, 2 * HOUR)])
        builder.narrow(1, [(3 * HOUR, 3 * HOUR)])

    times = minutes(timed(on_a_line([5, 7], 1, say), 0, 1))
    assert times["leave"] == [55, 70, 190]  # leaves for job 1 at once and waits at its door
    assert times["arrive"] == [60, 72, 197]
    assert times["start"] == [60, 180]


def test_the_first_of_several_windows_that_can_be_reached() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.narrow(0, [(0, 4 * MINUTE), (30 * MINUTE, 40 * MINUTE), (50 * MINUTE, HOUR)])

    assert minutes(timed(on_a_line([5], 1, say), 0))["start"] == [30]


def test_a_window_may_be_left_open_behind_the_start() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.narrow(0, [(0, 5 * MINUTE)])  # the start counts, not the end

    assert minutes(timed(on_a_line([5], 1, say), 0))["start"] == [5]


def test_set_up_is_paid_on_coming_from_another_place() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.serve([0, 1, 2], [0], 10 * MINUTE, 3 * MINUTE)

    problem = on_a_line([5, 5, 7], 1, say)
    times = timed(with_arrays(problem, site=[0, 1, 1, 3, -1]), 0, 1, 2)
    # 13 minutes at job 0, 10 at job 1 next door, 13 at job 2
    assert (np.array(minutes(times)["end"]) - minutes(times)["start"]).tolist() == [13, 10, 13]
    assert times.on_site_s == 36 * MINUTE


def test_a_rest_is_taken_where_it_costs_no_lateness() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.rest(0, [(20 * MINUTE, [(0, HOUR)])])
        builder.price_lateness(0, 15 * MINUTE, 50, 0, on_end=True)
        builder.price_lateness(1, 30 * MINUTE, 70, 0, on_end=True)

    # Without a rest job 0 ends at 15 and job 1 at 27. Before job 0 the rest makes both late (120), between them only
    # job 1 (70); after job 1 (ends 27) none. At home it delays nothing at all.
    times = timed(on_a_line([5, 7], 1, say), 0, 1)
    assert times.cents == 14
    assert minutes(times)["rest_begin"] == [34]


def test_a_rest_that_must_come_first_is_taken_at_home_or_on_arrival() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.rest(0, [(20 * MINUTE, [(3 * MINUTE, 4 * MINUTE)])])

    times = minutes(timed(on_a_line([5], 1, say), 0))
    assert (times["rest_begin"], times["leave"], times["start"]) == ([3], [23, 38], [28])


def test_a_rest_that_may_as_well_be_taken_at_home_is_taken_at_home() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.rest(0, [(20 * MINUTE, [(0, HOUR)])])
        builder.narrow(0, [(HOUR, HOUR)])

    # At home from 0 to 20, leaving at 55; or at the customer's door from 5 to 25, leaving at once.
    times = minutes(timed(on_a_line([5], 1, say), 0))
    assert (times["rest_begin"], times["leave"], times["start"]) == ([0], [55, 70], [60])


def test_a_rest_may_be_left_for_the_end_place_but_not_beyond_the_shift() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.rest(0, [(20 * MINUTE, [(18 * MINUTE, 21 * MINUTE)])])
        builder.narrow(0, [(0, 6 * MINUTE)])

    # Service from 5 to 15; the rest begins at 18 at the customer's or at 20 at home: home is reached sooner so.
    times = minutes(timed(on_a_line([5], 1, say), 0))
    assert (times["rest_begin"], times["arrive"]) == ([20], [5, 20])
    # The shift ends at 39: then the rest must begin at 18, and there is no way home before 43.
    assert time_route(on_a_line([5], 1, say, end_s=39 * MINUTE), 0, (0,)) is None
    assert time_route(on_a_line([5], 1, say, end_s=40 * MINUTE), 0, (0,)) is not None


def test_rests_are_taken_in_their_order() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.rest(0, [(10 * MINUTE, [(0, HOUR)]), (5 * MINUTE, [(0, 12 * MINUTE), (40 * MINUTE, HOUR)])])
        builder.narrow(0, [(0, 6 * MINUTE)])

    # Job 0 must start by 6, so no rest comes before it. It ends at 15: the first rest at 15 or at home at 20, the
    # second, whose first window is over, from 40 on, at home.
    times = minutes(timed(on_a_line([5], 1, say), 0))
    assert times["arrive"] == [5, 20]
    assert times["rest_begin"] == [20, 40]


def test_overtime_is_paid_to_reaching_the_end_place_once() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.bound(0, 0, 10 * MINUTE, HOUR)
        builder.price_overtime(0, 361)

    # back at 20: 600 s at 361 cents an hour are 60.17
    assert timed(on_a_line([5], 1, say), 0).cents == 10 + 60


@pytest.mark.parametrize(
    ("limit", "feasible"),
    [
        ({"work_s": 20 * MINUTE}, True),
        ({"work_s": 20 * MINUTE - 1}, False),
        ({"travel_s": 10 * MINUTE}, True),
        ({"travel_s": 10 * MINUTE - 1}, False),
        ({"jobs": 1}, True),
        ({"jobs": 0}, False),
    ],
)
def test_limits_of_the_shift(limit: dict[str, int], feasible: bool) -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.limit([0], **limit)

    # ten minutes of driving and ten of service
    assert (time_route(on_a_line([5], 1, say), 0, (0,)) is not None) == feasible


def jammed(rest: tuple[int, int] | None = None) -> Problem:
    """Return a job an hour away at full speed; from hour 1 on speed is halved, an hour of driving costs 36 cents."""
    legs = np.array([[0, HOUR], [HOUR, 0]], np.int32)
    pace = np.array([[100] + [50] * 33], np.int64)
    builder = ProblemBuilder(
        job_places=[1],
        shift_places=[(0, 0)],
        shift_profiles=[0],
        legs=(ProfileLegs(legs, 0 * legs, 36, np.zeros((2, 2), np.uint8), pace),),
        horizon_s=10 * SLOT_S,
    )
    builder.serve([0], [0], 600, 0)
    builder.bound(0, 0, 9 * HOUR, 9 * HOUR)
    if rest:
        builder.narrow(0, [(2 * HOUR, 2 * HOUR)])
        builder.rest(0, [(600, [rest])])
    return builder.build()


def test_driving_costs_what_it_takes_under_congestion() -> None:
    times = timed(jammed(), 0)
    # there in the free hour, 3,600 s; back from 4,200 at half speed, 7,200 s
    assert times.arrive.tolist() == [HOUR, 4200 + 7200]
    assert (times.driven_s, times.cents) == (10_800, 36 + 72)


def test_under_congestion_the_first_drive_is_paid_as_it_is_put_off() -> None:
    # Service at 7,200. After a rest at home (begun by 600) the drive would begin at 1,200 and be through at 4,800,
    # and is put off to 3,600 at half speed: 3,600 to 7,200 is only half the way, so it must begin earlier, at
    # 1,800: 1,800 s at full speed and 3,600 s at half.
    times = timed(jammed(rest=(0, 600)), 0)
    assert times.leave[0] == 1_800
    assert times.arrive[0] == 2 * HOUR
    assert times.driven_s == 5_400 + 7_200


def test_a_timekeeper_times_many_routes() -> None:
    for seed in range(20):
        problem = random_problem(seed, Mix(jobs=9, load=0.2))
        keeper = Timekeeper(problem)
        for jobs in ((0,), (1, 2, 3, 4, 5, 6, 7, 8), (3, 1), (8, 7, 6, 5, 4, 3, 2, 1, 0)):
            for shift in range(3):
                assert repr(keeper.time(shift, jobs)) == repr(time_route(problem, shift, jobs))
