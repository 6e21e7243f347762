"""Whose a route is and on which days: that of a day, or of a trip with its nights away."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.roster import RosterShift
from optimizer.problem import Problem


def people_rows(compiled: Compiled) -> NDArray[np.int32]:
    """Return the rows of people's routes: their days, and the trips they may make.

    Parameters
    ----------
    compiled : the question
    """
    days, tools = len(compiled.shifts), len(compiled.tools)
    rows = np.arange(days + tools + len(compiled.trips), dtype=np.int32)
    return np.asarray(rows[(rows < days) | (rows >= days + tools)])


def trip_rows(compiled: Compiled) -> range:
    """Return the rows of trips."""
    first = len(compiled.shifts) + len(compiled.tools)
    return range(first, first + len(compiled.trips))


def rows_in_use(compiled: Compiled, stops: Sequence[Sequence[int]]) -> NDArray[np.int32]:
    """Return the rows of people's days, and of the trips that somebody makes.

    Parameters
    ----------
    compiled : the question
    stops : the stops of all routes
    """
    rows = people_rows(compiled)
    kept = [row < len(compiled.shifts) or bool(stops[row]) for row in rows.tolist()]
    return np.asarray(rows[np.array(kept, np.bool_)])


def trip_around(compiled: Compiled, stops: Sequence[Sequence[int]], day: int) -> int | None:
    """Return the row of the trip that a day belongs to, or after which it is free; none: there is no such trip.

    Parameters
    ----------
    compiled : the question
    stops : the stops of all routes
    day : row of somebody's day
    """
    p, first = compiled.problem, trip_rows(compiled).start
    if not p.rival.size:
        return None
    rivals = p.rival[p.rival_ptr[day] : p.rival_ptr[day + 1]].tolist()
    return next((row for row in rivals if row >= first and stops[row]), None)


def is_tool(compiled: Compiled, row: int) -> bool:
    """Tell whether a route is a shared tool's."""
    return 0 <= row - len(compiled.shifts) < len(compiled.tools)


def first_shift(compiled: Compiled, row: int) -> RosterShift:
    """Return the shift of a day, or the first one of a trip.

    Parameters
    ----------
    compiled : the question
    row : a row of people's routes
    """
    return compiled.shifts[compiled.days_of(row)[0][0]]


def last_shift(compiled: Compiled, row: int) -> RosterShift:
    """Return the shift of a day, or the last one of a trip."""
    return compiled.shifts[compiled.days_of(row)[0][-1]]


def technician_of(compiled: Compiled, row: int) -> str:
    """Return whose a route of people is."""
    return first_shift(compiled, row).key.technician_id


def day_with(compiled: Compiled, plan: Plan, row: int, job_id: str) -> ShiftPlan:
    """Return the first day of a route on which a job is done.

    Parameters
    ----------
    compiled : the question
    plan : a plan in which the route serves the job
    row : the route
    job_id : the job
    """
    keys = {compiled.shifts[day].key for day in compiled.days_of(row)[0]}
    return next(
        one for one in plan.shifts if one.key in keys and any(stop.job_id == job_id for stop in one.stops)
    )


def in_each_others_way(problem: Problem, stops: Sequence[Sequence[int]]) -> bool:
    """Tell whether somebody is on a trip and at work elsewhere on one of its days, or of the free ones after it.

    Parameters
    ----------
    problem : the compiled question
    stops : the stops of all routes
    """
    first = len(problem.profile) - int(problem.trips[0])
    return any(
        stops[rival]
        for row in range(first, len(stops))
        if stops[row]
        for rival in problem.rival[problem.rival_ptr[row] : problem.rival_ptr[row + 1]].tolist()
    )
