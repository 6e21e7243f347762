"""Cutting a trip's route into days: nights before and after drives, days without stops, rests in between."""

from collections.abc import Sequence

from optimizer.build import ProblemBuilder
from optimizer.problem import Problem
from optimizer.schedule.days import Day, Way, days_of
from optimizer.schedule.lanes import time_route
from tests.oracle.tiny import MINUTE, on_a_line
from tests.oracle.tiny_trips import DAY_S, minute, starting, trip_on_a_line

HOME, A, B = 0, 1, 2
"""Places: home, and those of the first and the second job."""


def cut(problem: Problem, *jobs: int) -> list[Day]:
    """Return the days of the trip on these jobs."""
    row, days = len(problem.profile) - 1, len(problem.profile) - 1
    times = time_route(problem, row, jobs)
    assert times is not None
    return days_of(problem, row, jobs, times, [day * DAY_S for day in range(days)])


def minutes(ways: Sequence[Way]) -> list[tuple[int, int, float, float]]:
    """Return ways with their times in minutes after the start of the first day."""
    return [(way.here, way.there, way.leave_s / MINUTE, way.reach_s / MINUTE) for way in ways]


def test_a_route_of_one_day_is_one_day() -> None:
    problem = on_a_line([5, 7])
    times = time_route(problem, 0, (0, 1))
    assert times is not None
    (day,) = days_of(problem, 0, (0, 1), times, [0])
    assert (day.number, day.stops, day.away) == (0, [0, 1], False)
    # 5 minutes out, 10 of work, 2 on, 10 of work, 7 home
    assert minutes(day.ways) == [(HOME, A, 0, 5), (A, B, 15, 17), (B, HOME, 27, 34)]


def test_the_night_before_the_drive() -> None:
    # The first job ends at 480 with the day; so the night is at its place, whatever it costs.
    problem = trip_on_a_line([5, 10], 2, [0, 50, 5], starting(minute(0, 470), minute(1, 60)))
    first, second = cut(problem, 0, 1)
    assert (first.stops, first.away) == ([0], True)
    assert minutes(first.ways) == [(HOME, A, 465, 470), (A, A, 480, 480)]
    assert (second.number, second.stops, second.away) == (1, [1], False)
    assert minutes(second.ways) == [(A, B, 1440, 1445), (B, HOME, 1510, 1520)]


def test_the_night_after_the_drive() -> None:
    # Cheaper at the second job: it is driven to in the evening, and the day begins there in the morning.
    problem = trip_on_a_line([5, 10], 2, [0, 50, 5], starting(minute(0, 30), minute(1, 60)))
    first, second = cut(problem, 0, 1)
    assert (first.stops, first.away) == ([0], True)
    assert minutes(first.ways) == [(HOME, A, 25, 30), (A, B, 40, 45)]
    assert second.stops == [1]
    assert minutes(second.ways) == [(B, B, 1440, 1440), (B, HOME, 1510, 1520)]


def test_two_nights_at_one_place_and_nothing_in_between() -> None:
    problem = trip_on_a_line([5, 10], 3, [0, 50, 5], starting(minute(0, 30), minute(2, 0)))
    first, second, third = cut(problem, 0, 1)
    assert minutes(first.ways) == [(HOME, A, 25, 30), (A, B, 40, 45)]
    assert (second.number, second.stops, second.away) == (1, [], True)
    assert minutes(second.ways) == [(B, B, 1440, 1440)]
    assert minutes(third.ways) == [(B, B, 2880, 2880), (B, HOME, 2890, 2900)]


def test_two_nights_at_two_places() -> None:
    # One night where the first job ends with its day; then the drive, and the cheaper night at the second job.
    problem = trip_on_a_line([5, 10], 3, [0, 50, 5], starting(minute(0, 470), minute(2, 0)))
    first, second, third = cut(problem, 0, 1)
    assert first.away
    assert minutes(first.ways)[-1] == (A, A, 480, 480)
    assert (second.stops, minutes(second.ways), second.away) == ([], [(A, B, 1440, 1445)], True)
    assert minutes(third.ways)[0] == (B, B, 2880, 2880)


def test_a_day_on_the_way_out_and_one_on_the_way_home() -> None:
    # 400 minutes each way, and work when the second day starts, or until the first one ends: a day has 480.
    first, second = cut(trip_on_a_line([400], 2, [0, 50], starting(minute(1, 0))), 0)
    assert (first.stops, first.away) == ([], True)
    assert [way[:2] for way in minutes(first.ways)] == [(HOME, A)]
    assert second.stops == [0]
    assert minutes(second.ways) == [(A, A, 1440, 1440), (A, HOME, 1450, 1850)]
    first, second = cut(trip_on_a_line([400], 2, [0, 50], starting(minute(0, 470))), 0)
    assert minutes(first.ways) == [(HOME, A, 70, 470), (A, A, 480, 480)]
    assert (second.stops, minutes(second.ways), second.away) == ([], [(A, HOME, 1440, 1840)], False)


def test_a_night_at_home_is_no_night_away_and_a_day_at_home_no_day() -> None:
    (day,) = cut(trip_on_a_line([5], 2, [0, 50], starting(minute(1, 60))), 0)
    assert (day.number, day.stops, day.away) == (1, [0], False)
    assert minutes(day.ways) == [(HOME, A, 1495, 1500), (A, HOME, 1510, 1515)]


def test_rests_belong_to_their_days() -> None:
    def say(builder: ProblemBuilder) -> None:
        for day in (0, 1):
            builder.rest(day, [(30 * MINUTE, [(minute(day, 240), minute(day, 300))])])
        starting(minute(0, 30), minute(1, 60))(builder)

    first, second = cut(trip_on_a_line([5, 10], 2, [0, 50, 5], say), 0, 1)
    # Rests of the trip: lunch, the night, lunch; nights are not among a day's rests.
    assert (first.rests, second.rests) == ([0], [2])
    assert (first.stops, second.stops) == ([0], [1])
    assert first.away


def test_a_night_on_board_is_the_evening_and_the_morning() -> None:
    # 300 minutes to the second job, in a night of 960: cheaper on board (10) than at either job (50).
    problem = trip_on_a_line(
        [5, 305], 2, [0, 50, 50], starting(minute(0, 30), minute(1, 0)), transit_cents=10
    )
    first, second = cut(problem, 0, 1)
    assert (first.stops, first.away) == ([0], True)
    # Ready at 40, boards as the day ends at 480, and is there as the next one begins at 1440, not at 780.
    assert minutes(first.ways) == [(HOME, A, 25, 30), (A, B, 480, 1440)]
    assert [way.ridden for way in first.ways] == [False, True]
    assert minutes(second.ways) == [(B, B, 1440, 1440), (B, HOME, 1450, 1755)]
    assert not any(way.ridden for way in second.ways)


def test_who_rides_home_through_the_night_is_back_in_the_morning() -> None:
    # Work until the day ends at 480, and 400 minutes home: no day is left for it but the night.
    problem = trip_on_a_line([400], 2, [0, 50], starting(minute(0, 470)), transit_cents=10)
    first, second = cut(problem, 0)
    assert minutes(first.ways) == [(HOME, A, 70, 470), (A, HOME, 480, 1440)]
    assert first.away
    assert (second.stops, minutes(second.ways), second.away) == ([], [(HOME, HOME, 1440, 1440)], False)
