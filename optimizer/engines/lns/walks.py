"""Labels of routes that are tied together: walks backward and forward, and the starts that teams agree on.

The walk backward says how late each tied visit may start, the walk forward how early; where a team's answer changes,
the other routes it bears on are queued.
"""

from optimizer.engines.lns.journal import GOES_BACK, GOES_ON, RELABELLED, RETIMED
from optimizer.engines.lns.labels import step_forward
from optimizer.engines.lns.state import State
from optimizer.engines.lns.tables import Tables
from optimizer.engines.lns.ties import FIRST_GOES, SECOND_GOES
from optimizer.problem import APART, BEFORE, FAR, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.timing import (
    board_by,
    first_start,
    last_on_day_before,
    last_rest,
    last_start,
    leave_by,
    next_day,
    visit_s,
)

BACKWARD, FORWARD = 0, 1
"""Rows of `State.queue`."""


@kernel
def put_in_queue(s: State, direction: int, route: int) -> None:
    """Let a route wait for a walk, once."""
    bit = GOES_BACK if direction == BACKWARD else GOES_ON
    if s.mark[route] & bit:
        return
    s.mark[route] |= bit
    s.queue[direction, s.ends[direction, 1]] = route
    s.ends[direction, 1] = (s.ends[direction, 1] + 1) % s.queue.shape[1]


@kernel
def next_in_queue(s: State, direction: int) -> int:
    """Return the next route that waits, -1 for none."""
    if s.ends[direction, 0] == s.ends[direction, 1]:
        return -1
    route = s.queue[direction, s.ends[direction, 0]]
    s.ends[direction, 0] = (s.ends[direction, 0] + 1) % s.queue.shape[1]
    s.mark[route] &= 255 - (GOES_BACK if direction == BACKWARD else GOES_ON)
    return int(route)


@kernel
def queue_tied(p: Problem, t: Tables, s: State, team: int, direction: int) -> None:
    """Queue the routes of the leads that must come before (or after) a team's."""
    lead = t.teams.lead[team]
    for row in range(p.link_ptr[lead], p.link_ptr[lead + 1]):
        link = p.link[row]
        goes_first = p.link_from[link] == lead
        other = p.link_to[link] if goes_first else p.link_from[link]
        if p.link_order[link] == APART:
            goes_first = goes_first == (s.ties.apart[link] == FIRST_GOES)
        elif p.link_order[link] != BEFORE:
            continue
        if s.route_of[other] >= 0 and goes_first == (direction == FORWARD):
            put_in_queue(s, direction, s.route_of[other])


@kernel
def latest(p: Problem, t: Tables, s: State, team: int) -> int:
    """Return the latest start of a team that leaves everything after it possible, `-FAR` for none."""
    ties = s.ties
    lead = t.teams.lead[team]
    at = FAR
    for seat in range(t.teams.member_ptr[team], t.teams.member_ptr[team + 1]):
        at = min(at, ties.till[seat])
    for row in range(p.link_ptr[lead], p.link_ptr[lead + 1]):
        link = p.link[row]
        order = p.link_order[link]
        if order == BEFORE and p.link_from[link] == lead and s.route_of[p.link_to[link]] >= 0:
            stay = ties.length[team] if p.link_on_end[link] else 0
            late = ties.late[t.teams.team_of[p.link_to[link]]]
            at = min(at, late - p.link_least[link] - stay)
            if p.link_next_day[link]:
                at = min(at, last_on_day_before(p, s.route_of[lead], late))
        elif order == APART and goes_first(p, s, link, lead):
            other = p.link_to[link] if p.link_from[link] == lead else p.link_from[link]
            at = min(at, ties.late[t.teams.team_of[other]] - ties.length[team])
    return int(max(-FAR, last_start(p, lead, at)))


@kernel
def goes_first(p: Problem, s: State, link: int, lead: int) -> bool:
    """Tell whether of two visits kept apart this one goes first."""
    mine = FIRST_GOES if p.link_from[link] == lead else SECOND_GOES
    return bool(s.ties.apart[link] == mine)


@kernel
def not_before(p: Problem, t: Tables, s: State, team: int) -> int:
    """Return the earliest start that those before a team leave to it, its own routes not looked at."""
    ties = s.ties
    lead = t.teams.lead[team]
    at = ties.hold[team]
    for row in range(p.link_ptr[lead], p.link_ptr[lead + 1]):
        link = p.link[row]
        order = p.link_order[link]
        if order == BEFORE and p.link_to[link] == lead and s.route_of[p.link_from[link]] >= 0:
            first = t.teams.team_of[p.link_from[link]]
            stay = ties.length[first] if p.link_on_end[link] else 0
            at = max(at, ties.start[first] + stay + p.link_least[link])
            if p.link_next_day[link]:
                at = max(at, next_day(p, s.route_of[p.link_from[link]], ties.start[first]))
        elif order == APART:
            other = p.link_to[link] if p.link_from[link] == lead else p.link_from[link]
            if goes_first(p, s, link, other):
                first = t.teams.team_of[other]
                at = max(at, ties.start[first] + ties.length[first])
    return int(at)


@kernel
def earliest(p: Problem, t: Tables, s: State, team: int) -> int:
    """Return the earliest start that every route of a team can keep, `FAR` for none."""
    ties = s.ties
    lead = t.teams.lead[team]
    at = not_before(p, t, s, team)
    while True:
        at = first_start(p, lead, at)
        if at >= FAR:
            return FAR
        moved = False
        for seat in range(t.teams.member_ptr[team], t.teams.member_ptr[team + 1]):
            least = FAR
            for lane in range(ties.reach.shape[1]):
                there = max(at, ties.reach[seat, lane])
                if there <= ties.until[seat, lane]:
                    least = min(least, there)
            if least >= FAR:
                return FAR
            moved = moved or least > at
            at = max(at, least)
        if not moved:
            return int(at)


