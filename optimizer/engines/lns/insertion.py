"""The best place for a job in a route: feasibility in constant time, the exact price, and the cache of both."""

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.labels import group_room, jobs_in, relabel, step_forward, touch
from optimizer.engines.lns.pushing import pull_back, push_starts
from optimizer.engines.lns.rivals import ruled_out
from optimizer.engines.lns.served import take_in
from optimizer.engines.lns.sharing import has_parts, shared_cents
from optimizer.engines.lns.state import NEVER, State
from optimizer.engines.lns.tables import Tables
from optimizer.engines.lns.who import who_fits
from optimizer.problem import FAR, UNLIMITED, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.lanes import label_route
from optimizer.schedule.timing import first_start, visit_s


@kernel
def cached_delta(p: Problem, t: Tables, s: State, job: int, route: int) -> int:
    """Return the cents added by the best insertion of a job into a route, `NEVER` where there is none.

    Where `State.exact` is false it is an estimate: time and load are kept, but prices that depend on time and limits
    of hours are not looked at yet. What the route's group leaves to it is looked at by `offer`.
    """
    if s.seen[job, route] != s.now.version[route] or (t.grouped and _room_has_changed(p, s, job, route)):
        s.exact[job, route] = True
        if t.grouped:
            s.narrowed[job, route] = -1
        if _is_full(p, t, s, job, route):
            s.delta[job, route] = NEVER
        elif t.simple and not t.priced and not t.limited:
            _scan_simple(p, t, s, job, route)
        elif t.priced:
            _estimate(p, t, s, job, route)
            s.exact[job, route] = s.delta[job, route] == NEVER
        else:
            _scan(p, t, s, job, route, UNLIMITED)
        s.seen[job, route] = s.now.version[route]
    return s.delta[job, route]


@kernel
def _is_full(p: Problem, t: Tables, s: State, job: int, route: int) -> bool:
    if s.now.length[route] >= t.longest:
        return True
    if not t.fetching:
        return bool(s.now.length[route] >= p.max_jobs[route])
    return bool(p.shelf[job] < 0 and jobs_in(p, t, s, route) >= p.max_jobs[route])


@kernel
def exact_delta(p: Problem, t: Tables, s: State, job: int, route: int) -> int:
    """Return the same, never an estimate."""
    cached_delta(p, t, s, job, route)
    if not s.exact[job, route]:
        _scan(p, t, s, job, route, UNLIMITED)
        s.exact[job, route] = True
    return s.delta[job, route]


@kernel
def _room_has_changed(p: Problem, s: State, job: int, route: int) -> bool:
    narrowed = s.narrowed[job, route]
    return narrowed >= 0 and narrowed != s.room_version[p.group[route]]


@kernel
def _within_group(p: Problem, t: Tables, s: State, job: int, route: int) -> int:
    """Return the same for what the route's group leaves to it; where the best needs more, it looks anew."""
    jobs, seconds = group_room(p, t, s, p.group[route])
    if jobs < 1 and (not t.fetching or p.shelf[job] < 0):
        return NEVER
    if not s.exact[job, route] or s.narrowed[job, route] >= 0 or s.added[job, route] <= seconds:
        return s.delta[job, route]
    if s.least[job, route] > seconds:
        return NEVER
    _scan(p, t, s, job, route, seconds)
    s.narrowed[job, route] = s.room_version[p.group[route]]
    return s.delta[job, route]


@kernel
def offer(p: Problem, t: Tables, s: State, job: int, route: int) -> int:
    """Return all the cents added by the best insertion, what routes share included; `NEVER` where there is none."""
    if (t.paired and not who_fits(p, s, job, route)) or (t.rivals and ruled_out(p, s, route)):
        return NEVER
    cents = cached_delta(p, t, s, job, route)
    if cents != NEVER and t.grouped and p.group[route] >= 0:
        cents = _within_group(p, t, s, job, route)
    if cents == NEVER or (t.parts and not has_parts(p, s, job, route)):
        return NEVER
    return cents + shared_cents(p, s, job, route) if t.shared else cents


@kernel
def cheapest(p: Problem, t: Tables, s: State, job: int, count: int, limit: int) -> int:
    """Return the cheapest of the routes `choice[:count]` that adds less than `limit`, or -1.

    Estimates are made exact only where they win.
    """
    while True:
        least = limit
        chosen = -1
        for i in range(count):
            delta = offer(p, t, s, job, s.choice[i])
            if delta < least:
                least = delta
                chosen = s.choice[i]
        if chosen < 0 or s.exact[job, chosen]:
            return chosen
        exact_delta(p, t, s, job, chosen)


@kernel
def insert(p: Problem, t: Tables, s: State, job: int, route: int) -> None:
    """Put a left-out job where `exact_delta` found it best."""
    touch(s, route)
    now = s.now
    index = s.slot[job, route]
    for i in range(now.length[route], index, -1):
        now.jobs[route, i] = now.jobs[route, i - 1]
    now.jobs[route, index] = job
    now.length[route] += 1
    relabel(p, t, s, route, now.cents[route] + s.delta[job, route])
    take_in(p, t, s, job, route)


