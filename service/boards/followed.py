"""What has happened while each plan of a board was followed."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from pydantic import TypeAdapter

from optimizer.domain.event import Event
from optimizer.domain.event_issues import Known, fitting
from service.boards.live import Live, Publication
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT
from service.store import Transaction, tables
from service.store import board_events as store
from service.store.boards import part_known

AHEAD: Final = timedelta(minutes=5)
"""Events may lie so far in the future: telephones' clocks are not exact."""

EVENT: Final[TypeAdapter[Event]] = TypeAdapter(Event)
"""Reads events."""


class Followed(NamedTuple):
    """What has happened while a plan was followed."""

    known: Known
    """The names that events may use."""
    events: tuple[Event, ...]
    """What has happened that the plan's question does not know yet."""


class Chapter(NamedTuple):
    """A part of a day in which one plan was followed."""

    publication: Publication
    """The plan."""
    followed: Followed
    """What has happened."""
    until: datetime | None
    """When the day was planned again; none: the plan is still followed."""


def followed(tx: Transaction, row: tables.Board, live: Live, now: datetime) -> Followed:
    """Return what has happened since the question was put that the published plan answers.

    What was reported while another plan was followed counts as far as it goes with this one.

    Parameters
    ----------
    row : the board
    live : its day
    now : the present moment

    Raises
    ------
    Problem
        Nothing was published on the board.
    """
    publication = _published(live)
    return _while_followed(
        tx, row, publication, store.event_rows(tx, row.board_id, after=publication.knows), now
    )


def chapters(tx: Transaction, row: tables.Board, live: Live, now: datetime) -> Iterator[Chapter]:
    """Yield the parts of a board's day, the plan that is followed last.

    Parameters
    ----------
    row : the board
    live : its day
    now : the present moment

    Raises
    ------
    Problem
        Nothing was published on the board.
    """
    plans = (*live.earlier, _published(live))
    rows = store.event_rows(tx, row.board_id, after=plans[0].knows)
    for one, after in zip(plans, (*plans[1:], None), strict=True):
        last = rows[-1].number if after is None and rows else 0 if after is None else after.knows
        mine = [event for event in rows if one.knows < event.number <= last]
        until = None if after is None else after.as_of
        yield Chapter(one, _while_followed(tx, row, one, mine, until or now), until)


def event_of(row: tables.BoardEvent) -> Event:
    """Return a stored event."""
    return EVENT.validate_json(json.dumps(row.event))


def _published(live: Live) -> Publication:
    if live.publication is None:
        raise Problem(CONFLICT, "Nothing was published on the board yet, so nothing has happened to a plan.")
    return live.publication


def _while_followed(
    tx: Transaction, row: tables.Board, plan: Publication, told: Sequence[tables.BoardEvent], now: datetime
) -> Followed:
    body = part_known(tx, row.board_id, plan.plan_id)
    assert body is not None  # the parts of plans that were followed stay with their board
    known = Known.model_validate_json(body)
    return Followed(known, fitting(known, [event_of(one) for one in told], now + AHEAD))
