"""Travel times on roads: the road source's table, the profile's hours, and what to do where there is no road.

A leg is what the road source says from road to road, plus the straight line from each of the two places to its
road at the speed of the profile's first band, plus the profile's access time. Its band of speeds by hour is that of
its length, as without roads. No leg is shorter than the straight line, and none is faster than `FASTEST_KMH`.
"""

from collections.abc import Iterator
from typing import ClassVar, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.place import Place
from optimizer.domain.technician import Means
from optimizer.domain.travel import FASTEST_KMH, ROADS, SpeedProfile, Travel
from optimizer.travel.base import LegMatrix
from optimizer.travel.coordinates import Coordinates
from optimizer.travel.great_circle import LONGEST_LEG_S, GreatCircle, bands_of, great_circle_m, hours_of
from optimizer.travel.roads.source import RoadSource, RoadsUnavailable, RoadTable

FAR_FROM_ROADS_M: Final = 1000
"""A place farther than this from any road is named in a warning, where nothing else is set."""

_ROWS_AT_ONCE: Final = 128
_NAMED: Final = 3  # more far places are counted, not named
_PLAUSIBLE_M: Final = 1000.0  # on shorter drives rounding may look like speed


class _Sites(NamedTuple):
    """The different points among places."""

    points: Coordinates
    """(point,) rounded to 6 decimals, each once."""
    of_place: NDArray[np.intp]
    """(place,) row of its point."""


class Roads(NamedTuple):
    """The road data of an installation, as it is handed to whoever plans."""

    source: RoadSource
    """Where the data comes from."""
    far_m: int = FAR_FROM_ROADS_M
    """Places farther than so many metres from any road are named in a warning."""


class RoadRouter:
    """Road data for the means that go by roads; where the source fails, everything is estimated from straight lines.

    Parameters
    ----------
    travel : its speed profiles give the hours, the access time and the estimates
    roads : the road source
    far_m : places farther than so many metres from any road are named
    """

    name: ClassVar[str] = ROADS

    def __init__(self, travel: Travel, roads: RoadSource, far_m: int = FAR_FROM_ROADS_M) -> None:
        self._profiles = travel.profiles
        self._straight = GreatCircle(travel)
        self._roads = roads
        self._far_m = far_m
        self._sources: set[str] = set()
        self._warnings: list[str] = []

    @property
    def sources(self) -> tuple[str, ...]:
        """What the times come from: roads, straight lines, or both."""
        return tuple(name for name in (self.name, GreatCircle.name) if name in self._sources)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Where the road source failed or had no road."""
        return tuple(self._warnings)

    def knows(self, means: Means) -> bool:
        """Tell whether `means` goes by roads, and has a profile for where there are none."""
        return self._roads.knows(means) and means in self._profiles

    def legs(self, means: Means, names: tuple[str, ...], places: tuple[Place, ...]) -> LegMatrix:
        """Return the matrix between all places, WGS-84.

        Parameters
        ----------
        means : means of transport
        names : names of the places, in row order
        places : the places, in row order, WGS-84

        Raises
        ------
        TravelUnavailable : the profile has no speeds
        """
        straight = self._straight.legs(means, names, places)
        sites = _sites(places)
        try:
            # One point needs no roads: everybody is there already.
            table = self._roads.table(means, sites.points) if len(sites.points.lat) > 1 else None
            if table is not None:
                _refuse_impossible(table)
        except RoadsUnavailable as error:
            self._sources.add(GreatCircle.name)
            self._warnings.append(
                f"The road data could not be used ({error}): all drives by {_by(means)} are estimated "
                "from straight lines."
            )
            return straight
        if table is None:
            self._sources.add(self.name)
            return straight
        return self._on_roads(means, names, _OfPlaces(table, sites, places), straight)

    def _on_roads(
        self, means: Means, names: tuple[str, ...], roads: "_OfPlaces", straight: LegMatrix
    ) -> LegMatrix:
        """Return the legs on roads; the straight ones' arrays are written over and keep what no road leads to."""
        profile = self._profiles[means]
        legs = straight._replace(hour_percent=hours_of(profile))
        lacking = np.zeros(legs.metres.shape, dtype=np.bool_)
        for top in range(0, len(names), _ROWS_AT_ONCE):
            rows = slice(top, top + _ROWS_AT_ONCE)
            apart = legs.metres[rows] > 0  # closer than half a metre is the same place, as without roads
            metres, seconds, known = roads.legs(rows, profile)
            self._sources.update(
                name for name, some in ((self.name, known), (GreatCircle.name, ~known)) if some.any()
            )
            lacking[rows] = apart & ~known
            np.copyto(legs.metres[rows], metres, where=apart & known)
            np.copyto(legs.base_s[rows], seconds, where=apart & known)
            if legs.band.size:
                legs.band[rows] = bands_of(legs.metres[rows], profile)
        self._warnings += _no_roads(means, names, lacking)
        self._warnings += _far_places(means, names, roads.off_road_m, self._far_m)
        return legs


