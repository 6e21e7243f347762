"""Makes samples in this process, and keeps them in memory."""

from collections import deque

from optimizer.domain.study_sample import Sample
from optimizer.whatif.executor import Assignment, End, Lost, Made, SampleTask
from optimizer.whatif.making import SampleMaker


class InProcess:
    """A `SampleExecutor` that makes the sample which was handed in last first, and loses some."""

    def __init__(self, assignment: Assignment, *, slots: int = 2, losing: tuple[str, ...] = ()) -> None:
        self._maker = SampleMaker(assignment)
        self._losing = list(losing)
        self._waiting: deque[SampleTask] = deque()
        self.slots = slots
        self.begun: list[str] = []
        self.most_waiting = 0

    def submit(self, task: SampleTask) -> None:
        self._waiting.append(task)
        self.begun.append(str(task))
        self.most_waiting = max(self.most_waiting, len(self._waiting))

    def next_end(self, timeout_s: float) -> End | None:
        if not self._waiting:
            return None
        task = self._waiting.pop()
        if str(task) in self._losing:
            self._losing.remove(str(task))
            return Lost(task, "it rained")
        return Made(task, self._maker.made(task))

    def close(self) -> None:
        self._waiting.clear()


class InMemory:
    """Keeps samples as they are."""

    def __init__(self) -> None:
        self.all: dict[str, Sample] = {}

    def has(self, task: SampleTask) -> bool:
        return str(task) in self.all

    def sample(self, task: SampleTask) -> Sample:
        return self.all[str(task)]

    def keep(self, task: SampleTask, sample: Sample) -> None:
        self.all[str(task)] = sample
