"""Changing routes and the order, with a journal so that everything can be taken back."""

from optimizer.engines.order.state import (
    CENTS,
    DIRTY,
    ENDING,
    JOURNAL,
    LATE,
    LOGGED,
    OUT_CENTS,
    OUT_PRICE,
    OUT_WEIGHT,
    RESCAN,
    SERVED,
    WORST,
    State,
)
from optimizer.engines.order.tables import Tables
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.timing import visit_s

UNLINKED, LINKED, MOVED, INSERTED, DELETED = range(5)
"""Kinds of entries of the journal."""


@kernel
def _note(s: State, kind: int, what: int, where: int, before: int) -> None:
    entry = s.tally[JOURNAL]
    s.journal[entry, 0] = kind
    s.journal[entry, 1] = what
    s.journal[entry, 2] = where
    s.journal[entry, 3] = before
    s.tally[JOURNAL] = entry + 1


@kernel
def _around(p: Problem, s: State, row: int, shift: int) -> tuple[int, int]:
    """Return the places before and after a visit that stands in its route."""
    a, b = s.prev[row], s.next[row]
    here = p.place[a] if a >= 0 else p.start_place[shift]
    there = p.place[b] if b >= 0 else p.end_place[shift]
    return here, there


@kernel
def _weigh(p: Problem, t: Tables, s: State, row: int, shift: int, sign: int) -> None:
    """Add (or for -1 take off) what a visit that stands in its route costs and loads."""
    profile = p.profile[shift]
    here, there = _around(p, s, row, shift)
    place = p.place[row]
    cents = (
        p.travel[profile, here, place, 1]
        + p.travel[profile, place, there, 1]
        - p.travel[profile, here, there, 1]
    )
    if p.assignment_cents.size:
        cents += p.assignment_cents[row, shift]
    if s.prev[row] < 0 and s.next[row] < 0:
        # An empty route does not drive, even where start and end differ.
        cents += p.use_cents[shift] + p.travel[profile, here, there, 1]
    s.total[CENTS] += sign * cents
    if t.limited[shift]:
        driven = p.travel[profile, here, place, 0] + p.travel[profile, place, there, 0]
        site = visit_s(p, row, shift, here)
        if s.prev[row] >= 0 or s.next[row] >= 0:
            driven -= p.travel[profile, here, there, 0]
        if s.next[row] >= 0:
            site += visit_s(p, s.next[row], shift, place) - visit_s(p, s.next[row], shift, here)
        s.visits[shift] += sign
        s.driven[shift] += sign * driven
        s.work[shift] += sign * (driven + site)


@kernel
def _take_out(p: Problem, t: Tables, s: State, row: int) -> None:
    shift = s.shift[row]
    _weigh(p, t, s, row, shift, -1)
    a, b = s.prev[row], s.next[row]
    if a >= 0:
        s.next[a] = b
    else:
        s.head[shift] = b
    if b >= 0:
        s.prev[b] = a
    else:
        s.tail[shift] = a
    s.shift[row] = -1


@kernel
def _put_in(p: Problem, t: Tables, s: State, row: int, shift: int, before: int) -> None:
    after = s.next[before] if before >= 0 else s.head[shift]
    s.prev[row] = before
    s.next[row] = after
    if before >= 0:
        s.next[before] = row
    else:
        s.head[shift] = row
    if after >= 0:
        s.prev[after] = row
    else:
        s.tail[shift] = row
    s.shift[row] = shift
    _weigh(p, t, s, row, shift, 1)


@kernel
def unlink(p: Problem, t: Tables, s: State, row: int) -> None:
    """Take a visit out of its route."""
    _note(s, UNLINKED, row, s.shift[row], s.prev[row])
    _take_out(p, t, s, row)


@kernel
def link(p: Problem, t: Tables, s: State, row: int, shift: int, before: int) -> None:
    """Put a visit into a route behind another one, -1 for the first place."""
    _note(s, LINKED, row, 0, 0)
    _put_in(p, t, s, row, shift, before)


@kernel
def _shift_order(s: State, unit: int, to: int) -> None:
    """Move a unit to a place in the order; the others close up."""
    at = s.at[unit]
    while at < to:
        s.order[at] = s.order[at + 1]
        s.at[s.order[at]] = at
        at += 1
    while at > to:
        s.order[at] = s.order[at - 1]
        s.at[s.order[at]] = at
        at -= 1
    s.order[to] = unit
    s.at[unit] = to


@kernel
def _count_in(p: Problem, t: Tables, s: State, unit: int, sign: int) -> None:
    """Take a unit's price of being left out off the sums, or for -1 add it."""
    s.total[SERVED] += sign
    s.total[OUT_PRICE] -= sign * s.price[unit]
    for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
        s.total[OUT_WEIGHT] -= sign * p.weight[t.row[i]]
        s.total[OUT_CENTS] -= sign * p.unserved_cents[t.row[i]]


@kernel
def move_in_order(s: State, unit: int, to: int) -> None:
    """Give a unit another place in the order."""
    _note(s, MOVED, unit, s.at[unit], 0)
    _shift_order(s, unit, to)


