"""What the service says of scenarios."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from optimizer.domain.base import Record
from service.door.problem import ProblemIssue


class ScenarioInfo(Record):
    """A scenario without what it says."""

    scenario_id: str
    """The scenario's id."""
    name: str
    """Its name, as the newest revision has it."""
    revision: int
    """Number of the newest revision, from 1; its ETag."""
    made_by: str
    """Id of the key that uploaded it."""
    made_at: datetime
    """When it was uploaded."""
    changed_at: datetime
    """When the newest revision was made."""


class ScenarioPage(Record):
    """Some of the scenarios, the newest first."""

    scenarios: tuple[ScenarioInfo, ...]
    """The scenarios."""
    after: str | None
    """Send it as `after` for the next page; none: this is the last."""


class RevisionInfo(Record):
    """A revision without what it says."""

    revision: int
    """Number, from 1."""
    sha256: str
    """Fingerprint of its facts; plans name it."""
    note: str
    """Why it was made."""
    made_by: str
    """Id of the key that made it."""
    made_at: datetime
    """When."""


class RevisionList(Record):
    """All revisions of a scenario, the newest first."""

    revisions: tuple[RevisionInfo, ...]
    """The revisions."""


class Validated(Record):
    """What is said of a scenario that was sent to be checked only."""

    valid: bool
    """It can be planned."""
    issues: tuple[ProblemIssue, ...]
    """Everything that is wrong with it."""
    doubts: tuple[str, ...]
    """What looks wrong although it can be planned, in sentences."""
    notes: tuple[str, ...]
    """What was passed over or guessed in a workbook."""


class Change(Record):
    """One difference between two revisions."""

    pointer: str
    """Where, as a JSON pointer; records with ids are named by them, e.g. `/jobs/J7/windows`."""
    before: Any
    """What the older one says; none: nothing."""
    after: Any
    """What the newer one says; none: nothing."""


class Changes(Record):
    """All differences between two revisions."""

    older: int
    """Number of the older revision."""
    newer: int
    """Number of the newer revision."""
    changes: tuple[Change, ...]
    """The differences in the order of the document."""


Note = Annotated[
    str,
    Field(max_length=1000, pattern=r"^[^\x00]*$", description="Why the revision is made, in any words."),
]
"""Why a revision is made."""
