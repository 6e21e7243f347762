"""Where and when a random scenario plays, and its dice."""

from datetime import date, datetime, time, timedelta
from math import cos, radians
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from optimizer.domain.place import Place
from optimizer.domain.time import Window


class Setting(NamedTuple):
    """What all parts of one random scenario share."""

    rng: Random
    zone: ZoneInfo
    days: tuple[date, ...]
    lat: float
    lon: float
    spread_km: float
    """Places lie in a square of this half side around the middle."""
    branches: tuple[str, ...]
    technicians: tuple[str, ...]


def chance(rng: Random, probability: float) -> bool:
    """Return True with this probability."""
    return rng.random() < probability


def point(setting: Setting, *, km_east: float = 0.0) -> Place:
    """Return a random place around the middle, moved east by so many kilometres."""
    rng, reach = setting.rng, setting.spread_km / 111.2
    narrow = cos(radians(setting.lat))
    return Place(
        lat=round(setting.lat + rng.uniform(-reach, reach), 5),
        lon=round(setting.lon + rng.uniform(-reach, reach) / narrow + km_east / 111.2 / narrow, 5),
    )


def moment(setting: Setting, day: date, minutes: int) -> datetime:
    """Return the moment so many real minutes after local midnight of a day."""
    midnight = datetime.combine(day, time(), tzinfo=setting.zone)
    return datetime.fromtimestamp(midnight.timestamp() + 60 * minutes, setting.zone)


def window(setting: Setting, day: date, opens: int, minutes: int) -> Window:
    """Return an appointment window that opens so many minutes after midnight and stays open so long."""
    return Window(start=moment(setting, day, opens), end=moment(setting, day, opens + minutes))


def days_before(day: date, days: int) -> date:
    """Return the day so many days earlier (later if negative)."""
    return day - timedelta(days=days)
