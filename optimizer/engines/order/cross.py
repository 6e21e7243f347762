"""The move that lets two routes exchange their ends."""

from optimizer.engines.order.linking import link, mark, mark_after, mark_end, unlink
from optimizer.engines.order.moves import near_by
from optimizer.engines.order.placing import sound
from optimizer.engines.order.state import CENTS, LATE, OUT_PRICE, SERVED, State, below
from optimizer.engines.order.tables import Tables
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel


@kernel
def cross(p: Problem, t: Tables, s: State, limit: int) -> bool:
    """Let two routes exchange all that comes after a moment in the order, so that a near visit follows."""
    unit = s.order[below(s, s.total[SERVED])]
    row = t.row[t.row_ptr[unit] + below(s, t.row_ptr[unit + 1] - t.row_ptr[unit])]
    near = near_by(t, s, row)
    if near < 0 or s.shift[near] < 0 or s.at[t.unit_of[near]] <= s.at[unit]:
        return False
    one, two = s.shift[row], s.shift[near]
    if one == two:
        return False
    mine, right = s.next[row], s.prev[near]
    if mine >= 0 and right >= 0 and s.at[t.unit_of[right]] >= s.at[t.unit_of[mine]]:
        return False
    if not _fit_tail(p, s, mine, two) or not _fit_tail(p, s, near, one):
        return False
    if _cross_floor(p, s, row, near, one, two) > limit:
        return False
    kept = _cut(p, t, s, row, one, 0)
    moved = _cut(p, t, s, right, two, kept)
    _splice(p, t, s, right, two, 0, kept)
    _splice(p, t, s, row, one, kept, moved)
    for i in range(moved):
        unit = t.unit_of[s.bank[i]]
        if not sound(p, t, s, unit):
            return False
        if t.kind[one] != t.kind[two]:
            mark(s, unit)
    mark_after(t, s, row, one)
    mark_after(t, s, right, two)
    if t.ending[one]:
        mark_end(s, one)
    if t.ending[two]:
        mark_end(s, two)
    return True


@kernel
def _fit_tail(p: Problem, s: State, row: int, shift: int) -> bool:
    while row >= 0:
        if p.forbidden[row, shift]:
            return False
        row = s.next[row]
    return True


@kernel
def _cross_floor(p: Problem, s: State, row: int, near: int, one: int, two: int) -> int:
    """Return what the state is worth at least after `cross`; 0 where that is not seen at once."""
    if p.profile[one] != p.profile[two] or p.end_place[one] != p.end_place[two] or p.assignment_cents.size:
        return 0
    mine, right = s.next[row], s.prev[near]
    profile = p.profile[one]
    here = p.place[row]
    there = p.place[near]
    follows = p.place[mine] if mine >= 0 else p.end_place[one]
    precedes = p.place[right] if right >= 0 else p.start_place[two]
    cents = s.total[CENTS] - s.total[LATE] + s.total[OUT_PRICE] - p.use_cents[two]
    cents += p.travel[profile, here, there, 1] - p.travel[profile, here, follows, 1]
    cents -= p.travel[profile, precedes, there, 1]
    if right >= 0 or mine >= 0:
        cents += p.travel[profile, precedes, follows, 1]
    return int(cents)


@kernel
def _cut(p: Problem, t: Tables, s: State, before: int, shift: int, entry: int) -> int:
    """Take all visits behind one out of a route, into the bank from an entry on; return the entry behind the last."""
    row = s.next[before] if before >= 0 else s.head[shift]
    while row >= 0:
        after = s.next[row]
        unlink(p, t, s, row)
        s.bank[entry] = row
        entry += 1
        row = after
    return entry


@kernel
def _splice(p: Problem, t: Tables, s: State, before: int, shift: int, first: int, last: int) -> None:
    """Put visits of the bank into a route behind one."""
    for entry in range(first, last):
        link(p, t, s, s.bank[entry], shift, before)
        before = s.bank[entry]
