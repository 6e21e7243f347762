"""A plan's question with the ties cut: each route for itself, tied visits held in the spans their ties leave them.

A visit that is tied to others may start from the moment that was agreed up to the latest one at which every other
route still keeps its order. So what fits nowhere here fits nowhere with the ties either; what fits here is tried with
the ties before it is called possible.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from optimizer.engines.lns.anneal import label_all
from optimizer.engines.lns.search import Search
from optimizer.engines.lns.tables import bare_tables
from optimizer.errors import BrokenPlan
from optimizer.problem import ANY_ORDER, APART, BEFORE, FAR, SAME, Problem, Routes

ROUNDS = 100
"""Latest starts are narrowed so often at most; wider ones are no mistake, only less sharp."""
CODE = "PRECEDENCE"
"""Code of the rule that says who makes tied visits."""


class Untied(NamedTuple):
    """The question without ties, and what they leave to the served visits."""

    problem: Problem
    """The arrays; nothing is tied."""
    spans: dict[int, tuple[int, int]]
    """Served tied lead → its agreed start and its latest one."""


def has_ties(p: Problem) -> bool:
    """Tell whether any visit of a question depends on another one."""
    return bool(len(p.crew) or len(p.part) or len(p.link_from))


def crew_of(p: Problem, lead: int) -> list[int]:
    """Return the visits that start with a lead's, its own first."""
    rows: list[int] = p.crew[p.crew_ptr[lead] : p.crew_ptr[lead + 1]].tolist()
    return rows or [lead]


def on_site_s(p: Problem, row: int, shift: int, before: int) -> int:
    """Return the seconds on site of a visit in a shift that comes from a place."""
    column = p.service_class[shift]
    setup = 0 if p.site[before] == p.site[p.place[row]] else int(p.setup_s[row, column])
    return int(p.service_s[row, column]) + setup


def untied(p: Problem, routes: Routes, codes: tuple[str, ...]) -> Untied:
    """Return a question with the ties of a plan cut; one without ties stays as it is.

    Parameters
    ----------
    p : the compiled question
    routes : feasible routes of it, with their agreed starts
    codes : the code of each bit of `Problem.forbidden`; that of `CODE` is among them where there are ties

    Raises
    ------
    BrokenPlan
        The routes do not keep their agreed starts.
    """
    if not has_ties(p):
        return Untied(p, {})
    opens, closes = p.window_open.copy(), p.window_close.copy()
    for lead, start_s in routes.agreed:
        for row in crew_of(p, lead):
            windows = slice(int(p.window_ptr[row]), int(p.window_ptr[row + 1]))
            kept = [
                (max(a, start_s), b)
                for a, b in zip(opens[windows], closes[windows], strict=True)
                if b >= start_s
            ]
            kept += [(FAR, -1)] * (windows.stop - windows.start - len(kept))  # a window that is never open
            opens[windows], closes[windows] = zip(*kept, strict=True)
    loose = _cut(p)._replace(window_open=opens, window_close=closes, forbidden=_with_who(p, routes, codes))
    spans = _narrowed(p, loose, routes)
    for array in (opens, closes, loose.forbidden):
        array.flags.writeable = False
    return Untied(loose, spans)


def untied_like(
    variant: Problem, p: Problem, loose: Problem, spans: Iterable[int], *, but: int = -1
) -> Problem:
    """Return a variant of a question with its ties cut as those of the question itself are.

    Parameters
    ----------
    variant : the same jobs and shifts under other facts
    p, loose : the question with its ties and without
    spans : served tied leads, whose visits are held in the same windows
    but : a job whose windows are those of the variant
    """
    if not has_ties(p):
        return variant
    opens, closes = variant.window_open.copy(), variant.window_close.copy()
    for row in (row for lead in spans if p.job_of[lead] != but for row in crew_of(p, lead)):
        here = slice(int(variant.window_ptr[row]), int(variant.window_ptr[row + 1]))
        there = slice(int(p.window_ptr[row]), int(p.window_ptr[row + 1]))
        opens[here], closes[here] = loose.window_open[there], loose.window_close[there]
    forbidden = variant.forbidden | (loose.forbidden & ~p.forbidden)
    for array in (opens, closes, forbidden):
        array.flags.writeable = False
    return _cut(variant)._replace(window_open=opens, window_close=closes, forbidden=forbidden)


def _cut(p: Problem) -> Problem:
    """Return the problem without anything that ties visits."""
    rows, shifts = len(p.place), len(p.profile)
    none = np.zeros(0, np.int32)
    own = np.arange(rows, dtype=np.int32)
    return p._replace(
        job_of=own,
        lead=own.copy(),
        crew_ptr=np.zeros(rows + 1, np.int32),
        crew=none,
        part_ptr=np.zeros(rows + 1, np.int32),
        part=none,
        cover_row=np.full(rows, -1, np.int32),
        cover=np.zeros((0, shifts), np.uint32),
        cover_all=np.zeros(0, np.uint32),
        link_from=none,
        link_to=none,
        link_order=np.zeros(0, np.uint8),
        link_on_end=np.zeros(0, np.bool_),
        link_least=np.zeros(0, np.int64),
        link_most=np.zeros(0, np.int64),
        link_next_day=np.zeros(0, np.bool_),
        link_who=np.zeros(0, np.uint8),
        link_ptr=np.zeros(rows + 1, np.int32),
        link=none,
        standing=np.full(shifts, -1, np.int32),
    )


