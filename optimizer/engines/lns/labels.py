"""Labels of a route: how early and how late every position can be passed, with how many rests taken."""

from optimizer.engines.lns.served import take_in
from optimizer.engines.lns.state import CENTS, CLOCK, DIRTY, TOUCHED, Routing, State
from optimizer.engines.lns.tables import Tables
from optimizer.problem import FAR, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.lanes import label_route
from optimizer.schedule.timing import (
    arrive,
    board_by,
    first_start,
    last_rest,
    last_start,
    leave_by,
    rested,
    ridden,
    visit_s,
)


@kernel
def step_forward(p: Problem, s: State, route: int, a: int, b: int) -> None:
    """Turn `lane_a`, leaving place `a`, into `lane_b`, ready at place `b`.

    Rests fall before or after the drive; a night may also be spent on board.
    """
    first = p.rest_ptr[route]
    lanes = p.rest_ptr[route + 1] - first + 1
    profile = p.profile[route]
    sleepers = p.sleeper.size > 0
    for lane in range(lanes):
        if lane > 0:
            s.lane_a[lane] = min(s.lane_a[lane], rested(p, first + lane - 1, s.lane_a[lane - 1]))
        s.lane_b[lane] = arrive(p, profile, a, b, s.lane_a[lane])
        if lane > 0:
            s.lane_b[lane] = min(s.lane_b[lane], rested(p, first + lane - 1, s.lane_b[lane - 1]))
            if sleepers:
                asleep = ridden(p, route, first + lane - 1, a, b, s.lane_a[lane - 1])
                s.lane_b[lane] = min(s.lane_b[lane], asleep)


@kernel
def latest_arrival(p: Problem, s: State, route: int, job: int, stay: int) -> None:
    """Turn `lane_a`, latest leaving of the job, into `lane_b`, latest arrival there."""
    first = p.rest_ptr[route]
    lanes = p.rest_ptr[route + 1] - first + 1
    for lane in range(lanes - 1, -1, -1):
        s.lane_b[lane] = last_start(p, job, s.lane_a[lane] - stay)
        if lane < lanes - 1:
            s.lane_b[lane] = max(s.lane_b[lane], last_rest(p, first + lane, s.lane_b[lane + 1]))


@kernel
def _forward(p: Problem, s: State, route: int) -> None:
    now = s.now
    lanes = p.rest_ptr[route + 1] - p.rest_ptr[route] + 1
    for lane in range(lanes):
        now.ready[route, 0, lane] = FAR
    now.ready[route, 0, 0] = p.start_s[route]
    for pos in range(1, now.length[route] + 1):
        job = now.jobs[route, pos - 1]
        stay = visit_s(p, job, route, now.place[route, pos - 1])
        for lane in range(lanes):
            s.lane_a[lane] = now.ready[route, pos - 1, lane]
        step_forward(p, s, route, now.place[route, pos - 1], now.place[route, pos])
        for lane in range(lanes):
            start = first_start(p, job, s.lane_b[lane])
            now.ready[route, pos, lane] = start + stay if start < FAR else FAR


@kernel
def _backward(p: Problem, s: State, route: int) -> None:
    now = s.now
    n = now.length[route]
    first = p.rest_ptr[route]
    lanes = p.rest_ptr[route + 1] - first + 1
    profile = p.profile[route]
    sleepers = p.sleeper.size > 0
    for lane in range(lanes - 1, -1, -1):
        now.due[route, n + 1, lane] = p.latest_end_s[route]
        if lane < lanes - 1:
            now.due[route, n + 1, lane] = last_rest(p, first + lane, now.due[route, n + 1, lane + 1])
    for pos in range(n, -1, -1):
        here, there = now.place[route, pos], now.place[route, pos + 1]
        for lane in range(lanes - 1, -1, -1):
            at = leave_by(p, profile, here, there, now.due[route, pos + 1, lane])
            if lane < lanes - 1:
                at = max(at, last_rest(p, first + lane, now.go[route, pos, lane + 1]))
                if sleepers:
                    late = now.due[route, pos + 1, lane + 1]
                    at = max(at, board_by(p, route, first + lane, here, there, late))
            now.go[route, pos, lane] = max(at, -FAR)
        if pos > 0:
            job = now.jobs[route, pos - 1]
            for lane in range(lanes):
                s.lane_a[lane] = now.go[route, pos, lane]
            latest_arrival(p, s, route, job, visit_s(p, job, route, now.place[route, pos - 1]))
            for lane in range(lanes):
                now.due[route, pos, lane] = s.lane_b[lane]


