"""Trips as rows of a problem: what they take from their days, what rules them out, and who cannot be out beside."""

from collections.abc import Callable

import numpy as np
import pytest

from optimizer.build import Bars, Days, Nights, ProblemBuilder, Trip, add_trips
from optimizer.problem import UNLIMITED, Problem
from optimizer.schedule.lanes import time_route
from tests.oracle.tiny import HOUR, MINUTE, on_a_line, with_arrays
from tests.oracle.tiny_trips import DAY_S, minute, starting, trip_on_a_line

BARRED = 31


def days(
    number: int, say: Callable[[ProblemBuilder], None] = lambda _: None, *, people: bool = True
) -> Problem:
    """Return a problem of one job 5 minutes from home and days of one person, without trips."""

    def person(builder: ProblemBuilder) -> None:
        if people:
            builder.ties.same_person(range(number))
        for day in range(number):
            builder.bound(day, day * DAY_S, day * DAY_S + 8 * HOUR, day * DAY_S + 9 * HOUR)
        say(builder)

    return on_a_line([5], number, person, end_s=number * DAY_S)


def with_trips(problem: Problem, *trips: Trip) -> Problem:
    """Return the problem with these trips; a night costs 7 cents anywhere."""
    return add_trips(problem, trips, Nights([7, 7]), Bars(BARRED))


def row_of_rests(made: Problem) -> list[int]:
    """Return the rests of the last row."""
    return list(range(int(made.rest_ptr[-2]), int(made.rest_ptr[-1])))


def test_a_night_lasts_from_the_regular_end_to_the_next_start() -> None:
    made = with_trips(days(3), Trip((0, 1, 2), 0))
    assert made.trips.tolist() == [1]
    rests = row_of_rests(made)
    assert made.night[rests].tolist() == [True, True]
    assert made.rest_s[rests].tolist() == [16 * HOUR] * 2
    spans = [
        (int(made.rest_open[w]), int(made.rest_close[w]))
        for w in range(made.rest_window_ptr[rests[0]], made.rest_window_ptr[rests[-1] + 1])
    ]
    assert spans == [(8 * HOUR, 8 * HOUR), (DAY_S + 8 * HOUR,) * 2]
    assert made.night_cents.tolist() == [7, 7, 0]


def test_each_night_knows_the_working_day_after_it() -> None:
    def say(builder: ProblemBuilder) -> None:
        for day, following in enumerate((2, 2, 3)):  # the second day is worked on and no working day
            builder.ties.next_day(day, DAY_S * following)

    made = with_trips(days(3, say), Trip((0, 1, 2), 0))
    assert made.night_next_day_s[row_of_rests(made)].tolist() == [2 * DAY_S] * 2
    assert made.next_day_s[3] == 3 * DAY_S


def test_a_trip_begins_with_its_first_day_and_ends_with_its_last() -> None:
    made = with_trips(days(2), Trip((0, 1), 0))
    assert (made.start_s[2], made.regular_end_s[2]) == (0, DAY_S + 8 * HOUR)
    assert made.latest_end_s[2] == DAY_S + 9 * HOUR  # overtime on the last day only
    assert made.person[2] == made.person[0]


def test_a_days_hours_end_the_last_day_early_and_the_others_too() -> None:
    def say(builder: ProblemBuilder) -> None:
        for day in (0, 1):
            builder.limit([day], work_s=6 * HOUR)

    trip = with_trips(days(2, say), Trip((0, 1), 0))
    # Six hours of work cannot be exceeded where the day has only six hours.
    assert trip.rest_open[trip.rest_ptr[2]] == 6 * HOUR
    assert trip.rest_s[trip.rest_ptr[2]] == 18 * HOUR
    assert trip.latest_end_s[2] == DAY_S + 6 * HOUR
    assert trip.max_work_s[2] == UNLIMITED


def test_rests_lengthen_the_hours_of_a_day() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.limit([0], work_s=6 * HOUR)
        builder.rest(0, [(30 * MINUTE, [(4 * HOUR, 5 * HOUR)])])

    known = Days(days(2, say))
    assert known.end_away(0) == 6 * HOUR + 30 * MINUTE
    assert known.end_away(1) == DAY_S + 8 * HOUR


def test_who_is_barred_on_one_day_is_barred_on_the_trip() -> None:
    made = with_trips(days(2, lambda builder: builder.forbid("X", [0], [1])), Trip((0, 1), 0))
    assert made.forbidden[0].tolist() == [0, 1, 1]


def test_a_job_that_costs_something_else_on_each_day_is_barred() -> None:
    priced = days(2, lambda builder: builder.meters.price_assignment([0], [1], 40))
    made = with_trips(priced, Trip((0, 1), 0))
    assert made.forbidden[0].tolist() == [0, 0, np.uint32(1 << BARRED)]
    same = days(2, lambda builder: builder.meters.price_assignment([0], [0, 1], 40))
    alike = with_trips(same, Trip((0, 1), 0))
    assert (alike.forbidden[0, 2], alike.assignment_cents[0, 2]) == (0, 40)


