"""What a board keeps of its day beside what has happened: the manager's yes, the publication, what customers know."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import ConfigDict

from optimizer.domain.assessment import ClockState
from optimizer.domain.base import Id, Record
from optimizer.domain.promise import Promise

if TYPE_CHECKING:  # programs that call the service use these records without a database
    from service.store import tables

State = Literal["empty", "draft", "approved", "published", "closed"]
"""No plan yet; a draft waits for a yes; the draft has it; the last draft is published and there is no newer one;
the day is over."""


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
    approved_by: str | None
    """Id of the key that had said yes; none: nobody had to, it goes on with a day that was published before."""
    approved_at: datetime | None
    """When that was."""
    proposals_id: str | None = None
    """The re-plan it came of; none: it came of something else."""
    offers_id: str | None = None
    """The offers of which a window was confirmed; none: it came of something else."""
    as_of: datetime | None = None
    """The moment from which on it plans; none: the scenario's."""
    knows: int = 0
    """Number of the last event of the board that its question knows already; 0: none."""
    events: int = 0
    """Number of the last event of the board when it was published; 0: none had happened."""


class Closed(Record):
    """The close of a day."""

    by: str
    """Id of the key that closed it."""
    at: datetime
    """When."""
    scenario_id: str
    """The scenario of the next days: what was left."""


class Standing(Record):
    """How far a board is; the rest of its day is passed over."""

    model_config = ConfigDict(extra="ignore")

    window_min: int
    """Minutes of the window that a customer is told where none was agreed."""
    approval: Approval | None = None
    """The yes to the present draft; none: not yet."""
    publication: Publication | None = None
    """The last publication; none: nothing was published yet."""
    closed: Closed | None = None
    """The close of the day; none: it goes on."""


class Begun(Record):
    """How a day had begun."""

    earlier: tuple[Publication, ...]
    """As in `Live`."""
    first_told: dict[Id, Promise]
    """As in `Live`."""


class Live(Standing):
    """A board's day as it stands."""

    model_config = ConfigDict(extra="forbid")

    crews: dict[Id, tuple[Id, ...]] = {}
    """Who goes where by the published plan: job → technicians, the one who leads first; of jobs of which something was
    reported also by the plans before."""
    earlier: tuple[Publication, ...] = ()
    """Whose plans were followed on this day before the day was planned again, in order."""
    first_told: dict[Id, Promise] = {}
    """What each customer had been told when the first of them was replaced, by job."""
    previous: Publication | None = None
    """The publication before the last one, to which the board can go back; none: there is none."""
    set_aside: Begun | None = None
    """How the day had begun that the last publication, a draft, began anew; it comes back with `previous`."""
    promises: dict[Id, Promise] = {}
    """What the published plan asks to tell each customer, and whether that was done."""
    clocks: tuple[ClockState, ...] = ()
    """The clocks that are met by arriving or finishing, as they stood in the published plan."""
    told: dict[Id, Promise] = {}
    """What each customer was told last, by job."""

    @property
    def plans_before(self) -> tuple[str, ...]:
        """Plans that were followed on this day, and those that may come back."""
        back = () if self.previous is None else (self.previous,)
        with_it = () if self.set_aside is None else self.set_aside.earlier
        return tuple(one.plan_id for one in (*self.earlier, *with_it, *back))


def standing_of(row: "tables.Board") -> Standing:
    """Return how far a board is, without reading what customers were told."""
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
    if live.closed is not None:
        return "closed"
    if row.draft_plan_id is not None:
        return "draft" if live.approval is None else "approved"
    return "empty" if row.published_plan_id is None else "published"
