"""How days and moments are written.

Tables and headings have the short form, e.g. ``15 Jul 09:05``. A sentence may be read alone and later, in a file
or a mail: English sentences have the whole date, e.g. ``2026-07-15 09:05``.
"""

from datetime import date, datetime, tzinfo
from typing import Final

from optimizer.words.language import Language
from optimizer.words.numbers import minutes

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Not strftime's names: those are in the language of whoever runs the program.
_WEEKDAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}


def clock(at: datetime, zone: tzinfo | None = None) -> str:
    """Write the time of day in either language, e.g. ``09:05``; seconds are cut off.

    Parameters
    ----------
    at : the moment
    zone : whose local time to write; none: the moment's own
    """
    local = _local(at, zone)
    return f"{local:%H:%M}"


def weekday(day: date, language: Language = "en") -> str:
    """Write the day of the week, e.g. ``Wed`` or ``周三``."""
    return _WEEKDAYS[language][day.weekday()]


def short_day(day: date, language: Language = "en") -> str:
    """Write a day without its year, e.g. ``15 Jul`` or ``7月15日``."""
    return f"{day.day} {_MONTHS[day.month - 1]}" if language == "en" else f"{day.month}月{day.day}日"


def day(day: date, language: Language = "en") -> str:
    """Write a day for a heading, e.g. ``Wed 15 Jul`` or ``7月15日 周三``."""
    if language == "en":
        return f"{weekday(day)} {short_day(day)}"
    return f"{short_day(day, 'zh')} {weekday(day, 'zh')}"


def whole_day(day: date, language: Language = "en") -> str:
    """Write a day with its year, e.g. ``2026-07-15`` or ``2026年7月15日``."""
    return day.isoformat() if language == "en" else f"{day.year}年{short_day(day, 'zh')}"


def day_and_clock(at: datetime, zone: tzinfo | None = None, language: Language = "en") -> str:
    """Write a moment with its day for a table, e.g. ``15 Jul 09:05`` or ``7月15日 09:05``.

    Parameters
    ----------
    at : the moment
    zone : whose local time to write; none: the moment's own
    language : English or Chinese
    """
    local = _local(at, zone)
    return f"{short_day(local.date(), language)} {local:%H:%M}"


def moment(at: datetime, zone: tzinfo | None = None, language: Language = "en") -> str:
    """Write a moment for a sentence, e.g. ``2026-07-15 09:05`` or ``7月15日 09:05``; seconds are cut off.

    Parameters
    ----------
    at : the moment
    zone : whose local time to write; none: the moment's own
    language : English or Chinese
    """
    local = _local(at, zone)
    written = local.date().isoformat() if language == "en" else short_day(local.date(), "zh")
    return f"{written} {local:%H:%M}"


def exact_moment(at: datetime, zone: tzinfo | None = None) -> str:
    """Write a moment for a sentence that proves something: with its seconds where they matter.

    Parameters
    ----------
    at : the moment
    zone : whose local time to write; none: the moment's own
    """
    local = _local(at, zone)
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"


def span(start: datetime, end: datetime, zone: tzinfo | None = None) -> str:
    """Write from when to when within a day, in either language, e.g. ``09:05–11:30``."""
    return f"{clock(start, zone)}–{clock(end, zone)}"


def minutes_between(
    start: datetime, end: datetime, zone: tzinfo | None = None, language: Language = "en"
) -> str:
    """Write the length between two clock times that are shown beside it, e.g. ``24 min`` for ``08:06–08:30``.

    Shown clock times have their seconds cut off; so has each end here, that a reader who subtracts gets the same.

    Parameters
    ----------
    start, end : the moments, the end not before the start
    zone : whose local time is shown; none: the moments' own
    language : English or Chinese
    """
    whole = [_local(at, zone).replace(second=0, microsecond=0).timestamp() for at in (start, end)]
    return minutes(whole[1] - whole[0], language)


def _local(at: datetime, zone: tzinfo | None) -> datetime:
    return at if zone is None else at.astimezone(zone)
