"""Follows the tasks that a cluster does: one thread that alone knows how each of them stands."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from typing import Final

from distributed.scheduler import KilledWorker

from service.executor.base import CLOSED, DEADLINE, KILLED
from service.executor.cluster.connection import Connection, Handed
from service.executor.events import End, Event, Failed, Lost, Problem, Started
from service.executor.ledger import Ledger
from service.executor.task import Task

LOOK_S: Final = 1.0
"""Seconds between two looks at which workers there are."""
AGAIN_S: Final = 5.0
"""Seconds between two attempts to reach a scheduler."""
LATE_S: Final = 10.0
"""Seconds after which a worker is not waited for that should have killed a late task itself."""

_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class _Run:
    """A task in the cluster's hands."""

    task: Task
    handed: Handed
    worker: str | None = None
    """Address of the worker that has begun it; none: nobody has."""
    cancelled: bool = False
    limit_s: float = float("inf")
    """When it is given up, by the monotonic clock."""


class ClusterSupervisor:
    """Hands tasks to a cluster and makes one end of each; `call` gives it something to do.

    Parameters
    ----------
    connect : finds the scheduler
    deadline_grace_s : seconds after a task's deadline before its worker kills it
    ledger : is told what happens
    """

    def __init__(self, connect: Callable[[], Connection], deadline_grace_s: float, ledger: Ledger) -> None:
        self._connect = connect
        self._deadline_grace_s = deadline_grace_s
        self._ledger = ledger
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._connection: Connection | None = None
        self._runs: dict[str, _Run] = {}
        self._look_at_s = 0.0
        self._close_at_s: float | None = None
        self._no_cluster = ""
        self.slots = 0
        """How many tasks the cluster does side by side at present."""

    def call(self, what: Callable[[], None]) -> None:
        """Let the supervisor's own thread do something, after what it was given before."""
        self._calls.put(what)

    def run(self) -> None:
        """Supervise until everything is closed; the life of one thread."""
        try:
            while self._close_at_s is None or (self._runs and time.monotonic() < self._close_at_s):
                if time.monotonic() >= self._look_at_s:
                    self._look()
                with suppress(Empty):
                    self._calls.get(timeout=max(0.0, self._wake_at_s() - time.monotonic()))()
            self._lose_all(CLOSED)
        finally:
            self._disconnect()
            self._ledger.lose_all("the executor broke down")

    def submit(self, task: Task) -> None:
        """Hand a task to the cluster."""
        if self._connection is None or self._close_at_s is not None:
            why = CLOSED if self._close_at_s is not None else f"there is no cluster: {self._no_cluster}"
            self._ledger.tell(Lost(task.task_id, why))
            return
        try:
            handed = self._connection.submit(task, partial(self._fetch, task.task_id))
        except Exception as error:  # noqa: BLE001 # whatever a broken connection raises
            self._lose_cluster(error)
            self._ledger.tell(Lost(task.task_id, f"there is no cluster: {self._no_cluster}"))
            return
        self._runs[task.task_id] = _Run(task, handed)

    def cancel(self, task_id: str) -> None:
        """Ask a task to end and to keep its best."""
        run = self._runs.get(task_id)
        if run is not None:
            run.cancelled = True
            self._ask_to_end(run)

    def kill(self, task_id: str) -> None:
        """End a task at once."""
        self._lose(task_id, KILLED)

    def close(self, grace_s: float) -> None:
        """Begin nothing more and end what is not done in so many seconds."""
        self._close_at_s = time.monotonic() + grace_s
        for task_id in [task_id for task_id, run in self._runs.items() if run.worker is None]:
            self._lose(task_id, CLOSED)

    def _wake_at_s(self) -> float:
        return self._look_at_s if self._close_at_s is None else min(self._look_at_s, self._close_at_s)

    def _look(self) -> None:
        """See which workers there are; what was done by one that is no longer there is lost."""
        self._look_at_s = time.monotonic() + LOOK_S
        if self._connection is None and not self._reconnect():
            return
        assert self._connection is not None
        try:
            threads = self._connection.threads()
        except Exception as error:  # noqa: BLE001 # whatever a broken connection raises
            self._lose_cluster(error)
            return
        self.slots = sum(threads.values())
        now_s = time.monotonic()
        for task_id, run in tuple(self._runs.items()):
            if run.worker is not None and run.worker not in threads:
                self._lose(task_id, _GONE)
            elif now_s >= run.limit_s:
                self._lose(task_id, DEADLINE)

    def _reconnect(self) -> bool:
        try:
            self._connection = self._connect()
            self._connection.listen(self._hear)
        except Exception as error:  # noqa: BLE001 # whatever stands in the way, it may be gone next time
            if str(error) != self._no_cluster:  # once, not every few seconds
                _log.warning("There is no cluster: %s", error)
            self._no_cluster = str(error)
            self._disconnect()
            return False
        self._no_cluster = ""
        return True

    def _lose_cluster(self, error: Exception) -> None:
        self._no_cluster = f"the scheduler was lost: {error}"
        _log.warning("There is no cluster: %s", self._no_cluster)
        self._lose_all(self._no_cluster)
        self._disconnect()

    def _disconnect(self) -> None:
        self.slots = 0
        self._look_at_s = time.monotonic() + AGAIN_S
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _hear(self, worker: str, key: str, event: Event) -> None:
        """Take what a worker tells; the connection calls from its own thread."""
        self.call(partial(self._note, worker, key, event))

    def _note(self, worker: str, key: str, event: Event) -> None:
        run = self._run(event.task_id, key)
        if run is None:
            return
        if not isinstance(event, Started):
            self._ledger.tell(event)
        elif run.worker is not None:
            # The cluster begins anew what a dead worker was at; who tries again is for the run's owner to say.
            self._lose(event.task_id, _GONE)
        else:
            self._begun(run, worker, event)

    def _begun(self, run: _Run, worker: str, event: Started) -> None:
        run.worker = worker
        if run.task.deadline_s is not None:
            run.limit_s = time.monotonic() + run.task.deadline_s + self._deadline_grace_s + LATE_S
        self._ledger.tell(event)
        if run.cancelled:
            self._ask_to_end(run)

    def _ask_to_end(self, run: _Run) -> None:
        if self._connection is not None and run.worker is not None:
            self._connection.ask_to_end(run.handed, run.worker)

    def _fetch(self, task_id: str, handed: Handed) -> None:
        """Fetch the end of a task; the connection calls from its own thread, which may wait."""
        end: End
        try:
            end = handed.end()
        except ImportError as error:
            sentence = f"The cluster's workers have no Paigong, or another one: {error}"
            end = Failed(task_id, Problem("wrong-version", sentence))
        except KilledWorker:
            end = Lost(task_id, _GONE)
        except Exception as error:  # noqa: BLE001 # whatever the cluster raises, the task has ended
            end = Lost(task_id, f"the cluster could not do it: {type(error).__name__}: {error}")
        self.call(partial(self._finish, handed.key, end))

    def _finish(self, key: str, end: End) -> None:
        run = self._run(end.task_id, key)
        if run is not None:
            del self._runs[end.task_id]
            run.handed.drop()
            self._ledger.tell(end)

    def _run(self, task_id: str, key: str) -> _Run | None:
        """Return the run of a task, unless the key is that of an earlier one of the same task."""
        run = self._runs.get(task_id)
        return run if run is not None and run.handed.key == key else None

    def _lose(self, task_id: str, why: str) -> None:
        run = self._runs.pop(task_id, None)
        if run is not None:
            run.handed.drop()
            self._ledger.tell(Lost(task_id, why))

    def _lose_all(self, why: str) -> None:
        for task_id in tuple(self._runs):
            self._lose(task_id, why)


_GONE: Final = "the cluster's worker went away"
