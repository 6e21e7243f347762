"""One process of the studio as the service sees it: asked, ended when it takes too long, replaced when it died."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Final

from service.studio.errors import StudioBusy, StudioFailed, TooLong
from service.studio.process import READY, Outcome, work_off

_END_S: Final = 2.0


class Desk:
    """A process and the line to it; whoever asks has it for themselves.

    Parameters
    ----------
    nice : how far the process stands back for others
    most_waiting : so many may wait for it at most
    """

    def __init__(self, nice: int, most_waiting: int) -> None:
        self._nice = nice
        self._most_waiting = most_waiting
        self._mine = threading.Lock()  # held by whoever asks
        self._counting = threading.Lock()
        self._here = 0
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None
        self._warm = False
        self._closed = False

    @property
    def here(self) -> int:
        """How many are asking or waiting to ask."""
        return self._here

    def is_ready(self) -> bool:
        """Tell whether the process lives and is warm; asks nobody."""
        if self._process is None or not self._process.is_alive():
            return False
        if not self._warm and self._mine.acquire(blocking=False):
            try:
                self._listen(0.0)
            except (StudioBusy, StudioFailed):
                return False
            finally:
                self._mine.release()
        return self._warm

    def open(self) -> None:
        """Start the process if it does not live; it warms up by itself."""
        with self._mine:
            self._begin()

    def ask(self, work: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> Any:
        """Have a work done and return its result.

        Parameters
        ----------
        work : a function of a module
        args : what it is given after the shelf
        seconds : how long it may take, the wait for the process included

        Raises
        ------
        StudioBusy
            Too many wait, or the process was not free or not warm in time.
        TooLong
            The work was not done in time.
        StudioFailed
            The process died, or the work has a mistake.
        PaigongError
            What the work raised.
        """
        ends = time.monotonic() + seconds
        self._come()
        try:
            if not self._mine.acquire(timeout=max(0.0, seconds)):
                raise StudioBusy
            try:
                kind, said = self._ask(work, args, ends)
            finally:
                self._mine.release()
        finally:
            self._go()
        if kind == "done":
            return said
        assert isinstance(said, Exception)
        raise said

    def close(self) -> None:
        """End the process at once; whoever waits is told that the studio is closing."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
            process.join(_END_S)

    def _come(self) -> None:
        with self._counting:
            if self._here > self._most_waiting or self._closed:
                raise StudioBusy
            self._here += 1

    def _go(self) -> None:
        with self._counting:
            self._here -= 1

    def _ask(self, work: Callable[..., Any], args: tuple[Any, ...], ends: float) -> Outcome:
        self._begin()
        if not self._listen(ends - time.monotonic()):
            raise StudioBusy
        assert self._line is not None
        if self._line.poll(
            0
        ):  # a process that is asked nothing says nothing: it has just died, of something else
            self._replace()
            if not self._listen(ends - time.monotonic()):
                raise StudioBusy
        try:
            self._line.send((work, args))
            if self._line.poll(max(0.0, ends - time.monotonic())):
                outcome: Outcome = self._line.recv()
                return outcome
        except (EOFError, OSError):
            raise self._died() from None
        self._replace()
        raise TooLong

    def _begin(self) -> None:
        if self._closed:
            raise StudioBusy
        if self._process is not None and self._process.is_alive():
            return
        if self._line is not None:
            self._line.close()
        context = multiprocessing.get_context("spawn")
        self._line, far = context.Pipe()
        self._warm = False
        process = context.Process(target=work_off, args=(far, self._nice), daemon=True)
        process.start()
        far.close()
        self._process = process
        self._end_if_closed(process)  # closed while it was being started

    def _end_if_closed(self, process: SpawnProcess) -> None:
        if self._closed:
            process.kill()

    def _listen(self, seconds: float) -> bool:
        """Wait until the process is warm; tell whether it is."""
        assert self._line is not None
        if not self._warm:
            try:
                self._warm = self._line.poll(max(0.0, seconds)) and self._line.recv() == READY
            except (EOFError, OSError):
                raise self._died() from None
        return self._warm

    def _died(self) -> StudioBusy | StudioFailed:
        """Replace a process that has died and return what is said of it."""
        if self._closed:
            return StudioBusy()
        self._replace()
        return StudioFailed("the process died")

    def _replace(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.join(_END_S)
        if not self._closed:
            self._begin()
