"""All ways to put a left-out job into routes with ties, the long way: every place of every visit, every rest anywhere.

All other stops keep their technicians and their order, and the starts of tied visits are agreed anew each time. A twin
of what is said about the slots of jobs that are tied to others.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

import numpy as np

from optimizer.problem import A_TOOL, ANY_ORDER, APART, BEFORE, SAME, Problem, Routes
from tests.oracle.next_days import evenings, next_day
from tests.oracle.sharing import jobs_of, parts_suffice, rivals_meet
from tests.oracle.timing import Twin
from tests.oracle.ways import Passage, Way, Ways

Route = tuple[int, ...]
Begins = dict[int, int]


class _OneOrder(Ways):
    """The ways of a shift through one order of visits: its rests anywhere."""

    def __init__(self, problem: Problem, twin: Twin, shift: int) -> None:
        self._twin = twin
        self._shift = shift
        self._lead: list[int] = problem.lead.tolist()

    def through(self, order: Route) -> list[Way]:
        """Return the ways that get through in time when nobody has to wait for others."""
        return list(self._rested(order))


class TiedInsertions:
    """Insertions into the routes of a small problem without congestion.

    Parameters
    ----------
    problem : the compiled question
    routes : its routes
    """

    def __init__(self, problem: Problem, routes: Routes) -> None:
        self._p = problem
        self._routes = routes
        self._twin = Twin(problem)
        self._of = [_OneOrder(problem, self._twin, shift) for shift in range(len(problem.profile))]
        self._lead: list[int] = problem.lead.tolist()
        self._known: dict[tuple[int, Route], list[Way]] = {}

    def rows(self, job: int) -> list[int]:
        """Return the visits of a job; nothing is fetched on the way for it."""
        rows = range(len(self._lead))
        return [row for row in rows if self._p.job_of[row] == job and self._p.shelf[row] < 0]

    def size(self, job: int) -> int:
        """Return how many insertions there are to try, at most."""
        size = 1
        for row in self.rows(job):
            size *= sum(len(self._routes.stops[shift]) + 1 for shift in self._able(row))
        return size

    def possible(self, job: int, lead_shift: int) -> bool:
        """Tell whether all visits of a job can be put in with its lead in a certain shift."""
        return any(self.fits(stops) for stops in self.insertions(job, lead_shift))

    def insertions(self, job: int, lead_shift: int) -> Iterator[list[Route]]:
        """Yield the routes with all visits of a job put in, in every way that the people allow."""
        rows = self.rows(job)
        if not self._comes_after_served(job):
            return
        able = [[lead_shift] if row == job else self._able(row) for row in rows]
        if lead_shift not in self._able(job):
            return
        for shifts in product(*able):
            placed = dict(zip(rows, shifts, strict=True))
            if self._days_hold(placed) and self._crews_hold(placed) and self._who_holds(placed):
                yield from self._in_order(placed, list(self._routes.stops))

    def fits(self, stops: Sequence[Route]) -> bool:
        """Tell whether routes can be timed with every tie, limits and parts kept."""
        p = self._p
        if any(jobs_of(p, route) > p.max_jobs[shift] for shift, route in enumerate(stops)):
            return False
        if not parts_suffice(p, stops) or rivals_meet(p, stops):
            return False
        offers = [self._ways(shift, route) for shift, route in enumerate(stops) if route]
        if not all(offers):
            return False
        at = {row: shift for shift, route in enumerate(stops) for row in route}
        links = [
            link
            for link in range(len(p.link_from))
            if p.link_order[link] != ANY_ORDER and p.link_from[link] in at and p.link_to[link] in at
        ]
        begins = {
            int(p.link_to[link]): evenings(p, at[int(p.link_from[link])])[0].next_day_s
            for link in links
            if p.link_next_day[link] and p.link_order[link] == BEFORE
        }
        return self._go_on(sorted(offers, key=len), [], begins, links)

    def _ways(self, shift: int, route: Route) -> list[Way]:
        if (shift, route) not in self._known:
            p = self._p
            found = []
            for way in self._of[shift].through(route):
                places = self._twin.places(shift, route)
                on_site = sum(self._twin.stay(row, shift, at) for row, at in zip(route, places, strict=False))
                driven = way.work_s - on_site
                if way.work_s <= p.max_work_s[shift] and driven <= p.max_travel_s[shift]:
                    found.append(way)
            self._known[shift, route] = found
        return self._known[shift, route]

    def _able(self, row: int) -> list[int]:
        return np.flatnonzero(self._p.forbidden[row] == 0).tolist()

    def _comes_after_served(self, job: int) -> bool:
        """Tell whether all that must come before a job is served."""
        p = self._p
        served = {row for route in self._routes.stops for row in route}
        return all(
            int(p.link_from[link]) in served
            for link in range(len(p.link_from))
            if p.link_order[link] == BEFORE
            and p.job_of[p.link_to[link]] == job
            and p.job_of[p.link_from[link]] != job
        )

    def _days_hold(self, placed: Mapping[int, int]) -> bool:
        """Tell whether all visits are in different shifts, but for the parts of a job on a trip."""
        return not any(
            shift == other and (self._lead[row] == self._lead[mate] or len(evenings(self._p, shift)) == 1)
            for (row, shift), (mate, other) in combinations(placed.items(), 2)
        )

    def _crews_hold(self, placed: Mapping[int, int]) -> bool:
        p = self._p
        for lead in {self._lead[row] for row in placed}:
            shifts = [shift for row, shift in placed.items() if self._lead[row] == lead]
            if len({int(p.standing[shift]) for shift in shifts} - {A_TOOL}) > 1:
                return False
            row = int(p.cover_row[lead])
            if row >= 0:
                bits = int(np.bitwise_or.reduce(p.cover[row, shifts]))
                if bits != int(p.cover_all[row]):
                    return False
        return True

    def _who_holds(self, placed: Mapping[int, int]) -> bool:
        p = self._p
        at = {row: shift for shift, route in enumerate(self._routes.stops) for row in route} | dict(placed)
        for link in np.flatnonzero(p.link_who != 0).tolist():
            first, second = int(p.link_from[link]), int(p.link_to[link])
            if first in at and second in at:
                same = p.person[at[first]] == p.person[at[second]]
                if bool(same) != bool(p.link_who[link] == SAME):
                    return False
        return True

    def _in_order(self, placed: Mapping[int, int], stops: list[Route]) -> Iterator[list[Route]]:
        """Yield the routes with visits put in, each at every place."""
        if not placed:
            yield stops
            return
        (row, shift), *others = placed.items()
        for place in range(len(stops[shift]) + 1):
            longer = (*stops[shift][:place], row, *stops[shift][place:])
            yield from self._in_order(dict(others), [*stops[:shift], longer, *stops[shift + 1 :]])

    def _go_on(
        self, offers: Sequence[list[Way]], chosen: list[Way], begins: Begins, links: Sequence[int]
    ) -> bool:
        """Choose a way for one more shift; the begins only rise with every choice."""
        if not offers:
            return self._weeks_hold(chosen) and self._apart(chosen, begins, links, ())
        for way in offers[0]:
            later = dict(begins)
            in_time = self._raised([*chosen, way], later, links, ()) is not None
            if in_time and self._go_on(offers[1:], [*chosen, way], later, links):
                return True
        return False

    def _weeks_hold(self, chosen: Sequence[Way]) -> bool:
        p = self._p
        for group in range(len(p.group_max_jobs)):
            mine = [way for way in chosen if p.group[way.shift] == group]
            if sum(jobs_of(p, way.order) for way in mine) > p.group_max_jobs[group]:
                return False
            if sum(way.work_s for way in mine) > p.group_max_work_s[group]:
                return False
        return True

    def _apart(
        self, chosen: list[Way], begins: Begins, links: Sequence[int], orders: tuple[tuple[int, int], ...]
    ) -> bool:
        later = dict(begins)
        passages = self._raised(chosen, later, links, orders)
        if passages is None:
            return False
        start, end = _clock(chosen, passages)
        for link in links:
            one, other = int(self._p.link_from[link]), int(self._p.link_to[link])
            if self._p.link_order[link] == APART and start[one] < end[other] and start[other] < end[one]:
                return any(
                    self._apart(chosen, later, links, (*orders, pair))
                    for pair in ((one, other), (other, one))
                )
        return True

    def _raised(
        self, chosen: list[Way], begins: Begins, links: Sequence[int], orders: tuple[tuple[int, int], ...]
    ) -> list[Passage] | None:
        """Raise the begins of leads until nothing is too early; return the passages, none where that is too late."""
        p = self._p
        while True:
            passages = []
            for way in chosen:
                passage = self._of[way.shift].passage(way, begins)
                if passage is None:
                    return None
                passages.append(passage)
            start, end = _clock(chosen, passages)
            shift_of = {row: way.shift for way in chosen for row in way.order}
            before = dict(begins)
            for row in start:
                if self._lead.count(self._lead[row]) > 1:
                    _raise(begins, self._lead[row], start[row])
            for link in links:
                first, second = int(p.link_from[link]), int(p.link_to[link])
                if p.link_order[link] != BEFORE or first not in start or second not in start:
                    continue
                since = end[first] if p.link_on_end[link] else start[first]
                _raise(begins, second, since + int(p.link_least[link]))
                if p.link_next_day[link]:
                    _raise(begins, second, next_day(p, shift_of[first], start[first]))
                _raise(begins, first, start[second] - int(p.link_most[link]) - (since - start[first]))
            for first, second in orders:
                _raise(begins, second, end[first])
            if begins == before:
                return passages


def _raise(begins: Begins, lead: int, at: int) -> None:
    if at > begins.get(lead, -1):
        begins[lead] = at


def _clock(chosen: Sequence[Way], passages: Sequence[Passage]) -> tuple[Begins, Begins]:
    """Return when each visit starts and ends."""
    start: Begins = {}
    end: Begins = {}
    for way, passage in zip(chosen, passages, strict=True):
        start.update(zip(way.order, passage.start, strict=True))
        end.update(zip(way.order, passage.end, strict=True))
    return start, end
