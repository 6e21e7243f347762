"""Where one seat of a team could be filled: every place in the cheapest routes, and from when to when."""

from optimizer.engines.lns.insertion import fits_load, offer
from optimizer.engines.lns.labels import step_forward
from optimizer.engines.lns.offers import NEAR, OFFERS
from optimizer.engines.lns.sharing import shared_cents
from optimizer.engines.lns.state import NEVER, State
from optimizer.engines.lns.tables import Tables
from optimizer.problem import FAR, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.timing import board_by, last_rest, last_start, leave_by, visit_s


@kernel
def list_places(p: Problem, t: Tables, s: State, job: int, seat: int, count: int, limit: int) -> None:
    """Write the cheapest places for a visit in the routes `choice[:count]` that add less than `limit`."""
    o = s.offers
    o.many[seat] = 0
    near = _nearest(p, t, s, job, count, limit)
    for i in range(near):
        route = o.near[i]
        shared = shared_cents(p, s, job, route) if t.shared else 0
        _list_route(p, t, s, job, seat, route, shared, limit)


@kernel
def _nearest(p: Problem, t: Tables, s: State, job: int, count: int, limit: int) -> int:
    """Write those of the routes that add least, each by itself, into `near`; return how many."""
    o = s.offers
    kept = 0
    for i in range(count):
        route = s.choice[i]
        cents = offer(p, t, s, job, route)
        if cents == NEVER or cents >= limit or (kept == NEAR and cents >= o.worth[kept - 1]):
            continue
        if kept < NEAR:
            kept += 1
        j = kept - 1
        while j > 0 and o.worth[j - 1] > cents:
            o.worth[j] = o.worth[j - 1]
            o.near[j] = o.near[j - 1]
            j -= 1
        o.worth[j] = cents
        o.near[j] = route
    return kept


@kernel
def _list_route(
    p: Problem, t: Tables, s: State, job: int, seat: int, route: int, shared: int, limit: int
) -> None:
    """Write the places of one route that can be kept."""
    now = s.now
    n = now.length[route]
    profile = p.profile[route]
    here = p.place[job]
    low, high = -FAR, FAR
    ahead = -1
    for pos in range(n + 1):
        if pos > 0 and t.teams.team_of[now.jobs[route, pos - 1]] >= 0:
            low = s.agreed[now.jobs[route, pos - 1]]
        if ahead < pos:
            ahead = pos
            while ahead < n and t.teams.team_of[now.jobs[route, ahead]] < 0:
                ahead += 1
            high = s.agreed[now.jobs[route, ahead]] if ahead < n else FAR
        before, after = now.place[route, pos], now.place[route, pos + 1]
        cents = t.back[profile, here, before, 1] + p.travel[profile, here, after, 1] + shared
        added = t.back[profile, here, before, 0] + p.travel[profile, here, after, 0]
        if n > 0:
            cents -= now.leg[route, pos + 1]
            added -= p.travel[profile, before, after, 0]
        else:
            cents += p.use_cents[route]
        cents += added * p.hour_cents[profile] // 3600
        if cents >= limit or not _span(p, t, s, job, route, pos):
            continue
        if p.capacity.shape[1] > 0 and not fits_load(p, s, job, route, pos):
            continue
        _keep(p, s, seat, route, pos, cents, low, high)


@kernel
def _span(p: Problem, t: Tables, s: State, job: int, route: int, pos: int) -> bool:
    """Write the earliest start behind a position by rests taken into `lane_b`, the latest into `lane_a`."""
    now = s.now
    first = p.rest_ptr[route]
    lanes = p.rest_ptr[route + 1] - first + 1
    here = p.place[job]
    stay = visit_s(p, job, route, now.place[route, pos])
    for lane in range(lanes):
        s.lane_a[lane] = now.due[route, pos + 1, lane]
    if pos < now.length[route]:
        follower = now.jobs[route, pos]
        later = visit_s(p, follower, route, here)
        if later != visit_s(p, follower, route, now.place[route, pos]):
            _due(p, t, s, route, pos + 1, follower, later)
    there = now.place[route, pos + 1]
    asleep = -FAR  # the latest boarding, from the arrival with one rest more
    for lane in range(lanes - 1, -1, -1):
        at = leave_by(p, p.profile[route], here, there, s.lane_a[lane])
        if lane < lanes - 1:
            at = max(at, last_rest(p, first + lane, s.lane_a[lane + 1]), asleep)
        asleep = board_by(p, route, first + lane - 1, here, there, s.lane_a[lane]) if lane > 0 else -FAR
        s.lane_a[lane] = max(at, -FAR)
    return _reach(p, s, job, route, pos, stay, lanes)


@kernel
def _due(p: Problem, t: Tables, s: State, route: int, pos: int, job: int, stay: int) -> None:
    """Write the latest arrivals at a position into `lane_a`, for another time on site there."""
    first = p.rest_ptr[route]
    lanes = p.rest_ptr[route + 1] - first + 1
    late = s.ties.late[t.teams.team_of[job]] if t.teams.team_of[job] >= 0 else FAR
    for lane in range(lanes - 1, -1, -1):
        at = min(last_start(p, job, s.now.go[route, pos, lane] - stay), late)
        if lane < lanes - 1:
            at = max(at, last_rest(p, first + lane, s.lane_a[lane + 1]))
        s.lane_a[lane] = at


@kernel
def _reach(p: Problem, s: State, job: int, route: int, pos: int, stay: int, lanes: int) -> bool:
    """Turn `lane_a`, latest leaving, into the latest start, write the earliest into `lane_b`; tell if one can be."""
    for lane in range(lanes):
        s.lane_c[lane] = last_start(p, job, s.lane_a[lane] - stay)
        s.lane_a[lane] = s.now.ready[route, pos, lane]
    step_forward(p, s, route, s.now.place[route, pos], p.place[job])
    possible = False
    for lane in range(lanes):
        s.lane_a[lane] = s.lane_c[lane]
        possible = possible or s.lane_b[lane] <= s.lane_a[lane]
    return possible


@kernel
def _keep(p: Problem, s: State, seat: int, route: int, pos: int, cents: int, low: int, high: int) -> None:
    """Add a place to those of a seat, unless there are enough cheaper ones."""
    o = s.offers
    kept = o.many[seat]
    place = kept
    if kept == OFFERS:
        place = o.order[seat, kept - 1]
        if o.cents[seat, place] <= cents:
            return
    else:
        o.many[seat] += 1
        kept += 1
    j = kept - 1
    while j > 0 and o.cents[seat, o.order[seat, j - 1]] > cents:
        o.order[seat, j] = o.order[seat, j - 1]
        j -= 1
    o.order[seat, j] = place
    o.route[seat, place] = route
    o.slot[seat, place] = pos
    o.cents[seat, place] = cents
    o.low[seat, place] = low
    o.high[seat, place] = high
    lanes = p.rest_ptr[route + 1] - p.rest_ptr[route] + 1
    for lane in range(o.reach.shape[2]):
        o.reach[seat, place, lane] = s.lane_b[lane] if lane < lanes else FAR
        o.until[seat, place, lane] = s.lane_a[lane] if lane < lanes else -FAR
