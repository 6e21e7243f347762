"""Are the ways by train and ship those of the scenario's lines: stations, times, fares, and none that is quicker?"""

from collections.abc import Iterator
from functools import cached_property
from heapq import heappop, heappush
from typing import Final, NamedTuple

from optimizer.checker.breach import TRAVEL, breach
from optimizer.domain.assessment import Finding
from optimizer.domain.lines import Line, Ride, Station
from optimizer.domain.place import CoordinateSystem, Place
from optimizer.domain.plan import TravelLeg
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import LOCAL_MEANS, LONG_DISTANCE, SpeedProfile

_STRETCHED: Final[dict[CoordinateSystem, float]] = {"WGS-84": 0.0, "GCJ-02": 0.01, "BD-09": 0.025}
"""By how much coordinates stretch short distances at most: up to 0.7 % on Chinese maps, 2.3 % on Baidu's."""
_AGAIN = "Plan the scenario again; the plan's travel data is not what it was planned with."


class _Between(NamedTuple):
    """The least and the most that something may be, since metres were rounded and maps stretch them."""

    least: float
    most: float

    def plus(self, other: "_Between") -> "_Between":
        """Return the bounds of both together."""
        return _Between(self.least + other.least, self.most + other.most)

    def holds(self, amount: float) -> bool:
        """Tell whether the amount may be."""
        return self.least <= amount <= self.most


class _Local(NamedTuple):
    """A way by public transport."""

    metres: _Between
    seconds: _Between


