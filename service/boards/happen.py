"""Notes what has happened on a board: events that go with the plan and with each other, and are never taken back."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from optimizer.domain.event import Event
from optimizer.domain.event_issues import Known, issues_with, row_of
from optimizer.errors import InvalidInput, Issue
from service.access.redact import redacted_event
from service.boards.change import as_it_is, changed
from service.boards.followed import AHEAD, EVENT, Followed, followed
from service.boards.live import live_of
from service.boards.records import ToldEvent
from service.boards.supersede import supersede
from service.caller import Caller
from service.door.answer import Answer
from service.store import Transaction, tables
from service.store import board_events as store

_OF_VISITS: Final = frozenset(
    {
        "contacted",
        "on_the_way",
        "arrived",
        "started",
        "overrun",
        "finished",
        "no_access",
        "site_not_ready",
        "part_missing",
        "tool_missing",
    }
)
"""What a technician reports."""
_OF_ONE: Final = frozenset({"on_the_way", "arrived"})
"""Happens to each of a crew by itself."""


def happen(
    tx: Transaction, caller: Caller, row: tables.Board, told: Sequence[Event], now: datetime
) -> Answer:
    """Note what has happened, all of it or nothing; what was noted before is not noted again.

    Parameters
    ----------
    row : the board, kept from others' changes
    told : what has happened
    now : the present moment

    Raises
    ------
    Problem
        Nothing was published on the board.
    InvalidInput
        It does not go with the published plan, with itself or with what was reported before, or it is not the
        technician's who reports; lists all.
    """
    live = live_of(row)
    before = followed(tx, row, live, now)
    foreign: list[Issue] = []
    if not caller.may("plan"):
        foreign = list(_not_own(before.known, caller, told))
        told = [_by_oneself(event, caller) for event in told]
    new = [event for event in told if event not in before.events]
    rows = {row_of(issue) for issue in foreign}
    issues = (*foreign, *(one for one in _issues(before, told, new, now) if row_of(one) not in rows))
    if issues:
        raise InvalidInput(issues)
    if not new:
        return as_it_is(row)
    said = [event.model_dump(mode="json", exclude_defaults=True) | {"kind": event.kind} for event in new]
    numbers = store.add_events(tx, row, said, caller.key_id, now)
    supersede(tx, row, numbers[0], now)
    kinds = [event.kind for event in new]
    return changed(tx, caller, row, live, "happened", now, numbers=numbers, kinds=kinds)


def told_events(rows: Sequence[tables.BoardEvent], caller: Caller) -> tuple[ToldEvent, ...]:
    """Return stored events as the service says them.

    Parameters
    ----------
    rows : the events
    caller : who reads; personal data only for who may see it
    """
    personal = caller.may("personal")
    return tuple(
        ToldEvent(
            number=one.number,
            event=EVENT.validate_json(json.dumps(one.event if personal else redacted_event(one.event))),
            told_by=one.told_by,
            told_at=one.told_at,
        )
        for one in rows
    )


def _issues(before: Followed, told: Sequence[Event], new: Sequence[Event], now: datetime) -> Iterator[Issue]:
    """Yield what stands against new events; the paths are those of the events as they were told."""
    known, count = before.events, len(before.events)
    for issue in issues_with(before.known, (*known, *new), now + AHEAD):
        row = row_of(issue)
        if row >= count:
            place = next(at for at, event in enumerate(told) if event is new[row - count])
            yield replace(issue, path=issue.path.replace(f"events[{row}]", f"events[{place}]", 1))
            continue
        # Something reported before does not go with what is new: the event is named that was sent.
        job_id = getattr(known[row], "job_id", None)
        place = next((at for at, event in enumerate(told) if getattr(event, "job_id", None) == job_id), 0)
        yield replace(issue, path=f"events[{place}]")


def _not_own(known: Known, caller: Caller, told: Sequence[Event]) -> Iterator[Issue]:
    """Yield what a technician may not report."""
    for place, event in enumerate(told):
        if event.kind not in _OF_VISITS:
            cause = "A technician reports how calls and visits go."
            yield Issue("not-a-visit", f"events[{place}].kind", cause, "Let the dispatcher report it.")
            continue
        job_id, who = getattr(event, "job_id", ""), getattr(event, "technician_id", None)
        if caller.technician_id not in known.crews.get(job_id, ()):
            cause = f"The published plan does not send you to {job_id}."
            yield Issue("not-own-job", f"events[{place}].job_id", cause, "Report of your own jobs.")
        elif who not in (None, caller.technician_id):
            cause = "A technician reports for nobody else."
            yield Issue("not-oneself", f"events[{place}].technician_id", cause, "Leave the technician out.")


def _by_oneself(event: Event, caller: Caller) -> Event:
    """Return a technician's report as one of this technician alone, where each of a crew reports."""
    if event.kind not in _OF_ONE:
        return event
    return event.model_copy(update={"technician_id": caller.technician_id})
