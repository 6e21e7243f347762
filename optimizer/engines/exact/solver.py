"""Runs the solver on the model; asks meanwhile whether to end, and hands over every solution."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from math import ceil
from queue import SimpleQueue
from typing import NamedTuple

from optimizer.engines.exact.model import Model
from optimizer.engines.exact.terms import Amount
from optimizer.errors import BrokenPlan
from optimizer.problem import Routes

ASK_S = 0.05
"""Seconds between two questions whether to end."""

ITERATION_S = 0.001
"""What counts as an iteration: so much of the solver's deterministic time, which is about seconds."""


class Proof(NamedTuple):
    """What the solver knows of the least value."""

    optimal: bool
    """The best solution handed over is worth no more than any other."""
    value: int | None
    """Value of that solution, none where there was none."""
    bound: int | None
    """No solution is worth less."""
    iterations: int
    """Iterations spent."""


def minimise(
    model: Model,
    amount: Amount,
    *,
    seed: int,
    workers: int,
    iterations: int | None,
    take: Callable[[Routes], None],
    must_end: Callable[[], bool],
) -> Proof:
    """Return what could be proven about the least value of an amount.

    Parameters
    ----------
    model : the question
    amount : what is minimised
    seed : any whole number from 0
    workers : solver threads; with one, a limit of iterations gives the same solutions each time
    iterations : limit, or none
    take : is given the routes of every solution, in order
    must_end : is asked again and again whether to end early
    """
    from ortools.sat.python.cp_model import FEASIBLE, OPTIMAL, UNKNOWN, CpSolver, CpSolverSolutionCallback

    class Watch(CpSolverSolutionCallback):
        """Keeps the routes of every solution; it runs in the solver's thread."""

        def on_solution_callback(self) -> None:
            found.put(model.routes(self.value))

    found: SimpleQueue[Routes] = SimpleQueue()
    model.cp.minimize(amount)
    solver = CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed % (1 << 31)
    solver.parameters.linearization_level = 2
    solver.parameters.catch_sigint_signal = False
    if iterations is not None:
        solver.parameters.max_deterministic_time = iterations * ITERATION_S
    with ThreadPoolExecutor(1) as pool:
        running: Future[object] = pool.submit(solver.solve, model.cp, Watch())
        try:
            while not wait([running], ASK_S).done:
                _hand_over(found, take)
                if must_end():
                    solver.stop_search()
        finally:
            solver.stop_search()
        status = running.result()
    _hand_over(found, take)
    if status not in (OPTIMAL, FEASIBLE, UNKNOWN):
        raise BrokenPlan(
            (f"exact: the solver says {solver.status_name(status)} of a question that has an answer.",)
        )
    known = status != UNKNOWN
    return Proof(
        optimal=status == OPTIMAL,
        value=round(solver.objective_value) if known else None,
        bound=ceil(solver.best_objective_bound - 0.001) if known else None,
        iterations=ceil(solver.deterministic_time / ITERATION_S),
    )


def _hand_over(found: SimpleQueue[Routes], take: Callable[[Routes], None]) -> None:
    while not found.empty():
        take(found.get())
