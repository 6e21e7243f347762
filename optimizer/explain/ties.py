"""What ties the jobs of a plan: the visits a job takes, and when and after what they may begin."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from optimizer.compile.layout import Visits
from optimizer.explain.codes import CREW, PRECEDENCE, SHARED_TOOL
from optimizer.explain.untied import Untied, crew_of, has_ties, on_site_s
from optimizer.problem import ANY_ORDER, APART, BEFORE, FAR, Problem, Routes
from optimizer.schedule.reference import by_reference
from optimizer.schedule.timing import next_day

Span = tuple[int, int]
"""First and last second, both included."""
ALWAYS: Final[Span] = (-FAR, FAR)
"""No bound at all."""


class Bound(NamedTuple):
    """What one link to a served job leaves to the start of a visit."""

    other: int
    """Row of the other job."""
    spans: tuple[Span, ...]
    """When it may start, ascending."""
    apart: bool
    """The two must only not overlap."""


class Ties:
    """The ties of a plan's jobs.

    Parameters
    ----------
    problem : the compiled question with its ties
    routes : the plan's routes
    untied : the same without ties
    visits : what the rows of the problem stand for
    """

    def __init__(self, problem: Problem, routes: Routes, untied: Untied, visits: Visits) -> None:
        self.problem = problem
        self.kernel = by_reference(problem)
        """The same for kernels."""
        self.visits = visits
        self.spans = untied.spans
        self.shift_of = {row: shift for shift, stops in enumerate(routes.stops) for row in stops}
        self._routes = routes
        self._rows: dict[int, list[int]] = {}
        for row in np.flatnonzero(problem.shelf < 0).tolist():
            self._rows.setdefault(int(problem.job_of[row]), []).append(row)
        self._linked = set(problem.link_from.tolist()) | set(problem.link_to.tolist())

    @property
    def any(self) -> bool:
        """Tell whether anything is tied at all."""
        return has_ties(self.problem)

    def rows(self, job: int) -> list[int]:
        """Return the rows of all visits of a job, its first one first."""
        return self._rows[job]

    def parts(self, job: int) -> list[list[int]]:
        """Return the visits of each part of a job, the lead of each first, tools last."""
        p = self.problem
        leads: list[int] = p.part[p.part_ptr[job] : p.part_ptr[job + 1]].tolist() or [job]
        return [crew_of(p, lead) for lead in leads]

    def is_tied(self, job: int) -> bool:
        """Tell whether a job takes several visits or is linked to others."""
        return len(self._rows[job]) > 1 or job in self._linked

    def in_time(self, job: int) -> bool:
        """Tell whether a served job has agreed starts."""
        return any(lead[0] in self.spans for lead in self.parts(job))

    def kinds_of(self, rows: Iterable[int]) -> tuple[str, ...]:
        """Return the codes of the ties that bear on the times of these visits."""
        p, found = self.problem, []
        for lead in {int(p.lead[row]) for row in rows}:
            crew = crew_of(p, lead)
            if sum(not self.is_tool(row) for row in crew) > 1:
                found.append(CREW)
            if any(self.is_tool(row) for row in crew):
                found.append(SHARED_TOOL)
            links = list(self._links_of((lead,)))
            if any(p.link_order[link] != ANY_ORDER for link in links):
                found.append(PRECEDENCE)
        return tuple(dict.fromkeys(found))

    def is_tool(self, row: int) -> bool:
        """Tell whether a visit is a shared tool's."""
        return self.visits.rows[row].seat < 0

    def left_out_before(self, job: int) -> tuple[int, ...]:
        """Return the jobs that must come before a job and are left out."""
        p = self.problem
        found = [
            int(p.job_of[p.link_from[link]])
            for link in self._links_of(self.rows(job))
            if p.link_order[link] == BEFORE and int(p.job_of[p.link_to[link]]) == job
        ]
        return tuple(one for one in dict.fromkeys(found) if one != job and one not in self.shift_of)

    def needed_by(self, job: int) -> tuple[int, ...]:
        """Return the served jobs that can only be served where this one is."""
        p = self.problem
        found = [
            int(p.job_of[p.link_to[link]])
            for link in self._links_of(self.rows(job))
            if p.link_order[link] == BEFORE and int(p.job_of[p.link_from[link]]) == job
        ]
        return tuple(one for one in dict.fromkeys(found) if one != job and one in self.shift_of)

    def linked(self, job: int, other: int) -> bool:
        """Tell whether two jobs are linked to each other."""
        p = self.problem
        ends = {
            int(p.job_of[row])
            for link in self._links_of(self.rows(job))
            for row in (p.link_from[link], p.link_to[link])
        }
        return other in ends

    def bounds(self, lead: int, stay_s: int, *, longest: bool = True, without: int = -1) -> Iterator[Bound]:
        """Yield what the links to served visits of other jobs leave to a lead's start.

        Parameters
        ----------
        lead : a visit that stands in no route, or is to stand elsewhere
        stay_s : seconds it takes at least
        longest : keep the longest gaps as well
        without : a job that is left out
        """
        p = self.problem
        for link in self._links_of((lead,)):
            first, second = int(p.link_from[link]), int(p.link_to[link])
            other = second if first == lead else first
            if p.job_of[other] == without:
                continue
            if (
                p.link_order[link] == ANY_ORDER
                or p.job_of[other] == p.job_of[lead]
                or other not in self.spans
            ):
                continue
            earliest, latest = self.spans[other]
            least, most = int(p.link_least[link]), int(p.link_most[link]) if longest else FAR
            if p.link_order[link] == APART:
                before, after = (-FAR, latest - stay_s), (earliest + self.stay_s(other), FAR)
                spans = (before, after) if before[1] < after[0] else (ALWAYS,)
            elif other == first:
                gone = self.stay_s(other) if p.link_on_end[link] else 0
                opens = earliest + gone + least
                if p.link_next_day[link]:
                    opens = max(opens, next_day(self.kernel, self.shift_of[other], earliest))
                spans = ((opens, min(FAR, latest + gone + most)),)
            else:
                gone = stay_s if p.link_on_end[link] else 0
                spans = ((max(-FAR, earliest - gone - most), latest - gone - least),)
            yield Bound(int(p.job_of[other]), spans, bool(p.link_order[link] == APART))

    def order(self, row: int) -> Iterator[tuple[int, bool]]:
        """Yield the served visits that have to come before (true) or after a visit, where both are in one route."""
        p = self.problem
        for link in self._links_of((row,)):
            first, second = int(p.link_from[link]), int(p.link_to[link])
            if p.link_order[link] == BEFORE:
                yield (first, True) if row == second else (second, False)

    def stay_s(self, row: int) -> int:
        """Return the seconds on site of a served visit."""
        p, shift = self.problem, self.shift_of[row]
        stops = self._routes.stops[shift]
        pos = stops.index(row)
        before = int(p.place[stops[pos - 1]]) if pos else int(p.start_place[shift])
        return on_site_s(p, row, shift, before)

    def _links_of(self, rows: Iterable[int]) -> Iterator[int]:
        p = self.problem
        for row in rows:
            yield from p.link[p.link_ptr[row] : p.link_ptr[row + 1]].tolist()


def common(one: Sequence[Span], other: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans that lie in both, ascending."""
    found = {(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) <= min(b, d)}
    return tuple(sorted(found))


def windows(p: Problem, row: int) -> tuple[Span, ...]:
    """Return the windows of a visit."""
    rows = slice(int(p.window_ptr[row]), int(p.window_ptr[row + 1]))
    return tuple(zip(p.window_open[rows].tolist(), p.window_close[rows].tolist(), strict=True))
