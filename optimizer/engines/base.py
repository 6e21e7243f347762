"""What an engine is: a way from a problem to routes."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from optimizer.control import Cancel, EndedBy, Stop, Watcher
from optimizer.problem import Problem, Routes


@dataclass(frozen=True)
class TracePoint:
    """When the best plan became better: seconds of search, iterations, unserved weight, cents."""

    elapsed_s: float
    iterations: int
    weight: int
    cents: int


@dataclass(frozen=True)
class Solution:
    """What an engine found.

    Parameters
    ----------
    routes : the orders of stops
    weight : unserved priority weight, 0 where money alone counts
    cents : price of routes and of what is left out
    iterations : iterations done, all threads together
    ended_by : why the run ended
    lower_bound_cents : proven bound of the cents, or none
    trace : how the best plan became better, in order of time
    """

    routes: Routes
    weight: int
    cents: int
    iterations: int
    ended_by: EndedBy
    lower_bound_cents: int | None = None
    trace: tuple[TracePoint, ...] = ()


class Engine(ABC):
    """One way to find routes."""

    name: ClassVar[str]
    """What it is called on the command line."""
    handles: ClassVar[frozenset[str]]
    """Features of a problem it can deal with, see `optimizer.problem.features`."""

    @abstractmethod
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
        """Return the best routes found.

        Parameters
        ----------
        problem : the compiled question
        stop : when to end
        seed : any whole number from 0; the same seed and an iteration limit give the same routes
        threads : searches side by side, from 1
        warm : feasible routes to start from
        watch : is told how the run stands
        cancel : flag that ends the run early
        """
