"""What a server and its worker processes say to each other; a worker also says the events of its task."""

from dataclasses import dataclass
from typing import Final

from service.executor.task import Task

OUT_OF_MEMORY: Final = 70
"""Exit code of a worker that had not enough memory."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker has loaded its kernels and waits for work.

    Parameters
    ----------
    spent_s : seconds that took
    """

    spent_s: float


@dataclass(frozen=True, slots=True)
class Begin:
    """A worker is to do a task.

    Parameters
    ----------
    task : which
    cancelled : it is to end as soon as there is a plan
    """

    task: Task
    cancelled: bool


@dataclass(frozen=True, slots=True)
class EndSoon:
    """A worker is to end a task and keep its best.

    Parameters
    ----------
    task_id : which
    """

    task_id: str
