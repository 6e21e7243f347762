"""Which tasks are under way, and what there is to tell of them."""

from queue import Empty, SimpleQueue
from threading import Lock

from service.executor.events import Event, Failed, Finished, Lost
from service.executor.task import Task


class Ledger:
    """Sees to it that every task ends once and that nothing is told of it afterwards."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._under_way: set[str] = set()
        self._alive: set[str] = set()
        self._events: SimpleQueue[Event] = SimpleQueue()

    def enter(self, task: Task) -> None:
        """Note a new task.

        Raises
        ------
        ValueError
            A task of this id is alive.
        """
        with self._lock:
            if task.task_id in self._alive:
                raise ValueError(f"There is a task {task.task_id!r} already.")
            self._alive.add(task.task_id)
            self._under_way.add(task.task_id)

    def tell(self, event: Event) -> bool:
        """Keep an event for whoever takes them; return whether its task was still under way."""
        with self._lock:
            if event.task_id not in self._under_way:
                return False
            if isinstance(event, Finished | Failed | Lost):
                self._under_way.discard(event.task_id)
            self._events.put(event)
            return True

    def lose_all(self, why: str) -> None:
        """End every task that is under way."""
        with self._lock:
            under_way = sorted(self._under_way)
        for task_id in under_way:
            self.tell(Lost(task_id, why))

    def next_event(self, timeout_s: float) -> Event | None:
        """Return the next event, or none when there is none in so many seconds."""
        try:
            event = self._events.get(timeout=max(0.0, timeout_s))
        except Empty:
            return None
        if isinstance(event, Finished | Failed | Lost):
            with self._lock:
                self._alive.discard(event.task_id)
        return event

    def alive(self) -> frozenset[str]:
        """Return the tasks whose final event nobody has taken."""
        with self._lock:
            return frozenset(self._alive)
