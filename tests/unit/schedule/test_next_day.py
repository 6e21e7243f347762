"""When the next working day begins: after a day, or after each day of a trip; and the latest start before it."""

import pytest

from optimizer.build import ProblemBuilder
from optimizer.problem import FAR, Problem
from optimizer.schedule.reference import by_reference
from optimizer.schedule.timing import last_on_day_before, next_day
from tests.oracle.tiny import HOUR
from tests.oracle.tiny_trips import DAY_S, minute, trip_on_a_line


def three_days(holiday: int = -1) -> Problem:
    """Return a trip on three days, the last row, each from 0:00 to 8:00; the next day may be a holiday."""

    def say(builder: ProblemBuilder) -> None:
        for day in range(3):
            builder.ties.next_day(day, DAY_S * (day + (2 if day + 1 == holiday else 1)))

    return trip_on_a_line([5], 3, [0, 0], say)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (0, DAY_S),
        (minute(0, 480), DAY_S),  # the night begins at 8:00: what starts then takes no time
        (minute(0, 480) + 1, 2 * DAY_S),
        (minute(1, 480), 2 * DAY_S),
        (minute(2, 0), 3 * DAY_S),
        (minute(2, 480), 3 * DAY_S),
    ],
)
def test_each_day_of_a_trip_has_a_next_day(start: int, expected: int) -> None:
    assert next_day(by_reference(three_days()), 3, start) == expected


def test_a_day_by_itself_has_one_next_day() -> None:
    kernel = by_reference(three_days())
    assert [next_day(kernel, 1, at) for at in (0, minute(1, 5), minute(2, 5))] == [2 * DAY_S] * 3


def test_a_holiday_on_a_trip_is_no_next_working_day() -> None:
    kernel = by_reference(three_days(holiday=1))
    assert [next_day(kernel, 3, minute(day, 5)) for day in range(3)] == [2 * DAY_S, 2 * DAY_S, 3 * DAY_S]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (DAY_S - 1, -FAR),
        (DAY_S, 8 * HOUR),
        (2 * DAY_S - 1, 8 * HOUR),
        (2 * DAY_S, DAY_S + 8 * HOUR),
        (3 * DAY_S - 1, DAY_S + 8 * HOUR),
        (3 * DAY_S, FAR),
    ],
)
def test_the_latest_start_with_a_next_day_in_time(by: int, expected: int) -> None:
    assert last_on_day_before(by_reference(three_days()), 3, by) == expected


def test_the_latest_start_before_a_holiday() -> None:
    kernel = by_reference(three_days(holiday=1))
    # On the third day goes on what was begun on the first or on the second one.
    assert [last_on_day_before(kernel, 3, DAY_S * day) for day in (1, 2)] == [-FAR, DAY_S + 8 * HOUR]


def test_a_day_by_itself_is_in_time_or_not() -> None:
    kernel = by_reference(three_days())
    assert [last_on_day_before(kernel, 1, by) for by in (2 * DAY_S - 1, 2 * DAY_S)] == [-FAR, FAR]


def test_what_starts_at_the_latest_is_in_time_and_a_second_later_is_not() -> None:
    for problem in (three_days(), three_days(holiday=1), three_days(holiday=2)):
        kernel = by_reference(problem)
        for by in range(0, 3 * DAY_S, HOUR):
            latest = last_on_day_before(kernel, 3, by)
            assert latest == -FAR or next_day(kernel, 3, latest) <= by
            assert next_day(kernel, 3, max(latest, -1) + 1) > by
