"""What has happened while each plan of a board was followed."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from pydantic import TypeAdapter

from optimizer.domain.event import Event
from optimizer.domain.event_issues import Known, fitting
from optimizer.domain.late_events import plan_of_late
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
    late: tuple[Event, ...] = ()
    """What was reported only after that of jobs which were taken to be done, see `plan_of_late`."""


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


def chapters(tx: Transaction, row: tables.Board, live: Live, now: datetime) -> list[Chapter]:
    """Return the parts of a board's day, the plan that is followed last.

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
    plans, found = (*live.earlier, _published(live)), list[Chapter]()
    rows = store.event_rows(tx, row.board_id, after=plans[0].knows)
    for one, after in zip(plans, (*plans[1:], None), strict=True):
        last = rows[-1].number if after is None and rows else 0 if after is None else after.knows
        mine = [event for event in rows if one.knows < event.number <= last]
        until = None if after is None else after.as_of
        found.append(Chapter(one, _while_followed(tx, row, one, mine, until or now), until))
        told, jobs = [event_of(event) for event in mine], [part.followed.known.jobs for part in found]
        for number, event in enumerate(told):
            place = plan_of_late(jobs, told[:number], event)
            if place is not None:
                found[place] = _with_late(found[place], event, now)
    return found


def event_of(row: tables.BoardEvent) -> Event:
    """Return a stored event."""
    return EVENT.validate_json(json.dumps(row.event))


def _with_late(chapter: Chapter, event: Event, now: datetime) -> Chapter:
    """Return a part of the day with something that was reported of it late, if it goes with the rest."""
    told = (*chapter.followed.events, *chapter.late, event)
    fits = fitting(chapter.followed.known, told, now + AHEAD) == told
    return chapter._replace(late=(*chapter.late, event)) if fits else chapter


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
