"""The web of tied visits in given routes: who starts together, who comes after whom, who keeps apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from optimizer.problem import APART, BEFORE, FAR, UNLIMITED, Problem, tied
from optimizer.schedule.agree.lanes_of_route import LanesOfRoute, Visit
from optimizer.schedule.reference import by_reference
from optimizer.schedule.timing import last_on_day_before, next_day

Starts = Mapping[int, int]
"""Lead → second at which its crew starts."""


class Circle(NamedTuple):
    """Tied visits that wait for each other for ever."""

    leads: tuple[int, ...]
    """Each waits for the one before it, the first for the last."""
    links: tuple[int, ...]
    """The links of the problem among what makes them wait; without any, the orders alone contradict each other."""


class Tie(NamedTuple):
    """The second lead starts after the first one."""

    first: int
    second: int
    base_s: int
    """Gaps count from so many seconds after the first one's start."""
    least_s: int = 0
    most_s: int = UNLIMITED
    days_of: tuple[int, ...] = ()
    """The second one starts on the next working day after the first one's in these shifts, or later."""
    link: int = -1
    """The link of the problem; -1: two that keep apart."""

    def too_early_s(self, first_s: int, second_s: int) -> int:
        """Return by how much the first has to start later, so that the second does not start too late."""
        return max(0, second_s - first_s - self.base_s - self.most_s)


class Web:
    """The tied visits of some routes.

    Parameters
    ----------
    problem : the compiled question
    stops : for each shift its job rows in order; any orders
    """

    def __init__(self, problem: Problem, stops: Sequence[tuple[int, ...]]) -> None:
        self.kernel = by_reference(problem)
        self.visits: dict[int, list[Visit]] = defaultdict(list)
        """Lead → where its crew stands."""
        self.routes: dict[int, LanesOfRoute] = {}
        """The routes with tied visits by shift."""
        self._leads_of: dict[int, list[tuple[int, int]]] = {}
        is_tied, lead_of = tied(problem).tolist(), problem.lead.tolist()
        for shift, jobs in enumerate(stops):
            found = [(i, lead_of[job]) for i, job in enumerate(jobs, start=1) if is_tied[lead_of[job]]]
            for position, lead in found:
                self.visits[lead].append(Visit(shift, position))
            if found:
                self.routes[shift] = LanesOfRoute(problem, self.kernel, shift, jobs)
                self._leads_of[shift] = found
        self._problem = problem
        self.links = tuple(self._links())
        """What is said by the problem's links."""
        pairs = zip(problem.link_from.tolist(), problem.link_to.tolist(), problem.link_order, strict=True)
        self.apart = tuple(
            (one, other)
            for one, other, order in pairs
            if order == APART and one in self.visits and other in self.visits
        )
        """Pairs of leads that are never under way at the same time."""

    def _links(self) -> Iterator[Tie]:
        p = self._problem
        for link in (p.link_order == BEFORE).nonzero()[0].tolist():
            row, second = int(p.link_from[link]), int(p.lead[p.link_to[link]])
            first = int(p.lead[row])
            if first not in self.visits or second not in self.visits:
                continue
            where = [one for one in self.visits[first] if self._job(one) == row] or self.visits[first]
            yield Tie(
                first,
                second,
                base_s=max(self.stay_s(one) for one in where) if p.link_on_end[link] else 0,
                least_s=int(p.link_least[link]),
                most_s=int(p.link_most[link]),
                days_of=tuple(one.shift for one in where) if p.link_next_day[link] else (),
                link=link,
            )

    def one_before_the_other(self, one: int, other: int) -> Tie:
        """Return the tie that keeps two leads apart by letting one of them be over first."""
        return Tie(one, other, base_s=self.lasts_s(one))

    def earliest(self, tie: Tie, first_s: int) -> int:
        """Return the earliest start of the second of two tied leads where the first starts then."""
        days = (next_day(self.kernel, shift, first_s) for shift in tie.days_of)
        return max((first_s + tie.base_s + tie.least_s, *days))

    def latest(self, tie: Tie, second_s: int) -> int:
        """Return the latest start of the first of two tied leads where the second starts then, `-FAR` for none."""
        days = (last_on_day_before(self.kernel, shift, second_s) for shift in tie.days_of)
        return max(-FAR, min((second_s - tie.base_s - tie.least_s, *days)))

    def lasts_s(self, lead: int) -> int:
        """Return how long a lead's own visit takes; where only mates are there, the longest of theirs."""
        mine = [one for one in self.visits[lead] if self._job(one) == lead] or self.visits[lead]
        return max(self.stay_s(one) for one in mine)

    def stay_s(self, visit: Visit) -> int:
        """Return how long a visit takes."""
        return self.routes[visit.shift].stay_s[visit.position]

    def before(self, visit: Visit) -> Iterator[int]:
        """Yield the tied leads that stand before a visit in its route."""
        for position, lead in self._leads_of[visit.shift]:
            if position >= visit.position:
                return
            yield lead

    def following(self, visit: Visit) -> tuple[int, int] | None:
        """Return position and lead of the next tied visit in the same route."""
        return next((one for one in self._leads_of[visit.shift] if one[0] > visit.position), None)

    def order(self, ties: Iterable[Tie]) -> tuple[int, ...] | Circle:
        """Return the leads in an order in which each comes after all it waits for.

        Parameters
        ----------
        ties : what bears on the order besides the routes
        """
        after: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for found in self._leads_of.values():
            for (_, one), (_, other) in pairwise(found):
                after[one].append((other, -1))
        for tie in ties:
            after[tie.first].append((tie.second, tie.link))
        waits = dict.fromkeys(self.visits, 0)
        for others in after.values():
            for other, _ in others:
                waits[other] += 1
        free = [lead for lead, count in waits.items() if not count]
        heapify(free)
        done: list[int] = []
        while free:
            lead = heappop(free)
            done.append(lead)
            for other, _ in after[lead]:
                waits[other] -= 1
                if not waits[other]:
                    heappush(free, other)
        return tuple(done) if len(done) == len(waits) else _circle(after, set(waits) - set(done))

    def _job(self, visit: Visit) -> int:
        return self.routes[visit.shift].jobs[visit.position - 1]


def _circle(after: Mapping[int, list[tuple[int, int]]], waiting: set[int]) -> Circle:
    """Return a circle among leads that all wait for one of them, or stand behind such a circle."""
    before = {other: (one, link) for one in sorted(waiting) for other, link in after[one] if other in waiting}
    lead = min(waiting)
    seen: list[int] = []
    while lead not in seen:
        seen.append(lead)
        lead = before[lead][0]
    ring = seen[seen.index(lead) :]
    links = sorted({before[one][1] for one in ring} - {-1})
    return Circle(tuple(reversed(ring)), tuple(links))
