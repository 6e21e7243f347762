"""Says in one sentence why each job that is left out is left out."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from optimizer.engines.lns.obstacle import Lack, Obstacle, obstacles
from optimizer.interchange.vroom.clock import LATEST
from optimizer.interchange.vroom.compile import Compiled
from optimizer.interchange.vroom.read import Asked
from optimizer.interchange.vroom.request import Job
from optimizer.problem import Routes

_LISTED = 5

_RULED_OUT = {
    "SKILL": ("lacks a skill", "lack a skill"),
    "CAPACITY": ("is too small", "are too small"),
    "TIME_WINDOW": ("works at other times", "work at other times"),
    "MAX_TASKS": ("may take no job", "may take no job"),
}
"""What each code of `compile` means, for one vehicle and for several."""


def reasons(asked: Asked, compiled: Compiled, routes: Routes) -> dict[int, str]:
    """Return one sentence for each job row that is left out.

    Parameters
    ----------
    asked : the request
    compiled : its problem
    routes : the engine's answer
    """
    lacking = obstacles(compiled.problem, routes)
    return {job: _sentence(asked, compiled, routes, lacking, job) for job in routes.unserved}


def _sentence(
    asked: Asked, compiled: Compiled, routes: Routes, lacking: dict[tuple[int, int], Obstacle], job: int
) -> str:
    vehicles = asked.request.vehicles
    free = np.flatnonzero(compiled.problem.forbidden[job] == 0).tolist()
    if not free:
        return _nobody(asked, compiled, job)
    close = min(free, key=lambda row: (lacking[job, row].lack_s == 0, lacking[job, row].lack_s))
    if asked.request.tasks[job].kind == "pickup" and lacking[job, close].lack is Lack.WORTH:
        return "Its pickup would find a place, but not its delivery after it with the same vehicle."
    words = _lack(asked, routes, lacking[job, close], close)
    if len(free) == 1:
        return f"Only vehicle {vehicles[close].id} may take it, but {words}."
    named = [str(vehicles[row].id) for row in free[:_LISTED]]
    rest = len(free) - len(named)
    who = _list([*named, f"{rest} more"] if rest else named)
    nearest = f"vehicle {vehicles[close].id} comes closest"
    return f"Vehicles {who} may take it, but none has room; {nearest}: {words}."


def _nobody(asked: Asked, compiled: Compiled, row: int) -> str:
    job = asked.request.tasks[row]
    unknown = _skills_nobody_has(asked, job)
    if unknown:
        named = _list([str(one) for one in unknown])
        return f"No vehicle has skill{'s' if len(unknown) > 1 else ''} {named}."
    bits = compiled.problem.forbidden[row]
    masks = Counter(int(mask) for mask in bits)
    parts = []
    for mask, count in masks.most_common():
        code = next(code for bit, code in enumerate(compiled.names.codes) if mask >> bit & 1)
        parts.append(f"{count} {_RULED_OUT[code][count > 1]}")
    return f"No vehicle may take it: {_list(parts)}."


def _skills_nobody_has(asked: Asked, job: Job) -> list[int]:
    held = {skill for vehicle in asked.request.vehicles for skill in vehicle.skills}
    return sorted(set(job.skills) - held)


def _lack(asked: Asked, routes: Routes, found: Obstacle, vehicle: int) -> str:
    stops = routes.stops[vehicle]
    over = _length(found.lack_s)
    if found.lack_s > LATEST // 2:
        return "it can never get there"
    match found.lack:
        case Lack.OWN_WINDOW:
            return f"it would come {over} after the last time window"
        case Lack.LATER_WINDOW:
            follower = asked.request.tasks[stops[found.after]] if found.after < len(stops) else None
            late = "the end" if follower is None else f"{follower.kind} {follower.id} or a later one"
            return f"{late} would be reached {over} too late"
        case Lack.DAY:
            return f"its working hours are {over} too short"
        case Lack.JOBS:
            many = "1 job" if len(stops) == 1 else f"{len(stops)} jobs"
            return f"it has {many} already, as many as max_tasks allows"
        case Lack.NO_WINDOW:
            return "no time window lies in its working hours"
        case Lack.REST:
            return "one of its breaks could not be taken any more"
        case Lack.LOAD:
            return "its load would exceed the capacity"
        case Lack.LIMIT:
            return "its driving would exceed max_travel_time"
        case Lack.PARTS:
            return "its parts are lacking"
        case Lack.TRIP:
            return "it is away"
        case Lack.WORTH:
            return "the search ended before it was put in"


def _length(seconds: int) -> str:
    return f"{seconds} s" if seconds < 120 else f"{-(-seconds // 60)} min"


def _list(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
