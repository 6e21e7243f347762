"""Reads days, times of day and moments in the ways people write them; what may mean two things is refused."""

import re
import unicodedata
from datetime import MAXYEAR, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from optimizer.interchange.workbook.cells.unreadable import Unreadable

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})")
_CLOCK = re.compile(
    r"(?P<before>上午|中午|下午|晚上|am|pm|a\.m\.|p\.m\.)?\s*(?P<hour>\d{1,2})\s*(?:[:点时]\s*(?:(?P<minute>\d{1,2})\s*分?|(?P<thirty>半))?"
    r"(?::(?P<second>\d{2})(?:\.(?P<fraction>\d{1,6}))?)?)?\s*(?P<after>am|pm|a\.m\.|p\.m\.)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?<=[\d.])\s*(Z|[-+]\d{2}:?\d{2}(?::?\d{2}(?:\.\d{1,6})?)?)$", re.IGNORECASE)
_END_OF_DAY = re.compile(r"24:00(:00)?")
_AFTERNOON = ("下午", "晚上", "pm", "p.m.")
_DAY = "Write the day as 2026-07-15."
_TIME = "Write the local time as 09:00, midnight as 00:00."
_MOMENT = "Write day and time as 2026-07-15 09:00."
_NEAR = timedelta(days=120)
"""A day without a year lies at most so far from the first planned day; that leaves one year, or none."""
_MOST_MARKS = 80
"""A longer text is no time; looking for one in it could take long."""
_BARE_YEARS = (1899, 1900, 1904)
"""Some programs give a bare time the day they count from."""


class Planned(NamedTuple):
    """The planned days: what a moment without its day or its year may mean."""

    first_day: date
    days: int

    @property
    def only(self) -> date | None:
        """The only planned day; none: there are several."""
        return self.first_day if self.days == 1 else None


def day_of(raw: object) -> str:
    """Return a day as ``YYYY-MM-DD``.

    Parameters
    ----------
    raw : a date of the spreadsheet, or a text such as ``2026/7/15``, ``15.07.2026`` or ``2026年7月15日``

    Raises
    ------
    Unreadable
        It is no day, or may mean two.
    """
    if isinstance(raw, datetime):
        if raw.time() != time():
            raise Unreadable("day-expected", "A time stands beside the day.", _DAY)
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 19_000_000 < raw < 30_000_000:
        raw = f"{raw:.0f}"  # 20260715
    if not isinstance(raw, str):
        cause = f"{plain(raw)} is no day."
        raise Unreadable("day-expected", cause, f"{_DAY} Or format the cell as a date.")
    text = unicodedata.normalize("NFKC", raw).strip()
    text = re.sub(r"[T ]00?:00(:00)?$", "", text)
    return _day(text, raw).isoformat()


def plain(raw: object) -> str:
    """Return what stands in a cell as people see it there."""
    if isinstance(raw, timedelta):
        minutes = int(raw.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return f"{raw:.15g}" if isinstance(raw, int | float) else repr(str(raw)[:40])


def _day(text: str, raw: str) -> date:
    first, last = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text), _YEAR_LAST.fullmatch(text)
    try:
        if first:
            return date(int(first[1]), int(first[2]), int(first[3]))
        if last:
            one, two, year = int(last[1]), int(last[3]), int(last[4])
            if last[2] == "." or one > 12 or one == two:  # dots: the day comes first
                return date(year, two, one)
            if two > 12:
                return date(year, one, two)
            cause = f"{raw!r} may be {date(year, two, one)} or {date(year, one, two)}."
            raise Unreadable("ambiguous-day", cause, "Write the year first, e.g. 2026-04-03.")
    except ValueError:
        raise Unreadable("no-such-day", f"There is no day {raw!r}.", _DAY) from None
    raise Unreadable("day-expected", f"{raw[:40]!r} is no day.", _DAY)


def clock_of(raw: object) -> str:
    """Return a time of day as ``HH:MM:SS``.

    Parameters
    ----------
    raw : a time of the spreadsheet, or a text such as ``9:00``, ``9:00 PM``, ``下午3点``

    Raises
    ------
    Unreadable
        It is no time of day.
    """
    if isinstance(raw, datetime) and raw.year in _BARE_YEARS:  # a bare time in some programs
        return raw.time().isoformat()
    if isinstance(raw, date) and not isinstance(raw, datetime) and raw.year in _BARE_YEARS:
        return time().isoformat()  # 24:00 in a cell that shows hours
    if isinstance(raw, time):
        return raw.isoformat()
    if isinstance(raw, timedelta) and timedelta() <= raw <= timedelta(days=1):  # 24:00 is midnight
        return (datetime.min + raw).time().isoformat()
    if not isinstance(raw, str):
        raise Unreadable("time-expected", f"{plain(raw)} is no time of day.", _TIME)
    text = unicodedata.normalize("NFKC", raw).strip()
    return (time() if _END_OF_DAY.fullmatch(text) else _clock(text, raw)).isoformat()


def _clock(text: str, raw: str) -> time:
    found = _CLOCK.fullmatch(text)
    if found is None or (found["minute"] is None and not re.search(r"[点时]|m", text, re.IGNORECASE)):
        raise Unreadable("time-expected", f"{raw[:40]!r} is no time of day.", _TIME)
    half = (found["before"] or found["after"] or "").casefold()
    hour, minute = int(found["hour"]), int(found["minute"] or (30 if found["thirty"] else 0))
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in ("am", "a.m.", "上午") and hour == 12:
        hour = 0
    micro = int((found["fraction"] or "0").ljust(6, "0"))
    try:
        return time(hour, minute, int(found["second"] or 0), micro)
    except ValueError:
        raise Unreadable("no-such-time", f"There is no time {raw[:40]!r}.", _TIME) from None