@kernel
def _first_place(p: Problem, s: State, job: int, route: int) -> int:
    """Return the first position a job may stand behind: its halt at a branch comes before it."""
    for row in range(p.fetch_ptr[job], p.fetch_ptr[job + 1]):
        if s.route_of[p.fetch[row]] == route:
            index = 0
            while s.now.jobs[route, index] != p.fetch[row]:
                index += 1
            return index + 1
    return 0


@kernel
def _scan_simple(p: Problem, t: Tables, s: State, job: int, route: int) -> None:
    """Fill the cache for one window a job and at most one rest; two lanes in plain numbers."""
    now = s.now
    n = now.length[route]
    profile = p.profile[route]
    here = p.place[job]
    opens, closes = t.open_s[job], t.close_s[job]
    service = p.service_s[job, p.service_class[route]]
    row = p.rest_ptr[route]
    resting = p.rest_ptr[route + 1] > row
    rest_s = p.rest_s[row] if resting else 0
    rest_open = p.rest_open[p.rest_window_ptr[row]] if resting else 0
    rest_close = p.rest_close[p.rest_window_ptr[row]] if resting else -FAR
    best = NEVER
    best_index = 0
    extra = p.use_cents[route] if n == 0 else 0
    ready, due, place, leg = now.ready[route], now.due[route], now.place[route], now.leg[route]
    back, onward = t.back[profile, here], p.travel[profile, here]
    for pos in range(_first_place(p, s, job, route) if t.fetching else 0, n + 1):
        ready0 = ready[pos, 0]
        ready1 = ready[pos, 1] if resting else FAR
        if min(ready0, ready1) > closes:
            break
        before, after = place[pos], place[pos + 1]
        cents = back[before, 1] + onward[after, 1] + extra
        if n > 0:
            cents -= leg[pos + 1]
        if cents >= best:
            continue
        there = back[before, 0]
        start0 = max(ready0 + there, opens)
        start1 = ready1 + there
        if ready0 + there <= rest_close:
            start1 = min(start1, max(ready0 + there, rest_open) + rest_s)
        elif ready0 <= rest_close:
            start1 = min(start1, max(ready0, rest_open) + rest_s + there)
        start1 = max(start1, opens)
        further = service + onward[after, 0]
        fits = start0 <= closes and start0 + further <= due[pos + 1, 0]
        if resting and not fits:
            due1 = due[pos + 1, 1]
            fits = start1 <= closes and start1 + further <= due1
            if not fits and start0 <= closes and start0 + service <= rest_close:
                fits = max(start0 + service, rest_open) + rest_s + further - service <= due1
        if fits:
            best = cents
            best_index = pos
    s.delta[job, route] = best
    s.slot[job, route] = best_index


@kernel
def _estimate(p: Problem, t: Tables, s: State, job: int, route: int) -> None:
    """Fill the cache by the price of the drives alone, without congestion."""
    now = s.now
    n = now.length[route]
    profile = p.profile[route]
    here = p.place[job]
    best = NEVER
    best_index = 0
    for pos in range(_first_place(p, s, job, route) if t.fetching else 0, n + 1):
        before, after = now.place[route, pos], now.place[route, pos + 1]
        cents = t.back[profile, here, before, 1] + p.travel[profile, here, after, 1]
        added = t.back[profile, here, before, 0] + p.travel[profile, here, after, 0]
        if n > 0:
            cents -= now.leg[route, pos + 1]
            added -= p.travel[profile, before, after, 0]
        else:
            cents += p.use_cents[route]
        cents += added * p.hour_cents[profile] // 3600
        if cents >= best or not fits_between(p, s, job, route, pos):
            continue
        if p.capacity.shape[1] == 0 or fits_load(p, s, job, route, pos):
            best = cents
            best_index = pos
    s.delta[job, route] = best
    s.slot[job, route] = best_index


@kernel
def _scan(p: Problem, t: Tables, s: State, job: int, route: int, room_s: int) -> None:
    """Fill the cache for any problem: labels rule out, walking the route prices where prices depend on time.

    The best insertion adds no more than `room_s` of work.
    """
    now = s.now
    n = now.length[route]
    profile = p.profile[route]
    here = p.place[job]
    best = NEVER
    best_index = 0
    best_added, least = 0, UNLIMITED
    for pos in range(_first_place(p, s, job, route) if t.fetching else 0, n + 1):
        before, after = now.place[route, pos], now.place[route, pos + 1]
        cents = t.back[profile, here, before, 1] + p.travel[profile, here, after, 1]
        if n > 0:
            cents -= now.leg[route, pos + 1]
        else:
            cents += p.use_cents[route]
        if (cents >= best and not t.priced and not t.grouped) or not fits_between(p, s, job, route, pos):
            continue
        if p.capacity.shape[1] > 0 and not fits_load(p, s, job, route, pos):
            continue
        if t.priced:
            cents = _walked(p, s, job, route, pos)
            driven = s.labels.total[1]
            work = driven + s.labels.total[2]
        else:
            added = t.back[profile, here, before, 0] + p.travel[profile, here, after, 0]
            if n > 0:
                added -= p.travel[profile, before, after, 0]
            driven = now.driven[route] + added
            work = now.work[route] + added + _stay_added(p, s, job, route, pos)
        if cents == NEVER or driven > p.max_travel_s[route] or work > p.max_work_s[route]:
            continue
        added_s = work - now.work[route]
        least = min(least, added_s)
        if cents < best and added_s <= room_s:
            best = cents
            best_index = pos
            best_added = added_s
    s.delta[job, route] = best
    s.slot[job, route] = best_index
    if t.grouped:
        s.added[job, route] = best_added
        s.least[job, route] = least


