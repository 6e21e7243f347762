"""Idle holes: left-out jobs that could simply be inserted somewhere, looked for by trying every place."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from optimizer.engines.lns.state import NEVER
from optimizer.problem import Problem, Routes
from tests.oracle.recount import Recount, Route
from tests.oracle.sharing import jobs_of, parts_suffice, shared_cents


class Hole(NamedTuple):
    """A left-out job, where it could go, and what that would add."""

    job: int
    shift: int
    slot: int
    cents: int


def idle_holes(problem: Problem, routes: Routes, *, halts: bool = True) -> list[Hole]:
    """Return every left-out job with every shift that could take it and should.

    A shift should take a job with weight where the unserved weight is compared first; else one whose cheapest
    insertion adds less than leaving it out costs.

    Parameters
    ----------
    problem : the compiled question
    routes : the answer
    halts : whether parts may be fetched on the way for it
    """
    recount = Recount(problem)
    found = []
    for job in routes.unserved:
        worth = int(problem.unserved_cents[job])
        if problem.levels[0] == 1 and problem.weight[job] > 0:
            worth = NEVER
        for shift in np.flatnonzero(problem.forbidden[job] == 0).tolist():
            plain = [routes.stops[shift]]
            for before in _with_halts(problem, job, shift, plain[0]) if halts else plain:
                hole = _hole(problem, recount, routes.stops, job, shift, before)
                if hole is not None and hole.cents < worth:
                    found.append(hole)
                    break
    return found


def _with_halts(problem: Problem, job: int, shift: int, stops: Route) -> Iterator[Route]:
    """Yield the route of a shift, and with every halt at a branch that the job may need, wherever that stands."""
    yield stops
    for halt in problem.fetch[problem.fetch_ptr[job] : problem.fetch_ptr[job + 1]].tolist():
        if not problem.forbidden[halt, shift]:
            for at in range(len(stops) + 1):
                yield (*stops[:at], halt, *stops[at:])


def _hole(
    problem: Problem, recount: Recount, stops: tuple[Route, ...], job: int, shift: int, before: Route
) -> Hole | None:
    """Return the cheapest place for a job in a route, behind its halt at a branch if there is one in it."""
    if before and not recount.best(shift, before):
        return None
    best = recount.insertion(job, shift, before, room(problem, recount, stops, shift))
    halt = next((at for at, row in enumerate(before) if problem.job_of[row] == job), -1)
    places = {at: cents for at, cents in best.cents_at.items() if at > halt}
    longer = [*stops]
    longer[shift] = (*before, job)
    if not places or not best.sure or not parts_suffice(problem, longer):
        return None
    slot = min(places, key=lambda at: (places[at], at))
    more = shared_cents(problem, longer) - shared_cents(problem, stops)
    halting = recount.cents(shift, before) - recount.cents(shift, stops[shift])
    return Hole(job, shift, slot, places[slot] + halting + more)


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
            jobs -= jobs_of(problem, stops[other])
            work_s -= timing.driven_s + timing.on_site_s
    return jobs, work_s
