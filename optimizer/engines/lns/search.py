"""A search ready to go: problem, lookups and state, by reference for the kernels and readable from outside."""

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.anneal import keep_best, label_all, load_routes, run_slice, settle
from optimizer.engines.lns.load_tied import load_tied
from optimizer.engines.lns.recreate import fill
from optimizer.engines.lns.state import State, make_state, set_prices
from optimizer.engines.lns.tables import Tables
from optimizer.engines.lns.warm_start import load_warm
from optimizer.problem import Problem, Routes
from optimizer.schedule.reference import by_reference


class Search:
    """One search over a problem; several may share problem and tables.

    Parameters
    ----------
    problem : the compiled question
    tables : its lookups
    seed : any whole number from 0
    """

    def __init__(self, problem: Problem, tables: Tables, seed: int) -> None:
        self.state: State = make_state(problem, tables, seed)
        self.problem = problem
        self.tables = tables
        self._longest = tables.longest
        self.kernel = (by_reference(problem), by_reference(tables), by_reference(self.state))
        label_all(*self.kernel)

    @property
    def score(self) -> tuple[int, int]:
        """Unserved weight (0 where money alone counts) and cents of the best plan."""
        return int(self.state.best[0]), int(self.state.best[1])

    def load(self, routes: Routes) -> None:
        """Go on from these routes; forbidden and doubled jobs, and all jobs of an infeasible route, are left out."""
        length = np.zeros(len(routes.stops), np.int32)
        jobs = np.zeros((len(length), self._longest + 1), np.int32)
        seen: set[int] = set()
        for row, stops in enumerate(routes.stops):
            kept = [
                job
                for job in dict.fromkeys(stops)
                if job not in seen and not self.problem.forbidden[job, row]
            ]
            kept = _first_jobs(self.problem, kept, int(self.problem.max_jobs[row]))
            kept = _without_stray_halts(self.problem, kept)[: self._longest]
            seen.update(kept)
            length[row] = len(kept)
            jobs[row, : len(kept)] = kept
        if self.tables.tied:
            load_warm(self, routes, length, jobs)
            settle(self.kernel[2])
            keep_best(self.kernel[0], self.kernel[2])
        else:
            load_routes(*self.kernel, length, jobs)

    def go_on_from(self, other: "Search") -> None:
        """Go on from the best plan of another search over the same problem."""
        best = other.state
        if self.tables.tied:
            hold, apart = best.ties_best.hold.copy(), best.ties_best.apart.copy()
            load_tied(*self.kernel, best.best_length, best.best_jobs, hold, apart)
            settle(self.kernel[2])
            keep_best(self.kernel[0], self.kernel[2])
        else:
            load_routes(*self.kernel, best.best_length, best.best_jobs)

    def fill(self, *, thorough: bool = False) -> None:
        """Insert whatever still fits (thoroughly: priced exactly), and keep the result if it is the best."""
        problem, _, state = self.kernel
        fill(*self.kernel, thorough)
        settle(state)
        keep_best(problem, state)

    def run(self, iterations: int, temperature: float, price: NDArray[np.int64]) -> None:
        """Do a slice of iterations at a temperature (cents) and prices of leaving jobs out (job,) cents."""
        set_prices(self.kernel[2], price)
        run_slice(*self.kernel, iterations, temperature)

    def routes(self) -> Routes:
        """Return the best plan."""
        best = self.state.best_jobs
        stops = tuple(
            tuple(int(job) for job in best[route, :length])
            for route, length in enumerate(self.state.best_length)
        )
        served = {job for route in stops for job in route}
        first = np.flatnonzero(self.problem.job_of == np.arange(len(self.problem.job_of)))
        start = self.state.ties_best.start.tolist()
        agreed = zip(self.tables.teams.lead.tolist(), start, strict=True)
        return Routes(
            stops,
            tuple(job for job in first.tolist() if job not in served),
            tuple((lead, at) for lead, at in agreed if lead in served),
        )


def _first_jobs(problem: Problem, jobs: list[int], most: int) -> list[int]:
    """Return the order of a route up to its last job that the shift may have."""
    served = 0
    for index, job in enumerate(jobs):
        served += int(problem.shelf[job] < 0)
        if served > most:
            return jobs[:index]
    return jobs


def _without_stray_halts(problem: Problem, jobs: list[int]) -> list[int]:
    """Return the order of a route without halts at branches whose job does not come after them in it."""
    return [
        job
        for index, job in enumerate(jobs)
        if problem.shelf[job] < 0 or int(problem.job_of[job]) in jobs[index + 1 :]
    ]
