"""What the executors have in common: calls go to a supervisor's own thread, events come through a ledger."""

from collections.abc import Callable
from functools import partial
from threading import Lock, Thread
from typing import Protocol

from service.executor.events import Event
from service.executor.ledger import Ledger
from service.executor.task import Task


class Supervisor(Protocol):
    """Who alone knows how the tasks stand; but for `call` and `slots`, everything happens in its own thread."""

    @property
    def slots(self) -> int:
        """How many tasks it has room for side by side at present; may be asked from any thread."""
        ...

    def call(self, what: Callable[[], None]) -> None:
        """Let its own thread do something, after what it was given before."""
        ...

    def run(self) -> None:
        """Supervise until everything is closed; the life of one thread."""
        ...

    def submit(self, task: Task) -> None:
        """Take a task."""
        ...

    def cancel(self, task_id: str) -> None:
        """Ask a task to end and to keep its best."""
        ...

    def kill(self, task_id: str) -> None:
        """End a task at once."""
        ...

    def close(self, grace_s: float) -> None:
        """Begin nothing more and end what is not done in so many seconds."""
        ...


class SupervisedExecutor:
    """An `Executor` whose work a supervisor does in a thread of its own, so that no caller ever waits for it.

    Parameters
    ----------
    supervisor : does the work
    ledger : where it tells what happens
    settle_s : how long `close` waits beyond its grace for the supervisor to be through
    """

    def __init__(self, supervisor: Supervisor, ledger: Ledger, settle_s: float) -> None:
        self._supervisor = supervisor
        self._ledger = ledger
        self._settle_s = settle_s
        self._lock = Lock()
        self._closed = False
        self._thread = Thread(target=supervisor.run, name=type(supervisor).__name__, daemon=True)
        self._thread.start()

    @property
    def slots(self) -> int:
        """See `Executor.slots`."""
        return 0 if self._closed or not self._thread.is_alive() else self._supervisor.slots

    def submit(self, task: Task) -> None:
        """See `Executor.submit`."""
        with self._lock:
            if self._closed or not self._thread.is_alive():
                raise RuntimeError("The executor is closed.")
            self._ledger.enter(task)
            self._supervisor.call(partial(self._supervisor.submit, task))

    def cancel(self, task_id: str) -> None:
        """See `Executor.cancel`."""
        self._supervisor.call(partial(self._supervisor.cancel, task_id))

    def kill(self, task_id: str) -> None:
        """See `Executor.kill`."""
        self._supervisor.call(partial(self._supervisor.kill, task_id))

    def next_event(self, timeout_s: float) -> Event | None:
        """See `Executor.next_event`."""
        return self._ledger.next_event(timeout_s)

    def alive(self) -> frozenset[str]:
        """See `Executor.alive`."""
        return self._ledger.alive()

    def close(self, grace_s: float) -> None:
        """See `Executor.close`."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._supervisor.call(partial(self._supervisor.close, grace_s))
        self._thread.join(grace_s + self._settle_s)
