"""Seeded field-service days, written as plain VROOM requests.

A day has technicians with one to four of six skills who start at home or at a branch, jobs in a few cities
of one region, and one midday break per technician. Durations come as one integer matrix, so every solver sees
the same numbers.
"""

import hashlib
import json
import math
import random
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

MINUTE_S: Final = 60
HOUR_S: Final = 3600
BREAK_S: Final = 60 * MINUTE_S
BREAK_START: Final = (11 * HOUR_S + 30 * MINUTE_S, 13 * HOUR_S)
"""Earliest and latest start of the break, seconds after midnight; so it lies inside 11:30-14:00."""

SPEED_KMH: Final = 40.0
DETOUR: Final = 1.3
EARTH_RADIUS_KM: Final = 6371.0088
KM_PER_DEGREE: Final = math.pi * EARTH_RADIUS_KM / 180
CENTRE: Final = (9.2, 48.8)
"""Longitude and latitude of the region's middle, degrees."""

SKILLS: Final = (1, 2, 3, 4, 5, 6)
SKILL_SHARES: Final = (30, 25, 18, 13, 9, 5)
WEIGHTS: Final = (1, 2, 5, 10)
WEIGHT_SHARES: Final = (45, 35, 15, 5)
SERVICE_MIN: Final = (30, 40, 50, 60, 75, 90, 120, 150, 180)

Request = dict[str, Any]


class Size(NamedTuple):
    """How large and how dense a day is."""

    technicians: int
    jobs: int
    cities: int
    region_km: float
    service_decay_min: float
    """Share of a service time falls by e per so many minutes above 30; sets the mean."""


SIZES: Final[dict[str, Size]] = {
    "20-100": Size(20, 100, 3, 40.0, 2000.0),
    "50-300": Size(50, 300, 5, 45.0, 140.0),
    "100-700": Size(100, 700, 7, 50.0, 90.0),
    "200-1500": Size(200, 1500, 9, 55.0, 58.0),
    "300-3000": Size(300, 3000, 11, 60.0, 22.0),
}


class Day(NamedTuple):
    """One day: a VROOM request without its matrix, and the matrix."""

    request: Request
    durations: NDArray[np.int32]
    """(place, place) travel times in seconds for profile "car"; places are the request's location indices."""

    def vroom_request(self) -> Request:
        """Return the whole VROOM request with its matrix as plain lists."""
        return {**self.request, "matrices": {"car": {"durations": self.durations.tolist()}}}

    def fingerprint(self) -> str:
        """Return a short hash of the day; results are comparable only where it is equal."""
        text = json.dumps(self.request, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode() + self.durations.astype("<i4").tobytes()).hexdigest()[:12]


class _City(NamedTuple):
    x_km: float
    y_km: float
    spread_km: float
    share: float


def generate(size: str, seed: int) -> Day:
    """Make the day of this size and seed, always the same one.

    Parameters
    ----------
    size
        A key of `SIZES`, technicians-jobs.
    seed
        Any whole number.
    """
    shape = SIZES[size]
    rng = random.Random(f"day {size} {seed}")
    cities = _cities(rng, shape)
    places: list[tuple[float, float]] = [_lonlat(city.x_km, city.y_km) for city in cities]
    vehicles = [_vehicle(rng, number, cities, shape, places) for number in range(1, shape.technicians + 1)]
    skill_sets = [frozenset(vehicle["skills"]) for vehicle in vehicles]
    jobs = [_job(rng, number, cities, shape, skill_sets, places) for number in range(1, shape.jobs + 1)]
    return Day({"jobs": jobs, "vehicles": vehicles}, travel_times(places))


def travel_times(places: list[tuple[float, float]]) -> NDArray[np.int32]:
    """Return travel times in whole seconds: 40 km/h on 1.3 times the great circle.

    Parameters
    ----------
    places
        Longitude and latitude, degrees.
    """
    lon, lat = np.radians(np.array(places, dtype=np.float64)).T
    half_lat = np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
    half_lon = np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    angle = 2 * np.arcsin(np.sqrt(half_lat + np.cos(lat)[:, None] * np.cos(lat)[None, :] * half_lon))
    durations: NDArray[np.int32] = np.rint(angle * EARTH_RADIUS_KM * DETOUR / SPEED_KMH * HOUR_S).astype(
        np.int32
    )
    return durations


