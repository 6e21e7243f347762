"""Worker processes make the samples that would be made here, and one that dies takes its own sample alone with it."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Study
from optimizer.domain.study_sample import Sample
from optimizer.errors import NotSimulated, TravelUnavailable
from optimizer.whatif.executor import Assignment, End, Failed, Lost, Made, SampleTask
from optimizer.whatif.making import SampleMaker
from optimizer.whatif.pool import LocalPool
from optimizer.whatif.sample_key import THE_BASE
from tests.unit.interchange.documents import question
from tests.unit.whatif.stand_in import ONE_MORE, Model, assignment, study

PATIENCE_S = 60.0


@contextmanager
def pool(model: Model = Model(), workers: int = 1) -> Iterator[LocalPool]:  # noqa: B008 # immutable
    found = LocalPool(workers, assignment(study(), model))
    try:
        yield found
    finally:
        found.close()


def next_end(executor: LocalPool) -> End:
    end = executor.next_end(PATIENCE_S)
    assert end is not None
    return end


def test_samples_are_those_that_would_be_made_here() -> None:
    tasks = [SampleTask(variant, chain) for chain in (0, 1) for variant in (THE_BASE, ONE_MORE)]
    here = SampleMaker(assignment(study()))
    with pool(workers=2) as executor:
        for task in tasks:
            executor.submit(task)
        ends = [next_end(executor) for _ in tasks]
        assert executor.next_end(0) is None
    made = {str(end.task): end.sample for end in ends if isinstance(end, Made)}
    assert made == {str(task): here.made(task) for task in tasks}


def test_a_worker_that_is_killed_loses_its_sample_and_another_one_takes_its_place(tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.write_text("1")
    task = SampleTask(THE_BASE, 1)
    with pool(Model(deadly=str(left))) as executor:
        executor.submit(task)
        lost = next_end(executor)
        assert lost == Lost(
            task, "its process was killed by signal 9; the system does that too when memory is short"
        )
        executor.submit(task)
        assert isinstance(next_end(executor), Made)


def test_errors_come_back_as_they_were_and_mistakes_with_their_place() -> None:
    task = SampleTask(THE_BASE, 1)
    with pool(Model(wrong="library")) as executor:
        executor.submit(task)
        failed = next_end(executor)
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, TravelUnavailable)
    with pool(Model(wrong="program")) as executor:
        executor.submit(task)
        failed = next_end(executor)
        assert isinstance(failed, Failed)
        assert isinstance(failed.error, RuntimeError)
        assert "stand_in.py" in str(failed.error)
        assert "KeyError: 'nowhere'" in str(failed.error)
        executor.submit(SampleTask(THE_BASE, 0))  # the worker goes on
        assert isinstance(next_end(executor), Made)


def test_closing_ends_what_is_under_way() -> None:
    with pool(Model(sleep_s=600)) as executor:
        executor.submit(SampleTask(THE_BASE, 0))
        assert executor.next_end(1) is None
        processes = [worker.process for worker in executor._workers]
    assert [one.returncode for one in processes] == [-signal.SIGKILL]


def leaving(
    base: Scenario, scenario: Scenario, model: Model, study: Study, variant: str, number: int
) -> Sample:
    os._exit(3)


def test_the_exit_code_of_a_worker_is_told() -> None:
    executor = LocalPool(1, Assignment(study(), question(), Model(), leaving))
    try:
        executor.submit(SampleTask(THE_BASE, 0))
        end = next_end(executor)
        assert isinstance(end, Lost)
        assert end.why == "its process ended with exit code 3"
    finally:
        executor.close()


class Unreadable:
    """Something that another process cannot read."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (4,)


def test_workers_that_never_get_ready_are_given_up() -> None:
    given = assignment(study())
    executor = LocalPool(1, Assignment(given.study, given.base, Unreadable(), given.simulate))
    try:
        executor.submit(SampleTask(THE_BASE, 0))
        with pytest.raises(NotSimulated, match=r"No process gets ready to simulate: .* exit code 4"):
            executor.next_end(PATIENCE_S)
    finally:
        executor.close()


def test_a_sample_of_something_else_is_not_taken() -> None:
    def other(
        base: Scenario, scenario: Scenario, model: Model, study: Study, variant: str, number: int
    ) -> Sample:
        return given.simulate(base, scenario, model, study, variant, number + 1)

    given = assignment(study())
    maker = SampleMaker(Assignment(given.study, given.base, given.model, other))
    with pytest.raises(RuntimeError, match="chain 1 of 'base' was made instead of chain 0 of 'base'"):
        maker.made(SampleTask(THE_BASE, 0))