def test_a_trip_has_no_more_jobs_than_one_of_its_days_may_have() -> None:
    made = days(2, lambda builder: builder.limit([1], jobs=3))
    assert with_trips(made, Trip((0, 1), 0)).max_jobs[2] == 3


def test_a_trip_ends_before_one_of_its_days_could_earn_a_bonus() -> None:
    # From the fifth job of a day on each costs 20 cents: four jobs on the trip can earn none.
    def say(builder: ProblemBuilder) -> None:
        for day in (0, 1):
            builder.meters.price_load([day], [0], 0, [(4, 20, 0)])

    made = days(2, say)
    assert Days(made).most_jobs(Trip((0, 1), 0)) == 4
    assert Days(made).most_jobs(Trip((0,), 0)) == UNLIMITED


def test_trips_rule_out_their_days_their_rest_and_each_other() -> None:
    made = with_trips(days(4), Trip((0, 1), 0, free=(2,)), Trip((1, 2), 0), Trip((2, 3), 0), Trip((3,), 0))
    rivals = [made.rival[made.rival_ptr[row] : made.rival_ptr[row + 1]].tolist() for row in range(8)]
    assert rivals[:4] == [[4], [4, 5], [4, 5, 6], [6, 7]]
    assert rivals[4] == [0, 1, 2, 5, 6]  # its days, its day of rest, and the trips on any of them
    assert rivals[5] == [1, 2, 4, 6]
    assert rivals[6] == [2, 3, 4, 5, 7]
    assert rivals[7] == [3, 6]


@pytest.mark.parametrize(
    ("problem", "trip", "can"),
    [
        (days(2), Trip((0, 1), 0), True),
        (days(2, people=False), Trip((0, 1), 0), False),  # two people
        (days(2, lambda builder: builder.bound(1, DAY_S, DAY_S, DAY_S)), Trip((0, 1), 0), False),  # no hours
        (
            days(2, lambda builder: builder.bound(0, 0, DAY_S, DAY_S)),
            Trip((0, 1), 0),
            False,
        ),  # no night between
        (days(2, lambda builder: builder.limit([0], jobs=0)), Trip((0, 1), 0), False),
        (days(2, lambda builder: builder.limit([0], jobs=0)), Trip((0,), 0), True),  # a day alone is as it is
    ],
)
def test_what_can_be_one_trip(problem: Problem, trip: Trip, can: bool) -> None:
    assert Days(problem).can_be_made(trip) == can


def test_a_night_costs_what_its_place_costs_and_nothing_at_home() -> None:
    out = trip_on_a_line([5, 10], 2, [0, 50, 7], starting(minute(0, 30), minute(1, 60)))
    away = time_route(out, 2, (0, 1))
    assert away is not None
    assert away.cents == 20 + 7  # 5 + 5 + 10 minutes of driving, the night at the second job
    at_home = time_route(trip_on_a_line([5], 2, [9, 50], starting(minute(1, 60))), 2, (0,))
    assert at_home is not None
    assert at_home.cents == 10


def test_what_is_said_of_days_bars_a_trip_only_where_it_bars_all_of_them() -> None:
    def say(builder: ProblemBuilder) -> None:
        builder.forbid("SKILL", [0], [2])
        builder.forbid("PINNED", [0], [0, 2])

    skill, pinned = 1 << 0, 1 << 1
    plain = days(3, say)
    made = add_trips(
        plain, [Trip((0, 1), 0), Trip((1, 2), 0), Trip((2,), 0)], Nights([7, 7]), Bars(BARRED, pinned)
    )
    assert made.forbidden[0, 3:].tolist() == [0, skill, skill | pinned]


def test_nobody_loads_where_a_trip_starts_or_ends() -> None:
    def say(builder: ProblemBuilder) -> None:
        for day in range(2):
            builder.bound(day, day * DAY_S, day * DAY_S + 8 * HOUR, day * DAY_S + 9 * HOUR)
        builder.ties.same_person(range(2))
        builder.supplies.consume(0, {0: 1})
        for halt, branch in ((1, 0), (2, 1)):
            builder.ties.belong(halt, 0)
            builder.supplies.fetch(0, halt, branch, {0: 1})
            builder.supplies.stock(branch, {0: 1})

    plain = on_a_line([5, 5, 7], 2, say, end_s=2 * DAY_S)
    plain = with_arrays(plain, place=[1, 0, 3])  # the first branch stands at the depot
    made = with_trips(plain, Trip((0, 1), 0))
    assert made.forbidden[:, 2].tolist() == [0, 1 << BARRED, 0]
