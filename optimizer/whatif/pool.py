"""Makes samples in worker processes on this machine, each a program of its own at the end of two pipes.

No pipe and no lock is shared between workers, so that one that dies takes nothing with it but its own sample; another
takes its place. All of them end with this process, however it ends.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import BinaryIO, Final, cast

from optimizer.errors import NotSimulated
from optimizer.whatif.executor import Assignment, End, Failed, Lost, Made, SampleTask

FAILED_STARTS: Final = 3
"""After so many workers in a row that did not get ready none is started any more."""
OUT_OF_MEMORY: Final = 70
"""Exit code of a worker that had not enough memory."""
_BURY_S: Final = 10.0
_ONE_THREAD: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker has the assignment and waits for tasks."""


@dataclass(frozen=True, slots=True)
class _Ended:
    """A worker is over, with this exit code; none: unknown."""

    code: int | None


class LocalPool:
    """A `SampleExecutor` with worker processes on this machine.

    Parameters
    ----------
    workers : how many, from 1
    assignment : what the samples are made of
    """

    def __init__(self, workers: int, assignment: Assignment) -> None:
        self._wanted = workers
        self._assignment = assignment
        self._said: SimpleQueue[tuple[_Worker, object]] = SimpleQueue()
        self._waiting: deque[SampleTask] = deque()
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        for _ in range(workers):
            self._start()

    @property
    def slots(self) -> int:
        """See `SampleExecutor.slots`."""
        return self._wanted

    def submit(self, task: SampleTask) -> None:
        """See `SampleExecutor.submit`."""
        self._waiting.append(task)
        self._hand_out()

    def next_end(self, timeout_s: float) -> End | None:
        """See `SampleExecutor.next_end`."""
        until_s = monotonic() + timeout_s
        while True:
            try:
                worker, message = self._said.get(timeout=max(0.0, until_s - monotonic()))
            except Empty:
                return None
            end = self._heard(worker, message)
            self._hand_out()
            if end is not None:
                return end

    def close(self) -> None:
        """See `SampleExecutor.close`."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.thread.join(_BURY_S)
        self._workers.clear()

    def _start(self) -> None:
        worker = _Worker(self._assignment, self._said)
        self._workers.append(worker)
        worker.thread.start()

    def _hand_out(self) -> None:
        for worker in self._workers:
            if not self._waiting:
                return
            if worker.ready and worker.task is None:
                worker.begin(self._waiting.popleft())

    def _heard(self, worker: "_Worker", message: object) -> End | None:
        match message:
            case Ready():
                worker.ready, self._failed_starts = True, 0
            case Made() | Failed():
                worker.task = None
                return message
            case _Ended(code):
                return self._replace(worker, _cause(code))
        return None

    def _replace(self, worker: "_Worker", cause: str) -> Lost | None:
        self._workers.remove(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= FAILED_STARTS:
                raise NotSimulated(f"No process gets ready to simulate: {cause}.")
        self._start()
        return None if worker.task is None else Lost(worker.task, cause)


class _Worker:
    """A worker process, with the thread that listens to it and alone waits for it."""

    def __init__(self, assignment: Assignment, said: "SimpleQueue[tuple[_Worker, object]]") -> None:
        self.ready = False
        self.task: SampleTask | None = None
        self._assignment = assignment
        self._said = said
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-X", "faulthandler", "-m", "optimizer.whatif.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environ(),
            process_group=0,  # Ctrl-C in a terminal is for the command alone, which ends its workers itself
        )
        self.thread = Thread(target=self._listen, name=f"from worker {self.process.pid}", daemon=True)

    def begin(self, task: SampleTask) -> None:
        """Let it do a task; of a dead one the thread tells that it has ended."""
        self.task = task
        with suppress(OSError):
            _send(cast(BinaryIO, self.process.stdin), task)

    def _listen(self) -> None:
        stdin, stdout = cast(BinaryIO, self.process.stdin), cast(BinaryIO, self.process.stdout)
        with suppress(EOFError, OSError, pickle.UnpicklingError):
            _send(stdin, self._assignment)
            while True:
                self._said.put((self, pickle.load(stdout)))
        self._said.put((self, _Ended(self._bury())))

    def _bury(self) -> int | None:
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_BURY_S / 2)
        self.process.kill()  # it may have closed its pipe and live on: nothing it does counts any more
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                cast(BinaryIO, pipe).close()
        with suppress(subprocess.TimeoutExpired):
            return self.process.wait(_BURY_S / 2)
        return None


def _send(pipe: BinaryIO, message: object) -> None:
    pipe.write(pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL))
    pipe.flush()


def _environ() -> dict[str, str]:
    """Return a worker's environment: it imports what this process imports, and its arrays use one thread."""
    path = os.pathsep.join(os.path.abspath(place) for place in sys.path)
    return {**os.environ, **dict.fromkeys(_ONE_THREAD, "1"), "PYTHONPATH": path}


def _cause(code: int | None) -> str:
    """Return in words why a worker process ended."""
    if code == OUT_OF_MEMORY:
        return "its process had not enough memory"
    if code is not None and code < 0:
        return f"its process was killed by signal {-code}; the system does that too when memory is short"
    return f"its process ended with exit code {code}"