@kernel
def _open_order(p: Problem, t: Tables, s: State, unit: int, to: int) -> None:
    last = s.total[SERVED]
    _count_in(p, t, s, unit, 1)
    s.order[last] = unit
    s.at[unit] = last
    _shift_order(s, unit, to)


@kernel
def _close_order(p: Problem, t: Tables, s: State, unit: int) -> None:
    _shift_order(s, unit, s.total[SERVED] - 1)
    _count_in(p, t, s, unit, -1)
    s.at[unit] = -1


@kernel
def insert_in_order(p: Problem, t: Tables, s: State, unit: int, to: int) -> None:
    """Give a left-out unit a place in the order."""
    _note(s, INSERTED, unit, 0, 0)
    _open_order(p, t, s, unit, to)


@kernel
def delete_from_order(p: Problem, t: Tables, s: State, unit: int) -> None:
    """Take a unit out of the order: it is left out."""
    _note(s, DELETED, unit, s.at[unit], 0)
    _close_order(p, t, s, unit)


@kernel
def mark(s: State, unit: int) -> None:
    """Let a unit be timed anew."""
    if not s.dirty[unit] and s.at[unit] >= 0:
        s.dirty[unit] = True
        s.tally[DIRTY] += 1


@kernel
def unmark(s: State, unit: int) -> None:
    """Let a unit keep its times."""
    if s.dirty[unit]:
        s.dirty[unit] = False
        s.tally[DIRTY] -= 1


@kernel
def mark_end(s: State, shift: int) -> None:
    """Let a route's end be timed anew."""
    if not s.is_ending[shift]:
        s.is_ending[shift] = True
        s.ending[s.tally[ENDING]] = shift
        s.tally[ENDING] += 1


@kernel
def mark_after(t: Tables, s: State, row: int, shift: int) -> None:
    """Let what comes after a visit in a route be timed anew; -1: the route's first."""
    after = s.next[row] if row >= 0 else s.head[shift]
    if after >= 0:
        mark(s, t.unit_of[after])
    elif t.ending[shift]:
        mark_end(s, shift)


@kernel
def forget_marks(s: State) -> None:
    """Let nothing be timed anew."""
    if s.tally[DIRTY]:
        for i in range(s.total[SERVED]):
            s.dirty[s.order[i]] = False
        s.tally[DIRTY] = 0
    for i in range(s.tally[ENDING]):
        s.is_ending[s.ending[i]] = False
    s.tally[ENDING] = 0
    s.tally[RESCAN] = 0


@kernel
def begin(s: State, depth: int) -> None:
    """Remember the sums, so that `go_back` can come back to here."""
    for i in range(len(s.total)):
        s.kept[depth, i] = s.total[i]


@kernel
def go_back(p: Problem, t: Tables, s: State, depth: int, journal: int, logged: int) -> None:
    """Take back everything since `begin`, down to these lengths of the journal and the log."""
    forget_marks(s)
    while s.tally[LOGGED] > logged:
        s.tally[LOGGED] -= 1
        entry = s.tally[LOGGED]
        row = s.log[entry, 0]
        if row < 0:
            s.back[-1 - row] = s.log[entry, 1]
            continue
        s.start[row] = s.log[entry, 1]
        s.end[row] = s.log[entry, 2]
        s.rested[row] = s.log[entry, 3]
        s.late[row] = s.log[entry, 4]
        s.over[row] = s.log[entry, 5]
    while s.tally[JOURNAL] > journal:
        s.tally[JOURNAL] -= 1
        entry = s.tally[JOURNAL]
        kind = s.journal[entry, 0]
        what = s.journal[entry, 1]
        if kind == UNLINKED:
            _put_in(p, t, s, what, s.journal[entry, 2], s.journal[entry, 3])
        elif kind == LINKED:
            _take_out(p, t, s, what)
        elif kind == MOVED:
            _shift_order(s, what, s.journal[entry, 2])
        elif kind == INSERTED:
            _close_order(p, t, s, what)
        else:
            _open_order(p, t, s, what, s.journal[entry, 2])
    for i in range(len(s.total)):
        s.total[i] = s.kept[depth, i]


@kernel
def leave_out_times(t: Tables, s: State, unit: int) -> None:
    """Take the lateness of a unit that is left out off the sums."""
    for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
        row = t.row[i]
        entry = s.tally[LOGGED]
        s.log[entry, 0] = row
        s.log[entry, 1] = s.start[row]
        s.log[entry, 2] = s.end[row]
        s.log[entry, 3] = s.rested[row]
        s.log[entry, 4] = s.late[row]
        s.log[entry, 5] = s.over[row]
        s.tally[LOGGED] = entry + 1
        if s.over[row] == s.total[WORST] > 0:
            s.tally[RESCAN] = 1
        s.total[CENTS] -= s.late[row]
        s.total[LATE] -= s.late[row]
        s.late[row] = 0
        s.over[row] = 0
