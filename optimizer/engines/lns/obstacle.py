"""What keeps a left-out job out of a route: what lacks over all places in its order, each thing by itself."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.insertion import fits_between, fits_load
from optimizer.engines.lns.labels import jobs_in, relabel, touch, within_limits
from optimizer.engines.lns.lack import Lack as Lack
from optimizer.engines.lns.lack import least_lack
from optimizer.engines.lns.rivals import ruled_out
from optimizer.engines.lns.search import Search
from optimizer.engines.lns.served import leave_out
from optimizer.engines.lns.sharing import has_parts, shared_cents
from optimizer.engines.lns.state import NEVER, State
from optimizer.engines.lns.tables import Tables, bare_tables
from optimizer.problem import Problem, Routes
from optimizer.schedule.kernel import kernel
from optimizer.schedule.lanes import label_route
from optimizer.schedule.timing import first_start, visit_s

TIME, LACK_S, AFTER, BARS, CENTS, COLUMNS = 0, 1, 2, 3, 4, 5
"""Columns of what `examine` finds, and how many there are."""

FULL_DAY, FULL_WEEK, LONG_HOURS, NO_PARTS, NO_LOAD, ON_TRIP = 1, 2, 4, 8, 16, 32
"""Bits of the column `BARS`: jobs of the day, jobs of the week, hours of either, parts, load; somebody is on a trip."""


class Obstacle(NamedTuple):
    """Why a shift without a forbidding code does not take a job."""

    lack: Lack
    lack_s: int
    """Seconds lacking, 0 where time is not what is lacking."""
    cents: int | None
    """Cents the cheapest insertion adds, where it is possible."""
    after: int
    """How many jobs of the route come before the best place."""


def obstacles(problem: Problem, routes: Routes) -> dict[tuple[int, int], Obstacle]:
    """Return, for every left-out job and every shift that no code forbids to it, what is lacking; trips not looked at.

    Parameters
    ----------
    problem : the compiled question
    routes : a plan of it
    """
    days = len(problem.profile) - int(problem.trips[0])
    pairs = [
        (job, int(shift))
        for job in routes.unserved
        for shift in np.flatnonzero(problem.forbidden[job, :days] == 0)
    ]
    if not pairs:
        return {}
    longest = max(len(stops) for stops in routes.stops) + 1
    search = Search(problem, bare_tables(problem)._replace(longest=longest), 0)
    search.load(routes)
    rows = np.array([(job, shift, 0, longest) for job, shift in pairs], np.int32)
    found = np.zeros((len(rows), COLUMNS), np.int64)
    examine(*search.kernel, rows, found)
    return {pair: _obstacle(*row) for pair, row in zip(pairs, found.tolist(), strict=True)}


def _obstacle(time: int, lack_s: int, after: int, bars: int, cents: int) -> Obstacle:
    """Name the first thing that is lacking."""
    if bars & ON_TRIP:
        return Obstacle(Lack.TRIP, 0, None, after)
    if time == Lack.NO_WINDOW or (time >= 0 and not bars & FULL_DAY):
        return Obstacle(Lack(time), lack_s, None, after)
    for bit, lack in (
        (FULL_DAY, Lack.JOBS),
        (NO_LOAD, Lack.LOAD),
        (FULL_WEEK | LONG_HOURS, Lack.LIMIT),
        (NO_PARTS, Lack.PARTS),
    ):
        if bars & bit:
            return Obstacle(lack, 0, None, after)
    return Obstacle(Lack.WORTH, 0, cents, after)


@kernel
def examine(p: Problem, t: Tables, s: State, rows: NDArray[np.int32], found: NDArray[np.int64]) -> None:
    """Find what is lacking for left-out jobs in routes, whatever codes forbid the pair.

    A row names job, route, and the first and last place in the order to look at. It gets in `TIME` -1 where the job
    fits in time somewhere, else the lack, with `LACK_S` its seconds; in `AFTER` the best place; in `BARS` the bits
    of what else is lacking; in `CENTS` what the cheapest insertion adds, `NEVER` where time, load or hours do not
    allow one (the number of jobs and the parts are not looked at for it).
    """
    for i in range(len(rows)):
        job, route = rows[i, 0], rows[i, 1]
        first = max(0, rows[i, 2])
        last = min(s.now.length[route], rows[i, 3])
        found[i, TIME] = -1
        found[i, LACK_S] = 0
        found[i, AFTER] = first
        found[i, BARS] = full(p, t, s, job, route)
        found[i, CENTS] = NEVER
        if first_start(p, job, p.start_s[route]) > p.latest_end_s[route]:
            found[i, TIME] = Lack.NO_WINDOW.value
            continue
        _cheapest_place(p, t, s, job, route, first, last, found[i])
        if found[i, TIME] >= 0:
            found[i, TIME], found[i, LACK_S], found[i, AFTER] = least_lack(p, s, job, route, first, last)
            if not _some_hours_fit(p, t, s, job, route, first, last):
                found[i, BARS] |= LONG_HOURS
            if not _some_load_fits(p, s, job, route, first, last):
                found[i, BARS] |= NO_LOAD


@kernel
def full(p: Problem, t: Tables, s: State, job: int, route: int) -> int:
    """Return the bits of what does not depend on the place in the order."""
    bars = 0
    if jobs_in(p, t, s, route) >= p.max_jobs[route]:
        bars |= FULL_DAY
    group = p.group[route]
    if group >= 0:
        jobs = 0
        for row in range(t.member_ptr[group], t.member_ptr[group + 1]):
            jobs += jobs_in(p, t, s, t.member[row])
        if jobs >= p.group_max_jobs[group]:
            bars |= FULL_WEEK
    if t.parts and not has_parts(p, s, job, route):
        bars |= NO_PARTS
    if t.rivals and ruled_out(p, s, route):
        bars |= ON_TRIP
    return bars


@kernel
def _cheapest_place(
    p: Problem, t: Tables, s: State, job: int, route: int, first: int, last: int, found: NDArray[np.int64]
) -> None:
    """Write the cheapest insertion; the walk along the route decides, the labels only rule out."""
    in_time = False
    loaded = False
    best = NEVER
    for pos in range(first, last + 1):
        if not fits_between(p, s, job, route, pos):
            continue
        if not in_time:
            in_time = True
            found[AFTER] = pos
        if p.capacity.shape[1] > 0 and not fits_load(p, s, job, route, pos):
            continue
        loaded = True
        if label_route(p, route, s.trial, _on_trial(s, job, route, pos), s.agreed, s.labels) < 0:
            continue
        driven = s.labels.total[1]
        work = driven + s.labels.total[2]
        cents = s.labels.total[0] + p.use_cents[route] - s.now.cents[route]
        if cents < best and (not t.limited or within_limits(p, t, s, route, 0, driven, work)):
            best = cents
            found[AFTER] = pos
    if not in_time:
        found[TIME] = Lack.DAY.value  # which lack it is, is looked at later
    elif not loaded:
        found[BARS] |= NO_LOAD
    elif best == NEVER:
        found[BARS] |= LONG_HOURS
    else:
        found[CENTS] = best + (shared_cents(p, s, job, route) if t.shared else 0)


@kernel
def _on_trial(s: State, job: int, route: int, pos: int) -> int:
    """Write the route with the job behind a position into `trial` and return its length."""
    n = s.now.length[route]
    for i in range(pos):
        s.trial[i] = s.now.jobs[route, i]
    s.trial[pos] = job
    for i in range(pos, n):
        s.trial[i + 1] = s.now.jobs[route, i]
    return n + 1


@kernel
def _some_hours_fit(p: Problem, t: Tables, s: State, job: int, route: int, first: int, last: int) -> bool:
    """Tell whether the hours' limits leave room for the job at some place, drives without congestion."""
    if not t.limited:
        return True
    now = s.now
    profile = p.profile[route]
    here = p.place[job]
    for pos in range(first, last + 1):
        before, after = now.place[route, pos], now.place[route, pos + 1]
        added = p.travel[profile, before, here, 0] + p.travel[profile, here, after, 0]
        stay = visit_s(p, job, route, before)
        if now.length[route] > 0:
            added -= p.travel[profile, before, after, 0]
        if pos < now.length[route]:
            follower = now.jobs[route, pos]
            stay += visit_s(p, follower, route, here) - visit_s(p, follower, route, before)
        if within_limits(p, t, s, route, 0, now.driven[route] + added, now.work[route] + added + stay):
            return True
    return False


@kernel
def _some_load_fits(p: Problem, s: State, job: int, route: int, first: int, last: int) -> bool:
    if p.capacity.shape[1] == 0:
        return True
    for pos in range(first, last + 1):
        if fits_load(p, s, job, route, pos):
            return True
    return False


@kernel
def take_out(p: Problem, t: Tables, s: State, gone: NDArray[np.int32], unsound: NDArray[np.bool_]) -> None:
    """Take served jobs out of their routes until `anneal.go_back`; mark routes that are not feasible without them."""
    for i in range(len(gone)):
        route = s.route_of[gone[i]]
        if route < 0:
            continue
        touch(s, route)
        write = 0
        for x in range(s.now.length[route]):
            job = s.now.jobs[route, x]
            if job == gone[i] or (p.shelf[job] >= 0 and p.job_of[job] == gone[i]):
                leave_out(p, t, s, job)
            else:
                s.now.jobs[route, write] = job
                write += 1
        s.now.length[route] = write
        unsound[route] = not relabel(p, t, s, route, -1)
