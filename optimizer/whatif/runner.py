"""Has samples made: all variants of a chain together, each sample kept as soon as it is there.

A sample whose worker goes away is made once more; if that worker goes away too, the study ends with an error. What is
kept is found again by the next run.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Final, Protocol

from optimizer.control import Cancel
from optimizer.domain.study import Variant
from optimizer.domain.study_sample import Sample
from optimizer.errors import NotSimulated
from optimizer.whatif.executor import Failed, Lost, Made, SampleExecutor, SampleTask

PATIENCE_S: Final = 60.0
"""So long nobody may be there to make a sample."""
_LISTEN_S: Final = 0.2


class KeptSamples(Protocol):
    """Where samples are kept as soon as they are there, and found again later."""

    def has(self, task: SampleTask) -> bool:
        """Tell whether a sample is there."""
        ...

    def sample(self, task: SampleTask) -> Sample:
        """Return a sample that is there."""
        ...

    def keep(self, task: SampleTask, sample: Sample) -> None:
        """Keep a sample so that it is found again, whatever happens to this process afterwards."""
        ...


@dataclass(frozen=True, slots=True)
class SamplingProgress:
    """How far the samples are.

    Parameters
    ----------
    done : samples there are, those that were found among them
    at_most : samples there may be in the end; it is often over sooner
    elapsed_s : seconds so far
    left_s : seconds until there are `at_most`, by the pace so far; none: nothing was made yet
    """

    done: int
    at_most: int
    elapsed_s: float
    left_s: float | None


Watch = Callable[[SamplingProgress], None]
"""Is told how far the samples are; after each of them, and at the beginning."""


class Sampling:
    """Has samples made and keeps them; what is kept already is not made again.

    Parameters
    ----------
    executor : makes them
    kept : keeps them
    at_most : samples there may be in the end
    watch : is told how far it is
    cancel : flag that ends it
    """

    def __init__(
        self,
        executor: SampleExecutor,
        kept: KeptSamples,
        *,
        at_most: int,
        watch: Watch | None = None,
        cancel: Cancel | None = None,
    ) -> None:
        self._kept = kept
        self._executor = executor
        self._at_most = at_most
        self._watch = watch
        self._cancel = cancel or Cancel()
        self._began_s = monotonic()
        self._there: set[str] = set()
        self._made = 0
        self._asked: list[tuple[tuple[Variant, ...], Sequence[int]]] = []

    def expect(self, more: int) -> None:
        """Let there be so many samples more than now in the end, as far as is known; the watch is told from then on.

        Parameters
        ----------
        more : 0 or more
        """
        self._at_most = len(self._there) + more

    def tasks(self) -> Iterator[SampleTask]:
        """Yield all that was asked for so far, in that order, each once; all of it is there but what was cancelled."""
        told = set[str]()
        for variants, chains in self._asked:
            for task in (SampleTask(variant, chain) for chain in chains for variant in variants):
                if str(task) not in told:
                    told.add(str(task))
                    yield task

    def make(self, variants: Sequence[Variant], chains: Sequence[int]) -> bool:
        """Make the samples of some chains; return whether all are there: else it was cancelled.

        Which chains these are is anybody's choice: those that no ranking has seen serve to confirm it.

        Parameters
        ----------
        variants : whose, each with a name of its own; all see the same chance in a chain
        chains : which chains

        Raises
        ------
        NotSimulated
            Whoever was at a sample went away twice, or there is nobody. What is there is kept.
        PaigongError
            A sample cannot be made at all.
        """
        self._asked.append((tuple(variants), chains))
        missing = self._missing(variants, chains)
        lost: dict[str, str] = {}
        again: deque[SampleTask] = deque()
        under_way: set[str] = set()
        idle_since_s = monotonic()
        self._tell()
        while not self._cancel.asked:
            # One in reserve for each slot and no more: what waits takes memory here and there.
            while len(under_way) < 2 * self._executor.slots:
                task = again.popleft() if again else next(missing, None)
                if task is None:
                    break
                under_way.add(str(task))
                self._executor.submit(task)
            if not under_way and self._executor.slots:
                return True
            end = self._executor.next_end(_LISTEN_S)
            if end is None:
                self._check_patience(idle_since_s)
                continue
            idle_since_s = monotonic()
            under_way.remove(str(end.task))
            match end:
                case Made(task, sample):
                    self._kept.keep(task, sample)
                    self._there.add(str(task))
                    self._made += 1
                    self._tell()
                case Failed(_, error):
                    raise error
                case Lost(task, why):
                    if str(task) in lost:
                        raise NotSimulated(_lost_twice(task, lost[str(task)], why))
                    lost[str(task)] = why
                    again.append(task)
        return False

    def sample(self, variant: Variant, chain: int) -> Sample:
        """Return a sample that was made.

        Parameters
        ----------
        variant : whose
        chain : which chain
        """
        return self._kept.sample(SampleTask(variant, chain))

    def _missing(self, variants: Sequence[Variant], chains: Sequence[int]) -> Iterator[SampleTask]:
        for chain in chains:
            for variant in variants:
                task = SampleTask(variant, chain)
                if self._kept.has(task):
                    self._there.add(str(task))
                else:
                    yield task

    def _check_patience(self, idle_since_s: float) -> None:
        if self._executor.slots == 0 and monotonic() - idle_since_s > PATIENCE_S:
            raise NotSimulated(f"For {PATIENCE_S:.0f} s there has been nobody to simulate.")

    def _tell(self) -> None:
        if self._watch is None:
            return
        elapsed_s, done = monotonic() - self._began_s, len(self._there)
        left_s = elapsed_s / self._made * (self._at_most - done) if self._made else None
        self._watch(SamplingProgress(done, self._at_most, elapsed_s, left_s))


def _lost_twice(task: SampleTask, first: str, then: str) -> str:
    said = f"{first}, then {then}" if first != then else f"twice {first}"
    return f"No sample could be made of {task}: {said}."
