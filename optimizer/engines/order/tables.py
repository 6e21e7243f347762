"""Lookups made once for a problem: which visits are placed together, what ties them, who may make them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.problem import ANY_ORDER, ANYONE, BEFORE, UNLIMITED, Problem, pointers

NEAR = 24
"""Near visits that are kept for each visit."""


class Tables(NamedTuple):
    """Read-only lookups. A *unit* is what has one place in the order: a job's visits, and those with a longest gap."""

    unit_of: NDArray[np.int32]
    """(job row,) its unit."""
    row_ptr: NDArray[np.int32]
    """(unit + 1,) rows of `row`."""
    row: NDArray[np.int32]
    """(entry,) the visits of each unit; who starts first stands first, mates behind their lead."""
    lead_ptr: NDArray[np.int32]
    """(unit + 1,) rows of `lead`."""
    lead: NDArray[np.int32]
    """(entry,) the leads of each unit, who starts first stands first."""
    team_ptr: NDArray[np.int32]
    """(job row + 1,) rows of `team`."""
    team: NDArray[np.int32]
    """(entry,) for each lead the visits that start with it, itself first; for others nothing."""
    inner_ptr: NDArray[np.int32]
    """(unit + 1,) rows of `inner`."""
    inner: NDArray[np.int32]
    """(entry,) links in time between visits of one unit."""
    outer_ptr: NDArray[np.int32]
    """(unit + 1,) rows of `outer`."""
    outer: NDArray[np.int32]
    """(entry,) links in time between a visit of the unit and one of another."""
    who_ptr: NDArray[np.int32]
    """(job row + 1,) rows of `who_row` and `who_kind`."""
    who_row: NDArray[np.int32]
    """(entry,) a visit that must be the same person's, or another's."""
    who_kind: NDArray[np.uint8]
    """(entry,) `SAME` or `ANOTHER`."""
    eligible_ptr: NDArray[np.int32]
    """(job row + 1,) rows of `eligible`."""
    eligible: NDArray[np.int32]
    """(entry,) the shifts that may make each visit."""
    near: NDArray[np.int32]
    """(job row, rank) the nearest visits of other units, -1 for none."""
    kind: NDArray[np.int32]
    """(shift,) equal for shifts in which the same visits from the same place at the same time have the same times."""
    limited: NDArray[np.bool_]
    """(shift,) whether it has a limit of jobs, work or driving."""
    ending: NDArray[np.bool_]
    """(shift,) whether the moment of being back can matter."""


def make_tables(problem: Problem) -> Tables:
    """Return the lookups of a problem."""
    p = problem
    unit_of = _units(p)
    units = int(unit_of.max(initial=-1)) + 1
    leads = _leads(p, unit_of, units)
    teams = [_team(p, row) if p.lead[row] == row else [] for row in range(len(p.place))]
    rows = [[row for lead in one for row in teams[lead]] for one in leads]
    inner, outer = _links(p, unit_of, units)
    who = _who(p)
    able = [np.flatnonzero(p.forbidden[row] == 0).tolist() for row in range(len(p.place))]
    return Tables(
        unit_of=unit_of,
        row_ptr=pointers(rows),
        row=_flat(rows),
        lead_ptr=pointers(leads),
        lead=_flat(leads),
        team_ptr=pointers(teams),
        team=_flat(teams),
        inner_ptr=pointers(inner),
        inner=_flat(inner),
        outer_ptr=pointers(outer),
        outer=_flat(outer),
        who_ptr=pointers(who),
        who_row=np.array([row for said in who for row, _ in said], np.int32),
        who_kind=np.array([kind for said in who for _, kind in said], np.uint8),
        eligible_ptr=pointers(able),
        eligible=_flat(able),
        near=_near(p, unit_of),
        kind=_kinds(p),
        limited=np.minimum(np.minimum(p.max_jobs, p.max_work_s), p.max_travel_s) < UNLIMITED,
        ending=(p.overtime_hour_cents > 0)
        | (np.diff(p.rest_ptr) > 0)
        | (p.latest_end_s < _latest_possible(p)),
    )


def _units(p: Problem) -> NDArray[np.int32]:
    """Return (job row,) the number of each visit's unit, ascending by its first row."""
    root = list(range(len(p.place)))

    def find(row: int) -> int:
        while root[row] != row:
            root[row] = root[root[row]]
            row = root[row]
        return row

    def join(one: int, other: int) -> None:
        a, b = find(one), find(other)
        root[max(a, b)] = min(a, b)

    for row in range(len(root)):
        join(row, int(p.lead[row]))
        for entry in range(p.part_ptr[row], p.part_ptr[row + 1]):
            join(row, int(p.part[entry]))
    for link in np.flatnonzero((p.link_order == BEFORE) & (p.link_most < UNLIMITED)):
        join(int(p.link_from[link]), int(p.link_to[link]))
    found = np.array([find(row) for row in range(len(root))], np.int64)
    return np.unique(found, return_inverse=True)[1].reshape(-1).astype(np.int32)


