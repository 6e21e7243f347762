"""Notes what has happened on a board: events that go with the plan and with each other, and are never taken back."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from optimizer.domain.event import Event
from optimizer.domain.event_issues import Known, issues_with, row_of
from optimizer.domain.late_events import too_late
from optimizer.errors import InvalidInput, Issue
from service.access.redact import redacted_event
from service.boards.change import as_it_is, changed
from service.boards.followed import AHEAD, EVENT, Followed, event_of, followed
from service.boards.late import Report, reports, those_back, with_those_back
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
    if not caller.may("plan"):
        told = [_by_oneself(event, caller) for event in told]
    noted_before = _of_same_kinds(tx, row, told)
    new = reports(tx, row, live, before, [one for one in told if one not in noted_before], now)
    foreign = () if caller.may("plan") else tuple(_not_own(before.known, caller, told, new))
    rows = {row_of(issue) for issue in foreign}
    issues = (*foreign, *(one for one in _all_issues(before, told, new, now) if row_of(one) not in rows))
    if issues:
        raise InvalidInput(issues)
    if not new:
        return as_it_is(row)
    noted = list(with_those_back(tx, row, new))
    said = [event.model_dump(mode="json", exclude_defaults=True) | {"kind": event.kind} for event in noted]
    numbers = store.add_events(tx, row, said, caller.key_id, now)
    supersede(tx, row, numbers[0], now)
    kinds = [event.kind for event in noted]
    answer = changed(tx, caller, row, live, "happened", now, numbers=numbers, kinds=kinds)
    back = those_back(new, noted)
    return (
        answer
        if answer.record is None
        else replace(answer, record=answer.record.model_copy(update={"back": back}))
    )


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


def _of_same_kinds(tx: Transaction, row: tables.Board, told: Sequence[Event]) -> tuple[Event, ...]:
    """Return what was noted on a board of the kinds that are told now, whichever plan was followed then."""
    kinds = {event.kind for event in told}
    return tuple(event_of(one) for one in store.event_rows(tx, row.board_id) if one.event["kind"] in kinds)


def _all_issues(
    before: Followed, told: Sequence[Event], new: Sequence[Report], now: datetime
) -> Iterator[Issue]:
    """Yield what stands against new events, those that come late with the plan they are about."""
    yield from _issues(before, told, [one.event for one in new if one.chapter is None], now)
    past = {one.chapter.publication.plan_id: one.chapter for one in new if one.chapter is not None}
    for plan_id, chapter in past.items():
        late = [one.event for one in new if one.chapter and one.chapter.publication.plan_id == plan_id]
        then = Followed(chapter.followed.known, (*chapter.followed.events, *chapter.late))
        yield from _issues(then, told, late, now)
        places = (next(at for at, one in enumerate(told) if one is event) for event in late)
        yield from (issue for event, at in zip(late, places, strict=True) if (issue := too_late(event, at)))


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


def _not_own(now: Known, caller: Caller, told: Sequence[Event], new: Sequence[Report]) -> Iterator[Issue]:
    """Yield what a technician may not report; the paths are those of the events as they were told."""
    for report in new:
        event, known = report.event, report.known(now)
        place = next(at for at, one in enumerate(told) if one is event)
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
    if event.kind not in _OF_ONE or getattr(event, "technician_id", None) is not None:
        return event
    return event.model_copy(update={"technician_id": caller.technician_id})
