"""What follows from changed routes: every tied route's labels, starts, price and version, until nothing changes.

For fixed orders the starts are the least that satisfy all bounds; they are found by walking the routes that wait in a
queue. Before that the latest starts are found in the same way, from the end.
"""

from optimizer.engines.lns.journal import IS_NOTED, RELABELLED, RETIMED, WAITING, note
from optimizer.engines.lns.labels import jobs_in, renew, renew_room, within_limits
from optimizer.engines.lns.state import CENTS, NOTED, State
from optimizer.engines.lns.tables import Tables
from optimizer.engines.lns.walks import (
    BACKWARD,
    FORWARD,
    next_in_queue,
    put_in_queue,
    walk_back,
    walk_on,
)
from optimizer.problem import FAR, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.lanes import label_route
from optimizer.schedule.timing import visit_s

MOST_WALKS = 60
"""Walks for each route at most: routes that wait for each other in a circle never come to rest."""


@kernel
def propagate(p: Problem, t: Tables, s: State) -> bool:
    """Bring everything up to date after jobs of noted routes changed; tell whether all can be kept.

    Where it cannot, labels and sums are wrong until `journal.roll_back`.
    """
    for i in range(s.tally[NOTED]):
        route = s.noted[i]
        if s.mark[route] & WAITING:
            _lay_out(p, s, route)
            put_in_queue(s, BACKWARD, route)
            put_in_queue(s, FORWARD, route)
    possible = _walk_all(p, t, s)
    while next_in_queue(s, BACKWARD) >= 0 or next_in_queue(s, FORWARD) >= 0:
        possible = False  # given up
    return possible and _sum_up(p, t, s)


@kernel
def label_anew(p: Problem, t: Tables, s: State) -> bool:
    """Label all routes as if nothing had been known of them; tell whether they can be kept. No copies are made."""
    for i in range(s.tally[NOTED]):
        s.mark[s.noted[i]] = 0
    s.tally[NOTED] = len(s.now.length)
    for route in range(len(s.now.length)):
        s.noted[route] = route
        s.mark[route] = IS_NOTED | WAITING
    for team in range(len(t.teams.lead)):
        if s.ties.start[team] >= 0:
            forget_times(t, s, team)
    return propagate(p, t, s)


@kernel
def forget_times(t: Tables, s: State, team: int) -> None:
    """Let a served team find its times anew; whoever is held back for it stays held."""
    ties = s.ties
    ties.start[team] = -1
    ties.late[team] = FAR
    ties.length[team] = -1
    for seat in range(t.teams.member_ptr[team], t.teams.member_ptr[team + 1]):
        ties.till[seat] = FAR
        for lane in range(ties.reach.shape[1]):
            ties.reach[seat, lane] = -FAR
            ties.until[seat, lane] = FAR


@kernel
def _walk_all(p: Problem, t: Tables, s: State) -> bool:
    walks = MOST_WALKS * len(s.now.length)
    route = next_in_queue(s, BACKWARD)
    while route >= 0:
        note(s, route)
        walk_back(p, t, s, route)
        walks -= 1
        if walks <= 0:
            return False
        route = next_in_queue(s, BACKWARD)
    walks = MOST_WALKS * len(s.now.length)
    while True:
        route = next_in_queue(s, FORWARD)
        while route >= 0:
            note(s, route)
            if not walk_on(p, t, s, route):
                return False
            walks -= 1
            if walks <= 0:
                return False
            route = next_in_queue(s, FORWARD)
        held = _hold_back(p, t, s)
        if held != 1:
            return held == 0


@kernel
def _hold_back(p: Problem, t: Tables, s: State) -> int:
    """Hold visits back whose followers come too late: 0 where none does, 1 where some do, 2 where it is too late."""
    ties = s.ties
    found = 0
    for row in range(len(t.teams.most)):
        link = t.teams.most[row]
        route = s.route_of[p.link_from[link]]
        if route < 0 or s.route_of[p.link_to[link]] < 0:
            continue
        first, second = t.teams.team_of[p.link_from[link]], t.teams.team_of[p.link_to[link]]
        stay = ties.length[first] if p.link_on_end[link] else 0
        least = ties.start[second] - p.link_most[link] - stay
        if least > ties.start[first]:
            if least > ties.late[first]:
                return 2
            ties.hold[first] = least
            put_in_queue(s, FORWARD, route)
            found = 1
    return found


@kernel
def _lay_out(p: Problem, s: State, route: int) -> None:
    """Write the places and legs of a route."""
    now = s.now
    n = now.length[route]
    profile = p.profile[route]
    now.place[route, 0] = p.start_place[route]
    for pos in range(1, n + 2):
        now.place[route, pos] = p.place[now.jobs[route, pos - 1]] if pos <= n else p.end_place[route]
        now.leg[route, pos] = p.travel[profile, now.place[route, pos - 1], now.place[route, pos], 1]


@kernel
def _sum_up(p: Problem, t: Tables, s: State) -> bool:
    """Price the changed routes and give them new versions; tell whether they keep times and limits."""
    possible = True
    for i in range(s.tally[NOTED]):
        route = s.noted[i]
        if s.mark[route] & (WAITING | RETIMED) and not _price(p, t, s, route):
            possible = False
    for i in range(s.tally[NOTED]):
        route = s.noted[i]
        mark = s.mark[route]
        s.mark[route] &= 255 - (WAITING | RETIMED | RELABELLED)
        if mark & (WAITING | RETIMED | RELABELLED):
            possible = possible and _keeps_limits(p, t, s, route) and _ends_in_time(p, s, route)
            renew(s, route)
            if mark & (WAITING | RETIMED):
                renew_room(p, s, route)
    return possible


@kernel
def _keeps_limits(p: Problem, t: Tables, s: State, route: int) -> bool:
    n = jobs_in(p, t, s, route)
    if n == 0 or n > p.max_jobs[route] or not t.limited:
        return bool(n <= p.max_jobs[route])
    return within_limits(p, t, s, route, 0, s.now.driven[route], s.now.work[route])


@kernel
def _ends_in_time(p: Problem, s: State, route: int) -> bool:
    n = s.now.length[route]
    for lane in range(p.rest_ptr[route + 1] - p.rest_ptr[route] + 1):
        if s.now.ready[route, n, lane] <= s.now.go[route, n, lane]:
            return True
    return n == 0


@kernel
def _price(p: Problem, t: Tables, s: State, route: int) -> bool:
    """Bring price and sums of a route up to date; tell whether it can be timed."""
    now = s.now
    n = now.length[route]
    cents, driven, on_site = 0, 0, 0
    if n > 0 and t.priced:
        if label_route(p, route, now.jobs[route], n, s.agreed, s.labels) < 0:
            return False
        cents = s.labels.total[0]
        driven = s.labels.total[1]
        on_site = s.labels.total[2]
    elif n > 0:
        for pos in range(1, n + 2):
            here = now.place[route, pos - 1]
            cents += now.leg[route, pos]
            driven += p.travel[p.profile[route], here, now.place[route, pos], 0]
            if pos <= n:
                on_site += visit_s(p, now.jobs[route, pos - 1], route, here)
    cents += p.use_cents[route] if n > 0 else 0
    s.total[CENTS] += cents - now.cents[route]
    now.cents[route] = cents
    now.driven[route] = driven
    now.work[route] = driven + on_site
    return True
