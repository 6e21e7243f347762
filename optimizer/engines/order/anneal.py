"""A slice of the search: moves at one temperature; the best plan is copied as it is found."""

import math

from optimizer.engines.order.cross import cross
from optimizer.engines.order.linking import LINKED, UNLINKED, begin, go_back
from optimizer.engines.order.moves import approach, insert, recast, relocate, remove, swap
from optimizer.engines.order.ruin import ruin_and_recreate
from optimizer.engines.order.state import (
    BETTER,
    CENTS,
    JOURNAL,
    LOGGED,
    OUT_CENTS,
    OUT_WEIGHT,
    SERVED,
    WORST,
    State,
    uniform,
)
from optimizer.engines.order.tables import Tables
from optimizer.engines.order.walk import NEVER, propagate, value, worst_cents
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

RELOCATE, RECAST, APPROACH, SWAP, CROSS, INSERT, REMOVE, RUIN = range(8)
"""The moves, as counted in `State.tried`."""


RUIN_SHARE = 0.004
"""Share of ruins among the moves; one takes as long as a hundred others."""


@kernel
def run_slice(p: Problem, t: Tables, s: State, iterations: int, temperature: float) -> None:
    """Try so many moves at one temperature (cents)."""
    current = value(p, s)
    for _ in range(iterations):
        limit = current + int(-temperature * math.log(uniform(s) + 1e-300))
        begin(s, 0)
        kind = draw(s)
        s.tried[kind, 0] += 1
        new = NEVER
        if kind == RUIN:
            new = ruin_and_recreate(p, t, s, limit)
        elif attempt(p, t, s, kind, limit):
            new = propagate(p, t, s, limit)
        if new <= limit and within_limits(p, t, s):
            s.tried[kind, 1] += 1
            current = new
            s.tally[JOURNAL] = 0
            s.tally[LOGGED] = 0
            keep_best(p, s)
        else:
            go_back(p, t, s, 0, 0, 0)


@kernel
def draw(s: State) -> int:
    """Return a kind of move at random."""
    n = s.total[SERVED]
    x = uniform(s)
    if n < len(s.at) and (n == 0 or x < 0.1):
        return INSERT
    if n < len(s.at) and x < 0.12:
        return REMOVE
    x = uniform(s)
    if x < RUIN_SHARE and n == len(s.at):
        return RUIN
    x = uniform(s)
    if x < 0.35:
        return RELOCATE
    if x < 0.45:
        return RECAST
    if x < 0.75:
        return APPROACH
    if x < 0.85:
        return SWAP
    return CROSS


@kernel
def attempt(p: Problem, t: Tables, s: State, kind: int, limit: int) -> bool:
    """Try a move; tell whether it changed anything that may be worth timing."""
    if kind == RELOCATE:
        return relocate(p, t, s, limit)
    if kind == RECAST:
        return recast(p, t, s, limit)
    if kind == APPROACH:
        return approach(p, t, s, limit)
    if kind == SWAP:
        return swap(p, t, s, limit)
    if kind == CROSS:
        return cross(p, t, s, limit)
    if kind == INSERT:
        return insert(p, t, s, limit)
    remove(p, t, s)
    return True


@kernel
def within_limits(p: Problem, t: Tables, s: State) -> bool:
    """Tell whether all routes that were changed keep their limits of jobs, work and driving."""
    for entry in range(s.tally[JOURNAL]):
        kind = s.journal[entry, 0]
        if kind != LINKED and kind != UNLINKED:
            continue
        shift = s.journal[entry, 2] if kind == UNLINKED else s.shift[s.journal[entry, 1]]
        if shift < 0 or not t.limited[shift]:
            continue
        if s.visits[shift] > p.max_jobs[shift] or s.driven[shift] > p.max_travel_s[shift]:
            return False
        if s.work[shift] > p.max_work_s[shift]:
            return False
    return True


@kernel
def keep_best(p: Problem, s: State) -> None:
    """Copy the state if it is better than the best by (unserved weight, cents)."""
    weight = s.total[OUT_WEIGHT] if p.levels[0] == 1 else 0
    cents = s.total[CENTS] + s.total[OUT_CENTS] + worst_cents(p, s.total[WORST])
    if weight > s.best[0] or (weight == s.best[0] and cents >= s.best[1]):
        return
    s.best[0] = weight
    s.best[1] = cents
    s.tally[BETTER] += 1
    for i in range(len(s.order)):
        s.best_order[i] = s.order[i] if i < s.total[SERVED] else -1
    for row in range(len(s.shift)):
        s.best_shift[row] = s.shift[row]
