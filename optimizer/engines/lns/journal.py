"""A change to tied routes as a whole: what it touches is noted, so that it can be taken back whatever it has moved."""

from optimizer.engines.lns.labels import copy_route, renew_room, touch
from optimizer.engines.lns.served import leave_out, take_in
from optimizer.engines.lns.state import CENTS, NOTED, State
from optimizer.engines.lns.tables import Tables
from optimizer.engines.lns.ties import copy_ties
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

IS_NOTED, CHANGED, WAITING, RETIMED, RELABELLED, GOES_BACK, GOES_ON = 1, 2, 4, 8, 16, 32, 64
"""Bits of `State.mark`: the route has a copy; other jobs are in it than before the change; its jobs changed since the
last propagation; starts in it changed; labels in it changed; it waits for the walk backward, or forward."""


@kernel
def begin(s: State) -> None:
    """Begin a change; the one before it stays."""
    for i in range(s.tally[NOTED]):
        s.mark[s.noted[i]] = 0
    s.tally[NOTED] = 0
    copy_ties(s.ties, s.ties_saved)


@kernel
def note(s: State, route: int) -> None:
    """Keep a copy of a route before the change alters it."""
    if s.mark[route] & IS_NOTED:
        return
    touch(s, route)
    s.mark[route] |= IS_NOTED
    copy_route(s.now, route, s.saved, s.tally[NOTED])
    s.noted[s.tally[NOTED]] = route
    s.tally[NOTED] += 1


@kernel
def note_jobs(s: State, route: int) -> None:
    """Keep a copy of a route before its jobs change."""
    note(s, route)
    s.mark[route] |= CHANGED | WAITING


@kernel
def roll_back(p: Problem, t: Tables, s: State) -> None:
    """Take the present change back: routes, starts, sums and versions are as before."""
    now = s.now
    for i in range(s.tally[NOTED]):
        route = s.noted[i]
        if s.mark[route] & CHANGED:
            for x in range(now.length[route]):
                leave_out(p, t, s, now.jobs[route, x])
    for i in range(s.tally[NOTED]):
        route = s.noted[i]
        s.total[CENTS] += s.saved.cents[i] - now.cents[route]
        copy_route(s.saved, i, now, route)
        renew_room(p, s, route)
    for i in range(s.tally[NOTED]):
        route = s.noted[i]
        if s.mark[route] & CHANGED:
            for x in range(now.length[route]):
                take_in(p, t, s, now.jobs[route, x], route)
        s.mark[route] = 0
    s.tally[NOTED] = 0
    copy_ties(s.ties_saved, s.ties)
    say_starts(t, s)


@kernel
def say_starts(t: Tables, s: State) -> None:
    """Write every team's start to all its visits."""
    for seat in range(len(t.teams.member)):
        row = t.teams.member[seat]
        s.agreed[row] = s.ties.start[t.teams.team_of[row]]