def _leads(p: Problem, unit_of: NDArray[np.int32], units: int) -> list[list[int]]:
    """Return the leads of each unit so that who must start first stands first."""
    found: list[list[int]] = [[] for _ in range(units)]
    for row in np.flatnonzero(p.lead == np.arange(len(p.lead))):
        found[unit_of[row]].append(int(row))
    firsts: dict[int, set[int]] = defaultdict(set)
    for link in np.flatnonzero(p.link_order == BEFORE):
        firsts[int(p.link_to[link])].add(int(p.link_from[link]))
    for unit, leads in enumerate(found):
        if len(leads) > 1:
            found[unit] = _in_order(leads, firsts)
    return found


def _in_order(leads: Sequence[int], firsts: dict[int, set[int]]) -> list[int]:
    done: list[int] = []
    left = list(leads)
    while left:
        free = [one for one in left if not firsts[one] & set(left) - {one}]
        done.append(free[0] if free else left[0])
        left.remove(done[-1])
    return done


def _team(p: Problem, lead: int) -> list[int]:
    mates = p.crew[p.crew_ptr[lead] : p.crew_ptr[lead + 1]].tolist()
    return mates or [lead]


def _links(p: Problem, unit_of: NDArray[np.int32], units: int) -> tuple[list[list[int]], list[list[int]]]:
    """Return for each unit its links in time within and to others."""
    inner: list[list[int]] = [[] for _ in range(units)]
    outer: list[list[int]] = [[] for _ in range(units)]
    for link in np.flatnonzero(p.link_order != ANY_ORDER):
        one, other = int(unit_of[p.link_from[link]]), int(unit_of[p.link_to[link]])
        if one == other:
            inner[one].append(int(link))
        else:
            outer[one].append(int(link))
            outer[other].append(int(link))
    return inner, outer


def _who(p: Problem) -> list[list[tuple[int, int]]]:
    found: list[list[tuple[int, int]]] = [[] for _ in p.place]
    for link in np.flatnonzero(p.link_who != ANYONE):
        one, other, kind = int(p.link_from[link]), int(p.link_to[link]), int(p.link_who[link])
        found[one].append((other, kind))
        found[other].append((one, kind))
    return found


def _near(p: Problem, unit_of: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return (job row, rank) the nearest visits of other units by the first means of travel."""
    rows = len(p.place)
    found = np.full((rows, min(NEAR, rows)), -1, np.int32)
    if not len(p.travel) or not rows:
        return found
    seconds = p.travel[0, :, :, 0]
    for row in range(rows):
        way = seconds[p.place[row], p.place] + seconds[p.place, p.place[row]].astype(np.int64)
        ranked = np.argsort(way, kind="stable")
        ranked = ranked[unit_of[ranked] != unit_of[row]][: found.shape[1]]
        found[row, : len(ranked)] = ranked
    return found


def _kinds(p: Problem) -> NDArray[np.int32]:
    """Return (shift,) a number for each kind; a shift with rests is of its own."""
    kinds: dict[tuple[int, ...], int] = {}
    found = []
    for shift in range(len(p.profile)):
        alone = shift if p.rest_ptr[shift] < p.rest_ptr[shift + 1] else -1
        key = (p.profile[shift], p.service_class[shift], p.next_day_s[shift], alone)
        found.append(kinds.setdefault(tuple(int(one) for one in key), len(kinds)))
    return np.array(found, np.int32)


def _latest_possible(p: Problem) -> int:
    """Return a moment by which everybody is back if there is no reason to wait beyond all windows and drives."""
    opened = int(p.window_open.max(initial=0))
    gaps = p.link_least[p.link_order == BEFORE]
    days = p.next_day_s[p.next_day_s < UNLIMITED] if p.link_next_day.any() else p.next_day_s[:0]
    begun = max(opened, int(p.start_s.max(initial=0)), int(days.max(initial=0)))
    drive = int(p.travel[..., 0].max(initial=0))
    stay = int(p.service_s.max(initial=0)) + int(p.setup_s.max(initial=0))
    return begun + (drive + stay) * (len(p.place) + 1) + int(gaps.sum())


def _flat(lists: Iterable[Sequence[int]]) -> NDArray[np.int32]:
    return np.array([one for some in lists for one in some], np.int32)
