"""One scorer for every solver: checks an answer from the request alone, then counts what it is worth."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from benchmarks.days import Day
from benchmarks.peers.base import Route


class Violation(NamedTuple):
    """One way in which an answer breaks the request."""

    code: str
    vehicle: int
    job: int | None
    over: int
    """By how much, in seconds, or as a count where time does not apply."""


class Score(NamedTuple):
    """What an answer is worth; it counts only if `violations` is empty."""

    unserved_weight: int
    """Sum of the priorities of the jobs left out."""

    travel_s: int
    """Driving of all routes, ways from and to the start and end places included, seconds."""

    unserved_jobs: int
    violations: tuple[Violation, ...]


def score(day: Day, routes: Sequence[Route]) -> Score:
    """Check the routes against the day and return their score.

    Travel comes from the day's matrix in the order of the routes; a solver's own sums are not read. A break
    may lie anywhere between two services, also in the middle of a leg; the time between them must hold both.
    """
    jobs = {job["id"]: job for job in day.request["jobs"]}
    vehicles = {vehicle["id"]: vehicle for vehicle in day.request["vehicles"]}
    violations = list(_identity(jobs, vehicles, routes))
    travel_s = 0
    for route in routes:
        vehicle = vehicles.get(route.vehicle)
        if vehicle is None:
            continue
        known = [(jobs[job_id], start) for job_id, start in route.jobs if job_id in jobs]
        legs = _legs(day, vehicle, known)
        travel_s += sum(legs)
        violations += _skills_and_windows(vehicle, known)
        violations += _times(vehicle, known, legs, route.break_start)
        violations += _break(vehicle, known, route.break_start)
    served = {job_id for route in routes if route.vehicle in vehicles for job_id, _ in route.jobs}
    left_out = [job for job_id, job in jobs.items() if job_id not in served]
    return Score(sum(job["priority"] for job in left_out), travel_s, len(left_out), tuple(violations))


def _identity(jobs: dict[int, Any], vehicles: dict[int, Any], routes: Sequence[Route]) -> Iterator[Violation]:
    """Every vehicle and every job exists and is used at most once."""
    vehicles_seen: set[int] = set()
    jobs_seen: set[int] = set()
    for route in routes:
        if route.vehicle not in vehicles:
            yield Violation("UNKNOWN_VEHICLE", route.vehicle, None, 1)
        if route.vehicle in vehicles_seen:
            yield Violation("VEHICLE_TWICE", route.vehicle, None, 1)
        vehicles_seen.add(route.vehicle)
        for job_id, _ in route.jobs:
            if job_id not in jobs:
                yield Violation("UNKNOWN_JOB", route.vehicle, job_id, 1)
            if job_id in jobs_seen:
                yield Violation("JOB_TWICE", route.vehicle, job_id, 1)
            jobs_seen.add(job_id)


def _legs(day: Day, vehicle: dict[str, Any], known: list[tuple[dict[str, Any], int]]) -> list[int]:
    """Travel times along the route, seconds; none for a vehicle without jobs."""
    if not known:
        return []
    places = [vehicle["start_index"], *(job["location_index"] for job, _ in known), vehicle["end_index"]]
    return [int(day.durations[here, there]) for here, there in pairwise(places)]


def _skills_and_windows(
    vehicle: dict[str, Any], known: list[tuple[dict[str, Any], int]]
) -> Iterator[Violation]:
    for job, start in known:
        missing = set(job["skills"]) - set(vehicle["skills"])
        if missing:
            yield Violation("SKILL", vehicle["id"], job["id"], len(missing))
        over = _outside(job["time_windows"], start)
        if over:
            yield Violation("WINDOW", vehicle["id"], job["id"], over)


def _times(
    vehicle: dict[str, Any], known: list[tuple[dict[str, Any], int]], legs: list[int], break_start: int | None
) -> Iterator[Violation]:
    """Between two services there is time for the way and for what lies there of the break."""
    if not known:
        return
    shift_start, shift_end = vehicle["time_window"]
    free_from = [shift_start, *(start + job["service"] for job, start in known)]
    free_to = [*(start for _, start in known), shift_end]
    pause = vehicle["breaks"][0]["service"] if break_start is not None else 0
    break_from = break_start or 0
    for ix, (begin, end, travel) in enumerate(zip(free_from, free_to, legs, strict=True)):
        resting = max(0, min(end, break_from + pause) - max(begin, break_from))
        over = begin + travel + resting - end
        if over > 0:
            job = known[ix][0]["id"] if ix < len(known) else None
            yield Violation("TRAVEL" if job is not None and ix else "SHIFT", vehicle["id"], job, over)


def _break(
    vehicle: dict[str, Any], known: list[tuple[dict[str, Any], int]], break_start: int | None
) -> Iterator[Violation]:
    """A vehicle that works takes its break: inside its window and its shift, not during a service."""
    if not vehicle["breaks"] or not known:
        return
    if break_start is None:
        yield Violation("BREAK_MISSING", vehicle["id"], None, 1)
        return
    pause = vehicle["breaks"][0]
    break_end = break_start + pause["service"]
    over = _outside(pause["time_windows"], break_start)
    if over:
        yield Violation("BREAK_WINDOW", vehicle["id"], None, over)
    over = max(vehicle["time_window"][0] - break_start, break_end - vehicle["time_window"][1])
    if over > 0:
        yield Violation("BREAK_SHIFT", vehicle["id"], None, over)
    for job, start in known:
        over = min(start + job["service"], break_end) - max(start, break_start)
        if over > 0:
            yield Violation("BREAK_OVERLAP", vehicle["id"], job["id"], over)


def _outside(windows: list[list[int]], start: int) -> int:
    """Seconds by which a start misses the nearest of the windows; 0 if it is inside one."""
    return min((max(opens - start, start - closes, 0) for opens, closes in windows), default=0)