def is_clock(text: str) -> bool:
    """Tell whether a text is a time of day, and nothing else."""
    if len(text) > _MOST_MARKS:
        return False
    try:
        clock_of(text)
    except Unreadable:
        return False
    return True


def day_before(text: str) -> str:
    """Return the day that a text begins with, with or without a year; empty: it begins with none."""
    found = _YEAR_FIRST.match(text) or _YEAR_LAST.match(text) or _MONTH_DAY.match(text)
    return found[0] if found else ""


def moment_of(raw: object, zone: ZoneInfo, planned: Planned | None = None, *, within: bool = False) -> str:
    """Return a moment with its offset, ISO 8601.

    Parameters
    ----------
    raw : a date with time of the spreadsheet, or a text such as ``2026/7/15 9:00`` or ``2026-07-15T09:00+08:00``
    zone : where the clock on the wall is meant when no offset is given
    planned : the planned days; a day without a year is near them
    within : the moment lies within the planned days, so that a bare time means the only one

    Raises
    ------
    Unreadable
        It is no moment, or one that the clocks on the wall show twice or never.
    """
    if within and _is_bare(raw):
        return _on_the_day(raw, zone, planned)
    if isinstance(raw, datetime):
        return _local(raw, zone)
    if isinstance(raw, date):
        cause = "The time is missing beside the day."
        raise Unreadable("time-missing", cause, f"{_MOMENT} Write midnight as text: 2026-07-15 00:00.")
    if not isinstance(raw, str):
        raise Unreadable("moment-expected", f"{plain(raw)} is no moment.", _MOMENT)
    text = unicodedata.normalize("NFKC", raw).strip()
    offset = _OFFSET.search(text)
    bare = text[: offset.start()] if offset and ":" in text[: offset.start()] else text
    day = day_before(bare)
    if not day:
        raise Unreadable("moment-expected", f"{raw[:40]!r} is no moment.", _MOMENT)
    rest = bare[len(day) :].strip().removeprefix("T").strip()
    if not rest:
        raise Unreadable("time-missing", "The time is missing beside the day.", _MOMENT)
    midnight = _END_OF_DAY.fullmatch(rest) is not None
    naive = datetime.combine(_day_near(day, raw, planned), time() if midnight else _clock(rest, raw))
    if midnight and naive.year < MAXYEAR:
        naive += timedelta(days=1)
    if bare is text or offset is None:
        return _local(naive, zone)
    return f"{naive.isoformat()}{offset[1].upper().replace('Z', '+00:00')}"


def _is_bare(raw: object) -> bool:
    """Tell whether a cell holds a time of day without its day."""
    if isinstance(raw, datetime):
        return raw.year in _BARE_YEARS
    return isinstance(raw, time | timedelta) or (isinstance(raw, str) and is_clock(raw))


def _on_the_day(raw: object, zone: ZoneInfo, planned: Planned | None) -> str:
    """Return a bare time on the only planned day; 24:00 is the midnight after it."""
    day = planned.only if planned else None
    if day is None:
        example = f"{planned.first_day if planned else '2026-07-15'} 14:00"
        several = " More than one day is planned." if planned else ""
        shown = raw.strftime("%H:%M") if isinstance(raw, time | datetime) else plain(raw)
        raise Unreadable("moment-expected", f"{shown} has no day.{several}", f"Add the day: {example}.")
    text = unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else ""
    naive = datetime.combine(day, time.fromisoformat(clock_of(raw)))
    if raw == timedelta(days=1) or _END_OF_DAY.fullmatch(text):
        if day == date.max:
            raise Unreadable("no-such-day", f"The year {day.year} is out of reach.", _MOMENT)
        naive += timedelta(days=1)
    return _local(naive, zone)


def _day_near(text: str, raw: str, planned: Planned | None) -> date:
    """Return a day; one without a year is the one near the planned days."""
    found = _MONTH_DAY.fullmatch(text)
    if found is None:
        return _day(text, raw)
    if planned is None:
        raise Unreadable("year-missing", f"The year is missing in {raw[:40]!r}.", _MOMENT)
    first, days = planned.first_day, []
    for year in (first.year - 1, first.year, first.year + 1):
        try:
            days.append(date(year, int(found[1]), int(found[2])))
        except ValueError:  # 29 February, or no day of any year
            continue
    if not days:
        raise Unreadable("no-such-day", f"There is no day {text!r}.", _MOMENT)
    near = [day for day in days if abs(day - first) <= _NEAR]
    if not near:
        cause = f"{text!r} is far from the planned days in any year."
        raise Unreadable("year-missing", cause, f"Add the year, e.g. {first.year}年{text}.")
    return near[0]


def _local(naive: datetime, zone: ZoneInfo) -> str:
    try:
        early, late = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
        if early.utcoffset() == late.utcoffset():
            return early.isoformat()
    except OverflowError:
        raise Unreadable("no-such-day", f"The year {naive.year} is out of reach.", _MOMENT) from None
    action = f"Add the offset: {early.isoformat()} or {late.isoformat()}."
    twice = late.utcoffset() < early.utcoffset()  # type: ignore[operator]
    cause = f"The clocks show {naive} {'twice' if twice else 'never'} in {zone.key}: they are changed then."
    raise Unreadable("ambiguous-time" if twice else "no-such-time", cause, action)
