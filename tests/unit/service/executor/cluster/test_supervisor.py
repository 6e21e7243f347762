import pickle
from collections.abc import Callable
from typing import Any, cast

import pytest

pytest.importorskip("distributed", reason="needs Dask: pip install 'paigong[dask]'")

from service.executor.base import KILLED
from service.executor.cluster.connection import Connection, Handed
from service.executor.cluster.supervisor import ClusterSupervisor
from service.executor.events import Event, Failed, Lost, Problem, Started
from service.executor.ledger import Ledger
from service.executor.task import Task
from tests.unit.service.executor.tasks import task

FAILED = Failed("a", Problem("internal", "It did not work."))


class Future:
    """The cluster's promise, which it keeps when the test says so."""

    def __init__(self) -> None:
        self.end: Event | BaseException | None = None

    def result(self, timeout: float) -> bytes:
        if isinstance(self.end, BaseException):
            raise self.end
        return pickle.dumps(self.end)

    def release(self) -> None:
        pass


class HandMadeConnection:
    """A scheduler of one's own: what it hands out, ends when the test says so."""

    def __init__(self) -> None:
        self.handed: list[tuple[Handed, Future, Callable[[Handed], None]]] = []

    def listen(self, heard: Callable[[str, str, Event], None]) -> None:
        self.heard = heard

    def submit(self, task: Task, ended: Callable[[Handed], None]) -> Handed:
        future = Future()
        handed = Handed(f"key-{len(self.handed)}", cast("Any", future))
        self.handed.append((handed, future, ended))
        return handed

    def threads(self) -> dict[str, int]:
        return {"tcp://one:1": 1}

    def close(self) -> None:
        pass

    def end(self, number: int, end: Event | BaseException) -> None:
        handed, future, ended = self.handed[number]
        future.end = end
        ended(handed)


def test_what_comes_late_of_a_killed_task_does_not_touch_its_next_attempt() -> None:
    connection, ledger = HandMadeConnection(), Ledger()
    supervisor = ClusterSupervisor(lambda: cast("Connection", connection), 1.0, ledger)
    events: list[Event | None] = []

    def enter() -> None:
        ledger.enter(task("a"))
        supervisor.submit(task("a"))

    def killed_and_entered_again() -> None:
        supervisor.kill("a")
        events.append(ledger.next_event(0))
        enter()
        connection.end(0, RuntimeError("released"))
        connection.heard("tcp://one:1", "key-0", Started("a", "vm:1"))
        connection.heard("tcp://one:1", "key-1", Started("a", "vm:2"))
        connection.end(1, FAILED)
        supervisor.call(lambda: supervisor.close(0))

    supervisor.call(enter)
    supervisor.call(killed_and_entered_again)
    supervisor.run()
    events += [ledger.next_event(0) for _ in range(3)]
    assert events == [Lost("a", KILLED), Started("a", "vm:2"), FAILED, None]
