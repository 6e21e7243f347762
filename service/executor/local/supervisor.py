"""Keeps the worker processes at work: one thread that alone knows who does what."""

import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from typing import Final

from service.executor.base import CLOSED, DEADLINE, KILLED
from service.executor.events import Failed, Finished, Lost, Problem, Progressed, Proposed, Started
from service.executor.ledger import Ledger
from service.executor.local.messages import OUT_OF_MEMORY, Begin, EndSoon, Ready
from service.executor.local.process import Ended, WorkerConditions, WorkerProcess
from service.executor.task import Task

START_S: Final = 600.0
"""A worker that is not ready after so many seconds is stuck; compiling the kernels takes a minute or two, once."""
FAILED_STARTS: Final = 3
"""After so many workers in a row that did not get ready, waiting tasks are given back, and no more are asked for."""
_LONGEST_PAUSE_S: Final = 30.0
_NEVER_S: Final = float("inf")

_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class _Worker:
    """A worker process and what it is at."""

    process: WorkerProcess
    limit_s: float
    """When it is killed, by the monotonic clock, unless it has done by then what it is at."""
    ready: bool = False
    task: Task | None = None
    killed: str = ""
    """Why it was killed; empty: it was not."""


class LocalSupervisor:
    """Starts workers, hands out tasks, kills what is late; `call` gives it something to do.

    Parameters
    ----------
    slots : number of workers
    conditions : how they are run
    deadline_grace_s : seconds after a task's deadline in which it may still end by itself
    ledger : is told what happens
    """

    def __init__(
        self, slots: int, conditions: WorkerConditions, deadline_grace_s: float, ledger: Ledger
    ) -> None:
        self._slots = slots
        self._conditions = conditions
        self._deadline_grace_s = deadline_grace_s
        self._ledger = ledger
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._workers: list[_Worker] = []
        self._waiting: deque[Task] = deque()
        self._cancelled: set[str] = set()
        self._failed_starts = 0
        self._start_at_s = 0.0
        self._close_at_s: float | None = None

    @property
    def slots(self) -> int:
        """How many tasks it has room for; while one worker after the other does not get ready, only those that are."""
        ready = sum(worker.ready for worker in tuple(self._workers))
        return ready if self._failed_starts >= FAILED_STARTS else self._slots

    def call(self, what: Callable[[], None]) -> None:
        """Let the supervisor's own thread do something, after what it was given before."""
        self._calls.put(what)

    def run(self) -> None:
        """Supervise until everything is closed; the life of one thread.

        On Linux a worker dies with the thread that started it, so no other thread may start one.
        """
        try:
            while self._close_at_s is None or self._workers:
                self._kill_late()
                self._start_missing()
                self._hand_out()
                with suppress(Empty):
                    self._calls.get(timeout=self._pause_s())()
        finally:
            for worker in self._workers:
                worker.process.kill()
            self._ledger.lose_all("the executor broke down")

    def submit(self, task: Task) -> None:
        """Let a task wait for its turn."""
        self._waiting.append(task)
        if self._close_at_s is not None:
            self._give_back(task, CLOSED)

    def cancel(self, task_id: str) -> None:
        """Ask a task to end and to keep its best."""
        for worker in self._workers:
            if worker.task is not None and worker.task.task_id == task_id:
                worker.process.send(EndSoon(task_id))
        if any(task.task_id == task_id for task in self._waiting):
            self._cancelled.add(task_id)

    def kill(self, task_id: str) -> None:
        """End a task at once."""
        for worker in self._workers:
            if worker.task is not None and worker.task.task_id == task_id:
                self._kill(worker, KILLED)
        for task in [task for task in self._waiting if task.task_id == task_id]:
            self._give_back(task, KILLED)

    def close(self, grace_s: float) -> None:
        """Begin nothing more and end what is not done in so many seconds."""
        self._close_at_s = time.monotonic() + grace_s
        for task in tuple(self._waiting):
            self._give_back(task, CLOSED)

    def _hear(self, process: WorkerProcess, message: object) -> None:
        """Take what a worker says; it calls from its own thread."""
        self.call(partial(self._note, process, message))

    def _note(self, process: WorkerProcess, message: object) -> None:
        worker = next(one for one in self._workers if one.process is process)
        match message:
            case Ready():
                worker.ready, worker.limit_s = True, _NEVER_S
                self._failed_starts = 0
            case Started() | Progressed() | Proposed():
                self._ledger.tell(message)
            case Finished() | Failed():
                self._ledger.tell(message)
                worker.task, worker.limit_s = None, _NEVER_S
            case Ended(code):
                self._bury(worker, code)

    def _bury(self, worker: _Worker, code: int | None) -> None:
        self._workers.remove(worker)
        cause = worker.killed or _cause(code)
        if worker.task is not None:
            self._ledger.tell(self._end_of(worker.task, code, cause))
        if not worker.ready and self._close_at_s is None:
            self._no_start(cause)

    def _end_of(self, task: Task, code: int | None, cause: str) -> Failed | Lost:
        """Return how a task ends whose worker has ended; what needs more memory than it may have never gets further."""
        most = self._conditions.max_memory_mb
        if code != OUT_OF_MEMORY or most is None:
            return Lost(task.task_id, cause)
        sentence = (
            f"This needs more than the {most} MB of memory that a worker may use. Split the scenario into smaller "
            "ones, or let the operator raise PAIGONG_WORKER_MEMORY_MB."
        )
        return Failed(task.task_id, Problem("out-of-memory", sentence))

    def _no_start(self, cause: str) -> None:
        """Wait longer each time; give tasks back rather than let them wait for a worker that may never come."""
        self._failed_starts += 1
        self._start_at_s = time.monotonic() + min(_LONGEST_PAUSE_S, 0.25 * 2**self._failed_starts)
        if self._failed_starts == FAILED_STARTS:  # once, not every half a minute
            _log.warning("No worker gets ready: %s", cause)
        if self._failed_starts >= FAILED_STARTS:
            for task in tuple(self._waiting):
                self._give_back(task, f"no worker gets ready: {cause}")

    def _give_back(self, task: Task, why: str) -> None:
        self._waiting.remove(task)
        self._cancelled.discard(task.task_id)
        self._ledger.tell(Lost(task.task_id, why))

    def _kill_late(self) -> None:
        now_s = time.monotonic()
        for worker in self._workers:
            if worker.killed:
                continue
            if now_s >= worker.limit_s:
                self._kill(worker, DEADLINE if worker.ready else "it did not get ready")
            elif self._close_at_s is not None and (worker.task is None or now_s >= self._close_at_s):
                self._kill(worker, CLOSED)

    def _kill(self, worker: _Worker, why: str) -> None:
        worker.killed = worker.killed or why
        worker.process.kill()

    def _start_missing(self) -> None:
        if self._close_at_s is not None or time.monotonic() < self._start_at_s:
            return
        while len(self._workers) < self._slots:
            try:
                process = WorkerProcess(self._conditions, self._hear)
            except OSError as error:
                self._no_start(str(error))
                return
            self._workers.append(_Worker(process, time.monotonic() + START_S))

    def _hand_out(self) -> None:
        for worker in self._workers:
            if not self._waiting:
                return
            if worker.ready and worker.task is None and not worker.killed:
                self._begin(worker, self._waiting.popleft())

    def _begin(self, worker: _Worker, task: Task) -> None:
        worker.task = task
        if task.deadline_s is not None:
            worker.limit_s = time.monotonic() + task.deadline_s + self._deadline_grace_s
        worker.process.send(Begin(task, cancelled=task.task_id in self._cancelled))
        self._cancelled.discard(task.task_id)

    def _pause_s(self) -> float | None:
        """Return the seconds until something is to be done unasked; none: until somebody calls."""
        moments = [worker.limit_s for worker in self._workers if not worker.killed]
        if self._close_at_s is not None:
            moments += [self._close_at_s] if moments else []
        elif len(self._workers) < self._slots:
            moments.append(self._start_at_s)
        first_s = min(moments, default=_NEVER_S)
        return None if first_s == _NEVER_S else max(0.0, first_s - time.monotonic())


def _cause(code: int | None) -> str:
    """Return in words why a worker process ended."""
    if code == OUT_OF_MEMORY:
        return "the worker had not enough memory"
    if code is not None and code < 0:
        return f"the worker was killed by signal {-code}; the system does that too when memory is short"
    return f"the worker ended with exit code {code}"
