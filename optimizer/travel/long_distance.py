"""Ways by train and ship: a local way to a station, the lines, and a local way from there; or a local way alone.

The quickest way is taken, of equally quick ones the cheapest. A local way goes by public transport and is not offered
beyond the last of its speed bands. Where nothing leads, a leg takes a week, which no shift can hold.
"""

from typing import ClassVar, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.lines import Ride
from optimizer.domain.place import CoordinateSystem, Place
from optimizer.domain.technician import Means
from optimizer.domain.travel import LINES, LOCAL_MEANS, LONG_DISTANCE, Travel
from optimizer.errors import TravelUnavailable
from optimizer.travel.base import LegMatrix
from optimizer.travel.gps_places import on_gps
from optimizer.travel.great_circle import LONGEST_LEG_S, GreatCircle
from optimizer.travel.station_ways import (
    SECOND,
    UNREACHED,
    StationWays,
    Worths,
    shortest_sums,
    stations_of,
)

_ROWS_AT_ONCE: Final = 128  # so many rows of a large matrix fit the processor's cache
_MOST_BANDS: Final = 256  # a leg's band is one byte


class _Local(NamedTuple):
    """Local ways between places and stations, places first."""

    legs: LegMatrix
    worth: Worths
    """Worth of each local way, `UNREACHED` where it is too long."""


class _Ways(NamedTuple):
    """The best ways by lines between places."""

    worth: Worths
    """(place, place)"""
    board: NDArray[np.int32]
    """(place, place) row of the first station."""
    alight: NDArray[np.int32]
    """(place, place) row of the last station."""