class LineLegs:
    """Checks legs by train and ship against the scenario's lines.

    Parameters
    ----------
    scenario : the question
    places : its places by name
    """

    def __init__(self, scenario: Scenario, places: dict[str, Place]) -> None:
        self._lines = {line.name: line for line in scenario.travel.lines}
        self._profile = scenario.travel.profiles.get(LOCAL_MEANS)
        self._given = LONG_DISTANCE in scenario.travel.matrices
        self._stretched = _STRETCHED[scenario.coordinate_system]
        self._places = places

    def check(self, leg: TravelLeg) -> Iterator[Finding]:
        """Yield what is wrong with the trains and ships of a leg; nothing where it is a local way and no line helps.

        Parameters
        ----------
        leg : travel data of a plan
        """
        if leg.means != LONG_DISTANCE or self._given:
            if leg.rides or leg.fare_cents:
                yield _wrong(
                    leg, "has trains or ships, but nobody goes by lines there", len(leg.rides), 0, "rides"
                )
            return
        start, end = self._places.get(leg.from_place), self._places.get(leg.to_place)
        if self._profile is None or start is None or end is None:
            return
        unknown = [ride for ride in leg.rides if self._rode(ride) is None]
        for ride in unknown:
            yield _wrong(
                leg,
                f"rides {ride.line} from {ride.from_station} to {ride.to_station}, which does not go",
                1,
                0,
                "rides",
            )
        if not unknown:
            yield from self._as_ridden(self._profile, leg, start, end)
            quickest_s = self._quickest_s(self._profile, start, end)
            if quickest_s < leg.base_s:
                yield _wrong(leg, "takes longer than by the quickest lines", leg.base_s, quickest_s, "s")

    def _as_ridden(
        self, profile: SpeedProfile, leg: TravelLeg, start: Place, end: Place
    ) -> Iterator[Finding]:
        """Yield where seconds, metres, fares and hours are not those of the local ways and rides of the leg."""
        fare_cents = sum(self._fare_cents(ride) for ride in leg.rides)
        if leg.fare_cents != fare_cents:
            yield _wrong(leg, "has other fares than its lines", leg.fare_cents, fare_cents, "cents")
        if not leg.rides:
            return  # a local way: checked as every other means is
        if set(leg.hour_percent) - {100}:
            yield _wrong(leg, "has speeds by hour; trains and ships have none", 24, 0, "speeds")
        metres, seconds = _Between(0, 0), _Between(0, 0)
        here = start
        for ride in leg.rides:
            one, other = self._ends(ride)
            local = self._local(profile, here, one.place)
            rode_s = self._rode(ride) or 0
            metres = metres.plus(local.metres)
            seconds = seconds.plus(local.seconds).plus(_Between(rode_s, rode_s))
            here = other.place
        local = self._local(profile, here, end)
        metres, seconds = metres.plus(local.metres), seconds.plus(local.seconds)
        for said, found, least, unit in (
            ("takes another time than its local ways and lines", leg.base_s, seconds, "s"),
            ("has other local ways than to and from its stations", leg.distance_m, metres, "m"),
        ):
            if not least.holds(found):
                yield _wrong(leg, said, found, least.least if found < least.least else least.most, unit)

    def _rode(self, ride: Ride) -> int | None:
        """Return the seconds of a ride with waiting and boarding; none: no such line goes there."""
        line = self._lines.get(ride.line)
        stops = self._stops(line) if line is not None else {}
        one, other = stops.get(ride.from_station), stops.get(ride.to_station)
        if line is None or one is None or other is None or one.name == other.name:
            return None
        if other.minutes < one.minutes and not line.both_ways:
            return None
        return 60 * (line.early_min + abs(other.minutes - one.minutes)) + line.headway_min * 60 // 2

    def _ends(self, ride: Ride) -> tuple[Station, Station]:
        stops = self._stops(self._lines[ride.line])
        return stops[ride.from_station], stops[ride.to_station]

    def _fare_cents(self, ride: Ride) -> int:
        one, other = self._ends(ride)
        return abs(other.fare_cents - one.fare_cents)

    @staticmethod
    def _stops(line: Line) -> dict[str, Station]:
        return {station.name: station for station in line.stations}

    def _local(self, profile: SpeedProfile, start: Place, end: Place) -> _Local:
        straight = great_circle_m(start, end) * profile.detour
        if straight < 0.5:
            return _Local(_Between(0, 0), _Between(0, 0))
        least = max(0.0, straight * (1 - self._stretched) - 1)
        most = straight * (1 + self._stretched) + 1
        seconds = _Between(_by_profile_s(profile, least) - 1, _by_profile_s(profile, most) + 1)
        return _Local(_Between(least, most), seconds)

    def _offered_s(self, profile: SpeedProfile, start: Place, end: Place) -> float | None:
        """Return the most seconds of a local way; none: it is longer than public transport goes."""
        local = self._local(profile, start, end)
        return local.seconds.most if local.metres.most <= profile.bands[-1].up_to_km * 1000 else None

    @cached_property
    def _stations(self) -> dict[str, Place]:
        return {station.name: station.place for line in self._lines.values() for station in line.stations}

    @cached_property
    def _from(self) -> dict[str, list[tuple[str, int]]]:
        """Where the lines go from each station, with the seconds of the ride."""
        found: dict[str, list[tuple[str, int]]] = {name: [] for name in self._stations}
        for line in self._lines.values():
            for one in line.stations:
                for other in line.stations:
                    ride = Ride(line=line.name, from_station=one.name, to_station=other.name)
                    if (rode_s := self._rode(ride)) is not None:
                        found[one.name].append((other.name, rode_s))
        return found

    @cached_property
    def _changes(self) -> dict[str, list[tuple[str, float]]]:
        """Local ways between stations."""
        profile = self._profile
        if profile is None:
            return {}
        return {
            one: [
                (other, spent_s)
                for other, there in self._stations.items()
                if other != one and (spent_s := self._offered_s(profile, here, there)) is not None
            ]
            for one, here in self._stations.items()
        }

    def _quickest_s(self, profile: SpeedProfile, start: Place, end: Place) -> float:
        """Return the seconds of the quickest way by lines or without, at most (Dijkstra 1959, by station)."""
        direct_s = self._offered_s(profile, start, end)
        best_s = float("inf") if direct_s is None else direct_s
        done: set[tuple[str, bool]] = set()
        # Who has just gone a local way takes a line next; who gets off a line may do either.
        queue: list[tuple[float, str, bool]] = []
        for name, place in self._stations.items():
            if (spent_s := self._offered_s(profile, start, place)) is not None:
                heappush(queue, (spent_s, name, False))
        while queue:
            at_s, name, rode = heappop(queue)
            if at_s >= best_s:
                break
            if (name, rode) in done:
                continue
            done.add((name, rode))
            if rode and (spent_s := self._offered_s(profile, self._stations[name], end)) is not None:
                best_s = min(best_s, at_s + spent_s)
            for other, spent in self._from[name]:
                heappush(queue, (at_s + spent, other, True))
            for other, spent_s in self._changes[name] if rode else ():
                heappush(queue, (at_s + spent_s, other, False))
        return best_s


def _by_profile_s(profile: SpeedProfile, metres: float) -> float:
    """Return the seconds of a local way without congestion; behind an edge to a faster band time stands still."""
    longest_s = 0.0
    for band in profile.bands[:-1]:
        if metres <= 1000 * band.up_to_km:
            return max(longest_s, metres * 3.6 / band.kmh) + profile.access_min * 60
        longest_s = max(longest_s, 3600 * band.up_to_km / band.kmh)
    return max(longest_s, metres * 3.6 / profile.bands[-1].kmh) + profile.access_min * 60


def _wrong(leg: TravelLeg, said: str, measured: float, limit: float, unit: str) -> Finding:
    way = f"The leg by {leg.means} from {leg.from_place} to {leg.to_place}"
    if unit in ("s", "m", "cents"):
        said = f"{said}: {measured:.0f} {unit} instead of {limit:.0f} {unit}"
    return breach(TRAVEL, f"{way} {said}.", measured=measured, limit=limit, unit=unit, advice=_AGAIN)
