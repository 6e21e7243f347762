"""Trips that are longer than they need be: the same jobs in the same order, on fewer days or by other means."""

import numpy as np

from optimizer.engines.lns.search import Search
from optimizer.problem import Problem, Routes


def shorten_trips(search: Search) -> bool:
    """Move whole trips of the best plan to other days or means of the same person; tell whether that made it better.

    Parameters
    ----------
    search : its best plan is looked at, and is as good or better afterwards
    """
    problem, before = search.problem, search.score
    first = len(problem.profile) - int(problem.trips[0])
    for row in range(first, len(problem.profile)):
        for other in problem.rival[problem.rival_ptr[row] : problem.rival_ptr[row + 1]].tolist():
            best = search.routes()
            if not best.stops[row]:
                break
            if _may_take(problem, best, row, other):
                search.load(_moved(best, row, other))
    if first < len(problem.profile):
        search.go_on_from(search)
    return search.score < before


def _may_take(problem: Problem, routes: Routes, row: int, other: int) -> bool:
    """Tell whether a free row of the same person may take all jobs of a trip, those on its own days left aside."""
    if problem.person[other] != problem.person[row] or routes.stops[other]:
        return False
    rivals = problem.rival[problem.rival_ptr[other] : problem.rival_ptr[other + 1]].tolist()
    free = all(not routes.stops[one] for one in rivals if one != row)
    jobs = list(routes.stops[row])
    fits = int((problem.shelf[jobs] < 0).sum()) <= problem.max_jobs[other]
    return free and fits and not np.any(problem.forbidden[jobs, other])


def _moved(routes: Routes, row: int, other: int) -> Routes:
    """Return the routes with all stops of one row in another one."""
    stops = list(routes.stops)
    stops[other], stops[row] = stops[row], ()
    return routes._replace(stops=tuple(stops))
