"""Desk time: opening hours, free days, changes of the clocks."""

from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from optimizer.domain.calendar import public_holidays
from optimizer.domain.desk_hours import (
    desk_days,
    desk_due,
    desk_moment,
    desk_task_s,
    next_working_day,
    working_days,
)
from optimizer.domain.policy import Desk, Policy
from optimizer.domain.scenario import HolidayCalendar, Scenario
from tests.unit.rules.build import DAY, NEXT_DAY, at, scenario

FRIDAY = date(2026, 7, 17)
MONDAY = date(2026, 7, 20)
WEEKEND = HolidayCalendar(free_weekdays=(6, 7))


def open_on(
    calendar: HolidayCalendar | None = None,
    *,
    zone: str = "Asia/Shanghai",
    opens: time = time(9),
    closes: time = time(18),
    task_min: int = 5,
) -> Scenario:
    """Return a scenario whose desk is open 09:00–18:00 unless said."""
    return scenario().model_copy(
        update={
            "calendar": calendar or HolidayCalendar(),
            "time_zone": zone,
            "policy": Policy(desk=Desk(opens=opens, closes=closes, task_min=task_min)),
        }
    )


@pytest.mark.parametrize(
    ("since", "minutes", "due"),
    [
        (at("10:00"), 20, at("10:20")),
        (at("10:00"), 0, at("10:00")),
        (at("03:00"), 0, at("03:00")),
        (at("03:00"), 30, at("09:30")),  # stands still until the desk opens
        (at("17:40"), 20, at("18:00")),  # exactly at closing time, not the next morning
        (at("17:40"), 21, at("09:01", NEXT_DAY)),
        (at("18:00"), 1, at("09:01", NEXT_DAY)),
        (at("09:00"), 540, at("18:00")),  # 9 h are a whole desk day
        (at("09:00"), 1100, at("09:20", DAY + timedelta(days=2))),
        (at("10:00:30"), 20, at("10:20:30")),
    ],
)
def test_desk_time_passes_in_desk_hours(since: datetime, minutes: int, due: datetime) -> None:
    assert desk_due(open_on(), since, minutes) == due


def test_other_time_zones_are_read_as_moments() -> None:
    # 02:00 in London in July is 09:00 in Changsha
    since = datetime(2026, 7, 15, 2, 0, tzinfo=ZoneInfo("Europe/London"))
    due = desk_due(open_on(), since, 30)
    assert due == at("09:30")
    assert due.utcoffset() == timedelta(hours=8)


def test_free_days_do_not_count() -> None:
    assert desk_due(open_on(WEEKEND), at("17:30", FRIDAY), 60) == at("09:30", MONDAY)
    labour_day = open_on(HolidayCalendar(country="DE", free_weekdays=(6, 7)))
    # 1 May 2026 is a Friday
    assert desk_due(labour_day, at("17:30", date(2026, 4, 30)), 60) == at("09:30", date(2026, 5, 4))


def test_a_desk_that_never_opens_is_taken_as_open() -> None:
    never = open_on(HolidayCalendar(free_weekdays=(1, 2, 3, 4, 5, 6, 7)))
    assert desk_due(never, at("17:30"), 60) == at("09:30", NEXT_DAY)
    assert next_working_day(never, DAY) == DAY


def test_summer_time_makes_a_night_desk_an_hour_shorter() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    of = open_on(zone="Europe/Berlin", opens=time(0), closes=time(6))
    # 29 March 2026 has no 02:00–03:00: five hours of desk time, so the sixth falls into the next night
    since = datetime(2026, 3, 29, 0, 0, tzinfo=berlin)
    assert desk_due(of, since, 5 * 60) == datetime(2026, 3, 29, 6, 0, tzinfo=berlin)
    assert desk_due(of, since, 6 * 60) == datetime(2026, 3, 30, 1, 0, tzinfo=berlin)
    # 25 October has 02:00–03:00 twice: seven hours
    since = datetime(2026, 10, 25, 0, 0, tzinfo=berlin)
    assert desk_due(of, since, 7 * 60) == datetime(2026, 10, 25, 6, 0, tzinfo=berlin)


def test_opening_hours_swallowed_by_the_change_of_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    of = open_on(zone="Europe/Berlin", opens=time(2, 30), closes=time(3, 10))
    # 02:30 becomes 03:30 on that night, after closing: the desk is shut
    days = list(islice(desk_days(of, datetime(2026, 3, 29, 0, 0, tzinfo=berlin)), 2))
    assert [one.closes - one.opens for one in days] == [timedelta(), timedelta(minutes=40)]
    since = datetime(2026, 3, 29, 0, 0, tzinfo=berlin)
    assert desk_due(of, since, 10) == datetime(2026, 3, 30, 2, 40, tzinfo=berlin)


@pytest.mark.parametrize(
    ("since", "task_min", "start"),
    [
        (at("08:00"), 1, at("09:00")),
        (at("10:00"), 5, at("10:00")),
        (at("17:55"), 5, at("17:55")),
        (at("17:55:01"), 5, at("09:00", NEXT_DAY)),  # must end before the desk closes
        (at("18:00"), 1, at("09:00", NEXT_DAY)),
        (at("16:00"), 240, at("09:00", NEXT_DAY)),
    ],
)
def test_the_next_moment_for_a_task(since: datetime, task_min: int, start: datetime) -> None:
    assert desk_moment(open_on(task_min=task_min), since) == start


def test_a_task_may_take_the_whole_desk_day() -> None:
    of = open_on(opens=time(9), closes=time(10), task_min=60)
    assert desk_task_s(of) == 3600
    assert desk_moment(of, at("09:00")) == at("09:00")
    assert desk_moment(of, at("09:01")) == at("09:00", NEXT_DAY)


@pytest.mark.parametrize(
    ("closes", "task_min"),
    # not even a second, which no clock could ever run in; a second less than a task; an hour less
    [(time(9, 0, 0, 400_000), 1), (time(9, 4, 59), 5), (time(10), 120)],
)
def test_a_desk_that_closes_before_a_task_is_done_is_refused(closes: time, task_min: int) -> None:
    with pytest.raises(ValueError, match="closes before one task is done"):
        Desk(opens=time(9), closes=closes, task_min=task_min)


def test_public_holidays_are_worked_out_once_a_year() -> None:
    of = open_on(HolidayCalendar(country="CN", free_weekdays=(6, 7)))
    public_holidays.cache_clear()
    # 1 to 8 October 2026 hold the National Day's week; every clock asks for the same year
    for _ in range(50):
        assert desk_due(of, at("17:30", date(2026, 9, 30)), 60) > at("10:00", date(2026, 10, 1))
    assert public_holidays.cache_info().misses == 1


def test_working_days_leave_out_the_free_ones() -> None:
    saturday = FRIDAY + timedelta(days=1)
    assert list(islice(working_days(open_on(WEEKEND), FRIDAY), 2)) == [FRIDAY, MONDAY]
    worked = open_on(HolidayCalendar(free_weekdays=(6, 7), extra_working_days=(saturday,)))
    assert list(islice(working_days(worked, FRIDAY), 3)) == [FRIDAY, saturday, MONDAY]
