"""Engine `order`: anneals one order of all units several times, then goes on from the best plan.

References
----------
Ceschia, S., Di Gaspero, L., Rosati, R. M. and Schaerf, A. (2024), Multi-neighborhood simulated annealing for the home
healthcare routing and scheduling problem, doi 10.1111/itor.13585: one global order of patients as the state.
Mankowska, D. S., Meisel, F. and Bierwirth, C. (2014), The home health care routing and scheduling problem with
interdependent services, Health Care Management Science 17, 15-30, doi 10.1007/s10729-013-9243-1.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.control import Budget, Cancel, EndedBy, Progress, Stop, Watcher
from optimizer.engines.base import Engine, Solution, TracePoint
from optimizer.engines.order.answer import order_of, routes_of, worth
from optimizer.engines.order.search import Search
from optimizer.engines.order.tables import make_tables
from optimizer.errors import BrokenPlan
from optimizer.problem import Problem, Routes

SLICE_S = 0.05
"""Seconds a slice of a timed run aims at."""
FIRST_SLICE = 2_000
"""Moves of the first slice."""
LEAST_SLICES = 100
"""Slices a run bounded by iterations has at least."""
EXCHANGE_EVERY = 32
"""Slices between two exchanges of plans between threads."""


@dataclass(frozen=True)
class OrderParams:
    """How the search cools down, and what leaving a job out weighs; all in prices of an average drive.

    Parameters
    ----------
    starts : times the search is heated up from scratch
    starts_share : share of the run for them; the rest goes on from the best plan
    hot, cold : temperature at the beginning and at the end of each of them
    warm, frozen : temperature at the beginning and at the end of the rest
    cheap, dear : price of a mean weight at the beginning and at the end of each start, where weight is compared first
    """

    starts: int = 5
    starts_share: float = 0.5
    hot: float = 2.0
    cold: float = 0.02
    warm: float = 0.3
    frozen: float = 0.01
    cheap: float = 5.0
    dear: float = 100.0


class Order(Engine):
    """Annealing over one order in time of all jobs: for routes that are tied together, all lateness priced."""

    name = "order"
    handles = frozenset(
        {
            "setup",
            "several windows",
            "lateness prices",
            "overtime prices",
            "several rests",
            "assignment prices",
            "crews",
            "links",
            "worst lateness",
        }
    )

    def __init__(self, params: OrderParams | None = None) -> None:
        self._params = params or OrderParams()

    def solve(
        self,
        problem: Problem,
        *,
        stop: Stop,
        seed: int = 0,
        threads: int = 1,
        warm: Routes | None = None,
        watch: Watcher | None = None,
        cancel: Cancel | None = None,
    ) -> Solution:
        """See `Engine.solve`; an iteration is one move. Jobs tied by a longest gap are served all or none."""
        return _Run(problem, self._params, Budget(stop, cancel), seed, threads, warm, watch).solution()


class _Run:
    """One solve: its searches, their temperature and prices."""

    def __init__(
        self,
        problem: Problem,
        params: OrderParams,
        budget: Budget,
        seed: int,
        threads: int,
        warm: Routes | None,
        watch: Watcher | None,
    ) -> None:
        self._problem = problem
        self._params = params
        self._budget = budget
        self._watch = watch
        self._warm = warm
        self._tables = make_tables(problem)
        self._units = len(self._tables.row_ptr) - 1
        self._drive_cents = _cents_of_a_drive(problem)
        self._charged = int(problem.charged_cents.sum())
        self._trace: list[TracePoint] = []
        self._searches = [Search(problem, self._tables, seed * 1009 + i) for i in range(threads)]
        first = self._searches[0]
        first.set_prices(self._prices(1.0))
        if warm is not None:
            first.load(*order_of(problem, self._tables, warm))
        first.construct()
        first.fill()
        for other in self._searches[1:]:
            other.go_on_from(first)

    def solution(self) -> Solution:
        """Search until the budget ends, then take in what still fits."""
        self._note()
        able = bool((np.diff(self._tables.eligible_ptr) > 0).any())
        ended_by = self._search() if able else "finished"
        best = self._best()
        best.set_prices(self._prices(1.0))
        best.go_on_from(best)
        best.fill()
        routes = routes_of(self._problem, self._tables, *best.best_plan())
        value = worth(self._problem, routes)
        if value is None:
            raise BrokenPlan((f"order: the schedule finds no times for {routes.stops}.",))
        routes, value = self._or_warm(routes, value)
        self._tell(value, len(routes.unserved))
        return Solution(
            routes=routes,
            weight=value[0],
            cents=value[1],
            iterations=self._done(),
            ended_by=ended_by,
            trace=tuple(self._trace),
        )

    def _or_warm(self, routes: Routes, value: tuple[int, int]) -> tuple[Routes, tuple[int, int]]:
        """Return the routes, or those to start from where they are feasible and better."""
        if self._warm is None or not _whole(self._problem, self._warm):
            return routes, value
        before = worth(self._problem, self._warm)
        return (self._warm, before) if before is not None and before < value else (routes, value)

    def _search(self) -> EndedBy:
        left = self._budget.iterations_left()
        size = FIRST_SLICE if left is None else max(1, min(FIRST_SLICE, left // LEAST_SLICES))
        # A slice that is counted in moves is over within the time in which a run must ask whether to end.
        longest = max(500, 2_000_000 // max(1, self._units))
        most = None if left is None else max(size, min(longest, left // LEAST_SLICES))
        slices, polishing = 0, False
        with ThreadPoolExecutor(len(self._searches)) as pool:
            while (ended_by := self._budget.ended_by()) is None:
                share = self._budget.share()
                left = self._budget.iterations_left()
                size = size if left is None else min(size, left)
                began = self._budget.elapsed_s
                if share >= self._params.starts_share and not polishing:
                    polishing = True
                    self._all_go_on_from_best()
                price, temperature = self._heat(share)
                jobs = [pool.submit(search.run, size, temperature, price) for search in self._searches]
                for job in jobs:
                    job.result()
                self._note(size)
                if self._budget.timed:
                    took = max(self._budget.elapsed_s - began, 1e-4)
                    size = max(50, min(2 * size, int(size * SLICE_S / took)))
                elif most is not None:
                    size = most
                slices += 1
                if polishing and slices % EXCHANGE_EVERY == 0 and len(self._searches) > 1:
                    max(self._searches, key=lambda search: search.score).go_on_from(self._best())
        return ended_by

    def _all_go_on_from_best(self) -> None:
        best = self._best()
        for search in self._searches:
            search.go_on_from(best)

    def _best(self) -> Search:
        return min(self._searches, key=lambda search: search.score)

    def _heat(self, share: float) -> tuple[NDArray[np.int64], float]:
        """Return prices of leaving units out and the temperature, in cents, for this part of the run."""
        p = self._params
        if share < p.starts_share:
            through = share / p.starts_share * p.starts % 1.0
            return self._prices(through), self._drive_cents * p.hot * float((p.cold / p.hot) ** through)
        through = (share - p.starts_share) / (1.0 - p.starts_share)
        return self._prices(1.0), self._drive_cents * p.warm * float((p.frozen / p.warm) ** through)

    def _prices(self, share: float) -> NDArray[np.int64]:
        """Return the working price of leaving each unit out, in cents, for this part of a start."""
        p, t = self._problem, self._tables
        price = p.unserved_cents.astype(np.float64)
        if p.levels[0] == 1:
            cheap, dear = self._params.cheap, self._params.dear
            weighted = p.weight[p.weight > 0]
            unit = max(1.0, float(weighted.mean())) if weighted.size else 1.0
            rising = cheap * (dear / cheap) ** share * self._drive_cents
            price += p.weight / unit * (rising + share * float(price.max(initial=0.0)))
        found = np.zeros(self._units)
        np.add.at(found, t.unit_of, price)
        return np.rint(found).astype(np.int64)

    def _done(self) -> int:
        return self._budget.iterations * len(self._searches)

    def _note(self, size: int = 0) -> None:
        search = self._best()
        weight, cents = search.score[0], search.score[1] + self._charged
        self._budget.note((weight, cents), self._budget.iterations + size)
        self._tell((weight, cents), search.left_out())

    def _tell(self, value: tuple[int, int], left_out: int) -> None:
        if not self._trace or value < (self._trace[-1].weight, self._trace[-1].cents):
            self._trace.append(TracePoint(self._budget.elapsed_s, self._done(), *value))
        if self._watch is not None:
            share = self._budget.share()
            self._watch(Progress(self._budget.elapsed_s, self._done(), share, *value, left_out))


def _whole(problem: Problem, routes: Routes) -> bool:
    """Tell whether every job stands in the routes or is left out, none twice, nobody where they must not be."""
    rows = [row for stops in routes.stops for row in stops]
    served = np.zeros(len(problem.place), np.int64)
    np.add.at(served, rows, 1)
    out = np.isin(problem.job_of, routes.unserved)
    able = all(not problem.forbidden[list(stops), route].any() for route, stops in enumerate(routes.stops))
    return bool(able and (served == np.where(out, 0, 1)).all())


def _cents_of_a_drive(problem: Problem) -> float:
    """Return what an average drive between two places costs, at least a cent."""
    cents = problem.travel[:, :-1, :-1, 1]
    return max(1.0, float(cents.mean(dtype=np.float64))) if cents.size else 1.0
