"""Random scenarios with work too far away for one day, and people who may stay out overnight.

`trip_scenario(seed)` is a random scenario, every third time one with ties, over two to five days. Some jobs lie in a
region 100 to 260 km away, often with a branch that has beds; most technicians may stay out, some may take other means
of transport. What is drawn here comes from dice of its own, so the other scenarios stay what their seeds make them.
"""

from datetime import date, datetime, time, timedelta
from math import cos, radians
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from optimizer.domain.branch import Branch
from optimizer.domain.job import Job, SiteFacts
from optimizer.domain.place import Place
from optimizer.domain.policy import Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means, Onboarding, Shift, Technician, Territory
from optimizer.domain.time import Horizon, Window
from optimizer.domain.travel import DEFAULT_PROFILES
from tests.property.random_facts import without_broken_promises
from tests.property.random_scenarios import random_scenario
from tests.property.random_technicians import SKILLS
from tests.property.setting import chance
from tests.property.tied_scenarios import tied_scenario

ALL_MEANS: Final[tuple[Means, ...]] = ("car", "motorcycle", "public_transport")


def trip_scenario(seed: int, *, max_jobs: int = 10, max_technicians: int = 3) -> Scenario:
    """Return the scenario of a seed.

    Parameters
    ----------
    seed : any whole number
    max_jobs : jobs at most
    max_technicians : technicians at most, at least 2
    """
    rng = Random(f"trips {seed}")
    drawn = tied_scenario if seed % 3 == 2 else random_scenario
    scenario = drawn(seed, max_jobs=max_jobs, max_technicians=max_technicians)
    days = max(scenario.horizon.days, rng.choice((2, 3, 3, 4, 5)))
    horizon = Horizon(first_day=scenario.horizon.first_day, days=days)
    km_east, many = rng.uniform(100, 260), rng.choice((0.3, 0.6, 0.9))
    travel = scenario.travel
    own_places = any(day.start_at or day.end_at for one in scenario.technicians for day in one.shifts or ())
    if chance(rng, 0.75) or own_places:  # given tables know the places of the days there were
        travel = travel.model_copy(update={"profiles": DEFAULT_PROFILES, "matrices": {}})
    far = scenario.model_copy(
        update={
            "horizon": horizon,
            "now": scenario.now if chance(rng, 0.3) else None,
            "branches": _branches(rng, scenario.branches, km_east),
            "technicians": tuple(_technician(rng, one, horizon) for one in scenario.technicians),
            "jobs": tuple(
                _job(rng, scenario, one, horizon, km_east if chance(rng, many) else 0)
                for one in scenario.jobs
            ),
            "policy": _policy(rng, scenario.policy),
            "pins": tuple(one for one in scenario.pins if one.start is None) if chance(rng, 0.3) else (),
            "travel": travel,
        }
    )
    return without_broken_promises(far)


def long_trip_scenario(seed: int) -> Scenario:
    """Return the trip scenario of a seed in which some jobs take two or three days.

    Parameters
    ----------
    seed : any whole number
    """
    rng = Random(f"long trips {seed}")
    scenario = trip_scenario(seed, max_jobs=6)
    promised = {one.job_id for one in scenario.promises}
    jobs = tuple(_long(rng, one) if one.job_id not in promised else one for one in scenario.jobs)
    days = max(3, scenario.horizon.days)
    horizon = scenario.horizon.model_copy(update={"days": days})
    people = tuple(
        one.model_copy(update={"shifts": None, "nights_away": max(1, one.nights_away), "leave": ()})
        if chance(rng, 0.7)
        else one
        for one in scenario.technicians
    )
    rules = {code: values for code, values in scenario.policy.rules.items() if code != "WORKLOAD_CAP"}
    return without_broken_promises(
        scenario.model_copy(
            update={
                "horizon": horizon,
                "jobs": jobs,
                "technicians": people,
                "policy": scenario.policy.model_copy(update={"rules": rules}),
            }
        )
    )


def _long(rng: Random, job: Job) -> Job:
    """Let a job take longer than any day, at any time."""
    if not chance(rng, 0.5):
        return job
    facts: dict[str, Any] = {"duration_min": rng.choice((600, 720, 900)), "windows": (), "certificates": ()}
    facts |= {"tools": (), "parts": {}, "site": SiteFacts()}
    return job.model_copy(update=facts)