class LongDistance:
    """Trains and ships with public transport before, between and behind them.

    Local parts of a way with lines take their time without congestion: nobody knows at which hour a train is left
    when the tables are made.

    Parameters
    ----------
    travel : its lines, and the speeds of public transport
    system : what the stations' coordinates refer to
    """

    name: ClassVar[str] = LINES

    def __init__(self, travel: Travel, system: CoordinateSystem) -> None:
        self._travel = travel
        self._system: CoordinateSystem = system
        self._local = GreatCircle(travel)

    @property
    def sources(self) -> tuple[str, ...]:
        """What the times come from: lines, where there are any, and straight lines."""
        return (*((self.name,) if self._travel.lines else ()), GreatCircle.name)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader of the plan must know about the times."""
        by_lines = (
            "Trains and ships have no timetable: half the time between two departures is waited, at any hour."
        )
        return (*((by_lines,) if self._travel.lines else ()), *GreatCircle.warnings)

    def knows(self, means: Means) -> bool:
        """Tell whether `means` goes by lines, and public transport has speeds."""
        return means == LONG_DISTANCE and self._local.knows(LOCAL_MEANS)

    def legs(self, means: Means, names: tuple[str, ...], places: tuple[Place, ...]) -> LegMatrix:
        """Return the matrix between all places, WGS-84.

        Parameters
        ----------
        means : not looked at: there is one that goes by lines
        names : names of the places, in row order
        places : the places, in row order, WGS-84

        Raises
        ------
        TravelUnavailable : public transport has no profile, or one without speeds
        """
        stations = stations_of(self._travel.lines)
        there = on_gps([station.place for station in stations], self._system)
        all_names = (*names, *(f"station:{station.name}" for station in stations))
        local = self._local_ways(all_names, (*places, *there))
        size = len(places)
        here = slice(size)
        legs = _between_places(local, size)
        if not stations:
            return legs
        ways = StationWays(self._travel.lines, local.worth[size:, size:], local.legs.metres[size:, size:])
        access = local.worth[here, size:]
        return _by_lines(legs, local, ways, _best(access, ways.worth, local.worth[size:, here]))

    def _local_ways(self, names: tuple[str, ...], places: tuple[Place, ...]) -> _Local:
        legs = self._local.legs(LOCAL_MEANS, names, places)
        farthest_m = self._travel.profiles[LOCAL_MEANS].bands[-1].up_to_km * 1000
        worth = legs.base_s.astype(np.int64) * SECOND
        worth[legs.metres > farthest_m] = UNREACHED
        return _Local(legs, worth)


def _between_places(local: _Local, size: int) -> LegMatrix:
    """Return the local ways between places; those that are too long take a week."""
    legs, here = local.legs, (slice(size), slice(size))
    base_s = np.where(local.worth[here] < UNREACHED, legs.base_s[here], LONGEST_LEG_S).astype(np.int32)
    band = legs.band[here].copy() if legs.band.size else legs.band
    return LegMatrix(base_s, legs.metres[here].copy(), band, legs.hour_percent)


def _best(access: Worths, between: Worths, egress: Worths) -> _Ways:
    """Return the best ways by lines.

    Parameters
    ----------
    access : (place, station) worths
    between : (station, station) worths
    egress : (station, place) worths
    """
    size = len(access)
    to_last, board_to = shortest_sums(access, between)
    worth = np.empty((size, size), dtype=np.int64)
    board = np.empty((size, size), dtype=np.int32)
    alight = np.empty((size, size), dtype=np.int32)
    for top in range(0, size, _ROWS_AT_ONCE):
        part = slice(top, top + _ROWS_AT_ONCE)
        worth[part], alight[part] = shortest_sums(to_last[part], egress)
        board[part] = np.take_along_axis(board_to[part], alight[part], axis=1)
    return _Ways(worth, board, alight)


def _by_lines(legs: LegMatrix, local: _Local, ways: StationWays, best: _Ways) -> LegMatrix:
    """Return the legs with lines where these are better; the local legs' arrays are written over."""
    size, stations = len(legs.base_s), len(ways.worth)
    rides = (best.worth < local.worth[:size, :size]) & (best.worth // SECOND < LONGEST_LEG_S)
    codes = (best.board * stations + best.alight)[rides]
    used, row = np.unique(codes, return_inverse=True)
    chains = [ways.chain(*divmod(code, stations)) for code in used.tolist()]
    changed_m = np.array([chain.change_m for chain in chains], dtype=np.int32)
    sleeps = np.array([chain.sleeper for chain in chains], dtype=np.bool_)
    a, b = np.nonzero(rides)
    metres = local.legs.metres
    legs.base_s[rides] = best.worth[rides] // SECOND
    legs.metres[rides] = (
        metres[a, size + best.board[rides]] + changed_m[row] + metres[size + best.alight[rides], b]
    )
    fare_cents, way = np.zeros((size, size), dtype=np.int32), np.full((size, size), -1, dtype=np.int32)
    sleeper = np.zeros((size, size), dtype=np.bool_)
    fare_cents[rides], way[rides], sleeper[rides] = best.worth[rides] % SECOND, row, sleeps[row]
    found: tuple[tuple[Ride, ...], ...] = tuple(chain.rides for chain in chains)
    return _always_as_fast(legs, rides)._replace(fare_cents=fare_cents, sleeper=sleeper, way=way, ways=found)


def _always_as_fast(legs: LegMatrix, rides: NDArray[np.bool_]) -> LegMatrix:
    """Return the legs without congestion on those with lines."""
    if not legs.band.size:
        return legs
    steady = np.flatnonzero(np.all(legs.hour_percent == 100, axis=1)).tolist()
    hour_percent = legs.hour_percent
    if not steady:
        steady = [len(hour_percent)]
        hour_percent = np.vstack([hour_percent, np.full((1, hour_percent.shape[1]), 100, dtype=np.int32)])
    if len(hour_percent) > _MOST_BANDS:
        cause = f"give at most {_MOST_BANDS - 1} bands with hours where there are lines"
        raise TravelUnavailable(f"travel.profiles.{LOCAL_MEANS}: {cause}.")
    legs.band[rides] = steady[0]
    return legs._replace(hour_percent=hour_percent)
