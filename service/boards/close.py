"""Closes a board's day: the next days' question becomes a scenario, the report stays with the board."""

import json
from datetime import datetime
from typing import NamedTuple

from optimizer.domain.day_report import DayReport
from optimizer.domain.event import Events
from optimizer.domain.scenario import Scenario
from service.access.redact import redacted_job
from service.boards.change import changed, the_board
from service.boards.closing import ChapterTexts, ClosedTexts, DayOver
from service.boards.followed import Chapter, chapters
from service.boards.live import Closed, Live, live_of, standing_of
from service.boards.records import ClosedDay, CloseRequest
from service.boards.replan import planned_from, what_happened
from service.boards.supersede import supersede
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CHANGED_MEANWHILE
from service.door.versions import expect
from service.plans.find import find_question
from service.plans.questions import Texts
from service.scenarios.upload import Written, upload, written
from service.store import Transaction, tables
from service.store import reports as store


class Over(NamedTuple):
    """What a close is made from."""

    version: int
    """The board's version."""
    day: DayOver
    """The day that is over."""


class Made(NamedTuple):
    """What a close stores."""

    version: int
    """The board's version it was made from."""
    scenario: Written
    """The question of the next days."""
    report: bytes
    """The report."""


def look_at(
    tx: Transaction, caller: Caller, board_id: str, match: str | None, request: CloseRequest, now: datetime
) -> Over:
    """Return what a close is made from.

    Parameters
    ----------
    board_id : which board
    match : the header If-Match
    request : how the next days are to be
    now : the present moment

    Raises
    ------
    Problem
        There is no such board, it has changed meanwhile, or nothing was published on it.
    """
    row = the_board(tx, caller, board_id)
    expect(match, row.version)
    live = live_of(row)
    day = tuple(chapters(tx, row, live, now))
    at = planned_from(live, day[-1].followed, now)
    over = DayOver(
        branch_id=row.branch_id,
        day=row.day,
        chapters=tuple(_as_followed(tx, live, one, at) for one in day),
        days=request.days,
        same_shifts=request.same_shifts,
    )
    return Over(row.version, over)


def _as_followed(tx: Transaction, live: Live, chapter: Chapter, now: datetime) -> ChapterTexts:
    """Return a part of the day: of the first plan with what customers were told while it was followed."""
    plan = tx.get_one(tables.Plan, chapter.publication.plan_id)
    first = bool(live.earlier) and chapter.publication == live.earlier[0]
    told = live.model_copy(update={"told": live.first_told}) if first else live
    texts = Texts(find_question(tx, plan), plan.body)
    late = Events(events=chapter.late).model_dump_json().encode()
    return ChapterTexts(texts, what_happened(told, chapter.followed), late, chapter.until or now)


def ready(over: Over, closed: ClosedTexts) -> Made:
    """Return what a close stores; takes a while, so it is done outside of transactions.

    Parameters
    ----------
    over : what it was made from
    closed : what came of it
    """
    return Made(over.version, written(Scenario.model_validate_json(closed.scenario)), closed.report)


def close_board(tx: Transaction, caller: Caller, row: tables.Board, made: Made, now: datetime) -> Answer:
    """Close a board's day: nothing is changed on it any more.

    Parameters
    ----------
    row : the board, kept from others' changes
    made : what is stored
    now : the present moment

    Raises
    ------
    Problem
        Something has happened on the board meanwhile, or the next days have branches that are not the caller's.
    """
    if row.version != made.version:
        raise Problem(CHANGED_MEANWHILE, "Something has happened meanwhile; close the day again.")
    note = f"What is left after {row.day} on the board {row.board_id}."
    scenario_id = upload(tx, caller, made.scenario, note, now).about
    store.add_report(tx, tables.BoardReport(board_id=row.board_id, body=made.report))
    closed = Closed(by=caller.key_id, at=now, scenario_id=scenario_id)
    live = live_of(row).model_copy(update={"closed": closed, "approval": None})
    row.draft_plan_id = None
    supersede(tx, row, None, now)
    return changed(tx, caller, row, live, "closed", now, scenario_id=scenario_id)


def closed_day(tx: Transaction, caller: Caller, board_id: str) -> ClosedDay:
    """Return the end of a day with its report; jobs that wait without customers for who may not see them.

    Parameters
    ----------
    board_id : which board

    Raises
    ------
    Problem
        There is no such board.
    """
    row = the_board(tx, caller, board_id)
    body, closed = store.report_body(tx, row.board_id), standing_of(row).closed
    if body is None:
        return ClosedDay(closed=None, report=None)
    if not caller.may("personal"):
        said = json.loads(body)
        said["waiting"] = [redacted_job(job) for job in said["waiting"]]
        said["promises"] = [{**one, "customer_id": None} for one in said["promises"]]
        body = json.dumps(said).encode()
    return ClosedDay(closed=closed, report=DayReport.model_validate_json(body))
