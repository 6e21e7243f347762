"""An executor that does what a test tells it."""

from collections import deque

from service.executor.events import Event
from service.executor.task import Task


class Puppet:
    """Takes tasks and computes nothing; the test says what happens.

    Parameters
    ----------
    slots : how many tasks it takes
    """

    def __init__(self, slots: int = 1) -> None:
        self.slots = slots
        self.tasks: list[Task] = []
        self.cancelled: list[str] = []
        self.killed: list[str] = []
        self.closed = False
        self._events: deque[Event] = deque()

    def submit(self, task: Task) -> None:
        self.tasks.append(task)

    def cancel(self, task_id: str) -> None:
        self.cancelled.append(task_id)

    def kill(self, task_id: str) -> None:
        self.killed.append(task_id)

    def next_event(self, timeout_s: float) -> Event | None:
        return self._events.popleft() if self._events else None

    def alive(self) -> frozenset[str]:
        return frozenset(task.task_id for task in self.tasks)

    def close(self, grace_s: float) -> None:
        self.closed = True

    def tell(self, *events: Event) -> None:
        """Let events happen."""
        self._events.extend(events)
