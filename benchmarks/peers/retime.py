"""Times for an order of jobs with a break, for solvers without breaks; what does not fit is dropped."""

from typing import Any

from benchmarks.days import Day
from benchmarks.peers.base import Route

Job = dict[str, Any]


def retime(day: Day, vehicle: dict[str, Any], jobs: list[Job]) -> list[Route]:
    """Give the jobs, in this order, their earliest starts around the break; drop jobs until they fit.

    A job whose absence mends the route goes before others, then the least weight, then the longest service.
    """
    jobs = list(jobs)
    while jobs:
        route = _timed(day, vehicle, jobs)
        if route is not None:
            return [route]
        mending = [job for job in jobs if _timed(day, vehicle, [other for other in jobs if other is not job])]
        jobs.remove(min(mending or jobs, key=lambda job: (job["priority"], -job["service"])))
    return []


def _timed(day: Day, vehicle: dict[str, Any], jobs: list[Job]) -> Route | None:
    """Time the route with the break on the first leg where all fits, or return None."""
    tries = (_with_break_in(day, vehicle, jobs, gap) for gap in range(len(jobs) + 1))
    return next((route for route in tries if route is not None), None)


def _with_break_in(day: Day, vehicle: dict[str, Any], jobs: list[Job], gap: int) -> Route | None:
    """Time the route with the break on the leg before job `gap` (the last leg: after all jobs), or None."""
    pause = vehicle["breaks"][0]
    earliest, latest = pause["time_windows"][0]
    shift_start, shift_end = vehicle["time_window"]
    places = [vehicle["start_index"], *(job["location_index"] for job in jobs), vehicle["end_index"]]
    stops: list[tuple[int, int]] = []
    time_s, break_start = shift_start, 0
    for leg, job in enumerate([*jobs, None]):
        travel = int(day.durations[places[leg], places[leg + 1]])
        if leg == gap:
            # rest on arrival, or on the way where the window closes before
            break_start = min(max(time_s + travel, earliest), latest)
            if break_start < time_s:
                return None
            time_s = max(time_s + travel, earliest) + pause["service"]
        else:
            time_s += travel
        if job is None:
            return Route(vehicle["id"], tuple(stops), break_start) if time_s <= shift_end else None
        time_s = max(time_s, job["time_windows"][0][0])
        if time_s > job["time_windows"][0][1]:
            return None
        stops.append((job["id"], time_s))
        time_s += job["service"]
    return None
