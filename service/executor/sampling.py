"""Simulates chains of days for a study: what a worker does, and the study's side of it."""

import pickle
import zlib
from functools import lru_cache
from itertools import count
from time import monotonic
from typing import Final

from optimizer.domain.study import Variant
from optimizer.domain.study_sample import Sample
from optimizer.errors import BrokenPlan, InvalidInput, NotSimulated, TravelUnavailable, UnsupportedFeature
from optimizer.whatif.executor import Assignment
from optimizer.whatif.executor import End as SampleEnd
from optimizer.whatif.executor import Failed as SampleFailed
from optimizer.whatif.executor import Lost as SampleLost
from optimizer.whatif.executor import Made as SampleMade
from optimizer.whatif.executor import SampleTask as OneSample
from optimizer.whatif.making import SampleMaker
from service.executor.base import Executor
from service.executor.events import Failed, Finished, Lost, Problem
from service.executor.task import SampleTask

_LOOK_S: Final = 0.1


def packed(assignment: Assignment) -> bytes:
    """Return an assignment as it goes to the workers, small enough to go along with every task.

    Parameters
    ----------
    assignment : what the samples of a study are made of
    """
    return zlib.compress(pickle.dumps(assignment, protocol=pickle.HIGHEST_PROTOCOL))


def simulated(task: SampleTask) -> Finished:
    """Make a sample; in a worker.

    Parameters
    ----------
    task : which

    Raises
    ------
    PaigongError
        It cannot be made.
    """
    one = OneSample(Variant.model_validate_json(task.variant), task.chain)
    sample = _maker(task.assignment).made(one)
    return Finished(task.task_id, sample.model_dump_json().encode(), "finished")


class MistakeInWorker(RuntimeError):
    """A sample could not be made because of a mistake in the program.

    Parameters
    ----------
    problem : what the worker said of it
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        where = "\n".join(problem.places)
        super().__init__(f"{problem.sentence} {problem.error} at:\n{where}")


class StudySamples:
    """The samples' executor on top of the service's: the same workers plan and simulate, here or in a cluster.

    Parameters
    ----------
    executor : does the work; nobody else takes its events, and it ends with this one
    assignment : what the samples are made of
    """

    def __init__(self, executor: Executor, assignment: Assignment) -> None:
        self._executor = executor
        self._assignment = packed(assignment)
        self._numbers = count(1)
        self._under_way: dict[str, OneSample] = {}

    @property
    def slots(self) -> int:
        """See `SampleExecutor.slots`."""
        return self._executor.slots

    def submit(self, task: OneSample) -> None:
        """See `SampleExecutor.submit`."""
        task_id = f"sample-{next(self._numbers)}"
        self._under_way[task_id] = task
        variant = task.variant.model_dump_json().encode()
        self._executor.submit(
            SampleTask(task_id=task_id, assignment=self._assignment, variant=variant, chain=task.chain)
        )

    def next_end(self, timeout_s: float) -> SampleEnd | None:
        """See `SampleExecutor.next_end`."""
        until_s = monotonic() + timeout_s
        while (event := self._executor.next_event(until_s - monotonic())) is not None:
            match event:
                case Finished(task_id, document):
                    return SampleMade(self._under_way.pop(task_id), Sample.model_validate_json(document))
                case Failed(task_id, problem):
                    return SampleFailed(self._under_way.pop(task_id), _error(problem))
                case Lost(task_id, why):
                    return SampleLost(self._under_way.pop(task_id), why)
        return None

    def close(self) -> None:
        """See `SampleExecutor.close`."""
        self._executor.close(0)

    def wait_for_workers(self, timeout_s: float) -> None:
        """Wait until there is somebody to simulate.

        Parameters
        ----------
        timeout_s : longest wait

        Raises
        ------
        NotSimulated
            Nobody came.
        """
        until_s = monotonic() + timeout_s
        while self.slots == 0:
            if monotonic() >= until_s:
                raise NotSimulated(
                    f"Within {timeout_s:.0f} s no worker was found: is the scheduler there, and has it workers?"
                )
            self._executor.next_event(_LOOK_S)


@lru_cache(maxsize=1)
def _maker(assignment: bytes) -> SampleMaker:
    return SampleMaker(pickle.loads(zlib.decompress(assignment)))


def _error(problem: Problem) -> Exception:
    """Return what was raised in the worker."""
    match problem.kind:
        case "invalid-input":
            return InvalidInput(problem.issues)
        case "broken-plan":
            return BrokenPlan(problem.findings)
        case "travel-unavailable":
            return TravelUnavailable(problem.sentence)
        case "unsupported-feature":
            return UnsupportedFeature(problem.sentence)
        case "wrong-version" | "out-of-memory":
            return NotSimulated(problem.sentence)
        case "internal":
            return MistakeInWorker(problem)
