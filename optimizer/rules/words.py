"""How rules put amounts into words."""

from datetime import datetime


def money(cents: int) -> str:
    """Return an amount of money in words, e.g. ``30.00 yuan``."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d} yuan"


def counted(number: int, thing: str) -> str:
    """Return how many of a thing there are, in words, e.g. ``1 job`` or ``2 jobs``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def span(seconds: int) -> str:
    """Return a length of time in words, e.g. ``2 h 05 min``; seconds only where they matter."""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"] if hours or minutes else []
    return " ".join([*parts, f"{rest} s"] if rest or not parts else parts)


def clock(moment: datetime) -> str:
    """Return a moment in words, e.g. ``2026-07-15 09:00``; seconds only where they matter."""
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment.second else f"{moment:%Y-%m-%d %H:%M}"