@kernel
def relabel(p: Problem, t: Tables, s: State, route: int, cents: int) -> bool:
    """Bring a changed route's places, labels, price and version up to date; tell whether it is feasible.

    `cents` is the route's price where it is known already, else -1. A route can become infeasible by losing a job
    where the way round is shorter than the straight one.
    """
    now = s.now
    n = now.length[route]
    profile = p.profile[route]
    old_cents = now.cents[route]
    now.place[route, 0] = p.start_place[route]
    feasible = True
    legs = 0
    driven = 0
    on_site = 0
    for pos in range(1, n + 2):
        here = now.place[route, pos - 1]
        if pos <= n:
            now.place[route, pos] = p.place[now.jobs[route, pos - 1]]
            on_site += visit_s(p, now.jobs[route, pos - 1], route, here)
        else:
            now.place[route, pos] = p.end_place[route]
        now.leg[route, pos] = p.travel[profile, here, now.place[route, pos], 1]
        legs += now.leg[route, pos]
        driven += p.travel[profile, here, now.place[route, pos], 0]
    if n == 0:
        legs = 0
        driven = 0
    elif t.priced:
        if cents < 0 or p.pace.size or p.sleeper.size:  # what is ridden asleep is not driven
            feasible = label_route(p, route, now.jobs[route], n, s.agreed, s.labels) >= 0
            driven = s.labels.total[1]
            legs = s.labels.total[0] + p.use_cents[route]
        else:
            legs = cents
    else:
        legs += p.use_cents[route]
    now.cents[route] = legs
    now.driven[route] = driven
    now.work[route] = driven + on_site
    s.total[CENTS] += legs - old_cents
    _forward(p, s, route)
    _backward(p, s, route)
    renew(s, route)
    renew_room(p, s, route)
    feasible = feasible and now.go[route, 0, 0] >= p.start_s[route]
    return n == 0 or (
        feasible and (not t.limited or within_limits(p, t, s, route, 0, driven, now.work[route]))
    )


@kernel
def within_limits(p: Problem, t: Tables, s: State, route: int, more: int, driven: int, work: int) -> bool:
    """Tell whether so many jobs more, with these new sums, keep the limits of the shift and of its group."""
    if driven > p.max_travel_s[route] or work > p.max_work_s[route]:
        return False
    group = p.group[route]
    if group < 0:
        return True
    jobs, seconds = group_room(p, t, s, group)
    return more <= jobs and work - s.now.work[route] <= seconds


@kernel
def jobs_in(p: Problem, t: Tables, s: State, route: int) -> int:
    """Return how many visits to customers a route has; halts at branches are none."""
    jobs = int(s.now.length[route])
    if t.fetching:
        for i in range(s.now.length[route]):
            if p.shelf[s.now.jobs[route, i]] >= 0:
                jobs -= 1
    return jobs


@kernel
def group_room(p: Problem, t: Tables, s: State, group: int) -> tuple[int, int]:
    """Return how many jobs and seconds of work more the routes of a group may have together."""
    jobs = p.group_max_jobs[group]
    seconds = p.group_max_work_s[group]
    for row in range(t.member_ptr[group], t.member_ptr[group + 1]):
        jobs -= jobs_in(p, t, s, t.member[row])
        seconds -= s.now.work[t.member[row]]
    return jobs, seconds


@kernel
def renew(s: State, route: int) -> None:
    """Give a route a version it never had."""
    s.tally[CLOCK] += 1
    s.now.version[route] = s.tally[CLOCK]


@kernel
def renew_room(p: Problem, s: State, route: int) -> None:
    """The routes of a changed route's group may now take more or less."""
    if p.group[route] >= 0:
        s.tally[CLOCK] += 1
        s.room_version[p.group[route]] = s.tally[CLOCK]


@kernel
def copy_route(source: Routing, i: int, target: Routing, j: int) -> None:
    """Copy row `i` of one to row `j` of the other."""
    n = source.length[i]
    lanes = source.ready.shape[2]
    target.length[j] = n
    for pos in range(n + 2):
        target.jobs[j, pos] = source.jobs[i, pos]
        target.place[j, pos] = source.place[i, pos]
        target.leg[j, pos] = source.leg[i, pos]
        for lane in range(lanes):
            target.ready[j, pos, lane] = source.ready[i, pos, lane]
            target.due[j, pos, lane] = source.due[i, pos, lane]
            target.go[j, pos, lane] = source.go[i, pos, lane]
    target.cents[j] = source.cents[i]
    target.driven[j] = source.driven[i]
    target.work[j] = source.work[i]
    target.version[j] = source.version[i]


@kernel
def restore(p: Problem, t: Tables, s: State, i: int) -> None:
    """Undo the changes of the i-th touched route; its own jobs must be left out, its old ones get back in."""
    route = s.touched[i]
    s.total[CENTS] += s.undo.cents[i] - s.now.cents[route]
    copy_route(s.undo, i, s.now, route)
    renew_room(p, s, route)
    for x in range(s.now.length[route]):
        take_in(p, t, s, s.now.jobs[route, x], route)


@kernel
def touch(s: State, route: int) -> None:
    """Keep a copy of a route before its first change in an iteration."""
    if s.is_touched[route]:
        return
    s.is_touched[route] = True
    copy_route(s.now, route, s.undo, s.tally[TOUCHED])
    s.touched[s.tally[TOUCHED]] = route
    s.tally[TOUCHED] += 1
    if not s.is_dirty[route]:
        s.is_dirty[route] = True
        s.dirty[s.tally[DIRTY]] = route
        s.tally[DIRTY] += 1