def _with_who(p: Problem, routes: Routes, codes: tuple[str, ...]) -> np.ndarray:
    """Return what is forbidden, with whom the ties to served visits leave no choice."""
    forbidden = p.forbidden.copy()
    shift_of = {row: shift for shift, stops in enumerate(routes.stops) for row in stops}
    for link in np.flatnonzero(p.link_who != 0).tolist():
        first, second = int(p.link_from[link]), int(p.link_to[link])
        for row, other in ((first, second), (second, first)):
            if other in shift_of:
                same = p.person == p.person[shift_of[other]]
                stopped = ~same if p.link_who[link] == SAME else same
                forbidden[row, stopped] |= np.uint32(1 << codes.index(CODE))
    for row, shift in shift_of.items():
        forbidden[row, shift] = p.forbidden[row, shift]
    return forbidden


def _narrowed(p: Problem, loose: Problem, routes: Routes) -> dict[int, tuple[int, int]]:
    """Close the windows of served tied visits where their ties or a route would not hold any more."""
    longest = max((len(stops) for stops in routes.stops), default=0) + 1
    search = Search(loose, bare_tables(loose)._replace(longest=longest), 0)
    search.load(routes)
    now = search.state.now
    if now.length.tolist() != [len(stops) for stops in routes.stops]:
        raise BrokenPlan(("Some routes to be explained are not feasible.",))
    at = {row: (shift, pos) for shift, stops in enumerate(routes.stops) for pos, row in enumerate(stops, 1)}
    earliest = dict(routes.agreed)
    latest = dict.fromkeys(earliest, FAR)
    stays = {
        lead: on_site_s(p, lead, at[lead][0], int(now.place[at[lead][0], at[lead][1] - 1]))
        for lead in earliest
    }
    for _ in range(ROUNDS):
        before = dict(latest)
        for lead in latest:
            for row in crew_of(p, lead):
                latest[lead] = min(latest[lead], _latest_start(p, search, *at[row], row))
            latest[lead] = _last_in_windows(p, lead, latest[lead])
        _through_links(p, earliest, latest, stays)
        if latest == before:
            break
        for lead, latest_s in latest.items():
            if latest_s < earliest[lead]:
                raise BrokenPlan(("Some routes to be explained do not keep their agreed starts.",))
            for row in crew_of(p, lead):
                windows = slice(int(p.window_ptr[row]), int(p.window_ptr[row + 1]))
                closes = loose.window_close[windows]
                loose.window_close[windows] = np.minimum(closes, latest_s)
        label_all(*search.kernel)
    return {lead: (earliest[lead], latest[lead]) for lead in earliest}


def _last_in_windows(p: Problem, lead: int, latest_s: int) -> int:
    """Return the latest moment in a visit's windows up to another one."""
    rows = range(int(p.window_ptr[lead]), int(p.window_ptr[lead + 1]))
    inside = [min(int(p.window_close[row]), latest_s) for row in rows if p.window_open[row] <= latest_s]
    return max(inside, default=-FAR)


def _latest_start(p: Problem, search: Search, shift: int, pos: int, row: int) -> int:
    """Return the latest start of a visit that its route allows."""
    now = search.state.now
    lanes = int(p.rest_ptr[shift + 1] - p.rest_ptr[shift]) + 1
    stay = on_site_s(p, row, shift, int(now.place[shift, pos - 1]))
    ready, go = now.ready[shift, pos, :lanes], now.go[shift, pos, :lanes]
    return int(go[ready <= go].max(initial=-FAR)) - stay


def _through_links(
    p: Problem, earliest: dict[int, int], latest: dict[int, int], stays: dict[int, int]
) -> None:
    """Lower latest starts so that the links to other served visits can hold."""
    for link in np.flatnonzero(p.link_order != ANY_ORDER).tolist():
        first, second = int(p.link_from[link]), int(p.link_to[link])
        if first not in earliest or second not in earliest:
            continue
        if p.link_order[link] == APART:
            if earliest[first] > earliest[second]:
                first, second = second, first
            latest[first] = min(latest[first], latest[second] - stays[first])
        elif p.link_order[link] == BEFORE:
            span = stays[first] if p.link_on_end[link] else 0
            latest[first] = min(latest[first], latest[second] - span - int(p.link_least[link]))
            latest[second] = min(latest[second], latest[first] + span + int(p.link_most[link]))
