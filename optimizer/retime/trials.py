"""Times one route again and again while limits move: to read a problem takes a kernel longer than to time a route."""

from collections.abc import Sequence
from typing import Any, Final

from numpy.typing import NDArray

from optimizer.problem import Problem
from optimizer.retime.give_way import changed
from optimizer.schedule.lanes import RouteTimes, Timekeeper

MOVING: Final = (
    "start_s",
    "latest_end_s",
    "max_jobs",
    "max_work_s",
    "max_travel_s",
    "window_open",
    "window_close",
    "rest_close",
)
"""The arrays in which the problems differ that one reading serves; besides, lateness may have a price or none."""


class Trials:
    """Times one route in problems that are the same but for their limits.

    Parameters
    ----------
    row : the route's shift or trip
    jobs : its stops
    agreed : when its tied visits start
    """

    def __init__(self, row: int, jobs: tuple[int, ...], agreed: Sequence[tuple[int, int]]) -> None:
        self._row = row
        self._jobs = jobs
        self._agreed = agreed
        self._read: dict[int, tuple[dict[str, NDArray[Any]], Timekeeper, Problem]] = {}

    def times(self, problem: Problem) -> RouteTimes | None:
        """Return the route's times, or None where no timing keeps the limits.

        Parameters
        ----------
        problem : one of them
        """
        known = self._read.get(id(problem.late_after))
        if known is None:
            known = self._read[id(problem.late_after)] = self._reading(problem)
        limits, keeper, _ = known
        for name, entries in limits.items():
            entries[:] = getattr(problem, name)
        return keeper.time(self._row, self._jobs)

    def _reading(self, problem: Problem) -> tuple[dict[str, NDArray[Any]], Timekeeper, Problem]:
        """Read a problem, of which the limits can be written to; it is kept, or another could get its place."""
        limits = {name: getattr(problem, name).copy() for name in MOVING}
        seen = changed(problem, **{name: entries.view() for name, entries in limits.items()})
        return limits, Timekeeper(seen, self._agreed), problem
