"""Shows a board: what is planned for the branch's day, what was told, what has happened."""

import json
from datetime import datetime

from service.access.redact import redacted
from service.boards.change import info
from service.boards.happen import told_events
from service.boards.held import held_slots
from service.boards.live import live_of
from service.boards.records import BoardEntryInfo, BoardEntryPage, BoardView, PlanPart
from service.caller import Caller
from service.store import Transaction, tables
from service.store import boards as store
from service.store.board_events import event_rows


def show(tx: Transaction, caller: Caller, row: tables.Board, now: datetime) -> BoardView:
    """Return a board with the branch's part of its plans, and the windows that are held.

    Parameters
    ----------
    row : the board
    now : the present moment
    """
    live = live_of(row)
    return BoardView(
        board=info(row, live),
        draft=_part(tx, caller, row, row.draft_plan_id),
        published=_part(tx, caller, row, row.published_plan_id),
        promises=tuple(live.promises.values()),
        told=tuple(live.told.values()),
        happened=told_events(event_rows(tx, row.board_id), caller),
        held=held_slots(tx, caller, row.board_id, now),
    )


def history(tx: Transaction, row: tables.Board, before: int | None, limit: int) -> BoardEntryPage:
    """Return what happened on a board, the newest first.

    Parameters
    ----------
    row : the board
    before : version from which on nothing more is asked for; none: the newest too
    limit : at most so many
    """
    rows = store.entry_rows(tx, row.board_id, before=before, limit=limit + 1)
    page, more = rows[:limit], len(rows) > limit
    return BoardEntryPage(
        entries=tuple(
            BoardEntryInfo(version=one.version, kind=one.kind, data=one.data, made_by=one.made_by, at=one.at)
            for one in page
        ),
        before=page[-1].version if more else None,
    )


def _part(tx: Transaction, caller: Caller, row: tables.Board, plan_id: str | None) -> PlanPart | None:
    body = None if plan_id is None else store.part_body(tx, row.board_id, plan_id)
    if body is None:
        return None
    if caller.may("personal"):
        return PlanPart.model_validate_json(body)
    return PlanPart.model_validate_json(json.dumps(redacted(json.loads(body))))
