"""What an executor is asked to do: a small closed family of tasks."""

from dataclasses import dataclass
from datetime import datetime

from optimizer.control import Iterations, Seconds, Stop
from optimizer.domain.keep import Keeping
from optimizer.domain.policy import Preset


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanTask:
    """Plan a scenario.

    Parameters
    ----------
    task_id : name of this attempt, never used twice; a run that is tried again gets another one
    scenario : the scenario as JSON; it has been validated before, and is read again by the worker
    stop : when the search ends; without a part in seconds the same task gives the same bytes
    engine : a name from `optimizer.engines.ENGINES`
    seed : any whole number from 0
    threads : searches side by side, from 1
    preset : takes the place of the scenario's own; none: it keeps its own
    deadline_s : seconds from the beginning of the work in which the plan must be there; none: no such limit.
        The search is ended so that the plan can still be checked; a worker that is late all the same is killed
    """

    task_id: str
    scenario: bytes
    stop: Stop
    engine: str = "lns"
    seed: int = 0
    threads: int = 1
    preset: Preset | None = None
    deadline_s: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplanTask:
    """Plan the rest of a branch's day again after what happened.

    Parameters
    ----------
    task_id : name of this attempt, never used twice
    scenario : the question that was planned, as JSON
    document : the plan that is followed, as JSON
    branch_id : whose part of it is planned again
    events : what has happened since, as JSON of `optimizer.domain.event.Events`; sound
    told : what customers were told, as JSON of a list of promises
    at : the moment from which on is planned
    stop : seconds for all searches together, or iterations of each: then the same proposals each time
    keep : what is to be kept of the plan
    seed : any whole number from 0
    deadline_s : as of a `PlanTask`
    """

    task_id: str
    scenario: bytes
    document: bytes
    branch_id: str
    events: bytes
    told: bytes
    at: datetime
    stop: Seconds | Iterations
    keep: Keeping = ()
    seed: int = 0
    deadline_s: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleTask:
    """Simulate a chain of days of a study's variant. It has no best so far: who asks it to end waits for all of it.

    Parameters
    ----------
    task_id : name of this attempt, never used twice
    assignment : what all samples of the study are made of, as `service.executor.sampling.packed` packs it; a worker
        unpacks it once for all tasks that follow each other
    variant : the variant, as JSON
    chain : which chain
    deadline_s : as of a `PlanTask`, but it is not ended before: whoever is late is killed
    """

    task_id: str
    assignment: bytes
    variant: bytes
    chain: int
    deadline_s: float | None = None


Task = PlanTask | ReplanTask | SampleTask
"""Every kind of task."""
