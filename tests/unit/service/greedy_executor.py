"""An executor that is done at once: it plans with the greedy engine, whatever was asked for."""

import queue
from dataclasses import replace

from optimizer.control import Cancel, Iterations
from service.executor.events import Event
from service.executor.task import PlanTask, ReplanTask, Task
from service.executor.work import work


class GreedyExecutor:
    """Computes each task while it is submitted; scenarios must be small."""

    slots = 1

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def submit(self, task: Task) -> None:
        if isinstance(task, PlanTask):
            quick: Task = replace(task, engine="greedy", stop=Iterations(1), threads=1)
        elif isinstance(task, ReplanTask):
            quick = replace(task, stop=Iterations(1))
        else:
            quick = task
        self._events.put(work(quick, roads=lambda: None, tell=self._events.put, cancel=Cancel()))

    def cancel(self, task_id: str) -> None:
        pass

    def kill(self, task_id: str) -> None:
        pass

    def next_event(self, timeout_s: float) -> Event | None:
        try:
            return self._events.get(timeout=timeout_s) if timeout_s else self._events.get_nowait()
        except queue.Empty:
            return None

    def alive(self) -> frozenset[str]:
        return frozenset()

    def close(self, grace_s: float) -> None:
        pass
