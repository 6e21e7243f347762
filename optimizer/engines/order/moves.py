"""The moves of one or two units: each changes routes and order, and tells whether that may be worth timing."""

import math

from optimizer.engines.order.choose import may
from optimizer.engines.order.placing import (
    CAST,
    GREEDY,
    KEEP,
    cast,
    detach,
    keep_in_mind,
    settle_at,
    take_away,
)
from optimizer.engines.order.state import SERVED, State, below, uniform
from optimizer.engines.order.tables import Tables
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

STEP_SHARE = 0.12
"""Mean length of a step in the order, as a share of all units."""

FAR_STEPS = 0.2
"""Share of the steps that lead anywhere: on a route with too much to do, who waits longest changes only so."""


@kernel
def step(s: State, unit: int) -> int:
    """Return a place in the order some steps from a unit's own."""
    n = s.total[SERVED]
    if uniform(s) < FAR_STEPS:
        return below(s, n)
    length = 1 + int(-math.log(uniform(s) + 1e-12) * STEP_SHARE * n)
    if below(s, 2):
        length = -length
    return int(min(max(s.at[unit] + length, 0), n - 1))


@kernel
def near_by(t: Tables, s: State, row: int) -> int:
    """Return a visit of another unit near by, the nearest most often; -1 for none."""
    return int(t.near[row, int(uniform(s) * uniform(s) * t.near.shape[1])])


@kernel
def in_route(t: Tables, s: State, row: int) -> int:
    """Return any visit of another unit in the same route, -1 for none."""
    shift = s.shift[row]
    found, seen = -1, 0
    other = s.head[shift]
    while other >= 0:
        if t.unit_of[other] != t.unit_of[row]:
            seen += 1
            if below(s, seen) == 0:
                found = other
        other = s.next[other]
    return found


@kernel
def relocate(p: Problem, t: Tables, s: State, limit: int) -> bool:
    """Move a unit some steps in the order, with the same people, the cheapest, or anybody."""
    unit = s.order[below(s, s.total[SERVED])]
    gap = step(s, unit)
    draw = uniform(s)
    how = KEEP if draw < 0.2 else GREEDY if draw < 0.9 else CAST
    keep_in_mind(t, s, unit, how == KEEP)
    rows = t.row_ptr[unit + 1] - t.row_ptr[unit]
    if rows > 1 and how != KEEP and uniform(s) < 0.5:
        row = t.row[t.row_ptr[unit] + below(s, rows)]  # only one of them comes into other hands
        keep_in_mind(t, s, unit, True)
        s.want[row] = -1
    detach(p, t, s, unit)
    return settle_at(p, t, s, unit, gap, how, 0.2, limit)


@kernel
def recast(p: Problem, t: Tables, s: State, limit: int) -> bool:
    """Give one visit of a unit to somebody else, at the same place in the order."""
    unit = s.order[below(s, s.total[SERVED])]
    row = t.row[t.row_ptr[unit] + below(s, t.row_ptr[unit + 1] - t.row_ptr[unit])]
    keep_in_mind(t, s, unit, True)
    before = s.shift[row]
    s.want[row] = -1
    if not cast(p, t, s, row) or s.want[row] == before:
        return False
    gap = s.at[unit]
    detach(p, t, s, unit)
    return settle_at(p, t, s, unit, gap, KEEP, 0.0, limit)


@kernel
def approach(p: Problem, t: Tables, s: State, limit: int) -> bool:
    """Let a visit follow or precede a near one in that one's route."""
    unit = s.order[below(s, s.total[SERVED])]
    row = t.row[t.row_ptr[unit] + below(s, t.row_ptr[unit + 1] - t.row_ptr[unit])]
    near = near_by(t, s, row) if uniform(s) < 0.8 else in_route(t, s, row)
    if near < 0 or s.shift[near] < 0 or p.forbidden[row, s.shift[near]]:
        return False
    shift = s.shift[near]
    other = t.unit_of[near]
    gap = s.at[other] + below(s, 2)
    if s.at[other] > s.at[unit]:
        gap -= 1
    keep = uniform(s) < 0.5
    keep_in_mind(t, s, unit, keep)
    s.want[row] = -1
    if not may(p, t, s, row, shift):
        keep_in_mind(t, s, unit, False)
        if not may(p, t, s, row, shift):
            return False
    s.want[row] = shift
    detach(p, t, s, unit)
    return settle_at(p, t, s, unit, gap, GREEDY, 0.2, limit)


@kernel
def swap(p: Problem, t: Tables, s: State, limit: int) -> bool:
    """Let two near visits change hands; each unit takes the other's place in the order, or keeps its own."""
    unit = s.order[below(s, s.total[SERVED])]
    row = t.row[t.row_ptr[unit] + below(s, t.row_ptr[unit + 1] - t.row_ptr[unit])]
    near = t.near[row, below(s, t.near.shape[1])] if uniform(s) < 0.5 else in_route(t, s, row)
    if near < 0 or s.shift[near] < 0:
        return False
    one, two = s.shift[row], s.shift[near]
    other = t.unit_of[near]
    if one == two:
        return exchange(p, t, s, unit, other, limit)
    if p.forbidden[row, two] or p.forbidden[near, one]:
        return False
    first, second = s.at[unit], s.at[other]
    if uniform(s) < 0.5:
        first, second = second, first
    keep_in_mind(t, s, unit, True)
    keep_in_mind(t, s, other, True)
    detach(p, t, s, unit)
    detach(p, t, s, other)
    s.want[row] = -1
    s.want[near] = -1
    if not may(p, t, s, row, two):
        return False
    s.want[row] = two
    if not may(p, t, s, near, one):
        return False
    s.want[near] = one
    if not settle_at(p, t, s, unit, first, KEEP, 0.0, 1 << 60):
        return False
    return settle_at(p, t, s, other, second, KEEP, 0.0, limit)


@kernel
def exchange(p: Problem, t: Tables, s: State, unit: int, other: int, limit: int) -> bool:
    """Let two units exchange their places in the order, everybody keeping their visits."""
    first, second = s.at[unit], s.at[other]
    keep_in_mind(t, s, unit, True)
    keep_in_mind(t, s, other, True)
    detach(p, t, s, unit)
    detach(p, t, s, other)
    if not settle_at(p, t, s, unit, second, KEEP, 0.0, 1 << 60):
        return False
    return settle_at(p, t, s, other, first, KEEP, 0.0, limit)


@kernel
def insert(p: Problem, t: Tables, s: State, limit: int) -> bool:
    """Take a left-out unit in, at any place in the order."""
    unit = below(s, len(s.at))
    for _ in range(len(s.at)):
        if s.at[unit] < 0:
            break
        unit = (unit + 1) % len(s.at)
    if s.at[unit] >= 0:
        return False
    keep_in_mind(t, s, unit, False)
    how = GREEDY if uniform(s) < 0.8 else CAST
    return settle_at(p, t, s, unit, below(s, s.total[SERVED] + 1), how, 0.2, limit)


@kernel
def remove(p: Problem, t: Tables, s: State) -> None:
    """Leave a unit out."""
    take_away(p, t, s, s.order[below(s, s.total[SERVED])])
