"""What a board keeps of its day: the manager's yes, the publication, what customers were told, what has happened."""

from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from pydantic import ConfigDict

from optimizer.domain.assessment import ClockState
from optimizer.domain.base import Id, Record
from optimizer.domain.promise import Promise
from optimizer.domain.time import Instant

if TYPE_CHECKING:  # programs that call the service use these records without a database
    from service.store import tables

State = Literal["empty", "draft", "approved", "published"]
"""No plan yet; a draft waits for a yes; the draft has it; the last draft is published and there is no newer one."""

FactState = Literal[
    "contacted",
    "on_the_way",
    "arrived",
    "started",
    "finished",
    "no_access",
    "site_not_ready",
    "part_missing",
]
"""What happens to a job on its day: the customer was called, the technician is on the way, is there, has begun, is
done; nobody opened, the site is not ready, a part is missing: these three end the visit, a second one follows."""

ENDED: Final[frozenset[FactState]] = frozenset({"finished", "no_access", "site_not_ready", "part_missing"})
"""After these nothing more happens to the job on this day."""


class Approval(Record):
    """A manager's yes to a draft."""

    plan_id: str
    """The draft."""
    by: str
    """Id of the key that said yes."""
    at: datetime
    """When."""


class Publication(Record):
    """What was published last."""

    plan_id: str
    """The plan."""
    revision: int
    """The scenario's revision it answers."""
    by: str
    """Id of the key that published it."""
    at: datetime
    """When."""
    approved_by: str
    """Id of the key that had said yes."""
    approved_at: datetime
    """When that was."""


class Fact(Record):
    """Something that has happened."""

    state: FactState
    """What."""
    at: Instant
    """When it happened."""
    technician_id: Id
    """Whom it was reported of."""
    by: str
    """Id of the key that reported it."""


class Standing(Record):
    """How far a board is; the rest of its day is passed over."""

    model_config = ConfigDict(extra="ignore")

    window_min: int
    """Minutes of the window that a customer is told where none was agreed."""
    approval: Approval | None = None
    """The yes to the present draft; none: not yet."""
    publication: Publication | None = None
    """The last publication; none: nothing was published yet."""


class Live(Standing):
    """A board's day as it stands."""

    model_config = ConfigDict(extra="forbid")

    crews: dict[Id, tuple[Id, ...]] = {}
    """Who goes where by the published plan: job → technicians, the one who leads first."""
    promises: dict[Id, Promise] = {}
    """What the published plan asks to tell each customer, and whether that was done."""
    clocks: tuple[ClockState, ...] = ()
    """The clocks that are met by arriving or finishing, as they stood in the published plan."""
    told: dict[Id, Promise] = {}
    """What each customer was told last, by job."""
    facts: dict[Id, tuple[Fact, ...]] = {}
    """What has happened, by job, in the order in which it was reported."""


def standing_of(row: "tables.Board") -> Standing:
    """Return how far a board is, without reading all that has happened on it."""
    return Standing.model_validate(row.live)


def live_of(row: "tables.Board") -> Live:
    """Return a board's day as it stands."""
    return Live.model_validate(row.live)


def state_of(row: "tables.Board", live: Standing) -> State:
    """Return how far a board is.

    Parameters
    ----------
    row : the board
    live : how far it is
    """
    if row.draft_plan_id is not None:
        return "draft" if live.approval is None else "approved"
    return "empty" if row.published_plan_id is None else "published"
