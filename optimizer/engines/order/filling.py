"""Building a state: from nothing, from a plan, and taking in whatever still fits."""

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.order.anneal import keep_best, within_limits
from optimizer.engines.order.choose import may
from optimizer.engines.order.linking import begin, go_back
from optimizer.engines.order.placing import GREEDY, KEEP, keep_in_mind, settle_at, take_away
from optimizer.engines.order.state import JOURNAL, LOGGED, OUT_PRICE, SERVED, State
from optimizer.engines.order.tables import Tables
from optimizer.engines.order.walk import NEVER, propagate, value
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel


@kernel
def empty(p: Problem, t: Tables, s: State) -> None:
    """Leave everything out."""
    while s.total[SERVED]:
        take_away(p, t, s, s.order[s.total[SERVED] - 1])
        settle(s)
    propagate(p, t, s, NEVER)
    settle(s)


@kernel
def settle(s: State) -> None:
    """Accept all changes."""
    s.tally[JOURNAL] = 0
    s.tally[LOGGED] = 0


@kernel
def load(p: Problem, t: Tables, s: State, order: NDArray[np.int32], shift: NDArray[np.int32]) -> None:
    """Go on from a plan: its units in order (-1 ends it) with their shifts; what is not feasible is left out."""
    empty(p, t, s)
    if _load_whole(p, t, s, order, shift):
        return
    for i in range(len(order)):
        unit = order[i]
        if unit < 0:
            break
        for j in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
            s.want[t.row[j]] = shift[t.row[j]]
        _take(p, t, s, unit, s.total[SERVED], KEEP)


@kernel
def _load_whole(p: Problem, t: Tables, s: State, order: NDArray[np.int32], shift: NDArray[np.int32]) -> bool:
    """Go on from a plan at once, if it is feasible.

    Without a triangle inequality the beginning of a feasible route need not be feasible.
    """
    begin(s, 0)
    found = NEVER
    able = True
    for i in range(len(order)):
        unit = order[i]
        if unit < 0 or not able:
            break
        for j in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
            s.want[t.row[j]] = shift[t.row[j]]
        able = _wanted(p, t, s, unit, KEEP) and settle_at(p, t, s, unit, s.total[SERVED], KEEP, 0.0, NEVER)
    if able:
        found = propagate(p, t, s, NEVER - 1)
    if found < NEVER and within_limits(p, t, s):
        settle(s)
        return True
    go_back(p, t, s, 0, 0, 0)
    return False


@kernel
def construct(p: Problem, t: Tables, s: State, order: NDArray[np.int32]) -> None:
    """Append left-out units in this order, each with whoever costs about least."""
    for i in range(len(order)):
        if s.at[order[i]] < 0:
            keep_in_mind(t, s, order[i], False)
            _take(p, t, s, order[i], s.total[SERVED], GREEDY)


@kernel
def _take(p: Problem, t: Tables, s: State, unit: int, gap: int, how: int) -> int:
    """Take a left-out unit in at a place in the order; return the value, `NEVER` where that is not possible."""
    begin(s, 0)
    found = NEVER
    if _wanted(p, t, s, unit, how) and settle_at(p, t, s, unit, gap, how, 0.0, NEVER):
        found = propagate(p, t, s, NEVER - 1)
    if found < NEVER and within_limits(p, t, s):
        settle(s)
        return found
    go_back(p, t, s, 0, 0, 0)
    return NEVER


@kernel
def _wanted(p: Problem, t: Tables, s: State, unit: int, how: int) -> bool:
    """Tell whether the shifts in mind, if they are to be kept, may take a unit."""
    if how == GREEDY:
        return True
    for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
        row = t.row[i]
        if s.want[row] < 0 or not may(p, t, s, row, s.want[row]):
            return False
    return True


@kernel
def fill(p: Problem, t: Tables, s: State, ranked: NDArray[np.int32]) -> None:
    """Take in left-out units, in this order, wherever that costs least and is worth it."""
    for i in range(len(ranked)):
        unit = ranked[i]
        if s.at[unit] >= 0:
            continue
        best, where = NEVER, -1
        before = value(p, s)
        for gap in range(s.total[SERVED] + 1):
            keep_in_mind(t, s, unit, False)
            begin(s, 0)
            found = NEVER
            if settle_at(p, t, s, unit, gap, GREEDY, 0.0, NEVER):
                found = propagate(p, t, s, best - 1)
                if found < best and within_limits(p, t, s):
                    best, where = found, gap
            go_back(p, t, s, 0, 0, 0)
        if where >= 0 and best <= before:
            keep_in_mind(t, s, unit, False)
            _take(p, t, s, unit, where, GREEDY)
    keep_best(p, s)


@kernel
def set_prices(s: State, price: NDArray[np.int64]) -> None:
    """Put prices of leaving units out in force."""
    s.total[OUT_PRICE] = 0
    for unit in range(len(price)):
        s.price[unit] = price[unit]
        if s.at[unit] < 0:
            s.total[OUT_PRICE] += price[unit]
