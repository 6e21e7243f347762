"""What is asked for with a run, and what the service says of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from optimizer.domain.base import Record
from optimizer.domain.policy import Preset
from service.door.words import OwnId

if TYPE_CHECKING:  # programs that call the service use these records without a database
    from service.store import tables

RunState = Literal["queued", "running", "finished", "cancelled", "failed"]
"""Where a run is; the last three are final. A cancelled run has kept the best plan it had found, if any."""

EngineName = Literal["lns", "greedy", "exact", "order"]
"""How to search: `lns` for every day's work, `greedy` for a first answer, `exact` to prove a small case, `order` where
most jobs are tied together; `GET /engines` says more."""


class Limits(Record):
    """When a run's search ends: as soon as any of these says so; with none of them after 10 seconds of search."""

    seconds: Annotated[float, Field(ge=0, le=86_400)] | None = None
    """Seconds of search."""
    iterations: Annotated[int, Field(ge=0, le=10**12)] | None = None
    """Iterations of each thread: the same plan each time, byte for byte."""
    no_improvement_s: Annotated[float, Field(gt=0, le=86_400)] | None = None
    """Seconds without a better plan."""


class RunRequest(Record):
    """What to compute."""

    scenario_id: OwnId
    """The scenario to plan."""
    revision: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    """Which revision; none: the newest at this moment."""
    engine: EngineName = "lns"
    """How to search."""
    limits: Limits = Limits()
    """When the search ends."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Start of the random numbers."""
    threads: Annotated[int, Field(ge=1, le=64)] = 1
    """Searches side by side."""
    preset: Preset | None = None
    """Preset instead of the scenario's own."""
    deadline_s: Annotated[int, Field(ge=1, le=604_800)] | None = None
    """The run must have ended so many seconds from now, waiting included; a plan found by then is kept."""


class RunProgress(Record):
    """How far a running search is."""

    elapsed_s: float
    """Seconds of search so far."""
    iterations: int
    """Iterations so far, all threads together."""
    share: float
    """Part of the limits used, 0 to 1."""
    unserved_weight: int
    """Priority weight left out by the best plan so far; 0 where money alone counts."""
    cents: int
    """Bill of the best plan so far, in cents."""
    unserved: int
    """Jobs the best plan so far leaves out."""


class Run(Record):
    """A run."""

    run_id: str
    """The run's id."""
    scenario_id: str
    """The scenario that is planned."""
    revision: int
    """Its revision."""
    asked: RunRequest
    """What was asked for."""
    state: RunState
    """Where it is."""
    cancel_asked: bool
    """Somebody has asked to end it early."""
    made_by: str
    """Id of the key that asked for it."""
    queued_at: datetime
    """When it was asked for."""
    deadline_at: datetime | None
    """When it must have ended; none: no deadline."""
    started_at: datetime | None
    """When it was begun, the last time; none: not yet."""
    ended_at: datetime | None
    """When it ended; none: not yet."""
    attempt: int
    """How often it was begun: more than once after a worker or a server died."""
    progress: RunProgress | None
    """How far it is; none: nothing known yet."""
    ended_by: str | None
    """Why the search ended: time, iterations, no_improvement, target, cancelled, finished; none: not yet or failed."""
    plan_id: str | None
    """The plan; none: not yet, it failed, or it plans a board's day again, whose plans are proposals."""
    problem: dict[str, Any] | None
    """Why it failed: `title`, `detail` and `issues` as in every error."""


class RunPage(Record):
    """Some of the runs, the newest first."""

    runs: tuple[Run, ...]
    """The runs."""
    after: str | None
    """Send it as `after` for the next page; none: this is the last."""


def run_record(row: "tables.Run") -> Run:
    """Return what the service says of a stored run."""
    return Run(
        run_id=row.run_id,
        scenario_id=row.scenario_id,
        revision=row.revision,
        asked=RunRequest.model_validate(row.asked),
        state=row.state,  # type: ignore[arg-type] # only the states of `RunState` are ever stored
        cancel_asked=row.cancel_asked,
        made_by=row.made_by,
        queued_at=row.queued_at,
        deadline_at=row.deadline_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        attempt=row.attempt,
        progress=None if row.progress is None else RunProgress.model_validate(row.progress),
        ended_by=row.ended_by,
        plan_id=row.plan_id,
        problem=row.problem,
    )
