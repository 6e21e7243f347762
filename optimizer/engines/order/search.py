"""A search ready to go: problem, lookups and state, by reference for the kernels and readable from outside."""

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.order.anneal import keep_best, run_slice
from optimizer.engines.order.filling import construct, fill, load, set_prices
from optimizer.engines.order.state import OUT_CENTS, OUT_WEIGHT, State, make_state
from optimizer.engines.order.tables import Tables
from optimizer.problem import Problem
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
        self.state.total[OUT_WEIGHT] = problem.weight.sum()
        self.state.total[OUT_CENTS] = problem.unserved_cents.sum()
        self._problem = problem
        self._tables = tables
        self.kernel = (by_reference(problem), by_reference(tables), by_reference(self.state))
        keep_best(self.kernel[0], self.kernel[2])

    @property
    def score(self) -> tuple[int, int]:
        """Unserved weight (0 where money alone counts) and cents of the best plan, fixed cents not counted."""
        return int(self.state.best[0]), int(self.state.best[1])

    def load(self, order: NDArray[np.int32], shift: NDArray[np.int32]) -> None:
        """Go on from a plan; what is not feasible is left out.

        Parameters
        ----------
        order : (place,) units in the order in which they are timed, -1 behind the last
        shift : (job row,) who makes each visit
        """
        load(*self.kernel, order, shift)
        keep_best(self.kernel[0], self.kernel[2])

    def go_on_from(self, other: "Search") -> None:
        """Go on from the best plan of a search over the same problem."""
        load(*self.kernel, other.state.best_order.copy(), other.state.best_shift.copy())

    def construct(self) -> None:
        """Take in what is left out, one after another by windows and with whoever costs about least."""
        p, t = self._problem, self._tables
        opens = p.window_open[p.window_ptr[:-1]] if len(p.window_open) else np.zeros(len(p.place))
        closes = [
            min((int(p.late_after[x]) for x in range(p.late_ptr[row], p.late_ptr[row + 1])), default=1 << 40)
            for row in range(len(p.place))
        ]
        key = [
            min(int(opens[row]) + min(closes[row], 1 << 30) for row in t.row[t.row_ptr[u] : t.row_ptr[u + 1]])
            for u in range(len(t.row_ptr) - 1)
        ]
        construct(*self.kernel, np.argsort(key, kind="stable").astype(np.int32))
        keep_best(self.kernel[0], self.kernel[2])

    def fill(self) -> None:
        """Take in what is left out, the dearest first, wherever it fits."""
        fill(*self.kernel, np.argsort(-self.state.price, kind="stable").astype(np.int32))

    def set_prices(self, price: NDArray[np.int64]) -> None:
        """Put prices of leaving units out (unit,) cents in force."""
        set_prices(self.kernel[2], price)

    def run(self, iterations: int, temperature: float, price: NDArray[np.int64]) -> None:
        """Do a slice of iterations at a temperature (cents) and prices of leaving units out (unit,) cents."""
        set_prices(self.kernel[2], price)
        run_slice(*self.kernel, iterations, temperature)

    def best_plan(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
        """Return order, shifts and starts of the best plan; the search goes on from it."""
        order, shift = self.state.best_order.copy(), self.state.best_shift.copy()
        load(*self.kernel, order, shift)
        return order, shift, self.state.start

    def left_out(self) -> int:
        """Return how many jobs the best plan leaves out."""
        return len(np.unique(self._problem.job_of[self.state.best_shift < 0]))
