"""How long it takes to get somewhere: the model's settings, or given matrices."""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field

from optimizer.domain.base import Name, Record, is_unset
from optimizer.domain.lines import Line
from optimizer.domain.slow_area import MOST_SLOW_AREAS, SlowArea
from optimizer.domain.technician import Means

Speed = Annotated[float, Field(gt=0, le=400)]

ROADS: Final = "roads"
"""What a plan's travel data calls times from a road map; names of several sources are joined by `SOURCES_JOIN`."""

SOURCES_JOIN: Final = " and "
"""What stands between the names of several sources, e.g. ``roads and great circle``."""

LONGEST_DRIVE_S: Final = 604_800
"""No drive takes longer than a week."""

LONGEST_DRIVE_M: Final = 50_000_000
"""No drive is longer than 50,000 km."""

FASTEST_KMH: Final = 200
"""No drive on a road map is faster than this, in km/h."""

MOST_BANDS: Final = 256
"""A means of transport has no more kinds of speeds by hour than these: a leg's band is one byte."""


LINES: Final = "lines"
"""What a plan's travel data calls times of trains and ships."""

LONG_DISTANCE: Final[Means] = "long_distance"
"""The means of transport that goes by lines."""

LOCAL_MEANS: Final[Means] = "public_transport"
"""Who goes by ``long_distance`` gets to stations, and about in town, at the speeds of this means."""


class SpeedBand(Record):
    """Speed on legs up to a length."""

    up_to_km: Annotated[float, Field(gt=0, le=50_000)]
    """Legs up to this road length in km, included; the last band also takes all longer ones."""
    kmh: Speed
    """Speed in km/h without congestion."""
    hour_percent: tuple[Annotated[int, Field(ge=10, le=200)], ...] = ()
    """24 values: speed in percent of `kmh` in each hour of the local day; empty: always 100."""


class SpeedProfile(Record):
    """One means of transport."""

    detour: Annotated[float, Field(ge=1, le=5)] = 1.3
    """Road length ÷ great circle."""
    bands: tuple[SpeedBand, ...]
    """Speeds by leg length, in rising order of `up_to_km`; at least one."""
    access_min: Annotated[float, Field(ge=0, le=120)] = 0.0
    """Minutes added to every leg: parking, waiting for the bus."""


DEFAULT_PROFILES: dict[Means, SpeedProfile] = {
    "car": SpeedProfile(
        detour=1.3,
        bands=(
            SpeedBand(up_to_km=5, kmh=22),
            SpeedBand(up_to_km=20, kmh=32),
            SpeedBand(up_to_km=60, kmh=50),
            SpeedBand(up_to_km=1000, kmh=75),
        ),
        access_min=3,
    ),
    "motorcycle": SpeedProfile(
        detour=1.25, bands=(SpeedBand(up_to_km=15, kmh=26), SpeedBand(up_to_km=500, kmh=38)), access_min=1
    ),
    "public_transport": SpeedProfile(
        detour=1.4, bands=(SpeedBand(up_to_km=10, kmh=16), SpeedBand(up_to_km=500, kmh=28)), access_min=10
    ),
}


class Matrix(Record):
    """Given travel times and distances between places named ``branch:B1``, ``home:T1`` or ``job:J1``."""

    places: tuple[Name, ...]
    """Row and column names."""
    seconds: tuple[tuple[Annotated[int, Field(ge=0, le=LONGEST_DRIVE_S)], ...], ...]
    """Travel time in whole seconds, from row to column."""
    metres: tuple[tuple[Annotated[int, Field(ge=0, le=LONGEST_DRIVE_M)], ...], ...]
    """Distance in whole metres, from row to column."""

    def widened(self, names: Mapping[str, str]) -> "Matrix":
        """Return the matrix with further names for places it knows.

        Parameters
        ----------
        names : name → the place it is for; a name that is known already stands for another place then
        """
        row = {name: number for number, name in enumerate(self.places)}
        places = [*self.places, *(name for name in names if name not in row)]
        rows = [row[names.get(name, name)] for name in places]
        return self.model_copy(
            update={
                "places": tuple(places),
                "seconds": tuple(tuple(self.seconds[a][b] for b in rows) for a in rows),
                "metres": tuple(tuple(self.metres[a][b] for b in rows) for a in rows),
            }
        )


class Travel(Record):
    """How long it takes to get somewhere."""

    profiles: dict[Means, SpeedProfile] = DEFAULT_PROFILES
    """Great circle × detour ÷ speed, by means of transport; a given table replaces the default one. There is none for
    ``long_distance``: its local ways are those of ``public_transport``."""
    matrices: dict[Means, Matrix] = {}
    """Given matrices by means; they replace the profile for that means."""
    lines: Annotated[tuple[Line, ...], Field(max_length=500, exclude_if=is_unset)] = ()
    """Trains and ships for who goes by ``long_distance``; absent from a file that has none."""
    slow_areas: Annotated[tuple[SlowArea, ...], Field(max_length=MOST_SLOW_AREAS, exclude_if=is_unset)] = ()
    """Where ways take longer for some hours; absent from a file that has none."""
