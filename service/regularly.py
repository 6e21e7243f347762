"""Does a piece of work again and again, beside the requests."""

import threading
from collections.abc import Callable
from typing import Final

import structlog

from service.mistakes import log_mistake, places
from service.store import StoreBusy

_STOP_S: Final = 10.0


class Regularly:
    """Does some work in a thread of its own, with a pause after each time.

    Parameters
    ----------
    name : what the thread is called, also in the log
    work : what is done; when the store is busy, or there is a mistake in it, it is done the next time
    every_s : length of the pause
    """

    def __init__(self, name: str, work: Callable[[], object], every_s: float) -> None:
        self._name = name
        self._work = work
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Stop, within a bounded time also in the middle of the work."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._work()
            except StoreBusy:
                structlog.get_logger(f"paigong.{self._name}").warning("the store is busy")
            except Exception as error:  # noqa: BLE001 # one mistake must not end what nobody else does
                log_mistake(type(error).__name__, places(error), work=self._name)
            self._stop.wait(self._every_s)
