"""How numbers, times and other people's text are written on the terminal."""

from datetime import datetime
from zoneinfo import ZoneInfo


def plain(text: str) -> str:
    """Return text that cannot steer the terminal: everything unprintable becomes a replacement mark."""
    return "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in text)


def money(cents: int) -> str:
    """Write cents as yuan, e.g. ``¥1,234.50``."""
    sign = "-" if cents < 0 else ""
    return f"{sign}¥{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def percent(share: float) -> str:
    """Write a share as percent, cut off so that 99.96 % is not shown as 100 %."""
    return f"{int(share * 1000 + 1e-9) / 10:.1f} %"


def minutes(seconds: int) -> str:
    """Write a length of time, e.g. ``12 min`` or ``1 h 05``; cut off as `clock` does, but at least 1 min."""
    whole = max(seconds // 60, 1 if seconds > 0 else 0)
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60:02d}"


def kilometres(metres: int) -> str:
    """Write a distance, e.g. ``5.1 km`` or ``23 km``."""
    return f"{metres / 1000:.1f} km" if metres < 9_950 else f"{metres / 1000:.0f} km"


def clock(at: datetime, zone: ZoneInfo) -> str:
    """Write local wall-clock time, e.g. ``09:05``; seconds are cut off."""
    return at.astimezone(zone).strftime("%H:%M")


def day_and_clock(at: datetime, zone: ZoneInfo) -> str:
    """Write a local moment with its day, e.g. ``15 Jul 09:05``."""
    local = at.astimezone(zone)
    return f"{local.day} {local.strftime('%b %H:%M')}"
