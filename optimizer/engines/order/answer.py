"""From a search's order to routes with agreed starts and back, and what routes are worth by the schedule's timing."""

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.order.tables import Tables
from optimizer.problem import FAR, Problem, Routes, tied
from optimizer.schedule.lanes import Timekeeper
from optimizer.schedule.timing import first_start, visit_s

Value = tuple[int, int]
"""Unserved weight (0 where money alone counts) and cents."""


def routes_of(
    problem: Problem,
    tables: Tables,
    order: NDArray[np.int32],
    shift: NDArray[np.int32],
    start: NDArray[np.int64],
) -> Routes:
    """Return the routes of an order.

    Parameters
    ----------
    problem : the compiled question
    tables : its lookups
    order : (place,) units in the order in which they are timed, -1 behind the last
    shift : (job row,) who makes each visit
    start : (job row,) when
    """
    stops: list[list[int]] = [[] for _ in problem.profile]
    served = [int(unit) for unit in order if unit >= 0]
    for unit in served:
        for row in tables.row[tables.row_ptr[unit] : tables.row_ptr[unit + 1]]:
            stops[shift[row]].append(int(row))
    there = np.zeros(len(problem.place), np.bool_)
    there[[row for route in stops for row in route]] = True
    agreed = np.flatnonzero(tied(problem) & there)
    return Routes(
        stops=tuple(tuple(route) for route in stops),
        unserved=tuple(int(job) for job in np.unique(problem.job_of[~there])),
        agreed=tuple((int(row), int(start[row])) for row in agreed),
    )


def order_of(problem: Problem, tables: Tables, routes: Routes) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return an order of units (-1 behind the last) and the shift of each visit that give these routes.

    Units that are not whole are left out.
    """
    units = len(tables.row_ptr) - 1
    shift = np.full(len(problem.place), -1, np.int32)
    for route, stops in enumerate(routes.stops):
        shift[list(stops)] = route
    starts = _rough_starts(problem, routes)
    keys: list[tuple[int, int]] = []
    for unit in range(units):
        rows = tables.row[tables.row_ptr[unit] : tables.row_ptr[unit + 1]]
        if (shift[rows] >= 0).all():
            keys.append((min(starts[row] for row in rows), unit))
    order = np.full(units, -1, np.int32)
    order[: len(keys)] = [unit for _, unit in sorted(keys)]
    return order, shift


def _rough_starts(problem: Problem, routes: Routes) -> dict[int, int]:
    """Return about when each visit starts: as agreed, else as early as the drives and the open windows allow."""
    agreed = dict(routes.agreed)
    found: dict[int, int] = {}
    for route, stops in enumerate(routes.stops):
        at, here = int(problem.start_s[route]), int(problem.start_place[route])
        for row in stops:
            at += int(problem.travel[problem.profile[route], here, problem.place[row], 0])
            start = int(first_start(problem, row, at))
            start = agreed.get(int(problem.lead[row]), start if start < FAR else at)
            # One later than what comes before it, so that the order within a route stays where nothing takes time.
            found[row] = max(start, at + 1)
            at = found[row] + int(visit_s(problem, row, route, here))
            here = int(problem.place[row])
    return found


def worth(problem: Problem, routes: Routes) -> Value | None:
    """Return what routes are worth by the schedule's own timing, None where one of them cannot be timed."""
    times = Timekeeper(problem, routes.agreed)
    out = np.isin(problem.job_of, routes.unserved)
    cents = int(problem.charged_cents.sum()) + int(problem.unserved_cents[out].sum())
    worst = 0
    for route, stops in enumerate(routes.stops):
        if not stops:
            continue
        timed = times.time(route, stops)
        if timed is None:
            return None
        cents += timed.cents + int(problem.use_cents[route])
        if problem.assignment_cents.size:
            cents += int(problem.assignment_cents[list(stops), route].sum())
        for row, start, end in zip(stops, timed.start, timed.end, strict=True):
            step = problem.late_ptr[row]
            if step < problem.late_ptr[row + 1]:
                event = end if problem.late_on_end[step] else start
                worst = max(worst, int(event - problem.late_after[step]))
    cents += (worst * int(problem.worst_hour_cents[0]) + 1800) // 3600
    return (int(problem.weight[out].sum()) if problem.levels[0] == 1 else 0), cents
