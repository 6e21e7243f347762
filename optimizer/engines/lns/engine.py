"""Engine `lns`: drives slices of ruin and recreate, cools them down, and exchanges plans between threads.

References
----------
Christiaens, J. and Vanden Berghe, G. (2020), Slack Induction by String Removals for Vehicle Routing Problems,
Transportation Science 54(2), doi 10.1287/trsc.2019.0914.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.control import Budget, Cancel, EndedBy, Progress, Stop, Watcher
from optimizer.engines.base import Engine, Solution, TracePoint
from optimizer.engines.lns.search import Search
from optimizer.engines.lns.shorten import shorten_trips
from optimizer.engines.lns.tables import make_tables
from optimizer.engines.lns.teams import whole_jobs
from optimizer.problem import Problem, Routes

ALL_FEATURES: frozenset[str] = frozenset(
    {
        "congestion",
        "setup",
        "several windows",
        "lateness prices",
        "overtime prices",
        "several rests",
        "capacities",
        "weekly limits",
        "assignment prices",
        "load prices",
        "parts",
        "halts at branches",
        "crews",
        "links",
        "trips",
    }
)
SLICE_S = 0.06
"""Seconds a slice of a timed run aims at."""
LEAST_SLICES = 50
"""Slices a run bounded by iterations has at least."""
EXCHANGE_EVERY = 16
"""Slices between two exchanges of plans between threads."""


@dataclass(frozen=True)
class LnsParams:
    """How the search cools down and how the price of leaving a job out rises. Times are seconds of typical travel.

    Parameters
    ----------
    hot_s, cold_s : temperature at the start and at the end
    cheap_s, dear_s : price of a weight unit at the start and at the end, where weight is compared first; the mean
        weight of a job counts as 2.4 units
    cheap_share : share of a job's price at the start, where money alone counts; 1 at the end
    """

    hot_s: float = 600.0
    cold_s: float = 6.0
    cheap_s: float = 1_000.0
    dear_s: float = 20_000.0
    cheap_share: float = 0.3


class Lns(Engine):
    """Ruin and recreate with rising prices for what is left out: our search, the default."""

    name = "lns"
    handles = ALL_FEATURES

    def __init__(self, params: LnsParams | None = None) -> None:
        self._params = params or LnsParams()

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
        """See `Engine.solve`."""
        return _Run(problem, self._params, Budget(stop, cancel), seed, threads, warm, watch).solution()


class _Run:
    """One solve: its states, their prices and temperatures."""

    def __init__(
        self,
        problem: Problem,
        params: LnsParams,
        budget: Budget,
        seed: int,
        threads: int,
        warm: Routes | None,
        watch: Watcher | None,
    ) -> None:
        self._problem = problem
        self._weight, self._cents = whole_jobs(problem)
        self._first = problem.job_of == np.arange(len(problem.job_of))
        self._params = params
        self._budget = budget
        self._watch = watch
        self._tables = make_tables(problem)
        self._searches = [Search(problem, self._tables, seed * 1009 + i) for i in range(threads)]
        first = self._searches[0]
        if warm is not None:
            first.load(warm)
        first.fill()
        for other in self._searches[1:]:
            other.go_on_from(first)
        self._travel_cents = _cents_per_travel_s(problem)
        self._excess_cents = _excess_cents(self._weight[self._first], self._cents[self._first])
        self._trace: list[TracePoint] = []

    def solution(self) -> Solution:
        """Search until the budget ends, then fill the best plan once more."""
        self._note()
        searchable = len(self._problem.place) > 1 and len(self._tables.eligible) > 0
        ended_by = self._search() if searchable else "finished"
        best = self._best()
        best.go_on_from(best)
        best.fill(thorough=True)
        if shorten_trips(best):
            best.fill(thorough=True)
        self._note()
        weight, cents = best.score
        return Solution(
            routes=best.routes(),
            weight=weight,
            cents=cents,
            iterations=self._budget.iterations * len(self._searches),
            ended_by=ended_by,
            trace=tuple(self._trace),
        )

    def _search(self) -> EndedBy:
        size = self._first_slice()
        slices = 0
        with ThreadPoolExecutor(len(self._searches)) as pool:
            while (ended_by := self._budget.ended_by()) is None:
                share = self._budget.share()
                left = self._budget.iterations_left()
                size = size if left is None else min(size, left)
                began = self._budget.elapsed_s
                temperature = self._temperature(share)
                price = self._prices(share)
                jobs = [pool.submit(search.run, size, temperature, price) for search in self._searches]
                for job in jobs:
                    job.result()
                self._note(size)
                if self._budget.timed:
                    size = _next_size(size, self._budget.elapsed_s - began)
                slices += 1
                if slices % EXCHANGE_EVERY == 0 and len(self._searches) > 1:
                    self._exchange()
        return ended_by

    def _best(self) -> Search:
        return min(self._searches, key=lambda search: search.score)

    def _exchange(self) -> None:
        """Let the search with the worst plan go on from the best plan."""
        max(self._searches, key=lambda search: search.score).go_on_from(self._best())

    def _first_slice(self) -> int:
        """Return the iterations of the first slice; a run of few iterations still cools down in many steps."""
        size = max(20, min(2_000, 200_000 // max(1, len(self._problem.place))))
        left = self._budget.iterations_left()
        return size if left is None else max(1, min(size, left // LEAST_SLICES))

    def _temperature(self, share: float) -> float:
        hot, cold = self._params.hot_s, self._params.cold_s
        return self._travel_cents * hot * float((cold / hot) ** share)

    def _prices(self, share: float) -> NDArray[np.int64]:
        """Return the price of leaving each job out, in cents, for this part of the run."""
        p = self._problem
        if p.levels[0] == 0:
            part = self._params.cheap_share ** max(0.0, 1.0 - 1.5 * share)
            return np.rint(self._cents * part).astype(np.int64)
        cheap, dear = self._params.cheap_s, self._params.dear_s
        weight = self._weight
        unit = max(1.0, float(weight[self._first].mean())) / 2.4
        rising = cheap * float((dear / cheap) ** share) * self._travel_cents
        rising += 2.0 * share * unit * self._excess_cents
        # A small weight beside very large ones still has a price that a drive can be weighed against.
        units = np.where(weight > 0, np.maximum(weight / unit, 0.5), 0.0)
        return np.rint(units * rising).astype(np.int64) + self._cents

    def _note(self, size: int = 0) -> None:
        search = self._best()
        best = search.score
        self._budget.note(best, self._budget.iterations + size)
        done = self._budget.iterations * len(self._searches)
        if not self._trace or best < (self._trace[-1].weight, self._trace[-1].cents):
            self._trace.append(TracePoint(self._budget.elapsed_s, done, *best))
        if self._watch is not None:
            unserved = len(search.routes().unserved)
            self._watch(Progress(self._budget.elapsed_s, done, self._budget.share(), *best, unserved))


def _next_size(size: int, took_s: float) -> int:
    """Return the size of the next slice of a timed run, at most twice the last one."""
    return max(5, min(2 * size, int(size * SLICE_S / max(took_s, 1e-4))))


def _excess_cents(weight: NDArray[np.int64], cents: NDArray[np.int64]) -> float:
    """Return by how much the cents of leaving one job out can speak against the weights.

    In proportion to the weights the cents rank jobs as the weights do; what a job costs beyond that must not outweigh
    a unit of weight in the end.
    """
    weighted = weight > 0
    if not weighted.any():
        return 0.0
    in_proportion = float((cents[weighted] / weight[weighted]).min())
    return float((cents - in_proportion * weight).max())


def _cents_per_travel_s(problem: Problem) -> float:
    """Return what a second of travel costs on an average leg."""
    base = problem.travel[..., 0]
    seconds = float(base.mean(dtype=np.float64)) if base.size else 0.0
    cents = float(problem.travel[..., 1].mean(dtype=np.float64)) if base.size else 0.0
    hours = float(problem.hour_cents.mean()) / 3600.0 if len(problem.hour_cents) else 0.0
    return (cents / seconds if seconds else 0.0) + hours or 1.0
