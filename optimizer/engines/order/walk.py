"""Timing what a move has changed: unit by unit in the order, and no further than something changes."""

from optimizer.engines.order.linking import forget_marks, mark, mark_after
from optimizer.engines.order.state import (
    CENTS,
    DIRTY,
    ENDING,
    LATE,
    LOGGED,
    OUT_PRICE,
    RESCAN,
    SERVED,
    WORST,
    State,
)
from optimizer.engines.order.tables import Tables
from optimizer.problem import APART, BEFORE, FAR, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.timing import first_start, lateness, overtime, rested, visit_s

NEVER = 1 << 60
"""The value of what cannot be timed, or is worse than the limit."""

MOST_ROUNDS = 12
"""Rounds in which the visits of one unit wait for each other."""


@kernel
def worst_cents(p: Problem, seconds: int) -> int:
    """Return the price of a longest lateness."""
    return int((seconds * p.worst_hour_cents[0] + 1800) // 3600)


@kernel
def value(p: Problem, s: State) -> int:
    """Return the working value of the state: routes, the longest lateness, what is left out."""
    return int(s.total[CENTS] + s.total[OUT_PRICE] + worst_cents(p, s.total[WORST]))


@kernel
def reach(p: Problem, s: State, row: int, shift: int) -> tuple[int, int, int]:
    """Return when a visit can begin on its route, how many rests are taken by then, and its seconds on site.

    A rest is put off as long as it costs time and can still be taken later.
    """
    before = s.prev[row]
    if before >= 0:
        at, here, done = s.end[before], p.place[before], s.rested[before]
    else:
        at, here, done = p.start_s[shift], p.start_place[shift], 0
    stay = visit_s(p, row, shift, here)
    drive = p.travel[p.profile[shift], here, p.place[row], 0]
    ready = at + drive
    first = p.rest_ptr[shift]
    rests = p.rest_ptr[shift + 1] - first
    forced = s.forced[row] if done < rests else 0
    while done < rests:
        early, late = rested(p, first + done, at) + drive, rested(p, first + done, ready)
        then = min(early, late)
        if forced <= 0 and (then >= FAR or first_start(p, row, then) != first_start(p, row, ready)):
            break
        # Once a rest is taken on arrival, so are those after it.
        at = early - drive if early <= late else FAR
        ready = then
        forced -= 1
        done += 1
    return ready, done, stay


@kernel
def _can_rest(p: Problem, shift: int, done: int, at: int) -> bool:
    """Tell whether the rests that are still to come can be taken one after another from a moment on."""
    for rest in range(p.rest_ptr[shift] + done, p.rest_ptr[shift + 1]):
        at = rested(p, rest, at)
        if at >= FAR:
            return False
    return True


@kernel
def _time_lead(p: Problem, t: Tables, s: State, lead: int) -> bool:
    """Set the times of those who start with a lead; tell whether they can."""
    while True:
        ready = s.floor[lead]
        for i in range(t.team_ptr[lead], t.team_ptr[lead + 1]):
            row = t.team[i]
            at, s.rested[row], s.end[row] = reach(p, s, row, s.shift[row])
            ready = max(ready, at)
        start = first_start(p, lead, ready)
        if start >= FAR:
            return False
        again = False
        for i in range(t.team_ptr[lead], t.team_ptr[lead + 1]):
            row = t.team[i]
            s.start[row] = start
            s.end[row] += start
            if not _can_rest(p, s.shift[row], s.rested[row], s.end[row]):
                s.forced[row] += 1
                if s.forced[row] > p.rest_ptr[s.shift[row] + 1] - p.rest_ptr[s.shift[row]]:
                    return False
                again = True
        if not again:
            return True


@kernel
def _least(p: Problem, s: State, link: int) -> int:
    """Return the earliest start that a link leaves its second visit."""
    one = p.link_from[link]
    if p.link_order[link] == APART:
        return int(s.end[one])
    least = (s.end[one] if p.link_on_end[link] else s.start[one]) + p.link_least[link]
    if p.link_next_day[link]:
        least = max(least, p.next_day_s[s.shift[one]])
    return int(least)


@kernel
def _ties(p: Problem, t: Tables, s: State, unit: int) -> bool:
    """Set the earliest starts by links to other units; tell whether these are served, and before."""
    for i in range(t.lead_ptr[unit], t.lead_ptr[unit + 1]):
        s.floor[t.lead[i]] = 0
    for i in range(t.outer_ptr[unit], t.outer_ptr[unit + 1]):
        link = t.outer[i]
        one, other = p.link_from[link], p.link_to[link]
        if p.link_order[link] == APART:
            if t.unit_of[one] == unit:
                one, other = other, one
            if 0 <= s.at[t.unit_of[one]] < s.at[unit]:
                s.floor[other] = max(s.floor[other], s.end[one])
        elif t.unit_of[other] == unit:
            if not 0 <= s.at[t.unit_of[one]] < s.at[unit]:
                return False
            s.floor[other] = max(s.floor[other], _least(p, s, link))
    return True


@kernel
def _agree(p: Problem, t: Tables, s: State, unit: int) -> bool:
    """Raise the earliest starts of a unit's visits by the links between them; tell whether anything changed."""
    changed = False
    for i in range(t.inner_ptr[unit], t.inner_ptr[unit + 1]):
        link = t.inner[i]
        one, other = p.link_from[link], p.link_to[link]
        least = _least(p, s, link)
        if s.start[other] < least:
            s.floor[other] = max(s.floor[other], least)
            changed = True
            continue
        if p.link_order[link] != BEFORE:
            continue
        at = s.end[one] if p.link_on_end[link] else s.start[one]
        late = s.start[other] - at - p.link_most[link]
        if late > 0:
            s.floor[one] = max(s.floor[one], s.start[one] + late)
            changed = True
    return changed


@kernel
def _log(t: Tables, s: State, unit: int) -> None:
    entry = s.tally[LOGGED]
    for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
        row = t.row[i]
        s.log[entry, 0] = row
        s.log[entry, 1] = s.start[row]
        s.log[entry, 2] = s.end[row]
        s.log[entry, 3] = s.rested[row]
        s.log[entry, 4] = s.late[row]
        s.log[entry, 5] = s.over[row]
        entry += 1
    s.tally[LOGGED] = entry


@kernel
def _time_unit(p: Problem, t: Tables, s: State, unit: int) -> bool:
    """Set the times of a unit's visits; tell whether they can."""
    if not _ties(p, t, s, unit):
        return False
    for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
        s.forced[t.row[i]] = 0
    for _ in range(MOST_ROUNDS):
        for i in range(t.lead_ptr[unit], t.lead_ptr[unit + 1]):
            if not _time_lead(p, t, s, t.lead[i]):
                return False
        if t.inner_ptr[unit] == t.inner_ptr[unit + 1] or not _agree(p, t, s, unit):
            return True
    return False


@kernel
def _price(p: Problem, t: Tables, s: State, unit: int, logged: int) -> None:
    """Bring the lateness of a unit that was timed anew into the sums."""
    worst = s.total[WORST]
    for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
        row = t.row[i]
        if s.log[logged + i - t.row_ptr[unit], 5] == worst and worst > 0:
            s.tally[RESCAN] = 1
        step = p.late_ptr[row]
        if step == p.late_ptr[row + 1]:
            continue
        before = s.late[row]
        over = (s.end[row] if p.late_on_end[step] else s.start[row]) - p.late_after[step]
        if over > 0:
            s.over[row] = over
            s.late[row] = lateness(p, row, s.start[row], s.end[row])
            if over > s.total[WORST]:
                s.total[WORST] = over
        else:
            s.over[row] = 0
            s.late[row] = 0
        s.total[CENTS] += s.late[row] - before
        s.total[LATE] += s.late[row] - before


@kernel
def _pass_on(p: Problem, t: Tables, s: State, unit: int, logged: int) -> None:
    """Mark what depends on the changed times of a unit."""
    tied = False
    for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
        row = t.row[i]
        entry = logged + i - t.row_ptr[unit]
        if s.end[row] != s.log[entry, 2] or s.rested[row] != s.log[entry, 3]:
            if s.next[row] < 0 or t.unit_of[s.next[row]] != unit:
                mark_after(t, s, row, s.shift[row])
            tied = True
        elif s.start[row] != s.log[entry, 1]:
            tied = True
    if tied:
        for i in range(t.outer_ptr[unit], t.outer_ptr[unit + 1]):
            link = t.outer[i]
            one, other = t.unit_of[p.link_from[link]], t.unit_of[p.link_to[link]]
            if s.at[one] > s.at[unit]:
                mark(s, one)
            if s.at[other] > s.at[unit]:
                mark(s, other)


@kernel
def _time_end(p: Problem, s: State, shift: int) -> bool:
    """Set the overtime of a route; tell whether it is back in time."""
    row = s.tail[shift]
    cents = 0
    if row >= 0:
        drive = p.travel[p.profile[shift], p.place[row], p.end_place[shift], 0]
        first, last = p.rest_ptr[shift] + s.rested[row], p.rest_ptr[shift + 1]
        leave, found = s.end[row], False
        # Rests at the end place cost no overtime; one after the other they are taken before leaving, if they must.
        for rest in range(first, last + 1):
            ready = leave + drive
            for late in range(rest, last):
                ready = rested(p, late, ready)
            if ready <= p.latest_end_s[shift]:
                found = True
                break
            leave = rested(p, rest, leave) if rest < last else FAR
        if not found:
            return False
        cents = overtime(p, shift, leave + drive)
    entry = s.tally[LOGGED]
    s.log[entry, 0] = -1 - shift
    s.log[entry, 1] = s.back[shift]
    s.tally[LOGGED] = entry + 1
    s.total[CENTS] += cents - s.back[shift]
    s.back[shift] = cents
    return True


@kernel
def _look_for_worst(t: Tables, s: State) -> None:
    worst = 0
    for i in range(s.total[SERVED]):
        unit = s.order[i]
        for j in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
            worst = max(worst, s.over[t.row[j]])
    s.total[WORST] = worst


@kernel
def propagate(p: Problem, t: Tables, s: State, limit: int) -> int:
    """Time everything that is marked; return the value of the state, `NEVER` where it cannot be or is above the limit.

    Where it is `NEVER` the state is half done and the move must be taken back.
    """
    # What is not timed yet may lose all its lateness: so the value is at least `bound`.
    bound = s.total[CENTS] - s.total[LATE] + s.total[OUT_PRICE]
    place = 0
    while s.tally[DIRTY]:
        unit = s.order[place]
        place += 1
        if not s.dirty[unit]:
            continue
        s.dirty[unit] = False
        s.tally[DIRTY] -= 1
        logged = s.tally[LOGGED]
        _log(t, s, unit)
        if not _time_unit(p, t, s, unit):
            return NEVER
        _price(p, t, s, unit, logged)
        _pass_on(p, t, s, unit, logged)
        for i in range(t.row_ptr[unit], t.row_ptr[unit + 1]):
            bound += s.late[t.row[i]]
        if bound > limit:
            return NEVER
    for i in range(s.tally[ENDING]):
        if not _time_end(p, s, s.ending[i]):
            return NEVER
    if s.tally[RESCAN]:
        _look_for_worst(t, s)
    forget_marks(s)
    return value(p, s)
