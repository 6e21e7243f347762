"""What an executor is: it runs tasks elsewhere and tells how they go."""

from typing import Protocol

from service.executor.events import Event
from service.executor.task import Task

KILLED = "killed"
"""Why a task is lost that was killed on request."""
DEADLINE = "deadline"
"""Why a task is lost that was not done in time."""
CLOSED = "closed"
"""Why a task is lost that was under way when the executor closed."""


class Executor(Protocol):
    """Runs tasks in other processes; every submitted task ends in exactly one final event.

    Its methods return at once, but for `next_event` and `close`, which wait no longer than they are told. Any
    thread may call them; one at a time takes the events.
    """

    @property
    def slots(self) -> int:
        """How many tasks run side by side at present; 0 while there is nobody to run them, and once it is closed."""
        ...

    def submit(self, task: Task) -> None:
        """Take a task; it waits where no slot is free.

        Raises
        ------
        ValueError
            A task of this id is under way.
        RuntimeError
            The executor is closed.
        """
        ...

    def cancel(self, task_id: str) -> None:
        """Ask a task to end and to keep its best plan; it ends as `Finished`, ended by ``cancelled``.

        A task that has not begun yet gives the first plan that is found, once its turn has come. Of an unknown
        task, or one that is over, nothing is heard.
        """
        ...

    def kill(self, task_id: str) -> None:
        """End a task at once, whatever it does; it ends as `Lost`, unless it was just done."""
        ...

    def next_event(self, timeout_s: float) -> Event | None:
        """Return what happened next, or none when nothing did in so many seconds.

        Parameters
        ----------
        timeout_s : longest wait, from 0
        """
        ...

    def alive(self) -> frozenset[str]:
        """Return the tasks that were submitted and whose final event nobody has taken yet."""
        ...

    def close(self, grace_s: float) -> None:
        """Take no more tasks, let the running ones go on for a while, then end them.

        What has not begun is `Lost` at once, what is not done in time is `Lost` then. Events can still be taken
        after it.

        Parameters
        ----------
        grace_s : seconds for the running tasks
        """
        ...
