"""What the service says of a study."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from optimizer.domain.base import Record

if TYPE_CHECKING:  # programs that call the service use these records without a database
    from service.store import tables

StudyState = Literal["queued", "running", "finished", "cancelled", "failed"]
"""Where a study is; the last three are final, and only a finished one has a result."""


class StudyProgress(Record):
    """How far a study is."""

    done: int
    """Samples there are: simulated chains of days, each of one variant."""
    at_most: int
    """Samples there may be in the end; it is often over sooner, once the intervals are narrow enough."""
    elapsed_s: float
    """Seconds of simulating so far, those before the last beginning among them."""
    left_s: float | None
    """Seconds until there are `at_most`, by the pace so far; none: not known yet."""


class StudyInfo(Record):
    """A study."""

    study_id: str
    """The study's id."""
    scenario_id: str
    """The scenario it starts from."""
    revision: int
    """Its revision."""
    name: str
    """What the study is called."""
    state: StudyState
    """Where it is."""
    cancel_asked: bool
    """Somebody has asked to end it early."""
    made_by: str
    """Id of the key that asked for it."""
    queued_at: datetime
    """When it was asked for."""
    started_at: datetime | None
    """When it was begun, the last time; none: not yet."""
    ended_at: datetime | None
    """When it ended; none: not yet."""
    attempt: int
    """How often it was begun: more than once after a server ended; the samples are kept."""
    progress: StudyProgress | None
    """How far it is; none: nothing known yet."""
    problem: dict[str, Any] | None
    """Why it failed: `title`, `detail` and `issues` as in every error."""


class StudyPage(Record):
    """Some of the studies, the newest first."""

    studies: tuple[StudyInfo, ...]
    """The studies."""
    after: str | None
    """Send it as `after` for the next page; none: this is the last."""


def study_info(row: "tables.Study") -> StudyInfo:
    """Return what the service says of a stored study."""
    return StudyInfo(
        study_id=row.study_id,
        scenario_id=row.scenario_id,
        revision=row.revision,
        name=row.name,
        state=row.state,  # type: ignore[arg-type] # only the states of `StudyState` are ever stored
        cancel_asked=row.cancel_asked,
        made_by=row.made_by,
        queued_at=row.queued_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        attempt=row.attempt,
        progress=None if row.progress is None else StudyProgress.model_validate(row.progress),
        problem=row.problem,
    )
