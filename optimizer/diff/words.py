"""How moments and changes are put into words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from optimizer.words.numbers import exact_time


def moments(old: datetime, new: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """Return two moments as a reader tells them apart: the day only where it differs, seconds only if needed.

    Parameters
    ----------
    old, new : the moments
    zone : whose local time to write
    """
    one, other = old.astimezone(zone), new.astimezone(zone)
    pattern = "%H:%M" if f"{one:%H:%M}" != f"{other:%H:%M}" or one == other else "%H:%M:%S"
    if one.date() != other.date():
        pattern = "%Y-%m-%d %H:%M"
    return f"{one:{pattern}}", f"{other:{pattern}}"


def more_or_less(seconds: int) -> str:
    """Return a change of a length of time, e.g. ``35 min more``."""
    return f"{exact_time(seconds)} {'more' if seconds > 0 else 'less'}"