def _cities(rng: random.Random, shape: Size) -> list[_City]:
    half = shape.region_km / 2
    return [
        _City(
            rng.uniform(-half, half) * 0.85, rng.uniform(-half, half) * 0.85, rng.uniform(2.0, 4.0), 1 / rank
        )
        for rank in range(1, shape.cities + 1)
    ]


def _vehicle(
    rng: random.Random, number: int, cities: list[_City], shape: Size, places: list[tuple[float, float]]
) -> dict[str, Any]:
    if rng.random() < 0.4:  # starts at the branch of a city
        place = rng.choices(range(len(cities)), [city.share for city in cities])[0]
    else:
        place = _add(places, _anywhere(rng, cities, shape))
    start_s = rng.choice((7 * 60, 7 * 60 + 30, 8 * 60, 8 * 60 + 30, 9 * 60)) * MINUTE_S
    shift_s = rng.choice((16, 17, 18, 19, 20)) * 30 * MINUTE_S
    skill_count = rng.choices((1, 2, 3, 4), (20, 35, 30, 15))[0]
    return {
        "id": number,
        "profile": "car",
        "start": list(places[place]),
        "start_index": place,
        "end": list(places[place]),
        "end_index": place,
        "skills": _skills(rng, skill_count),
        "time_window": [start_s, start_s + shift_s],
        "breaks": [{"id": number, "time_windows": [list(BREAK_START)], "service": BREAK_S}],
    }


def _job(
    rng: random.Random,
    number: int,
    cities: list[_City],
    shape: Size,
    skill_sets: list[frozenset[int]],
    places: list[tuple[float, float]],
) -> dict[str, Any]:
    place = _add(places, _anywhere(rng, cities, shape))
    skills = _skills(rng, rng.choices((0, 1, 2), (25, 50, 25))[0])
    while not any(held.issuperset(skills) for held in skill_sets):
        skills = skills[:-1]  # no job that nobody could ever do
    service_shares = [math.exp(-minutes / shape.service_decay_min) for minutes in SERVICE_MIN]
    return {
        "id": number,
        "location": list(places[place]),
        "location_index": place,
        "service": rng.choices(SERVICE_MIN, service_shares)[0] * MINUTE_S,
        "skills": skills,
        "priority": rng.choices(WEIGHTS, WEIGHT_SHARES)[0],
        "time_windows": [_window(rng)],
    }


def _window(rng: random.Random) -> list[int]:
    kind = rng.choices(("two hours", "half day", "all day"), (30, 40, 30))[0]
    if kind == "two hours":
        open_s = rng.choice((8, 9, 10, 11, 13, 14, 15)) * HOUR_S
        return [open_s, open_s + 2 * HOUR_S]
    if kind == "half day":
        open_s = rng.choice((8, 13)) * HOUR_S
        return [open_s, open_s + 4 * HOUR_S]
    return [7 * HOUR_S, 19 * HOUR_S]


def _skills(rng: random.Random, count: int) -> list[int]:
    """Draw distinct skills, common ones more often; in rising order."""
    drawn: set[int] = set()
    while len(drawn) < count:
        drawn.add(rng.choices(SKILLS, SKILL_SHARES)[0])
    return sorted(drawn)


def _anywhere(rng: random.Random, cities: list[_City], shape: Size) -> tuple[float, float]:
    """Draw a place: nine of ten in a city, the rest in the country."""
    half = shape.region_km / 2
    if rng.random() < 0.1:
        return _lonlat(rng.uniform(-half, half), rng.uniform(-half, half))
    city = rng.choices(cities, [city.share for city in cities])[0]
    return _lonlat(rng.gauss(city.x_km, city.spread_km), rng.gauss(city.y_km, city.spread_km))


def _lonlat(x_km: float, y_km: float) -> tuple[float, float]:
    lat = CENTRE[1] + y_km / KM_PER_DEGREE
    lon = CENTRE[0] + x_km / (KM_PER_DEGREE * math.cos(math.radians(CENTRE[1])))
    return round(lon, 6), round(lat, 6)


def _add(places: list[tuple[float, float]], place: tuple[float, float]) -> int:
    places.append(place)
    return len(places) - 1
