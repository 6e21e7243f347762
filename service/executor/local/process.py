"""A worker process, as its server sees it: a program at the other end of two pipes."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO, Final, cast

from service.executor.local.frames import read_frame, write_frame

REAP_S: Final = 10.0
"""Longest wait for the system to bury a process that has ended or was killed."""

_ONE_THREAD: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, kw_only=True)
class WorkerConditions:
    """How worker processes are run.

    Parameters
    ----------
    nice : how far they stand back behind the server for a processor, 0 to 19
    max_memory_mb : most memory of each for its data, in megabytes, on Linux; an idle one takes
        270, one that plans 3,000 jobs about 1,500; none: no limit
    environ : environment variables beside the server's own
    """

    nice: int = 10
    max_memory_mb: int | None = None
    environ: Mapping[str, str] = field(default_factory=dict)


class WorkerProcess:
    """One worker process.

    A thread listens to it and a thread speaks to it, so that nobody ever waits for a worker, be it stopped, stuck or
    dead in the middle of a message. No pipe and no lock is shared with another worker.

    Parameters
    ----------
    conditions : how it is run
    heard : is called with every message, and at the very end with the exit code, from another thread
    """

    def __init__(
        self, conditions: WorkerConditions, heard: Callable[["WorkerProcess", object], None]
    ) -> None:
        self._heard = heard
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-P", "-X", "faulthandler", "-m", "service.executor.local"),
                *(str(conditions.nice), str(conditions.max_memory_mb or 0)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environ(conditions.environ),
            # Ctrl-C in a terminal is for the server alone. Not a session of its own: Linux shares the processor
            # between sessions first (autogroup), and how far a worker stands back counts within its session only.
            process_group=0,
        )
        self._outgoing: SimpleQueue[object] = SimpleQueue()
        Thread(target=self._listen, name=f"from worker {self.pid}", daemon=True).start()
        Thread(target=self._speak, name=f"to worker {self.pid}", daemon=True).start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def send(self, message: object) -> None:
        """Send a message, some time; a dead worker does not mind."""
        self._outgoing.put(message)

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def _listen(self) -> None:
        pipe = cast(BinaryIO, self._process.stdout)
        try:
            with pipe, suppress(EOFError, OSError, pickle.UnpicklingError):
                while True:
                    self._heard(self, read_frame(pipe))
        finally:
            self._outgoing.put(None)
            self._heard(self, Ended(self._bury()))

    def _bury(self) -> int | None:
        for _ in range(2):
            with suppress(subprocess.TimeoutExpired):
                return self._process.wait(REAP_S / 2)
            self._process.kill()  # it has closed its pipe and lives on: nothing it does counts any more
        return None

    def _speak(self) -> None:
        pipe = cast(BinaryIO, self._process.stdin)
        with suppress(OSError), pipe:
            while (message := self._outgoing.get()) is not None:
                write_frame(pipe, message)


@dataclass(frozen=True, slots=True)
class Ended:
    """A worker process is over.

    Parameters
    ----------
    code : its exit code, below 0 the signal that killed it; none: unknown
    """

    code: int | None


def _environ(more: Mapping[str, str]) -> dict[str, str]:
    """Return a worker's environment: it imports what the server imports, and its arrays use one thread."""
    path = os.pathsep.join(os.path.abspath(place) for place in sys.path)
    return {**os.environ, **dict.fromkeys(_ONE_THREAD, "1"), "PYTHONPATH": path, **more}
