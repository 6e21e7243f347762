"""Who makes the visits of a unit, and where in a route they come by a place in the order."""

from optimizer.engines.order.state import State, uniform
from optimizer.engines.order.tables import Tables
from optimizer.problem import A_TOOL, FAR, SAME, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.timing import first_start, lateness, visit_s

NOBODY = -1


@kernel
def place_in_route(t: Tables, s: State, unit: int, gap: int, shift: int) -> int:
    """Return the visit of a route behind which a unit comes that has `gap` others before it in the order; -1: first.

    Parameters
    ----------
    unit : it stands in the order still at its old place, or not at all
    """
    old = s.at[unit] if s.at[unit] >= 0 else len(s.order)
    before = NOBODY
    row = s.head[shift]
    while row >= 0:
        other = t.unit_of[row]
        if other != unit:
            at = s.at[other]
            if at - (1 if at > old else 0) >= gap:
                break
        before = row
        row = s.next[row]
    return before


@kernel
def may(p: Problem, t: Tables, s: State, row: int, shift: int) -> bool:
    """Tell whether a visit can be made in a shift, beside those of its unit that have one in mind already."""
    if p.forbidden[row, shift]:
        return False
    for i in range(t.who_ptr[row], t.who_ptr[row + 1]):
        other = t.who_row[i]
        theirs = s.want[other] if t.unit_of[other] == t.unit_of[row] else s.shift[other]
        if theirs >= 0 and (p.person[theirs] == p.person[shift]) != (t.who_kind[i] == SAME):
            return False
    lead = p.lead[row]
    mine = p.standing[shift]
    for i in range(t.team_ptr[lead], t.team_ptr[lead + 1]):
        mate = t.team[i]
        if mate == row or s.want[mate] < 0:
            continue
        theirs = p.standing[s.want[mate]]
        if s.want[mate] == shift or (mine != A_TOOL and theirs != A_TOOL and mine != theirs):
            return False
    return True


@kernel
def covered(p: Problem, t: Tables, s: State, unit: int) -> bool:
    """Tell whether the shifts in mind bring along what each crew needs together."""
    for i in range(t.lead_ptr[unit], t.lead_ptr[unit + 1]):
        lead = t.lead[i]
        need = p.cover_row[lead]
        if need < 0:
            continue
        bits = p.cover_all[need]
        for j in range(t.team_ptr[lead], t.team_ptr[lead + 1]):
            bits &= ~p.cover[need, s.want[t.team[j]]]
        if bits:
            return False
    return True


@kernel
def estimate(p: Problem, t: Tables, s: State, row: int, shift: int, before: int) -> int:
    """Return about what a visit costs behind another one in a route: the way, and lateness of itself and the next."""
    profile = p.profile[shift]
    after = s.next[before] if before >= 0 else s.head[shift]
    here = p.place[before] if before >= 0 else p.start_place[shift]
    there = p.place[after] if after >= 0 else p.end_place[shift]
    place = p.place[row]
    cents = p.travel[profile, here, place, 1] + p.travel[profile, place, there, 1]
    if before >= 0 or after >= 0:
        cents -= p.travel[profile, here, there, 1]
    else:
        cents += p.use_cents[shift]
    if p.assignment_cents.size:
        cents += p.assignment_cents[row, shift]
    at = s.end[before] if before >= 0 else p.start_s[shift]
    start = first_start(p, row, at + p.travel[profile, here, place, 0])
    if start >= FAR:
        return FAR
    end = start + visit_s(p, row, shift, here)
    cents += lateness(p, row, start, end)
    if after >= 0:
        then = first_start(p, after, end + p.travel[profile, place, there, 0])
        if then >= FAR:
            return FAR
        if then > s.start[after]:
            cents += lateness(p, after, then, then + visit_s(p, after, shift, place)) - s.late[after]
    return int(cents)


@kernel
def choose(p: Problem, t: Tables, s: State, row: int, unit: int, gap: int, noise: float) -> None:
    """Have in mind for a visit whoever costs about least at a place in the order; nobody where nobody can.

    Parameters
    ----------
    noise : each cost is raised by up to this share, at random; 0 chooses exactly
    """
    best = 1e30
    for i in range(t.eligible_ptr[row], t.eligible_ptr[row + 1]):
        shift = t.eligible[i]
        if not may(p, t, s, row, shift):
            continue
        cents = float(estimate(p, t, s, row, shift, place_in_route(t, s, unit, gap, shift)))
        if noise > 0.0:
            cents += noise * uniform(s) * (abs(cents) + 1.0)
        if cents < best:
            best = cents
            s.want[row] = shift
