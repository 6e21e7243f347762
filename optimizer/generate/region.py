"""The region of a generated scenario: towns around a centre or real cities, branches in the larger ones."""

import math
from collections.abc import Sequence
from random import Random
from typing import Final, NamedTuple

from optimizer.domain.branch import Branch
from optimizer.domain.place import Place
from optimizer.generate.cities import City

CENTRE: Final = Place(lat=28.1957, lon=112.9707)
KM_PER_DEGREE: Final = 111.195
TECHNICIANS_PER_BRANCH: Final = 12
FARTHEST_TOWN_KM: Final = 55.0
SPREAD_KM: Final = 2.0
"""How far a city of a million spreads; the area grows with the people."""
BEYOND_RADIUS_KM: Final = (104.0, 112.0)
"""Distance of a far job from the outermost branch, in km: beyond the service radius of 100 km."""


class Town(NamedTuple):
    """A town: where it is, how far it spreads, and its share of the people."""

    name: str
    centre: Place
    spread_km: float
    share: float


class Region(NamedTuple):
    """Towns, and the branches in the first of them."""

    towns: tuple[Town, ...]
    branches: tuple[Branch, ...]
    far_share: float = 0.01
    """Share of jobs beyond the service radius of every branch."""
    homes_near_branch: bool = False
    """Technicians live in the town of their branch: the towns are too far apart to commute."""

    def somewhere(self, rng: Random) -> tuple[str, Place]:
        """Draw an area and a place in it: nine of ten in a town, the rest in the country around."""
        town = rng.choices(self.towns, [town.share for town in self.towns])[0]
        spread_km = town.spread_km if rng.random() < 0.9 else 4 * town.spread_km
        east_km, north_km = rng.gauss(0, spread_km), rng.gauss(0, spread_km)
        return town.name, shifted(town.centre, east_km, north_km)

    def place_in(self, rng: Random, area: str) -> Place:
        """Draw a place in one of the towns, or in the country around it."""
        town = next(one for one in self.towns if one.name == area)
        return Region((town,), self.branches).somewhere(rng)[1]

    def people(self) -> tuple[float, ...]:
        """Return the people that each branch serves: of its own town and of those nearest to it."""
        served = [0.0] * len(self.branches)
        for town in self.towns:
            away_km = [_distance_km(town.centre, branch.place) for branch in self.branches]
            served[away_km.index(min(away_km))] += town.share
        return tuple(served)

    def home(self, rng: Random, branch: Branch) -> Place:
        """Draw where a technician of a branch lives."""
        if not self.homes_near_branch:
            return self.somewhere(rng)[1]
        return self.place_in(rng, self.towns[self.branches.index(branch)].name)

    def far_away(self, rng: Random) -> Place:
        """Draw a place beyond the service radius of every branch."""
        outermost_km = max(_distance_km(CENTRE, branch.place) for branch in self.branches)
        turn = rng.uniform(0, 2 * math.pi)
        away_km = outermost_km + rng.uniform(*BEYOND_RADIUS_KM)
        return shifted(CENTRE, away_km * math.cos(turn), away_km * math.sin(turn))


def region(rng: Random, technicians: int) -> Region:
    """Draw the towns and branches for so many technicians."""
    branches = max(1, round(technicians / TECHNICIANS_PER_BRANCH))
    towns = [Town("Centre", CENTRE, spread_km=4.5, share=1.0)]
    for rank in range(2, branches + 3):
        turn, away_km = rng.uniform(0, 2 * math.pi), rng.uniform(12, FARTHEST_TOWN_KM)
        centre = shifted(CENTRE, away_km * math.cos(turn), away_km * math.sin(turn))
        towns.append(Town(f"Town {rank}", centre, spread_km=rng.uniform(1.5, 3.5), share=1 / rank))
    return Region(
        towns=tuple(towns),
        branches=tuple(
            Branch(branch_id=f"B{number}", name=f"{town.name} branch", place=town.centre)
            for number, town in enumerate(towns[:branches], start=1)
        ),
    )


def region_of(cities: Sequence[City], technicians: int) -> Region:
    """Return the region of real cities: a branch in the largest, and in all others too far from a branch.

    Parameters
    ----------
    cities : the cities, at least one
    technicians : how many there are; a dozen share a branch where the cities are near each other
    """
    by_size = sorted(cities, key=lambda city: -city.weight)  # of equals the first named comes first
    seats: list[City] = []
    for city in by_size:
        away_km = min((_distance_km(city.place, seat.place) for seat in seats), default=math.inf)
        if away_km > FARTHEST_TOWN_KM or len(seats) < round(technicians / TECHNICIANS_PER_BRANCH):
            seats.append(city)
    ordered = seats + [city for city in by_size if city not in seats]
    return Region(
        towns=tuple(
            Town(city.name, city.place, spread_km=SPREAD_KM * math.sqrt(city.weight), share=city.weight)
            for city in ordered
        ),
        branches=tuple(
            Branch(branch_id=f"B{number}", name=f"{city.chinese} · {city.name} branch", place=city.place)
            for number, city in enumerate(seats, start=1)
        ),
        far_share=0.0,
        homes_near_branch=True,
    )


def shifted(place: Place, east_km: float, north_km: float) -> Place:
    """Return the place so many kilometres east and north of another, to about a metre."""
    lat = place.lat + north_km / KM_PER_DEGREE
    lon = place.lon + east_km / (KM_PER_DEGREE * math.cos(math.radians(lat)))
    return Place(lat=round(lat, 5), lon=round(lon, 5))


def _distance_km(one: Place, other: Place) -> float:
    north = (one.lat - other.lat) * KM_PER_DEGREE
    east = (one.lon - other.lon) * KM_PER_DEGREE * math.cos(math.radians(one.lat))
    return math.hypot(east, north)
