"""Taking units out of routes and order and putting them in, with what must be timed anew for it."""

from optimizer.engines.order.choose import choose, covered, may, place_in_route
from optimizer.engines.order.linking import (
    delete_from_order,
    forget_marks,
    insert_in_order,
    leave_out_times,
    link,
    mark,
    mark_after,
    move_in_order,
    unlink,
    unmark,
)
from optimizer.engines.order.state import CENTS, JOURNAL, LATE, OUT_PRICE, State, below
from optimizer.engines.order.tables import Tables
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

KEEP, GREEDY, CAST = range(3)
"""Who makes the visits of a unit that is moved: the same, whoever costs least, anybody."""


@kernel
def keep_in_mind(t: Tables, s: State, unit: int, keep: bool) -> None:
    """Have in mind for a unit's visits the shifts they have, or nobody."""
    for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
        s.want[t.row[i]] = s.shift[t.row[i]] if keep else -1


@kernel
def cast(p: Problem, t: Tables, s: State, row: int) -> bool:
    """Have anybody in mind for a visit who may make it; tell whether somebody was found."""
    first = t.eligible_ptr[row]
    able = t.eligible_ptr[row + 1] - first
    for _ in range(4):
        if able == 0:
            return False
        shift = t.eligible[first + below(s, able)]
        if may(p, t, s, row, shift):
            s.want[row] = shift
            return True
    return False


@kernel
def think(p: Problem, t: Tables, s: State, unit: int, gap: int, how: int, noise: float) -> bool:
    """Have shifts in mind for those visits of a unit that have none yet; tell whether all have one."""
    for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
        row = t.row[i]
        if s.want[row] >= 0:
            continue
        if how == CAST:
            cast(p, t, s, row)
        else:
            choose(p, t, s, row, unit, gap, noise)
        if s.want[row] < 0:
            return False
    return True


@kernel
def detach(p: Problem, t: Tables, s: State, unit: int) -> None:
    """Take a unit's visits out of their routes; its place in the order stays."""
    for i in range(t.row_ptr[unit + 1] - 1, t.row_ptr[unit] - 1, -1):
        row = t.row[i]
        shift, before = s.shift[row], s.prev[row]
        unlink(p, t, s, row)
        mark_after(t, s, before, shift)


@kernel
def attach(p: Problem, t: Tables, s: State, unit: int, gap: int) -> bool:
    """Put a unit's visits into the routes in mind; tell whether these may take them."""
    if not covered(p, t, s, unit):
        return False
    for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
        row = t.row[i]
        shift = s.want[row]
        link(p, t, s, row, shift, place_in_route(t, s, unit, gap, shift))
    return True


@kernel
def mark_unit(p: Problem, t: Tables, s: State, unit: int) -> None:
    """Let a unit that came to another place, what follows it and what is tied to it be timed anew."""
    mark(s, unit)
    for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
        mark_after(t, s, t.row[i], s.shift[t.row[i]])
    for i in range(t.outer_ptr[unit], t.outer_ptr[unit + 1]):
        mark(s, t.unit_of[p.link_from[t.outer[i]]])
        mark(s, t.unit_of[p.link_to[t.outer[i]]])


@kernel
def back_again(t: Tables, s: State, unit: int) -> bool:
    """Tell whether a move did no more than take a unit out and put it back, so that no time can change."""
    rows = t.row_ptr[unit + 1] - t.row_ptr[unit]
    if s.tally[JOURNAL] != 2 * rows + 1 or t.outer_ptr[unit] < t.outer_ptr[unit + 1]:
        return False
    for entry in range(rows):  # who was unlinked last stands first in the unit
        row = s.journal[entry, 1]
        if s.shift[row] != s.journal[entry, 2] or s.prev[row] != s.journal[entry, 3]:
            return False
    return True


@kernel
def settle_at(
    p: Problem, t: Tables, s: State, unit: int, gap: int, how: int, noise: float, limit: int
) -> bool:
    """Put a detached unit to a place in the order; tell whether that is possible and may be worth timing."""
    if not think(p, t, s, unit, gap, how, noise) or not attach(p, t, s, unit, gap):
        return False
    gained = s.price[unit] if s.at[unit] < 0 else 0
    if s.total[CENTS] - s.total[LATE] + s.total[OUT_PRICE] - gained > limit:
        return False
    if s.at[unit] < 0:
        insert_in_order(p, t, s, unit, gap)
    else:
        move_in_order(s, unit, gap)
        if back_again(t, s, unit):
            forget_marks(s)
            return True
    mark_unit(p, t, s, unit)
    return True


@kernel
def sound(p: Problem, t: Tables, s: State, unit: int) -> bool:
    """Tell whether a unit's visits may be made by those who have them, together."""
    keep_in_mind(t, s, unit, True)
    for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
        row = t.row[i]
        if not may(p, t, s, row, s.want[row]):
            return False
    return covered(p, t, s, unit)


@kernel
def take_away(p: Problem, t: Tables, s: State, unit: int) -> None:
    """Leave a unit out, with its lateness."""
    for i in range(t.outer_ptr[unit], t.outer_ptr[unit + 1]):
        mark(s, t.unit_of[p.link_from[t.outer[i]]])
        mark(s, t.unit_of[p.link_to[t.outer[i]]])
    detach(p, t, s, unit)
    unmark(s, unit)
    leave_out_times(t, s, unit)
    delete_from_order(p, t, s, unit)