@kernel
def walk_back(p: Problem, t: Tables, s: State, route: int) -> None:
    """Bring the latest passings of a route up to date."""
    now = s.now
    n = now.length[route]
    first = p.rest_ptr[route]
    lanes = p.rest_ptr[route + 1] - first + 1
    profile = p.profile[route]
    changed = False
    for lane in range(lanes - 1, -1, -1):
        at = p.latest_end_s[route]
        if lane < lanes - 1:
            at = last_rest(p, first + lane, now.due[route, n + 1, lane + 1])
        changed = changed or now.due[route, n + 1, lane] != at
        now.due[route, n + 1, lane] = at
    for pos in range(n, -1, -1):
        here, there = now.place[route, pos], now.place[route, pos + 1]
        for lane in range(lanes - 1, -1, -1):
            at = leave_by(p, profile, here, there, now.due[route, pos + 1, lane])
            if lane < lanes - 1:
                at = max(at, last_rest(p, first + lane, now.go[route, pos, lane + 1]))
                at = max(at, board_by(p, route, first + lane, here, there, now.due[route, pos + 1, lane + 1]))
            at = max(at, -FAR)
            changed = changed or now.go[route, pos, lane] != at
            now.go[route, pos, lane] = at
        if pos > 0:
            job = now.jobs[route, pos - 1]
            stay = visit_s(p, job, route, now.place[route, pos - 1])
            for lane in range(lanes):
                s.lane_b[lane] = last_start(p, job, now.go[route, pos, lane] - stay)
            if t.teams.team_of[job] >= 0:
                _say_until(p, t, s, route, job, stay, lanes)
            for lane in range(lanes - 1, -1, -1):
                if lane < lanes - 1:
                    s.lane_b[lane] = max(s.lane_b[lane], last_rest(p, first + lane, s.lane_b[lane + 1]))
                changed = changed or now.due[route, pos, lane] != s.lane_b[lane]
                now.due[route, pos, lane] = s.lane_b[lane]
    if changed:
        s.mark[route] |= RELABELLED


@kernel
def _say_until(p: Problem, t: Tables, s: State, route: int, job: int, stay: int, lanes: int) -> None:
    """Say how late a tied visit may start by its route (`lane_b`), and cut that down to what its team may."""
    ties = s.ties
    team, seat = t.teams.team_of[job], t.teams.seat_of[job]
    if t.teams.lead[team] == job and ties.length[team] != stay:
        ties.length[team] = stay
        queue_tied(p, t, s, team, FORWARD)
    till = -FAR
    for lane in range(lanes):
        till = max(till, s.lane_b[lane])
    ties.till[seat] = till
    late = latest(p, t, s, team)
    if late != ties.late[team]:
        ties.late[team] = late
        for other in range(t.teams.member_ptr[team], t.teams.member_ptr[team + 1]):
            if t.teams.member[other] != job:
                put_in_queue(s, BACKWARD, s.route_of[t.teams.member[other]])
        queue_tied(p, t, s, team, BACKWARD)
    for lane in range(ties.until.shape[1]):
        until = min(s.lane_b[lane], late) if lane < lanes else -FAR
        if lane < lanes:
            s.lane_b[lane] = until
        if ties.until[seat, lane] != until:
            ties.until[seat, lane] = until
            put_in_queue(s, FORWARD, route)


@kernel
def walk_on(p: Problem, t: Tables, s: State, route: int) -> bool:
    """Bring the earliest passings of a route up to date; tell whether its teams can still start."""
    now = s.now
    lanes = p.rest_ptr[route + 1] - p.rest_ptr[route] + 1
    changed = False
    for lane in range(lanes):
        now.ready[route, 0, lane] = FAR
    now.ready[route, 0, 0] = p.start_s[route]
    for pos in range(1, now.length[route] + 1):
        job = now.jobs[route, pos - 1]
        stay = visit_s(p, job, route, now.place[route, pos - 1])
        for lane in range(lanes):
            s.lane_a[lane] = now.ready[route, pos - 1, lane]
        step_forward(p, s, route, now.place[route, pos - 1], now.place[route, pos])
        team = t.teams.team_of[job]
        if team >= 0 and not _meet(p, t, s, route, job, lanes):
            return False
        for lane in range(lanes):
            if team >= 0:
                start = s.ties.start[team] if s.lane_b[lane] <= s.ties.start[team] else FAR
            else:
                start = first_start(p, job, s.lane_b[lane])
            at = start + stay if start < FAR else FAR
            changed = changed or now.ready[route, pos, lane] != at
            now.ready[route, pos, lane] = at
    if changed:
        s.mark[route] |= RELABELLED
    return True


@kernel
def _meet(p: Problem, t: Tables, s: State, route: int, job: int, lanes: int) -> bool:
    """Say how early a tied visit can start by its route (`lane_b`), and agree on the team's start anew."""
    ties = s.ties
    team, seat = t.teams.team_of[job], t.teams.seat_of[job]
    for lane in range(ties.reach.shape[1]):
        ties.reach[seat, lane] = s.lane_b[lane] if lane < lanes else FAR
    start = earliest(p, t, s, team)
    if start >= FAR:
        return False
    if start != ties.start[team]:
        ties.start[team] = start
        for other in range(t.teams.member_ptr[team], t.teams.member_ptr[team + 1]):
            row = t.teams.member[other]
            s.agreed[row] = start
            s.mark[s.route_of[row]] |= RETIMED
            if row != job:
                put_in_queue(s, FORWARD, s.route_of[row])
        queue_tied(p, t, s, team, FORWARD)
    return True
