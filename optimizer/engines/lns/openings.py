"""Where and from when to when a visit could begin in a route, all other stops kept in their order."""

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.insertion import fits_load
from optimizer.engines.lns.labels import latest_arrival, step_forward, within_limits
from optimizer.engines.lns.obstacle import LONG_HOURS, NO_LOAD, full
from optimizer.engines.lns.sharing import shared_cents
from optimizer.engines.lns.state import State
from optimizer.engines.lns.tables import Tables
from optimizer.problem import FAR, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.timing import board_by, last_rest, leave_by, visit_s

PAIR, PLACE, EARLIEST, LATEST, BARRED, DETOUR, SHARED, OPENING = 0, 1, 2, 3, 4, 5, 6, 7
"""Columns of what `openings` finds, and how many there are: row of the pair, how many stops come before, earliest and
latest start of service, bits of what else is lacking (see `optimizer.engines.lns.obstacle`), cents by the drives,
and cents by what routes share."""


@kernel
def openings(p: Problem, t: Tables, s: State, rows: NDArray[np.int32], found: NDArray[np.int64]) -> int:
    """Find the spans in which visits that stand in no route could begin; return how many there are.

    A row names visit and route. Its own windows, and codes that forbid the pair, are not looked at. There is at most
    one span for each place in the order and each number of rests taken before.
    """
    count = 0
    for i in range(len(rows)):
        visit, route = rows[i, 0], rows[i, 1]
        lanes = p.rest_ptr[route + 1] - p.rest_ptr[route] + 1
        bars = full(p, t, s, visit, route)
        shared = shared_cents(p, s, visit, route) if t.shared else 0
        for pos in range(s.now.length[route] + 1):
            here_bars = bars | _bars_at(p, t, s, visit, route, pos)
            cents = _detour(p, s, visit, route, pos)
            _latest_leaving(p, s, visit, route, pos)
            stay = visit_s(p, visit, route, s.now.place[route, pos])
            for lane in range(lanes):
                found[count + lane, LATEST] = s.lane_b[lane] - stay
            for lane in range(lanes):
                s.lane_a[lane] = s.now.ready[route, pos, lane]
            step_forward(p, s, route, s.now.place[route, pos], p.place[visit])
            kept = count
            for lane in range(lanes):
                earliest, latest = s.lane_b[lane], found[count + lane, LATEST]
                if earliest < FAR and earliest <= latest:
                    found[kept, PAIR] = i
                    found[kept, PLACE] = pos
                    found[kept, EARLIEST] = earliest
                    found[kept, LATEST] = latest
                    found[kept, BARRED] = here_bars
                    found[kept, DETOUR] = cents
                    found[kept, SHARED] = shared
                    kept += 1
            count = kept
    return count


@kernel
def _latest_leaving(p: Problem, s: State, visit: int, route: int, pos: int) -> None:
    """Write into `lane_b` the latest end of the visit behind a place that keeps what follows possible."""
    now = s.now
    here, after = p.place[visit], now.place[route, pos + 1]
    first = p.rest_ptr[route]
    lanes = p.rest_ptr[route + 1] - first + 1
    for lane in range(lanes):
        s.lane_b[lane] = now.due[route, pos + 1, lane]
    if pos < now.length[route]:
        follower = now.jobs[route, pos]
        stay = visit_s(p, follower, route, here)
        if stay != visit_s(p, follower, route, now.place[route, pos]):
            for lane in range(lanes):
                s.lane_a[lane] = now.go[route, pos + 1, lane]
            latest_arrival(p, s, route, follower, stay)
    _leave_in_time(p, s, route, here, after)


@kernel
def _leave_in_time(p: Problem, s: State, route: int, a: int, b: int) -> None:
    """Turn `lane_b`, latest arrival at place `b`, into the latest leaving of place `a`; rests may come before."""
    first = p.rest_ptr[route]
    lanes = p.rest_ptr[route + 1] - first + 1
    asleep = -FAR  # the latest boarding, from the arrival with one rest more
    for lane in range(lanes - 1, -1, -1):
        at = leave_by(p, p.profile[route], a, b, s.lane_b[lane])
        if lane < lanes - 1:
            at = max(at, last_rest(p, first + lane, s.lane_b[lane + 1]), asleep)
        asleep = board_by(p, route, first + lane - 1, a, b, s.lane_b[lane]) if lane > 0 else -FAR
        s.lane_b[lane] = max(at, -FAR)


@kernel
def _bars_at(p: Problem, t: Tables, s: State, visit: int, route: int, pos: int) -> int:
    """Return the bits of load and hours, which depend on the place in the order; drives without congestion."""
    bars = 0
    if p.capacity.shape[1] > 0 and not fits_load(p, s, visit, route, pos):
        bars |= NO_LOAD
    if not t.limited:
        return bars
    now = s.now
    before, after, here = now.place[route, pos], now.place[route, pos + 1], p.place[visit]
    profile = p.profile[route]
    added = p.travel[profile, before, here, 0] + p.travel[profile, here, after, 0]
    stay = visit_s(p, visit, route, before)
    if now.length[route] > 0:
        added -= p.travel[profile, before, after, 0]
    if pos < now.length[route]:
        follower = now.jobs[route, pos]
        stay += visit_s(p, follower, route, here) - visit_s(p, follower, route, before)
    if not within_limits(p, t, s, route, 0, now.driven[route] + added, now.work[route] + added + stay):
        bars |= LONG_HOURS
    return bars


@kernel
def _detour(p: Problem, s: State, visit: int, route: int, pos: int) -> int:
    """Return what the drives of an insertion add, without what depends on time."""
    now = s.now
    profile, here = p.profile[route], p.place[visit]
    before, after = now.place[route, pos], now.place[route, pos + 1]
    cents = p.travel[profile, before, here, 1] + p.travel[profile, here, after, 1]
    if now.length[route] > 0:
        return int(cents - now.leg[route, pos + 1])
    return int(cents + p.use_cents[route])
