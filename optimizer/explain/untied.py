"""A plan's question with the ties cut: each route for itself, tied visits held in the spans their ties leave them.

A visit that is tied to others may start from the first moment at which everybody can be there up to the latest one at
which every other route still keeps its order, whatever was agreed. So what fits nowhere here fits nowhere with the ties
either; what fits here is tried with the ties before it is called possible.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from optimizer.engines.lns.anneal import label_all
from optimizer.engines.lns.search import Search
from optimizer.engines.lns.tables import bare_tables
from optimizer.errors import BrokenPlan
from optimizer.explain.patches import shown
from optimizer.problem import ANY_ORDER, APART, BEFORE, FAR, SAME, UNLIMITED, Problem, Routes
from optimizer.schedule.reference import by_reference
from optimizer.schedule.timing import last_on_day_before, next_day

ROUNDS = 100
"""Spans are narrowed so often at most; wider ones are no mistake, only less sharp."""
CODE = "PRECEDENCE"
"""Code of the rule that says who makes tied visits."""


class Untied(NamedTuple):
    """The question without ties, and what they leave to the served visits."""

    problem: Problem
    """The arrays; nothing is tied."""
    spans: dict[int, tuple[int, int]]
    """Served tied lead → its earliest start and its latest one."""


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
    loose = _cut(p)._replace(forbidden=shown(_with_who(p, routes, codes)))
    return _narrowed(p, loose, routes)


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
    return _cut(variant)._replace(
        window_open=shown(opens), window_close=shown(closes), forbidden=shown(forbidden)
    )


def _cut(p: Problem) -> Problem:
    """Return the problem without anything that ties visits; halts at branches still belong to their jobs."""
    rows, shifts = len(p.place), len(p.profile)
    none = np.zeros(0, np.int32)
    own = np.arange(rows, dtype=np.int32)
    arrays = {
        "job_of": np.where(p.shelf < 0, own, p.job_of),
        "lead": own,
        "crew_ptr": np.zeros(rows + 1, np.int32),
        "crew": none,
        "part_ptr": np.zeros(rows + 1, np.int32),
        "part": none,
        "cover_row": np.full(rows, -1, np.int32),
        "cover": np.zeros((0, shifts), np.uint32),
        "cover_all": np.zeros(0, np.uint32),
        "link_from": none,
        "link_to": none,
        "link_order": np.zeros(0, np.uint8),
        "link_on_end": np.zeros(0, np.bool_),
        "link_least": np.zeros(0, np.int64),
        "link_most": np.zeros(0, np.int64),
        "link_next_day": np.zeros(0, np.bool_),
        "link_who": np.zeros(0, np.uint8),
        "link_ptr": np.zeros(rows + 1, np.int32),
        "link": none,
        "standing": np.full(shifts, -1, np.int32),
    }
    return p._replace(**{name: shown(array) for name, array in arrays.items()})


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


def _narrowed(p: Problem, loose: Problem, routes: Routes) -> Untied:
    """Narrow the windows of served tied visits to where their ties and routes can hold."""
    windows = (p.window_open.copy(), p.window_close.copy())
    loose = loose._replace(window_open=shown(windows[0]), window_close=shown(windows[1]))
    longest = max((len(stops) for stops in routes.stops), default=0) + 1
    # Without the ties it can be cheaper to ride by day, which is work: a week's hours are not looked at here.
    unlimited = shown(np.full_like(loose.group_max_work_s, UNLIMITED))
    any_hours = loose._replace(group_max_work_s=unlimited)
    search = Search(any_hours, bare_tables(any_hours)._replace(longest=longest), 0)
    search.load(routes)
    now = search.state.now
    if now.length.tolist() != [len(stops) for stops in routes.stops]:
        raise BrokenPlan(("Some routes to be explained are not feasible.",))
    at = {row: (shift, pos) for shift, stops in enumerate(routes.stops) for pos, row in enumerate(stops, 1)}
    agreed = dict(routes.agreed)
    spans = _Spans(
        p, {lead: at[lead][0] for lead in agreed}, _stays(p, now.place, {x: at[x] for x in agreed})
    )
    for _ in range(ROUNDS):
        before = (dict(spans.earliest), dict(spans.latest))
        for lead in agreed:
            for row in crew_of(p, lead):
                first, last = _by_route(p, search, *at[row], row)
                spans.earliest[lead] = max(spans.earliest[lead], first)
                spans.latest[lead] = min(spans.latest[lead], last)
            spans.latest[lead] = _last_in_windows(p, lead, spans.latest[lead])
        spans.narrow()
        if before == (spans.earliest, spans.latest):
            break
        for lead, start_s in agreed.items():
            if not spans.earliest[lead] <= start_s <= spans.latest[lead]:
                raise BrokenPlan(("Some routes to be explained do not keep their agreed starts.",))
            if (before[0][lead], before[1][lead]) == (spans.earliest[lead], spans.latest[lead]):
                continue
            for row in crew_of(p, lead):
                _hold(p, windows, row, spans.earliest[lead], spans.latest[lead])
        label_all(*search.kernel)
    return Untied(loose, {lead: (spans.earliest[lead], spans.latest[lead]) for lead in agreed})


def _stays(p: Problem, places: np.ndarray, at: dict[int, tuple[int, int]]) -> dict[int, int]:
    """Return the seconds on site of served visits, without set-up where another visit could come right before."""
    here, many = np.unique(p.site[p.place], return_counts=True)
    visits = dict(zip(here.tolist(), many.tolist(), strict=True))
    stays = {}
    for lead, (shift, pos) in at.items():
        alone = visits[int(p.site[p.place[lead]])] == len(crew_of(p, lead))
        before = int(places[shift, pos - 1]) if alone else int(p.place[lead])
        stays[lead] = on_site_s(p, lead, shift, before)
    return stays


def _by_route(p: Problem, search: Search, shift: int, pos: int, row: int) -> tuple[int, int]:
    """Return the earliest and the latest start of a visit that its route allows."""
    now = search.state.now
    lanes = int(p.rest_ptr[shift + 1] - p.rest_ptr[shift]) + 1
    stay = on_site_s(p, row, shift, int(now.place[shift, pos - 1]))
    ready, go = now.ready[shift, pos, :lanes], now.go[shift, pos, :lanes]
    in_time = ready <= go
    return int(ready[in_time].min(initial=FAR)) - stay, int(go[in_time].max(initial=-FAR)) - stay


def _last_in_windows(p: Problem, lead: int, latest_s: int) -> int:
    """Return the latest moment in a visit's windows up to another one."""
    rows = range(int(p.window_ptr[lead]), int(p.window_ptr[lead + 1]))
    inside = [min(int(p.window_close[row]), latest_s) for row in rows if p.window_open[row] <= latest_s]
    return max(inside, default=-FAR)


