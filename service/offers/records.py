"""What is asked for with offers, and what the service says of them."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Id, Record
from optimizer.domain.job import Job
from optimizer.domain.offer import Offer
from optimizer.domain.time import Window
from service.boards.held_records import SlotHold
from service.door.words import OwnId

OffersState = Literal["open", "held", "confirmed", "expired"]
"""Its windows can be held and confirmed; one of them is held; one was confirmed; ask again."""


class OffersRequest(Record):
    """A new job, and which windows come into question for it."""

    job: Job
    """The new job; what it says of windows is when it suits the customer. Without `intake_at` it comes in now."""
    slots: Annotated[tuple[Window, ...], Field(min_length=1, max_length=200)] | None = None
    """The windows that come into question, on the board's day; none: windows of two hours from the full hour."""
    half_days: bool = False
    """Without `slots`: halves of the day instead of two hours."""
    limit: Annotated[int, Field(ge=1, le=100)] = 10
    """So many windows are offered at most."""
    further: Annotated[int, Field(ge=0, le=20)] = 2
    """So many other technicians are named for each window at most."""
    others_may_move: bool = False
    """Starts that other customers were told may move beyond the tolerance, within their windows."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.slots is not None and self.half_days:
            raise ValueError("give slots or half_days, not both")
        return self


class SlotChoice(Record):
    """Which of the offered windows the customer takes."""

    window: Window
    """One of the offered windows."""
    technician_id: OwnId | None = None
    """One of those who could come in it, and nobody else; none: any of them, the cheapest first."""


class SlotConfirmation(Record):
    """Which window the customer was promised."""

    window: Window | None = None
    """One of the offered windows; none: the one that is held."""
    technician_id: OwnId | None = None
    """With `window`: one of those who could come in it, and nobody else; none: any of them, the cheapest first."""

    @model_validator(mode="after")
    def _of_a_window(self) -> Self:
        if self.technician_id is not None and self.window is None:
            raise ValueError("a technician is named, but no window; name the window too")
        return self


class OffersHead(Record):
    """Offers for a new job without the windows."""

    offers_id: str
    """Their id."""
    board_id: str
    """The board on whose day the job would be done."""
    job_id: str
    """The new job."""
    state: OffersState
    """How far it is."""
    plan_id: str
    """The published plan they were made beside."""
    stale: bool
    """Something has happened since, or another plan was published; a window is looked at again when it is taken."""
    at: datetime
    """The moment they were made for."""
    expires_at: datetime
    """Until then a window of them can be held or confirmed."""
    hold: SlotHold | None
    """The window that is held; none: none is."""
    confirmed_plan_id: str | None
    """The plan that was published with the job; none: it was not confirmed."""
    made_by: str
    """Id of the key that asked for them."""
    made_at: datetime
    """When they were asked for."""


class OffersPage(Record):
    """The offers of a board, the newest first."""

    offers: tuple[OffersHead, ...]
    """The offers, 50 at most."""


class OffersInfo(OffersHead):
    """Offers for a new job."""

    looked_at: int
    """How many windows were looked at."""
    offers: tuple[Offer, ...]
    """The windows that can be promised, the cheapest first, each with who would come, what it adds to the bill in
    cents, how the job's clocks would stand and whose start would move; empty: no window can be kept."""


class Wanted(Record):
    """What somebody takes: the job and its offer."""

    job: Job
    """The new job."""
    offer: Offer
    """The offer."""
    technicians: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Who may come; of a crew who leads. Who stands first is asked first."""


class Found(Record):
    """What was found for a new job."""

    job: Job
    """The new job, with when it came in."""
    looked_at: int
    """How many windows were looked at."""
    offers: tuple[Offer, ...]
    """The offers."""
