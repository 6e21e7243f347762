"""Ends a search so early that its plan can still be checked before the deadline."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Final

from optimizer.control import AnyOf, Cancel, NoImprovement, Seconds, Stop

AFTER_S: Final = 0.2
AFTER_S_A_JOB: Final = 0.002
"""Seconds kept for what comes after a search: filling up, times, the checker, reasons, the file. Measured: 0.07 s with
100 jobs, 0.5 s with 700, 3.7 s with 3,000."""


class LastMoment:
    """When the search of a task must end for its deadline.

    Parameters
    ----------
    left_s : seconds from now to the deadline; none: there is none
    jobs : number of jobs, by which the time after the search is estimated
    cancel : is set at that moment
    """

    def __init__(self, left_s: float | None, jobs: int, cancel: Cancel) -> None:
        self._search_s = None if left_s is None else max(0.0, left_s - AFTER_S - AFTER_S_A_JOB * jobs)
        self._cancel = cancel
        self.came = False
        """Whether the deadline ended the search, and nobody's request."""

    def bound(self, stop: Stop) -> Stop:
        """Return the stop, with the time that is left where it has a part in seconds anyway.

        A search cools down over its time, so it should know when it ends. One that is bounded by iterations is to
        give the same plan each time, and a clock among its limits would change its way also where it is in time.
        """
        if self._search_s is None or not _by_the_clock(stop):
            return stop
        return AnyOf((stop, Seconds(self._search_s)))

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Set the flag when the moment comes."""
        if self._search_s is None:
            yield
            return
        timer = Timer(self._search_s, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end(self) -> None:
        if not self._cancel.asked:
            self.came = True
            self._cancel.ask()


def seconds_left(deadline_s: float | None, began_s: float) -> float | None:
    """Return the seconds to a deadline that counts from a moment of the monotonic clock; none: there is none."""
    return None if deadline_s is None else deadline_s - (time.monotonic() - began_s)


def _by_the_clock(stop: Stop) -> bool:
    if isinstance(stop, AnyOf):
        return any(_by_the_clock(part) for part in stop.stops)
    return isinstance(stop, Seconds | NoImprovement)
