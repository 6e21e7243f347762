"""Samples are made by the service's workers as by those of a study alone, and what goes wrong comes back as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from optimizer.domain.study_sample import Sample
from optimizer.errors import (
    BrokenPlan,
    InvalidInput,
    Issue,
    NotSimulated,
    TravelUnavailable,
    UnsupportedFeature,
)
from optimizer.whatif.executor import Assignment, Failed, Lost, Made, SampleTask
from optimizer.whatif.making import SampleMaker
from optimizer.whatif.runner import Sampling
from optimizer.whatif.sample_key import THE_BASE
from optimizer.whatif.staged import most_samples, sampled
from service.executor import sampling
from service.executor.base import CLOSED, Executor
from service.executor.events import Event, Problem, ProblemKind, Started
from service.executor.events import Failed as TaskFailed
from service.executor.events import Lost as TaskLost
from service.executor.local.executor import LocalExecutor
from service.executor.sampling import MistakeInWorker, StudySamples, packed, simulated
from service.executor.task import SampleTask as SimulationTask
from service.executor.task import Task
from tests.unit.service.executor.tasks import PATIENCE_S
from tests.unit.whatif.in_process import InMemory, InProcess
from tests.unit.whatif.stand_in import ONE_MORE, Model, assignment, study


class Scripted:
    """An executor that has these events for its first task."""

    def __init__(self, *events: Event) -> None:
        self._events = list(events)
        self.slots = 1
        self.closed = False

    def submit(self, task: Task) -> None:
        assert task.task_id == "sample-1"

    def cancel(self, task_id: str) -> None: ...

    def kill(self, task_id: str) -> None: ...

    def next_event(self, timeout_s: float) -> Event | None:
        return self._events.pop(0) if self._events else None

    def alive(self) -> frozenset[str]:
        return frozenset()

    def close(self, grace_s: float) -> None:
        self.closed = True


@pytest.fixture(scope="module")
def local() -> Iterator[Executor]:
    executor = LocalExecutor(2)
    yield executor
    executor.close(0)


def test_a_study_has_the_same_samples_as_in_this_process(local: Executor) -> None:
    asked = study(least=3, most=4, half_width=1e-9)
    given = assignment(asked)
    samples: list[list[Sample]] = []
    for executor in (StudySamples(local, given), InProcess(given)):
        result = sampled(asked, Sampling(executor, InMemory(), at_most=most_samples(asked)))
        samples.append(list(result.samples()))
    assert len(samples[0]) == 12
    assert samples[0] == samples[1]


def test_the_worker_that_dies_is_told(local: Executor, tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.write_text("1")
    executor = StudySamples(local, assignment(study(), Model(deadly=str(left))))
    task = SampleTask(THE_BASE, 1)
    executor.submit(task)
    lost = executor.next_end(PATIENCE_S)
    assert isinstance(lost, Lost)
    assert "killed by signal 9" in lost.why
    executor.submit(task)
    assert isinstance(executor.next_end(PATIENCE_S), Made)


def test_an_error_of_the_library_comes_back(local: Executor) -> None:
    executor = StudySamples(local, assignment(study(), Model(wrong="library")))
    executor.submit(SampleTask(THE_BASE, 1))
    failed = executor.next_end(PATIENCE_S)
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, TravelUnavailable)
    assert str(failed.error) == "There is no road."


ISSUE = Issue("code", "path", "Cause.", "Action.")


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("invalid-input", InvalidInput),
        ("unsupported-feature", UnsupportedFeature),
        ("travel-unavailable", TravelUnavailable),
        ("broken-plan", BrokenPlan),
        ("wrong-version", NotSimulated),
        ("out-of-memory", NotSimulated),
        ("internal", MistakeInWorker),
    ],
)
def test_every_problem_has_its_error(kind: ProblemKind, error: type[Exception]) -> None:
    problem = Problem(kind, "No.", (ISSUE,), ("Late.",), error="KeyError", places=("a.py:1",))
    executor = StudySamples(
        Scripted(Started("sample-1", "here:1"), TaskFailed("sample-1", problem)), assignment(study())
    )
    executor.submit(SampleTask(ONE_MORE, 0))
    failed = executor.next_end(1)
    assert isinstance(failed, Failed)
    assert type(failed.error) is error
    assert failed.task == SampleTask(ONE_MORE, 0)


def test_closing_closes_the_executor_below() -> None:
    below = Scripted(TaskLost("sample-1", CLOSED))
    executor = StudySamples(below, assignment(study()))
    executor.submit(SampleTask(ONE_MORE, 0))
    executor.close()
    assert below.closed
    assert executor.next_end(0) == Lost(SampleTask(ONE_MORE, 0), CLOSED)
    assert executor.next_end(0) is None


def test_nobody_is_not_waited_for_without_end() -> None:
    below = Scripted()
    executor = StudySamples(below, assignment(study()))
    executor.wait_for_workers(0)
    below.slots = 0
    with pytest.raises(NotSimulated, match="Within 0 s no worker was found"):
        executor.wait_for_workers(0)


def test_an_assignment_is_unpacked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked = list[Assignment]()

    def maker(given: Assignment) -> SampleMaker:
        unpacked.append(given)
        return SampleMaker(given)

    monkeypatch.setattr(sampling, "SampleMaker", maker)
    content = packed(assignment(study(seed=123)))
    for chain in range(3):
        variant = ONE_MORE.model_dump_json().encode()
        # As it comes out of a pipe: equal bytes, but not the same object.
        task = SimulationTask(
            task_id=f"t{chain}", assignment=bytes(bytearray(content)), variant=variant, chain=chain
        )
        assert Sample.model_validate_json(simulated(task).document).chain == chain
    assert len(unpacked) == 1