class _OfPlaces:
    """A road table by place instead of by point, a few rows at a time: whole copies of it would fill the memory."""

    def __init__(self, table: RoadTable, sites: _Sites, places: tuple[Place, ...]) -> None:
        self._table = table
        self._of_place = sites.of_place
        self._lat = np.array([place.lat for place in places], dtype=np.float64)
        self._lon = np.array([place.lon for place in places], dtype=np.float64)
        self.off_road_m = table.off_road_m[sites.of_place]

    def legs(
        self, rows: slice, profile: SpeedProfile
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
        """Return metres and seconds of the legs from some places, and where a road leads; anything elsewhere."""
        asked = np.ix_(self._of_place[rows], self._of_place)
        road_m, road_s = self._table.metres[asked], self._table.seconds[asked]
        off_road_m = self.off_road_m[rows, None].astype(np.float64) + self.off_road_m[None, :]
        metres = np.nan_to_num(road_m + off_road_m)
        metres = np.rint(np.maximum(metres, great_circle_m(self._lat, self._lon, rows)))
        off_road_s = off_road_m * 3.6 / profile.bands[0].kmh + profile.access_min * 60
        seconds = np.nan_to_num(road_s + off_road_s)
        seconds = np.maximum(np.floor(seconds + 0.5), np.ceil(metres * 3.6 / FASTEST_KMH))
        seconds = np.minimum(seconds, LONGEST_LEG_S)
        return metres.astype(np.int32), seconds.astype(np.int32), ~(np.isnan(road_m) | np.isnan(road_s))


def _sites(places: tuple[Place, ...]) -> _Sites:
    rounded = np.array([(round(place.lat, 6), round(place.lon, 6)) for place in places], dtype=np.float64)
    points, of_place = np.unique(rounded.reshape(-1, 2), axis=0, return_inverse=True)
    return _Sites(Coordinates(points[:, 0], points[:, 1]), of_place.reshape(-1))


def _refuse_impossible(table: RoadTable) -> None:
    """Refuse a table that no vehicle can keep to: minutes or hours instead of seconds, for instance."""
    for metres, seconds in zip(table.metres, table.seconds, strict=True):
        with np.errstate(invalid="ignore"):  # what is not a number is no drive
            faster = (metres > _PLAUSIBLE_M) & (metres * 3.6 > seconds * FASTEST_KMH)
        if faster.any():
            raise RoadsUnavailable(f"it has drives faster than {FASTEST_KMH} km/h")


def _no_roads(means: Means, names: tuple[str, ...], lacking: NDArray[np.bool_]) -> Iterator[str]:
    count = int(lacking.sum())
    if count:
        a, b = (int(at) for at in np.argwhere(lacking)[0])
        drives = f"{count:,} of {lacking.size - len(lacking):,} drives"
        verb = "has" if count == 1 else "have"
        yield (
            f"{drives} by {_by(means)} {verb} no road, such as from {names[a]} to {names[b]}; "
            "estimated from straight lines."
        )


def _far_places(
    means: Means, names: tuple[str, ...], off_road_m: NDArray[np.float32], far_m: int
) -> Iterator[str]:
    far = np.flatnonzero(off_road_m > far_m).tolist()
    if far:
        farthest = sorted(far, key=lambda row: (-float(off_road_m[row]), row))
        listed = ", ".join(f"{names[row]} ({off_road_m[row] / 1000:.1f} km)" for row in farthest[:_NAMED])
        more = f" and {len(far) - _NAMED} more" if len(far) > _NAMED else ""
        one = "is" if len(far) == 1 else "are"
        yield f"{listed}{more} {one} far from any road for a {_by(means)}; check the coordinates."


def _by(means: Means) -> str:
    return means.replace("_", " ")
