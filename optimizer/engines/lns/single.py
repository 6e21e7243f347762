"""Putting a single visit into a route among others that are tied."""

from optimizer.engines.lns.insertion import cheapest, insert
from optimizer.engines.lns.journal import begin, roll_back
from optimizer.engines.lns.placing import put_at
from optimizer.engines.lns.propagate import propagate
from optimizer.engines.lns.state import CENTS, NEVER, State
from optimizer.engines.lns.tables import Tables
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

TRIES = 3
"""Routes tried at most where the cheapest fail because of what is tied to them."""
NO_PLACE = -1
"""What `State.slot` says where an insertion failed for what is tied to the route."""


@kernel
def insert_single(p: Problem, t: Tables, s: State, job: int, count: int, limit: int) -> bool:
    """Put a visit into the cheapest of the routes `choice[:count]` that adds less than `limit`; tell if it could be."""
    for _ in range(TRIES):
        route = cheapest(p, t, s, job, count, limit)
        if route < 0:
            return False
        if not _has_ties(t, s, route):
            insert(p, t, s, job, route)
            return True
        if insert_tied(p, t, s, job, route, limit):
            return True
    return False


@kernel
def insert_tied(p: Problem, t: Tables, s: State, job: int, route: int, limit: int) -> bool:
    """Put a visit where `exact_delta` found it best, if all that follows adds less than `limit`; else never again."""
    before = s.total[CENTS]
    begin(s)
    put_at(p, t, s, job, route, s.slot[job, route])
    if propagate(p, t, s) and s.total[CENTS] - before < limit:
        return True
    roll_back(p, t, s)
    s.delta[job, route] = NEVER
    s.slot[job, route] = NO_PLACE
    s.exact[job, route] = True
    s.seen[job, route] = s.now.version[route]
    return False


@kernel
def _has_ties(t: Tables, s: State, route: int) -> bool:
    for x in range(s.now.length[route]):
        if t.teams.team_of[s.now.jobs[route, x]] >= 0:
            return True
    return False
