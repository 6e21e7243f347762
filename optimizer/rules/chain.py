"""Chains of jobs: those that bite their own tail, and gaps that other ties make impossible."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from optimizer.domain.job import Job
from optimizer.domain.requirements import minutes_on_site, takes_several
from optimizer.domain.scenario import Scenario
from optimizer.domain.ties import After
from optimizer.rules.duration import RULE as DURATION
from optimizer.rules.settings import params_of

FARTHEST: Final = 200
"""Gaps are compared along chains of so many jobs before the later one at most."""


class Circle(NamedTuple):
    """A tie that makes a job come before itself."""

    row: int
    """The row of the tie's later job."""
    tie: int
    """Which of its `after`."""
    jobs: tuple[str, ...]
    """The circle in order of time; the last one is the first again."""


class Contradiction(NamedTuple):
    """A tie with a gap at most that is shorter than what other ties ask for at least."""

    row: int
    """The row of the tie's later job."""
    tie: int
    """Which of its `after`."""
    least_min: int
    """Minutes that the others ask for, counted as this tie counts."""
    way: tuple[str, ...]
    """The jobs on that longer way, the tie's two included."""


def circles(scenario: Scenario) -> Iterator[Circle]:
    """Yield each tie that closes a circle.

    Parameters
    ----------
    scenario : the question; jobs it does not know are passed over
    """
    row = {job.job_id: i for i, job in enumerate(scenario.jobs)}
    done: set[int] = set()
    for start in range(len(scenario.jobs)):
        # Walked back from later jobs to earlier ones, with a stack of its own: a chain may be long.
        way, at, turns = [start], {start: 0}, [0]
        while way and start not in done:
            here, tie = way[-1], turns[-1]
            if tie == len(scenario.jobs[here].after):
                done.add(way.pop())
                turns.pop()
                del at[here]
                continue
            turns[-1] += 1
            first = row.get(scenario.jobs[here].after[tie].job_id)
            if first in at:
                forward = [scenario.jobs[one].job_id for one in reversed(way[at[first] :])]
                yield Circle(here, tie, (*forward, forward[0]))
            elif first is not None and first not in done:
                at[first] = len(way)
                way.append(first)
                turns.append(0)


def contradictions(scenario: Scenario) -> Iterator[Contradiction]:
    """Yield the ties whose gap at most is shorter than other ties and the jobs between allow.

    Parameters
    ----------
    scenario : the question, without circles
    """
    chains = _Chains(scenario)
    for row, job in enumerate(scenario.jobs):
        if len(job.after) > 1:
            for x, tie in enumerate(job.after):
                if tie.max_gap_min is not None:
                    least_min, way = chains.longest(tie, job)
                    if least_min > tie.max_gap_min:
                        yield Contradiction(row, x, least_min, way)


class _Chains:
    """Finds the longest way from one job to another along their ties."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._jobs = {job.job_id: job for job in scenario.jobs}

    @cached_property
    def _quickest_percent(self) -> int:
        return min(params_of(DURATION, self._scenario.policy).level_percent)

    def _lasts_min(self, job: Job) -> int:
        """Return the minutes a job takes at least, whoever does it."""
        minutes = minutes_on_site(job, self._scenario.policy)
        if takes_several(job, self._scenario.policy):
            return minutes
        return -(-minutes * self._quickest_percent // 100)

    def longest(self, tie: After, job: Job) -> tuple[int, tuple[str, ...]]:
        """Return the minutes that all other ties ask for from where a tie counts to the start of its later job."""
        found: dict[str, tuple[int, tuple[str, ...]] | None] = {}
        for one in self._back_from(tie, job):
            found[one.job_id] = self._longest_to(one, tie, found)
        return found.get(job.job_id) or (0, ())

    def _longest_to(
        self, job: Job, tie: After, found: dict[str, tuple[int, tuple[str, ...]] | None]
    ) -> tuple[int, tuple[str, ...]] | None:
        ways = []
        for one in job.after:
            here = (0, (tie.job_id,)) if one.job_id == tie.job_id else found.get(one.job_id)
            if here is None or one is tie:
                continue
            lasts_min = self._lasts_min(self._jobs[one.job_id]) if one.gap_from == "end" else 0
            if one.job_id == tie.job_id and tie.gap_from == "end":
                if one.gap_from == "start":
                    continue  # how long the first job takes at most is not known
                lasts_min = 0
            ways.append((here[0] + lasts_min + one.min_gap_min, (*here[1], job.job_id)))
        return max(ways, default=None)

    def _back_from(self, tie: After, job: Job) -> Sequence[Job]:
        """Return the jobs between a tie's two and the later one itself, each after those it waits for."""
        order: list[Job] = []
        seen = {tie.job_id}
        stack: list[tuple[Job, bool]] = [(job, False)]
        while stack:
            one, waited = stack.pop()
            if waited:
                order.append(one)
            elif one.job_id not in seen and len(seen) <= FARTHEST:
                seen.add(one.job_id)
                stack.append((one, True))
                earlier = (self._jobs.get(other.job_id) for other in one.after)
                stack.extend((other, False) for other in earlier if other is not None)
        return order