def _hold(p: Problem, held: tuple[np.ndarray, np.ndarray], row: int, earliest_s: int, latest_s: int) -> None:
    """Hold the windows of a visit in a span."""
    windows = slice(int(p.window_ptr[row]), int(p.window_ptr[row + 1]))
    opens = np.maximum(p.window_open[windows], earliest_s)
    closes = np.minimum(p.window_close[windows], latest_s)
    kept = opens <= closes
    held[0][windows], held[1][windows] = FAR, -1  # a window that is never open
    some = slice(windows.start, windows.start + int(kept.sum()))
    held[0][some], held[1][some] = opens[kept], closes[kept]


class _Spans:
    """When served tied visits can start, narrowed by the links between them.

    Parameters
    ----------
    p : the question with its ties
    shift_of : the shift of each served tied lead
    stays : its seconds on site
    """

    def __init__(self, p: Problem, shift_of: dict[int, int], stays: dict[int, int]) -> None:
        self._p = p
        self._kernel = by_reference(p)
        self._stays = stays
        self._shift_of = shift_of
        self._links = [
            (link, int(p.link_from[link]), int(p.link_to[link]))
            for link in np.flatnonzero(p.link_order != ANY_ORDER).tolist()
            if int(p.link_from[link]) in stays and int(p.link_to[link]) in stays
        ]
        self.earliest = dict.fromkeys(stays, -FAR)
        self.latest = dict.fromkeys(stays, FAR)

    def narrow(self) -> None:
        """Narrow the spans so that the links can hold."""
        p = self._p
        for link, first, second in self._links:
            if p.link_order[link] == APART:
                self._apart(first, second)
            elif p.link_order[link] == BEFORE:
                span = self._stays[first] if p.link_on_end[link] else 0
                longest = self._longest_s(first) if p.link_on_end[link] else 0
                most = longest + int(p.link_most[link])
                self._after(first, second, span + int(p.link_least[link]))
                self.latest[second] = min(self.latest[second], self.latest[first] + most)
                self.earliest[first] = max(self.earliest[first], self.earliest[second] - most)
                if p.link_next_day[link]:
                    self._next_day(first, second)

    def _next_day(self, first: int, second: int) -> None:
        shift = self._shift_of[first]
        opens = next_day(self._kernel, shift, self.earliest[first])
        self.earliest[second] = max(self.earliest[second], opens)
        until = last_on_day_before(self._kernel, shift, self.latest[second])
        self.latest[first] = min(self.latest[first], until)

    def _longest_s(self, lead: int) -> int:
        """Return the seconds on site of a visit that comes from elsewhere, set-up included."""
        column = self._p.service_class[self._shift_of[lead]]
        return int(self._p.service_s[lead, column] + self._p.setup_s[lead, column])

    def _after(self, first: int, second: int, gap_s: int) -> None:
        self.earliest[second] = max(self.earliest[second], self.earliest[first] + gap_s)
        self.latest[first] = min(self.latest[first], self.latest[second] - gap_s)

    def _apart(self, one: int, other: int) -> None:
        """Put two that keep apart in order where only one order is left."""
        orders = [
            pair
            for pair in ((one, other), (other, one))
            if self.earliest[pair[0]] + self._stays[pair[0]] <= self.latest[pair[1]]
        ]
        if len(orders) == 1:
            self._after(*orders[0], self._stays[orders[0][0]])
