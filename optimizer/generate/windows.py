"""Appointment windows as customers agree to them: two hours, half a day, all day; on one day or several."""

from collections.abc import Sequence
from datetime import date, datetime, time
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from optimizer.domain.time import Window

KINDS: Final = ("two hours", "half day", "all day")
SHARES: Final = (30, 40, 30)
TWO_HOURS_FROM: Final = (8, 9, 10, 11, 13, 14, 15, 16)
HALF_DAYS: Final = ((time(8, 30), time(12)), (time(13), time(17, 30)))
ALL_DAY: Final = (time(8, 30), time(17, 30))


def windows(rng: Random, days: Sequence[date], zone: ZoneInfo) -> tuple[Window, ...]:
    """Draw one kind of window and agree on it for each of the days."""
    kind = rng.choices(KINDS, SHARES)[0]
    return tuple(_window(rng, kind, day, zone) for day in days)


def _window(rng: Random, kind: str, day: date, zone: ZoneInfo) -> Window:
    if kind == "two hours":
        hour = rng.choice(TWO_HOURS_FROM)
        opens, closes = time(hour), time(hour + 2)
    elif kind == "half day":
        opens, closes = rng.choice(HALF_DAYS)
    else:
        opens, closes = ALL_DAY
    return Window(
        start=datetime.combine(day, opens, tzinfo=zone), end=datetime.combine(day, closes, tzinfo=zone)
    )
