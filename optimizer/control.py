"""How a run is bounded and watched: stop values, progress records, a cancel token."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

EndedBy = Literal["time", "iterations", "no_improvement", "target", "cancelled", "finished"]
"""Why a run ended."""


@dataclass(frozen=True)
class Seconds:
    """Stop after so many seconds of search."""

    seconds: float


@dataclass(frozen=True)
class Iterations:
    """Stop after so many iterations of each thread; such a run is repeatable byte for byte."""

    iterations: int


@dataclass(frozen=True)
class NoImprovement:
    """Stop when the best plan has not become better for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Stagnation:
    """Stop when the best plan has not become better for so many iterations of each thread.

    Counted in iterations and not in seconds: a small question ends in a moment, also on a slow machine, and a
    large one is not given up while it is still being read in.
    """

    iterations: int


@dataclass(frozen=True)
class Target:
    """Stop when the best plan is at least this good: unserved weight (0 where money alone counts), then cents."""

    weight: int
    cents: int


@dataclass(frozen=True)
class AnyOf:
    """Stop as soon as one of these says so."""

    stops: tuple["Stop", ...]


Stop = Seconds | Iterations | NoImprovement | Stagnation | Target | AnyOf
"""When a run ends."""


USUAL_REPLAN_S = 5.0
"""Seconds of a re-plan that names no limits: at 50 technicians with 500 jobs the list is there after eight to ten."""
STALE_ITERATIONS = 200_000
STALE_ITERATIONS_A_JOB = 20_000
"""A run without limits ends early when nothing better was found for so many iterations, and so many for each job:
a few jobs are done in a second, a real day of a hundred uses its whole time."""


def stop_of(
    seconds: float | None,
    iterations: int | None,
    no_improvement_s: float | None = None,
    *,
    usual_s: float,
    jobs: int | None = None,
) -> Stop:
    """Return when a run ends: the limits given, or the usual time and, with few jobs, earlier.

    Parameters
    ----------
    seconds : longest search, or none
    iterations : most iterations, or none
    no_improvement_s : seconds without a better plan, or none
    usual_s : seconds of search when nothing is given
    jobs : number of jobs, so that a small question ends early when nothing is given; none: it does not
    """
    limits: list[Stop] = []
    if seconds is not None:
        limits.append(Seconds(seconds))
    if iterations is not None:
        limits.append(Iterations(iterations))
    if no_improvement_s is not None:
        limits.append(NoImprovement(no_improvement_s))
    if not limits:
        limits.append(Seconds(usual_s))
        if jobs is not None:
            limits.append(Stagnation(STALE_ITERATIONS + STALE_ITERATIONS_A_JOB * jobs))
    return limits[0] if len(limits) == 1 else AnyOf(tuple(limits))


@dataclass(frozen=True)
class Progress:
    """How a run stands.

    Parameters
    ----------
    elapsed_s : seconds of search so far
    iterations : iterations so far, all threads together
    share : part of the budget used, 0 to 1
    weight : unserved priority weight of the best plan, 0 where money alone counts
    cents : its price
    unserved : jobs it leaves out
    """

    elapsed_s: float
    iterations: int
    share: float
    weight: int
    cents: int
    unserved: int


Watcher = Callable[[Progress], None]
"""Is told how a run stands, about ten times a second."""


@dataclass
class Cancel:
    """A flag that another thread can set; the search asks for it at least every 100 ms and keeps its best."""

    asked: bool = field(default=False)

    def ask(self) -> None:
        """Ask the run to end."""
        self.asked = True


class Budget:
    """Tells a running search how much of its budget is used and whether to end.

    Parameters
    ----------
    stop : when to end
    cancel : a flag that ends the run early
    """

    def __init__(self, stop: Stop, cancel: Cancel | None = None) -> None:
        self._parts = _parts(stop)
        self._cancel = cancel or Cancel()
        self._began = time.monotonic()
        self._best: tuple[int, int] | None = None
        self._improved = 0.0
        self._improved_at = 0
        self.iterations = 0
        """Iterations of each thread so far."""
        self.timed = any(isinstance(part, Seconds | NoImprovement) for part in self._parts)
        """Whether any part of the stop depends on the clock."""

    @property
    def elapsed_s(self) -> float:
        """Seconds since the budget was opened."""
        return time.monotonic() - self._began

    def iterations_left(self) -> int | None:
        """Return how many iterations a thread may still do; none: no such limit."""
        limits = [part.iterations for part in self._parts if isinstance(part, Iterations)]
        return max(0, min(limits) - self.iterations) if limits else None

    def note(self, best: tuple[int, int], iterations: int) -> None:
        """Record the best score so far (weight, cents) and the iterations of each thread."""
        if self._best is None or best < self._best:
            self._best, self._improved, self._improved_at = best, self.elapsed_s, iterations
        self.iterations = iterations

    def share(self) -> float:
        """Return the part of the budget used, 0 to 1; the part that is used up most counts."""
        shares = [0.0]
        for part in self._parts:
            if isinstance(part, Seconds):
                shares.append(self.elapsed_s / part.seconds if part.seconds > 0 else 1.0)
            elif isinstance(part, Iterations):
                shares.append(self.iterations / part.iterations if part.iterations > 0 else 1.0)
            elif isinstance(part, NoImprovement):
                shares.append((self.elapsed_s - self._improved) / part.seconds if part.seconds > 0 else 1.0)
            elif isinstance(part, Stagnation):
                shares.append(self._stale() / part.iterations if part.iterations > 0 else 1.0)
        return min(1.0, max(shares))

    def ended_by(self) -> EndedBy | None:
        """Return why the run must end now, or none."""
        if self._cancel.asked:
            return "cancelled"
        for part in self._parts:
            match part:
                case Seconds():
                    if self.elapsed_s >= part.seconds:
                        return "time"
                case Iterations():
                    if self.iterations >= part.iterations:
                        return "iterations"
                case NoImprovement():
                    if self.elapsed_s - self._improved >= part.seconds:
                        return "no_improvement"
                case Stagnation():
                    if self._stale() >= part.iterations:
                        return "no_improvement"
                case Target():
                    if self._best is not None and self._best <= (part.weight, part.cents):
                        return "target"
        return None

    def _stale(self) -> int:
        """Return the iterations of each thread since the best plan became better."""
        return self.iterations - self._improved_at


def _parts(stop: Stop) -> tuple[Seconds | Iterations | NoImprovement | Stagnation | Target, ...]:
    if isinstance(stop, AnyOf):
        return tuple(part for one in stop.stops for part in _parts(one))
    return (stop,)
