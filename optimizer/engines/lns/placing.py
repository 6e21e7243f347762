"""Putting visits into routes and taking whole jobs out of them, starts not looked at (`propagate` does that)."""

from optimizer.engines.lns.journal import note_jobs
from optimizer.engines.lns.propagate import forget_times
from optimizer.engines.lns.served import leave_out, take_in
from optimizer.engines.lns.state import State
from optimizer.engines.lns.tables import Tables
from optimizer.engines.lns.ties import FIRST_GOES, SECOND_GOES, UNDECIDED
from optimizer.engines.lns.walks import BACKWARD, FORWARD, put_in_queue
from optimizer.problem import APART, BEFORE, FAR, Problem
from optimizer.schedule.kernel import kernel


@kernel
def put_at(p: Problem, t: Tables, s: State, job: int, route: int, index: int) -> None:
    """Put a visit into a route, behind so many others."""
    note_jobs(s, route)
    now = s.now
    for i in range(now.length[route], index, -1):
        now.jobs[route, i] = now.jobs[route, i - 1]
    now.jobs[route, index] = job
    now.length[route] += 1
    take_in(p, t, s, job, route)


@kernel
def join_team(p: Problem, t: Tables, s: State, team: int, low: int) -> None:
    """Let a team that was put into routes wait for its start.

    Of visits it must not overlap with, those that start at `low` or before go first.
    """
    ties = s.ties
    forget_times(t, s, team)
    ties.hold[team] = -FAR
    if not t.apart:
        return
    lead = t.teams.lead[team]
    for row in range(p.link_ptr[lead], p.link_ptr[lead + 1]):
        link = p.link[row]
        first = p.link_from[link] == lead
        other = p.link_to[link] if first else p.link_from[link]
        if p.link_order[link] == APART and s.route_of[other] >= 0:
            other_first = ties.start[t.teams.team_of[other]] <= low
            ties.apart[link] = SECOND_GOES if first == other_first else FIRST_GOES


@kernel
def take_away(p: Problem, t: Tables, s: State, job: int) -> None:
    """Take a served job out of its routes as a whole."""
    if t.teams.team_of[job] < 0:
        _take_visit(p, t, s, job)
        for row in range(p.fetch_ptr[job], p.fetch_ptr[job + 1]):
            if s.route_of[p.fetch[row]] >= 0:
                _take_visit(p, t, s, p.fetch[row])
        return
    for row in range(t.teams.part_ptr[job], t.teams.part_ptr[job + 1]):
        team = t.teams.part[row]
        for seat in range(t.teams.member_ptr[team], t.teams.member_ptr[team + 1]):
            if s.route_of[t.teams.member[seat]] >= 0:
                _take_visit(p, t, s, t.teams.member[seat])
            s.agreed[t.teams.member[seat]] = -1
        s.ties.start[team] = -1
    for row in range(t.teams.part_ptr[job], t.teams.part_ptr[job + 1]):
        _set_free(p, t, s, t.teams.part[row])


@kernel
def _take_visit(p: Problem, t: Tables, s: State, job: int) -> None:
    route = s.route_of[job]
    note_jobs(s, route)
    now = s.now
    index = 0
    while now.jobs[route, index] != job:
        index += 1
    now.length[route] -= 1
    for i in range(index, now.length[route]):
        now.jobs[route, i] = now.jobs[route, i + 1]
    leave_out(p, t, s, job)


@kernel
def let_go(p: Problem, t: Tables, s: State) -> None:
    """Let all visits agree anew that are held back for one that follows: it may come earlier now."""
    for row in range(len(t.teams.most)):
        first = p.link_from[t.teams.most[row]]
        team = t.teams.team_of[first]
        if s.ties.hold[team] > -FAR and s.route_of[first] >= 0:
            s.ties.hold[team] = -FAR
            put_in_queue(s, FORWARD, s.route_of[first])


@kernel
def _set_free(p: Problem, t: Tables, s: State, team: int) -> None:
    """Let those that were bound by a team that is left out agree on their starts anew."""
    lead = t.teams.lead[team]
    for row in range(p.link_ptr[lead], p.link_ptr[lead + 1]):
        link = p.link[row]
        if p.link_order[link] != BEFORE and p.link_order[link] != APART:
            continue
        s.ties.apart[link] = UNDECIDED
        other = p.link_to[link] if p.link_from[link] == lead else p.link_from[link]
        if s.route_of[other] >= 0:
            if p.link_to[link] == lead:
                s.ties.hold[t.teams.team_of[other]] = -FAR
            put_in_queue(s, BACKWARD, s.route_of[other])
            put_in_queue(s, FORWARD, s.route_of[other])
