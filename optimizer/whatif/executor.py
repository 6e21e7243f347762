"""Who makes samples: worker processes here (`pool.py`), or whoever else keeps this small protocol.

An executor is opened with an `Assignment`, which goes to every worker once. What is handed out afterwards is small.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from optimizer.domain.scenario import Scenario
from optimizer.domain.study import Study, Variant
from optimizer.domain.study_sample import Sample

Simulate = Callable[[Scenario, Scenario, Any, Study, str, int], Sample]
"""Simulates a chain of days: base, a variant's scenario and demand model, the study, the variant's name, the chain.
The same arguments give the same bytes. A function of a module, so that other processes find it."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What all samples of a study are made of.

    Parameters
    ----------
    study : the study
    base : its base
    model : the demand model, a record; a `DemandModel` gets the variants' changes
    simulate : makes a sample
    """

    study: Study
    base: Scenario
    model: Any
    simulate: Simulate


@dataclass(frozen=True, slots=True)
class SampleTask:
    """One sample is to be made.

    Parameters
    ----------
    variant : whose; the base is a variant of that name without changes
    chain : which chain, from 0
    """

    variant: Variant
    chain: int

    def __str__(self) -> str:
        return f"chain {self.chain} of {self.variant.name!r}"


@dataclass(frozen=True, slots=True)
class Made:
    """A sample is there.

    Parameters
    ----------
    task : the task
    sample : the sample
    """

    task: SampleTask
    sample: Sample


@dataclass(frozen=True, slots=True)
class Failed:
    """A sample cannot be made; trying again would fail again.

    Parameters
    ----------
    task : the task
    error : what was raised; of a mistake in the program a `RuntimeError` with the place
    """

    task: SampleTask
    error: Exception


@dataclass(frozen=True, slots=True)
class Lost:
    """The worker went away; trying again may help.

    Parameters
    ----------
    task : the task
    why : a few words on what became of the worker
    """

    task: SampleTask
    why: str


End = Made | Failed | Lost
"""How a task ends."""


class SampleExecutor(Protocol):
    """Makes samples in other processes; every task that is handed in ends once. One thread uses it."""

    @property
    def slots(self) -> int:
        """How many samples are made side by side at present; 0 while there is nobody to make them."""
        ...

    def submit(self, task: SampleTask) -> None:
        """Take a task; it waits where no slot is free. The same task may come again after its end."""
        ...

    def next_end(self, timeout_s: float) -> End | None:
        """Return the next task's end, or none when none came in so many seconds.

        Parameters
        ----------
        timeout_s : longest wait, from 0

        Raises
        ------
        NotSimulated
            There will never be anybody to make a sample.
        """
        ...

    def close(self) -> None:
        """End whatever is under way, at once."""
        ...
