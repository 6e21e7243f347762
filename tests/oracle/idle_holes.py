"""Idle holes: left-out jobs that could simply be inserted somewhere, looked for by trying every place."""

from typing import NamedTuple

import numpy as np

from optimizer.engines.lns.state import NEVER
from optimizer.problem import Problem, Routes
from tests.oracle.recount import Recount, Route
from tests.oracle.sharing import parts_suffice, shared_cents


class Hole(NamedTuple):
    """A left-out job, where it could go, and what that would add."""

    job: int
    shift: int
    slot: int
    cents: int


def idle_holes(problem: Problem, routes: Routes) -> list[Hole]:
    """Return every left-out job with every shift that could take it and should.

    A shift should take a job with weight where the unserved weight is compared first; else one whose cheapest
    insertion adds less than leaving it out costs.

    Parameters
    ----------
    problem : the compiled question
    routes : the answer
    """
    recount = Recount(problem)
    found = []
    for job in routes.unserved:
        worth = int(problem.unserved_cents[job])
        if problem.levels[0] == 1 and problem.weight[job] > 0:
            worth = NEVER
        for shift in np.flatnonzero(problem.forbidden[job] == 0).tolist():
            left = room(problem, recount, routes.stops, shift)
            best = recount.insertion(job, shift, routes.stops[shift], left)
            longer = [*routes.stops]
            longer[shift] = (*longer[shift], job)
            more = shared_cents(problem, longer) - shared_cents(problem, routes.stops)
            if best.sure and best.cents + more < worth and parts_suffice(problem, longer):
                found.append(Hole(job, shift, best.slot, best.cents + more))
    return found


def room(problem: Problem, recount: Recount, stops: tuple[Route, ...], shift: int) -> tuple[float, float]:
    """Return the jobs and seconds of work that the shift's group leaves to it."""
    group = int(problem.group[shift])
    if group < 0:
        return float("inf"), float("inf")
    jobs = float(problem.group_max_jobs[group])
    work_s = float(problem.group_max_work_s[group])
    for other in np.flatnonzero(problem.group == group).tolist():
        if other != shift and stops[other]:
            timing = recount.best(other, stops[other])[0]
            jobs -= len(stops[other])
            work_s -= timing.driven_s + timing.on_site_s
    return jobs, work_s
