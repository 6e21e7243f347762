"""Tasks for the tests of executors, and how to wait for them."""

import json
import time
from collections.abc import Iterator
from datetime import datetime

from optimizer.control import Iterations, Seconds, Stop
from optimizer.domain.scenario import Scenario
from optimizer.interchange.plan_file import plan_json
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_json
from optimizer.scenario_library import scenario_path
from service.executor.base import Executor
from service.executor.events import Event, Failed, Finished, Lost, Started
from service.executor.task import PlanTask, ReplanTask
from tests.unit.service.boards.day import X, at, plan_of, two_branches

LONG = Iterations(10**12)
"""A search that ends only when it is made to."""

PATIENCE_S = 120.0
"""A test that waits longer for an event has failed; a loaded machine may well need some seconds."""


def scenario(name: str = "rules/part") -> Scenario:
    path = scenario_path(name)
    assert path is not None
    return load_scenario(path)


def task(task_id: str, stop: Stop = Iterations(200), **fields: object) -> PlanTask:  # noqa: B008 # immutable
    content = scenario_json(scenario()).encode()
    return PlanTask(**{"task_id": task_id, "scenario": content, "stop": stop, **fields})  # type: ignore[arg-type]


def replan_task(task_id: str, stop: Seconds | Iterations = Iterations(5)) -> ReplanTask:  # noqa: B008 # immutable
    """Return a re-plan of B1's day in which T1 drops out at 08:30."""
    question = two_branches()
    away = {"kind": "call_off", "at": at("08:30"), "technician_id": "T1"}
    return ReplanTask(
        task_id=task_id,
        scenario=scenario_json(question).encode(),
        document=plan_json(plan_of(question, X)).encode(),
        branch_id="B1",
        events=json.dumps({"events": [away]}).encode(),
        told=b"[]",
        at=datetime.fromisoformat(at("08:30")),
        stop=stop,
    )


def next_event(executor: Executor) -> Event:
    return next(events_of(executor))


def events_of(executor: Executor) -> Iterator[Event]:
    """Take events, but not for ever."""
    until_s = time.monotonic() + PATIENCE_S
    while (event := executor.next_event(until_s - time.monotonic())) is not None:
        yield event
    raise AssertionError(f"nothing more in {PATIENCE_S:.0f} s; alive: {executor.alive()}")


def events_until_the_end(executor: Executor, *task_ids: str) -> list[Event]:
    """Take events until these tasks have ended."""
    events: list[Event] = []
    left = set(task_ids)
    for event in events_of(executor):
        events.append(event)
        if isinstance(event, Finished | Failed | Lost):
            left.discard(event.task_id)
            if not left:
                break
    return events


def started(executor: Executor, task_id: str) -> int:
    """Wait until a task has begun, and return the process id of its worker."""
    [pid] = all_started(executor, task_id)
    return pid


def all_started(executor: Executor, *task_ids: str) -> list[int]:
    """Wait until these tasks have begun, in any order, and return the process ids of their workers.

    No task may end meanwhile: its end would be taken here, and missed by whoever waits for it.
    """
    pids: dict[str, int] = {}
    for event in events_of(executor):
        if isinstance(event, Started):
            pids[event.task_id] = int(event.worker.rpartition(":")[2])
            if pids.keys() >= set(task_ids):
                break
        elif isinstance(event, Finished | Failed | Lost):
            raise AssertionError(f"ended before all of them had begun: {event}")
    return [pids[task_id] for task_id in task_ids]