def moved(place: Place, km_east: float) -> Place:
    """Return a place so many kilometres farther east."""
    narrow = 111.2 * cos(radians(place.lat))
    return place.model_copy(update={"lon": round(place.lon + km_east / narrow, 5)})


def _branches(rng: Random, branches: tuple[Branch, ...], km_east: float) -> tuple[Branch, ...]:
    """Give the far region a branch with beds, or none."""
    if not chance(rng, 0.5):
        return branches
    last = branches[-1]
    there = moved(last.place, km_east) if len(branches) > 1 else last.place
    return (*branches[:-1], last.model_copy(update={"housing": True, "place": there}))


def _technician(rng: Random, one: Technician, horizon: Horizon) -> Technician:
    facts: dict[str, Any] = {"nights_away": rng.choice((0, 1, 1, 2, 3, 4))}
    if chance(rng, 0.2):
        facts["other_means"] = tuple(rng.sample([means for means in ALL_MEANS if means != one.means], 1))
    if chance(rng, 0.8):
        facts |= {"territory": Territory(), "leave": (), "suspended": (), "missing_tools": ()}
        facts |= {"skills": dict.fromkeys(SKILLS, 5), "kits": ("installer", "repairer"), "tools": ("rope",)}
        facts |= {"last_inspection": None, "onboarding": Onboarding(), "means": "car", "other_means": ()}
    if one.shifts:
        pattern = rng.choice(one.shifts)
        days = [day for day in horizon.dates() if chance(rng, 0.95)]
        facts["shifts"] = tuple(pattern.model_copy(update={"day": day}) for day in days)
        facts["shifts"] = _as_long_as_usual(facts["shifts"]) if chance(rng, 0.6) else facts["shifts"]
    return one.model_copy(update=facts)


def _as_long_as_usual(shifts: tuple[Shift, ...]) -> tuple[Shift, ...] | None:
    return tuple(Shift(day=one.day) for one in shifts)


def _on(scenario: Scenario, day: date) -> Window:
    """Return a window from the morning to the afternoon of a day."""
    zone = ZoneInfo(scenario.time_zone)
    return Window(start=datetime.combine(day, time(8), zone), end=datetime.combine(day, time(17), zone))


def _job(rng: Random, scenario: Scenario, job: Job, horizon: Horizon, km_east: float) -> Job:
    """Move a job into the far region, or leave it where it is; let it be done on any day."""
    facts: dict[str, Any] = {"place": moved(job.place, km_east), "area": None} if km_east else {}
    if not km_east and chance(rng, 0.5):  # near work after the return
        facts["windows"] = (_on(scenario, horizon.dates()[-1]),)
    elif chance(rng, 0.8):
        later = timedelta(days=rng.randrange(horizon.days))
        kept = job.windows if chance(rng, 0.2) else ()
        moved_on = (Window(start=one.start + later, end=one.end + later) for one in kept)
        facts["windows"] = tuple(one for one in moved_on if one.start.date() <= horizon.dates()[-1])
    if chance(rng, 0.5):
        facts["duration_min"] = rng.choice((60, 120, 240))
    if chance(rng, 0.6):
        facts |= {"certificates": (), "tools": (), "parts": {}, "site": SiteFacts()}
    if any(one.job_id == job.job_id for one in scenario.promises):
        facts.pop("windows", None)  # what was promised lies in the windows there are
    return job.model_copy(update=facts)


def _policy(rng: Random, policy: Policy) -> Policy:
    rules = {code: values for code, values in policy.rules.items() if code != "TERRITORY"}
    rules["TRIP"] = {
        "max_nights": rng.choice((1, 2, 4, 4)),
        "rest_from_nights": rng.choice((1, 2, 3)),
        "rest_days": rng.choice((0, 1, 2)),
    }
    rules["LODGING"] = {"bed_cents": rng.choice((0, 1_000, 8_000)), "board_cents": rng.choice((0, 2_500))}
    if chance(rng, 0.3):
        rules["WORKLOAD_CAP"] = {
            "hours_per_week": rng.choice((12, 20, 30)),
            "jobs_per_week": rng.choice((None, 4)),
        }
    return policy.model_copy(update={"rules": rules})
