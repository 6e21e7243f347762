"""What has happened on many boards, and what came of each, as data."""

from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Record
from optimizer.domain.event import Event
from service.door.problem import ProblemDocument
from service.door.words import OwnId
from service.proposals.records import ProposalsInfo, ReplanRequest


class BoardReplan(Record):
    """What has happened on one board, and how its day is to be planned again."""

    board_id: OwnId
    """The board."""
    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    """The board's version this was decided on; none: whichever is newest."""
    events: Annotated[tuple[Event, ...], Field(max_length=1_000)] = ()
    """What has happened; empty: nothing that was not reported before."""
    request: ReplanRequest = ReplanRequest()
    """For how long, and what is to be kept."""


class ManyReplans(Record):
    """What has happened on many boards."""

    replans: Annotated[tuple[BoardReplan, ...], Field(min_length=1, max_length=200)]
    """One entry for each board."""


class BoardReplanned(Record):
    """What came of one board's entry."""

    board_id: str
    """The board."""
    proposals: ProposalsInfo | None
    """The re-plan that was put into the queue; none: there is a problem."""
    problem: ProblemDocument | None
    """Why nothing was noted or planned; pointers are those of the whole request."""


class ManyReplanned(Record):
    """What came of each board's entry, in their order."""

    results: tuple[BoardReplanned, ...]
    """The results."""
