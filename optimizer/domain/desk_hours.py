"""Desk hours: when the people at the desk work, and how desk clocks run in their time.

The desk is open from `policy.desk.opens` to `policy.desk.closes`, local time, on every working day of the
scenario's calendar. A calendar without any working day for a year is taken as if that day were worked, so that
every clock comes to an end. Everything is counted along real elapsed time in whole seconds: when the clocks
change while the desk is open, that day is an hour longer or shorter.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from optimizer.domain.calendar import WorkingDays
from optimizer.domain.scenario import Scenario

LONGEST_CLOSURE_DAYS = 366
"""After so many free days in a row the next day is taken as worked."""


class DeskDay(NamedTuple):
    """One day on which the desk is open."""

    day: date
    """Local date."""
    opens: datetime
    """First moment."""
    closes: datetime
    """Last moment, not before `opens`."""


def desk_due(scenario: Scenario, since: datetime, minutes: int) -> datetime:
    """Return the moment at which so many minutes of desk time have passed.

    Parameters
    ----------
    scenario : the question with its desk, calendar and time zone
    since : when the clock starts; outside desk hours it stands still until the desk opens
    minutes : minutes of desk time, 0 or more

    Returns
    -------
    the earliest such moment, local time: work that ends exactly at closing time is due then, not the next
    morning; for 0 minutes `since` itself
    """
    zone = ZoneInfo(scenario.time_zone)
    now_s = int(since.timestamp() // 1)
    left_s = 60 * minutes
    if left_s > 0:
        for one in desk_days(scenario, since):
            now_s = max(now_s, round(one.opens.timestamp()))
            open_s = max(0, round(one.closes.timestamp()) - now_s)
            if left_s <= open_s:
                return datetime.fromtimestamp(now_s + left_s, tz=zone)
            left_s -= open_s
    return datetime.fromtimestamp(now_s, tz=zone)


def desk_moment(scenario: Scenario, at: datetime) -> datetime:
    """Return the first moment from `at` on at which a task can begin that ends before the desk closes."""
    zone = ZoneInfo(scenario.time_zone)
    needed_s = desk_task_s(scenario)
    start_s = int(at.timestamp() // 1)
    for one in desk_days(scenario, at):
        start_s = max(start_s, round(one.opens.timestamp()))
        if round(one.closes.timestamp()) - start_s >= needed_s:
            break
    return datetime.fromtimestamp(start_s, tz=zone)


def desk_task_s(scenario: Scenario) -> int:
    """Return how many seconds a task takes; the desk is open longer than that by the clock on the wall."""
    return 60 * scenario.policy.desk.task_min


def desk_days(scenario: Scenario, since: datetime) -> Iterator[DeskDay]:
    """Yield the days on which the desk is open, without end, from the local day of `since` on."""
    for day in working_days(scenario, since.astimezone(ZoneInfo(scenario.time_zone)).date()):
        yield desk_day(scenario, day)


def desk_day(scenario: Scenario, day: date) -> DeskDay:
    """Return the desk's hours on a day, worked or not."""
    zone = ZoneInfo(scenario.time_zone)
    desk = scenario.policy.desk
    opens = datetime.combine(day, desk.opens, tzinfo=zone)
    closes = datetime.combine(day, desk.closes, tzinfo=zone)
    # A local time that the change of clocks skips lies an hour later; the other end may not be moved.
    return DeskDay(day, opens, closes if closes.timestamp() > opens.timestamp() else opens)


def working_days(scenario: Scenario, first: date) -> Iterator[date]:
    """Yield the worked days of the scenario's calendar, without end, from `first` on."""
    worked, day = WorkingDays(scenario.calendar), first
    while True:
        day = _next(worked, day)
        yield day
        day += timedelta(days=1)


def next_working_day(scenario: Scenario, day: date) -> date:
    """Return `day` if it is worked, else the first worked day after it."""
    return _next(WorkingDays(scenario.calendar), day)


def _next(worked: WorkingDays, day: date) -> date:
    for ahead in range(LONGEST_CLOSURE_DAYS):
        one = day + timedelta(days=ahead)
        if one in worked:
            return one
    return day
