"""What runs on the machines of a Dask cluster: each Dask worker keeps plan workers of its own beside it.

A Dask worker cannot end a computation, and one that computes itself for long is taken for dead. So it only carries
messages; plan workers can be killed, keep deadlines, and end with the Dask worker.
"""

import pickle
from queue import Empty, LifoQueue
from threading import Lock
from typing import Any, Final

from distributed import Worker, WorkerPlugin, get_worker

from optimizer import __version__
from service.executor.events import End, Failed, Finished, Lost, Problem
from service.executor.local.executor import LocalExecutor
from service.executor.local.process import WorkerConditions
from service.executor.task import Task

NAME: Final = f"paigong-{__version__}"
"""The plugin's name; another version of the program has another plugin."""

_TAKE_S: Final = 30.0
_LISTEN_S: Final = 60.0


class PlanWorkers(WorkerPlugin):
    """The plan workers beside a Dask worker, one for each of its threads, ready before the first task comes.

    Parameters
    ----------
    conditions : how they are run
    deadline_grace_s : seconds after a task's deadline before it is killed
    """

    name = NAME
    # A second server finds them there already; replacing them would end what they are at.
    idempotent = True

    def __init__(self, conditions: WorkerConditions, deadline_grace_s: float) -> None:
        self._conditions = conditions
        self._deadline_grace_s = deadline_grace_s

    def setup(self, worker: Worker) -> None:
        """Start them; called once on each Dask worker, also on one that joins later."""
        self._worker = worker
        self._lock = Lock()
        self._busy: dict[str, tuple[LocalExecutor, str]] = {}
        self._wanted: set[str] = set()
        self._all = tuple(
            LocalExecutor(1, conditions=self._conditions, deadline_grace_s=self._deadline_grace_s)
            for _ in range(worker.state.nthreads)
        )
        self._idle: LifoQueue[LocalExecutor] = LifoQueue()
        for executor in self._all:
            self._idle.put(executor)

    def teardown(self, worker: Worker) -> None:
        """End them; called when the Dask worker closes."""
        for executor in self._all:
            executor.close(0)

    def do(self, key: str, topic: str, task: Task) -> End:
        """Do a task and return how it ended; called from one of the Dask worker's threads."""
        try:
            executor = self._idle.get(timeout=_TAKE_S)
        except Empty:
            return Lost(task.task_id, "the Dask worker has more tasks than threads")
        try:
            executor.submit(task)
            with self._lock:
                self._busy[key] = executor, task.task_id
                wanted = key in self._wanted
            if not wanted:
                executor.kill(task.task_id)
            return self._end(executor, key, topic)
        finally:
            with self._lock:
                self._busy.pop(key, None)
            self._idle.put(executor)

    def cancel(self, key: str) -> None:
        """Ask a task to end and to keep its best."""
        with self._lock:
            found = self._busy.get(key)
        if found is not None:
            executor, task_id = found
            executor.cancel(task_id)

    def transition(self, key: Any, start: str, finish: str, **kwargs: Any) -> None:
        """Kill a task that nobody waits for any more: it was given up, or its server has gone."""
        with self._lock:
            if finish == "executing":
                self._wanted.add(key)
            elif start == "executing":
                self._wanted.discard(key)
            found = None if key in self._wanted else self._busy.get(key)
        if found is not None:
            executor, task_id = found
            executor.kill(task_id)

    def _end(self, executor: LocalExecutor, key: str, topic: str) -> End:
        while True:
            event = executor.next_event(_LISTEN_S)
            if isinstance(event, Finished | Failed | Lost):
                return event
            if event is not None:
                said = {"worker": self._worker.address, "key": key, "event": pickle.dumps(event)}
                self._worker.log_event(topic, said)


def version_here() -> str:
    """Return the version of the program where this runs."""
    return __version__


def do_task(key: str, topic: str, version: str, packed: bytes) -> bytes:
    """Do a task on a Dask worker and return how it ended, pickled.

    Parameters
    ----------
    key : the cluster's name of the task
    topic : where its events are told
    version : version of the server's program
    packed : the task, pickled
    """
    task: Task = pickle.loads(packed)
    if version != __version__:
        sentence = (
            f"The cluster's worker has Paigong {__version__}, the server {version}; install the same on both."
        )
        return pickle.dumps(Failed(task.task_id, Problem("wrong-version", sentence)))
    workers = get_worker().plugins[NAME]
    assert isinstance(workers, PlanWorkers)
    return pickle.dumps(workers.do(key, topic, task))


def ask_to_end(key: str, dask_worker: Worker) -> None:
    """Ask a task on a Dask worker to end and to keep its best.

    Parameters
    ----------
    key : the cluster's name of the task
    dask_worker : where this runs; the cluster fills it in
    """
    workers = dask_worker.plugins.get(NAME)
    if isinstance(workers, PlanWorkers):
        workers.cancel(key)
