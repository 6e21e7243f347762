"""Ways between stations: which trains and ships, with changes, take least time, and of these the cheapest.

A way is one ride or more. Between two rides people change at the station, or get to another one by a local way.
Ways of one ride come first; then each is made longer by a ride as long as that makes any way better (Bellman 1958).

References
----------
R. Bellman (1958), "On a Routing Problem", Quarterly of Applied Mathematics 16(1), 87-90.
doi:10.1090/qam/102435
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.lines import SLEEP_MIN, Line, Ride, Station

UNREACHED: Final = 1 << 60
"""The worth of a way that is not there; three of them still fit the numbers."""

SECOND: Final = 1 << 32
"""Worth of a second: ways are compared by seconds, equal ones by cents, which stay below this."""

Worths = NDArray[np.int64]
"""Seconds times `SECOND`, and the fares in cents: who has less is better."""


class RideChain(NamedTuple):
    """A way from station to station."""

    rides: tuple[Ride, ...]
    """Trains and ships in order."""
    change_m: int
    """Metres of local ways between them."""
    sleeper: bool
    """Whether the night may be spent on one of them."""


def stations_of(lines: Sequence[Line]) -> tuple[Station, ...]:
    """Return every station of the lines once, in the order in which they are first named."""
    found: dict[str, Station] = {}
    for line in lines:
        for station in line.stations:
            found.setdefault(station.name, station)
    return tuple(found.values())


def shortest_sums(first: Worths, second: Worths) -> tuple[Worths, NDArray[np.int32]]:
    """Return the best way through any middle, and which middle; of equal ones the first.

    Parameters
    ----------
    first : (from, middle) worths
    second : (middle, to) worths
    """
    shape = (len(first), second.shape[1])
    best = np.full(shape, UNREACHED, dtype=np.int64)
    via = np.full(shape, -1, dtype=np.int32)
    for middle in range(len(second)):
        reached = np.flatnonzero(first[:, middle] < UNREACHED)
        through = first[reached, middle, None] + second[None, middle]
        better = through < best[reached]
        best[reached] = np.where(better, through, best[reached])
        via[reached] = np.where(better, middle, via[reached])
    return best, via


class StationWays:
    """The best ways between all stations.

    Parameters
    ----------
    lines : trains and ships
    changing : (station, station) worth of the local way between two stations
    changing_m : (station, station) metres of it
    """

    def __init__(self, lines: Sequence[Line], changing: Worths, changing_m: NDArray[np.int32]) -> None:
        self._lines = lines
        self._stations = stations_of(lines)
        self._row = {station.name: row for row, station in enumerate(self._stations)}
        self._changing_m = changing_m
        self._single, self._line_of = self._single_rides()
        changing = changing.copy()
        np.fill_diagonal(changing, 0)
        self._hop, self._board = shortest_sums(changing, self._single)
        self.worth: Worths = self._single.copy()
        """(station, station) worth of the best way of one ride or more."""
        self._before = np.full(self.worth.shape, -1, dtype=np.int32)
        self._lengthen()

    def chain(self, a: int, b: int) -> RideChain:
        """Return the trains and ships of the best way.

        Parameters
        ----------
        a, b : rows of its first and last station; there is a way
        """
        rides: list[Ride] = []
        change_m, sleeper = 0, False
        while True:
            before = int(self._before[a, b])
            board = a if before < 0 else int(self._board[before, b])
            line = self._lines[self._line_of[board, b]]
            rides.insert(0, Ride(line=line.name, from_station=self._name(board), to_station=self._name(b)))
            sleeper = sleeper or self._sleeps(line, rides[0])
            if before < 0:
                return RideChain(tuple(rides), change_m, sleeper)
            change_m += int(self._changing_m[before, board])
            b = before

    def _single_rides(self) -> tuple[Worths, NDArray[np.int32]]:
        """Return the worths of single rides and their lines; of equal lines the first."""
        size = len(self._stations)
        worth = np.full((size, size), UNREACHED, dtype=np.int64)
        line_of = np.full((size, size), -1, dtype=np.int32)
        for number, line in enumerate(self._lines):
            rows = np.ix_(*[[self._row[station.name] for station in line.stations]] * 2)
            minutes = np.array([station.minutes for station in line.stations], dtype=np.int64)
            cents = np.array([station.fare_cents for station in line.stations], dtype=np.int64)
            rode_s = 60 * np.abs(minutes - minutes[:, None])
            waited_s = 60 * line.early_min + 30 * line.headway_min
            mine = (rode_s + waited_s) * SECOND + np.abs(cents - cents[:, None])
            goes = np.triu(np.full(mine.shape, True), 1)
            better = (goes | goes.T if line.both_ways else goes) & (mine < worth[rows])
            worth[rows] = np.where(better, mine, worth[rows])
            line_of[rows] = np.where(better, number, line_of[rows])
        return worth, line_of

    def _lengthen(self) -> None:
        """Make ways longer by a ride as long as that makes any of them better."""
        while True:
            longer, before = shortest_sums(self.worth, self._hop)
            better = longer < self.worth
            if not better.any():
                return
            self.worth = np.where(better, longer, self.worth)
            self._before = np.where(better, before, self._before)

    def _name(self, row: int) -> str:
        return self._stations[row].name

    @staticmethod
    def _sleeps(line: Line, ride: Ride) -> bool:
        at = {station.name: station.minutes for station in line.stations}
        return line.sleeper and abs(at[ride.to_station] - at[ride.from_station]) >= SLEEP_MIN
