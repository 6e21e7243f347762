"""Time: instants carry an offset, windows are closed at both ends, inside everything is whole seconds.

An appointment window limits when service may *start*: a start at exactly `start` or `end` is kept.
Seconds count from the horizon's start (local midnight of its first day) along real elapsed time, so a day with
a change of clocks has 23 or 25 hours.
"""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)

from optimizer.domain.base import Record

INSTANT_YEARS = range(1900, 2300)
"""Years in which a moment may lie."""


def _not_a_number(value: object) -> object:
    """Refuse numbers: 20260715 without quotes would be read as seconds since 1970, and 900 as 00:15."""
    if isinstance(value, int | float):
        raise ValueError("a number is not a time; write the moment or the local time as text")
    return value


def _local(clock: time) -> time:
    if clock.tzinfo is not None:
        raise ValueError("a local time has no offset; remove the offset")
    return clock


def _in_reach(at: datetime) -> datetime:
    """Refuse years whose sums of hours or time zones leave the calendar."""
    if at.year not in INSTANT_YEARS:
        first, last = INSTANT_YEARS.start, INSTANT_YEARS.stop - 1
        raise ValueError(f"the year {at.year} is out of reach; give a moment from {first} to {last}")
    return at


Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_not_a_number),
    AfterValidator(_in_reach),
    PlainSerializer(lambda at: at.isoformat(), return_type=str, when_used="json"),
]
"""A moment from 1900 to 2299, ISO 8601 with offset, e.g. ``2026-07-15T09:00:00+08:00``."""

_CLOCK: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"

WallClock = Annotated[
    time,
    BeforeValidator(_not_a_number),
    AfterValidator(_local),
    # The format ``time`` of JSON Schema is one with an offset.
    WithJsonSchema({"type": "string", "format": "time-local", "pattern": _CLOCK}),
]
"""Local wall-clock time without an offset, e.g. ``09:00``."""


class Window(Record):
    """A span of time between two moments, both included."""

    start: Instant
    """First moment."""
    end: Instant
    """Last moment, not before `start`."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError("the window ends before it starts; swap start and end")
        return self


class DaySpan(Record):
    """A span within one day, in local wall-clock time."""

    start: WallClock
    """Start, local time, e.g. ``12:00``."""
    end: WallClock
    """End, local time, after `start`."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end <= self.start:
            raise ValueError("the span ends before it starts; spans over midnight are given as two")
        return self

    def length(self) -> timedelta:
        """Return how long the span is by the clock on the wall."""
        return datetime.combine(date.min, self.end) - datetime.combine(date.min, self.start)


class DateRange(Record):
    """Whole days, both ends included."""

    first_day: date
    """First day."""
    last_day: date
    """Last day, not before `first_day`."""
    reason: str = ""
    """Why, in a few words."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last_day < self.first_day:
            raise ValueError("the last day is before the first day; swap them")
        return self

    def covers(self, day: date) -> bool:
        """Tell whether `day` is one of these days."""
        return self.first_day <= day <= self.last_day


class Horizon(Record):
    """The days that are planned."""

    first_day: date
    """First planned day, local date."""
    days: Annotated[int, Field(ge=1, le=14)] = 1
    """Number of days, 1 to 14."""

    def dates(self) -> tuple[date, ...]:
        """Return the planned days in order."""
        return tuple(self.first_day + timedelta(days=i) for i in range(self.days))


class Timeline:
    """Turns moments into whole seconds from the horizon's start, and back.

    Parameters
    ----------
    first_day : first planned day, local date
    zone : IANA time zone name, e.g. ``Asia/Shanghai``
    """

    def __init__(self, first_day: date, zone: str) -> None:
        self.zone = ZoneInfo(zone)
        self.origin = datetime.combine(first_day, time(), tzinfo=self.zone)
        self._origin_s = round(self.origin.timestamp())
        self._clock_hours: tuple[int, ...] = ()
        self._at: dict[tuple[date, time, int], int] = {}

    def seconds(self, at: datetime) -> int:
        """Return `at` in whole seconds from the horizon's start; fractions are cut off."""
        return int(at.timestamp() // 1) - self._origin_s

    def moment(self, seconds: int) -> datetime:
        """Return the local moment `seconds` after the horizon's start."""
        return datetime.fromtimestamp(self._origin_s + seconds, tz=self.zone)

    def clock_hours(self, hours: int) -> tuple[int, ...]:
        """Return which hour of the local day each of the first `hours` hours of the horizon begins in, 0 to 23."""
        known = self._clock_hours
        if len(known) < hours:
            known += tuple(self.moment(3600 * hour).hour for hour in range(len(known), hours))
            self._clock_hours = known
        return known[:hours]

    def at(self, day: date, clock: time) -> int:
        """Return the seconds of local wall-clock time `clock` on `day`."""
        known = self._at.get((day, clock, clock.fold))
        if known is None:  # asked again and again: many people's shifts are on the same few days
            known = self.seconds(datetime.combine(day, clock, tzinfo=self.zone))
            self._at[day, clock, clock.fold] = known
        return known

    def end_of(self, day: date) -> int:
        """Return the seconds of the local midnight that ends `day`.

        Not a moment after 23:59:59: where the clocks go back at midnight that hour comes twice.
        """
        return self.at(day + timedelta(days=1), time())


def seconds_between(earlier: datetime, later: datetime) -> int:
    """Return the seconds from one moment to another; below 0 where the other one comes first."""
    # By timestamps: moments of one time zone are subtracted by the wall clock, wrong when the clocks change.
    return round(later.timestamp() - earlier.timestamp())


def zone_named(name: str) -> ZoneInfo | None:
    """Return the time zone of a name, or none where there is no such zone.

    Parameters
    ----------
    name : an IANA name such as Asia/Shanghai, or any other text
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the zone database is an OSError
        return None
