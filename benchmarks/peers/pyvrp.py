"""PyVRP: prizes for priorities, the break as an optional lunch that can be had at any job's place.

PyVRP knows neither breaks nor skills. This is the model, of those tried, that costs it least; see the README.
"""

import time
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from benchmarks.days import SKILLS, Day
from benchmarks.peers.base import Answer, Route
from benchmarks.peers.retime import retime

UNIT_PRICE_S: Final = 20_000
"""Prize of one weight unit, seconds of travel."""

LUNCH_PRIZE_S: Final = 400_000
"""Prize of a lunch: above two jobs of the highest weight less their travel, so none is skipped for a job."""

LOAD: Final = 100
"""Load of one skill or lunch, so that overload penalties (at most 100,000 a unit) can outweigh the prizes."""

FORBIDDEN_S: Final = 1_000_000
"""Travel to a job whose skills are missing; above every prize."""

PROFILES_UP_TO_JOBS: Final = 300
"""Up to here skills are travel profiles, above load dimensions: each was the better one there."""


@dataclass(frozen=True)
class PyVrp:
    """PyVRP's iterated local search, seeded."""

    name: str = "pyvrp"

    def prepare(self) -> None:
        """Import the library."""
        import pyvrp  # noqa: F401

    def solve(self, day: Day, seconds: float, seed: int) -> Answer:
        """Build the model, search for the time that is left, and time the routes with their true break."""
        import pyvrp
        from pyvrp.stop import MaxRuntime

        begin = time.perf_counter()
        data = problem_data(day)
        left_s = max(0.0, seconds - (time.perf_counter() - begin))
        result = pyvrp.solve(data, MaxRuntime(left_s), seed=seed, collect_stats=False)
        jobs, vehicles = day.request["jobs"], day.request["vehicles"]
        routes: list[Route] = []
        for route in result.best.routes():
            vehicle = vehicles[route.vehicle_type()]
            visits = [jobs[stop.idx] for stop in route if stop.is_client() and stop.idx < len(jobs)]
            able = [job for job in visits if set(job["skills"]) <= set(vehicle["skills"])]
            routes += retime(day, vehicle, able)
        return Answer(tuple(routes))


def problem_data(day: Day) -> Any:
    """Return the day as PyVRP's data: clients are the jobs, then one lunch at each job's place."""
    from pyvrp import Depot, Location, ProblemData, VehicleType

    jobs, vehicles = day.request["jobs"], day.request["vehicles"]
    by_profile = len(jobs) <= PROFILES_UP_TO_JOBS
    skill_sets = sorted({tuple(vehicle["skills"]) for vehicle in vehicles}) if by_profile else [SKILLS]
    load_skills = () if by_profile else SKILLS
    places = sorted({vehicle[end] for vehicle in vehicles for end in ("start_index", "end_index")})
    types = [
        VehicleType(
            num_available=1,
            capacity=[LOAD * len(jobs) * (skill in vehicle["skills"]) for skill in load_skills] + [LOAD],
            start_depot=places.index(vehicle["start_index"]),
            end_depot=places.index(vehicle["end_index"]),
            tw_early=vehicle["time_window"][0],
            tw_late=vehicle["time_window"][1],
            profile=skill_sets.index(tuple(vehicle["skills"])) if by_profile else 0,
        )
        for vehicle in vehicles
    ]
    travel: Any = day.durations.astype(np.int64)
    return ProblemData(
        [Location(0, 0) for _ in range(len(travel))],
        _clients(day, load_skills),
        [Depot(place) for place in places],
        types,
        [_without(travel, jobs, set(skills)) for skills in skill_sets],
        [travel] * len(skill_sets),
    )


def _clients(day: Day, load_skills: tuple[int, ...]) -> list[Any]:
    from pyvrp import Client

    jobs, pause = day.request["jobs"], day.request["vehicles"][0]["breaks"][0]
    work = [
        Client(
            location=job["location_index"],
            delivery=[LOAD * (skill in job["skills"]) for skill in load_skills] + [0],
            service_duration=job["service"],
            tw_early=job["time_windows"][0][0],
            tw_late=job["time_windows"][0][1],
            prize=job["priority"] * UNIT_PRICE_S,
            required=False,
        )
        for job in jobs
    ]
    lunches = [
        Client(
            location=job["location_index"],
            delivery=[0] * len(load_skills) + [LOAD],
            service_duration=pause["service"],
            tw_early=pause["time_windows"][0][0],
            tw_late=pause["time_windows"][0][1],
            prize=LUNCH_PRIZE_S,
            required=False,
        )
        for job in jobs
    ]
    return work + lunches


def _without(travel: Any, jobs: list[dict[str, Any]], skills: set[int]) -> Any:
    """Return distances for a skill set, with every way to and from a job beyond it forbidden."""
    distance = travel.copy()
    beyond = [job["location_index"] for job in jobs if not skills.issuperset(job["skills"])]
    distance[beyond, :] = FORBIDDEN_S
    distance[:, beyond] = FORBIDDEN_S
    np.fill_diagonal(distance, 0)
    return distance