@kernel
def fits_between(p: Problem, s: State, job: int, route: int, pos: int) -> bool:
    """Tell whether a job fits in time behind position `pos`, by the labels alone."""
    now = s.now
    lanes = p.rest_ptr[route + 1] - p.rest_ptr[route] + 1
    for lane in range(lanes):
        s.lane_a[lane] = now.ready[route, pos, lane]
    here = p.place[job]
    step_forward(p, s, route, now.place[route, pos], here)
    stay = visit_s(p, job, route, now.place[route, pos])
    reached = False
    for lane in range(lanes):
        start = first_start(p, job, s.lane_b[lane])
        s.lane_a[lane] = start + stay if start < FAR else FAR
        reached = reached or start < FAR
    if not reached:
        return False
    step_forward(p, s, route, here, now.place[route, pos + 1])
    if pos < now.length[route]:
        follower = now.jobs[route, pos]
        stay = visit_s(p, follower, route, here)
        if stay != visit_s(p, follower, route, now.place[route, pos]):
            return _reaches(p, s, route, pos + 1, stay)
    for lane in range(lanes):
        if s.lane_b[lane] <= now.due[route, pos + 1, lane]:
            return True
    return False


@kernel
def _reaches(p: Problem, s: State, route: int, pos: int, stay: int) -> bool:
    """Tell whether arrivals in `lane_b` are in time for a job whose time on site becomes `stay`."""
    job = s.now.jobs[route, pos - 1]
    team = s.teams.team_of[job] if s.agreed.size else -1
    for lane in range(p.rest_ptr[route + 1] - p.rest_ptr[route] + 1):
        at = max(s.lane_b[lane], s.ties.start[team]) if team >= 0 else s.lane_b[lane]
        start = first_start(p, job, at)
        late = s.ties.late[team] if team >= 0 else start
        if start < FAR and start <= late and start + stay <= s.now.go[route, pos, lane]:
            return True
    return False


@kernel
def _stay_added(p: Problem, s: State, job: int, route: int, pos: int) -> int:
    """Return the seconds on site that an insertion adds; a follower may gain or lose its set-up."""
    before = s.now.place[route, pos]
    added = visit_s(p, job, route, before)
    if pos < s.now.length[route]:
        follower = s.now.jobs[route, pos]
        added += visit_s(p, follower, route, p.place[job]) - visit_s(p, follower, route, before)
    return added


@kernel
def _put_on_trial(s: State, job: int, route: int, pos: int) -> int:
    """Write the route with the job behind position `pos` into `trial` and return its length."""
    n = s.now.length[route]
    for i in range(pos):
        s.trial[i] = s.now.jobs[route, i]
    s.trial[pos] = job
    for i in range(pos, n):
        s.trial[i + 1] = s.now.jobs[route, i]
    return n + 1


@kernel
def _walked(p: Problem, s: State, job: int, route: int, pos: int) -> int:
    """Return the exact cents an insertion adds; the new sums stand in `labels.total`."""
    n = _put_on_trial(s, job, route, pos)
    possible = s.agreed.size == 0 or push_starts(p, s, route, pos, n)
    possible = possible and label_route(p, route, s.trial, n, s.agreed, s.labels) >= 0
    if s.agreed.size:
        pull_back(s, pos, n)
    if not possible:
        return NEVER
    return s.labels.total[0] + p.use_cents[route] - s.now.cents[route]


@kernel
def fits_load(p: Problem, s: State, job: int, route: int, pos: int) -> bool:
    """Tell whether the load stays within the capacity all along the route with the job in it."""
    n = _put_on_trial(s, job, route, pos)
    return _carried(p, s, route, s.trial, n)


@kernel
def carries(p: Problem, s: State, route: int) -> bool:
    """Tell whether the load of a route stays within the capacity."""
    return _carried(p, s, route, s.now.jobs[route], s.now.length[route])


@kernel
def _carried(p: Problem, s: State, route: int, jobs: NDArray[np.int32], n: int) -> bool:
    for dimension in range(p.capacity.shape[1]):
        load = 0
        for i in range(n):
            load += p.delivery[jobs[i], dimension]
        highest = load
        for i in range(n):
            load += p.pickup[jobs[i], dimension] - p.delivery[jobs[i], dimension]
            highest = max(highest, load)
        if highest > p.capacity[route, dimension]:
            return False
    return True
