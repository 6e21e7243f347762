"""The desks together: who is asked, and how things stand."""

import threading
import zlib
from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeVar

from service.studio.desk import Desk
from service.studio.errors import StudioBusy, StudioFailed, TooLong

T = TypeVar("T")

MOST_WAITING: Final = 8
"""So many may wait for one process; more would take the HTTP's threads from others."""


class StudioState(NamedTuple):
    """How the studio stands."""

    processes: int
    """Processes it has."""
    ready: int
    """Of these, warm ones."""
    here: int
    """Who asks or waits now."""
    done: int
    """Questions answered or refused by the library."""
    busy: int
    """Questions turned away."""
    too_long: int
    """Questions that took too long."""
    failed: int
    """Questions that failed unexpectedly."""


class Studio:
    """Has things computed while the caller waits, in processes of its own.

    Parameters
    ----------
    processes : how many; one question at a time each
    nice : how far they stand back for others, as `nice` has it
    most_waiting : so many may wait for each
    """

    def __init__(self, processes: int = 2, *, nice: int = 0, most_waiting: int = MOST_WAITING) -> None:
        self._desks = tuple(Desk(nice, most_waiting) for _ in range(processes))
        self._counting = threading.Lock()
        self._count = {"done": 0, "busy": 0, "too_long": 0, "failed": 0}

    def open(self) -> None:
        """Start all processes and return at once; they warm up by themselves. Else the first question starts one."""
        for desk in self._desks:
            desk.open()

    def ask(self, work: Callable[..., T], *args: Any, seconds: float, about: str = "") -> T:
        """Have a work done and return its result.

        Parameters
        ----------
        work : a function of a module; it is given the process's shelf, then `args`
        args : what it works on; is pickled, like the result
        seconds : how long the answer may take
        about : what it is about, e.g. a plan's id: questions about one thing go to one process; empty: to any

        Raises
        ------
        StudioBusy
            Too many wait, nobody was free in time, or the studio is closing.
        TooLong
            It took longer; its process was ended and replaced.
        StudioFailed
            The work has a mistake or its process died.
        PaigongError
            What the library refuses comes as it is.
        """
        desk = self._desk(about)
        outcome = "done"
        try:
            result: T = desk.ask(work, args, seconds)
            return result
        except StudioBusy:
            outcome = "busy"
            raise
        except TooLong:
            outcome = "too_long"
            raise
        except StudioFailed:
            outcome = "failed"
            raise
        finally:
            with self._counting:
                self._count[outcome] += 1

    def state(self) -> StudioState:
        """Return how the studio stands; asks nobody."""
        ready = sum(desk.is_ready() for desk in self._desks)
        with self._counting:
            return StudioState(len(self._desks), ready, sum(desk.here for desk in self._desks), **self._count)

    def close(self) -> None:
        """End all processes at once."""
        for desk in self._desks:
            desk.close()

    def _desk(self, about: str) -> Desk:
        if about:
            return self._desks[zlib.crc32(about.encode()) % len(self._desks)]
        return min(self._desks, key=lambda desk: desk.here)
