"""What an executor is asked to do: a small closed family of tasks."""

from dataclasses import dataclass

from optimizer.control import Stop
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


Task = PlanTask
"""Every kind of task; there is one."""
