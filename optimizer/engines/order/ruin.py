"""Ruin and recreate within the order: some units that follow each other or are near are taken out and put back."""

from optimizer.engines.order.choose import choose, estimate, place_in_route
from optimizer.engines.order.placing import GREEDY, keep_in_mind, settle_at, take_away
from optimizer.engines.order.state import SERVED, State, below, uniform
from optimizer.engines.order.tables import Tables
from optimizer.engines.order.walk import NEVER, propagate
from optimizer.problem import FAR, Problem
from optimizer.schedule.kernel import kernel

MOST_RUINED = 5
"""Units that are taken out at most."""

GAPS = 6
"""Places in the order that are looked at for each unit."""


@kernel
def ruin_and_recreate(p: Problem, t: Tables, s: State, limit: int) -> int:
    """Take some units out and put each back where it costs about least; return the value, `NEVER` if one stays out."""
    first = s.order[below(s, s.total[SERVED])]
    home = s.at[first]
    row = t.row[t.row_ptr[first] + below(s, t.row_ptr[first + 1] - t.row_ptr[first])]
    count = _ruin(p, t, s, row, 2 + below(s, MOST_RUINED - 1))
    if propagate(p, t, s, NEVER - 1) >= NEVER:
        return NEVER
    value = NEVER
    while count:
        pick = below(s, count)
        unit = s.bank[pick]
        count -= 1
        s.bank[pick] = s.bank[count]
        gap = _best_gap(p, t, s, unit, home)
        if gap < 0:
            return NEVER
        keep_in_mind(t, s, unit, False)
        if not settle_at(p, t, s, unit, gap, GREEDY, 0.05, NEVER):
            return NEVER
        value = propagate(p, t, s, limit if count == 0 else NEVER - 1)
        if value >= NEVER:
            return NEVER
    return value


@kernel
def _ruin(p: Problem, t: Tables, s: State, row: int, most: int) -> int:
    """Take out the units of a string of visits, or of near ones; return how many stand in the bank."""
    count = 0
    along = uniform(s) < 0.6
    seed = row
    rank = 0
    while row >= 0 and count < most:
        unit = t.unit_of[row]
        row = s.next[row]
        while row >= 0 and t.unit_of[row] == unit:
            row = s.next[row]
        take_away(p, t, s, unit)
        s.bank[count] = unit
        count += 1
        if not along:
            row = -1
            while rank < t.near.shape[1] and row < 0:
                near = t.near[seed, rank]
                rank += 1
                row = near if near >= 0 and s.shift[near] >= 0 else -1
    return count


@kernel
def _best_gap(p: Problem, t: Tables, s: State, unit: int, home: int) -> int:
    """Return the place in the order where a left-out unit costs about least, of some; -1 for none."""
    best, found = FAR * FAR, -1
    n = s.total[SERVED]
    for look in range(GAPS):
        gap = below(s, n + 1)
        if look % 2:
            spread = 1 + n // 10
            gap = min(max(home + below(s, 2 * spread + 1) - spread, 0), n)
        cents = 0
        keep_in_mind(t, s, unit, False)
        for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
            row = t.row[i]
            choose(p, t, s, row, unit, gap, 0.0)
            if s.want[row] < 0:
                cents = FAR * FAR
                break
            shift = s.want[row]
            cents += estimate(p, t, s, row, shift, place_in_route(t, s, unit, gap, shift))
        if cents < best:
            best, found = cents, gap
    return found
