"""How every change of a board goes: in the version it was decided on, one version up, with its entry."""

from datetime import datetime
from typing import Any

from service.boards.live import Live, Standing, standing_of, state_of
from service.boards.records import BoardInfo
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT, NOT_FOUND
from service.door.versions import etag, expect
from service.store import Transaction, tables
from service.store import boards as store


def the_board(tx: Transaction, caller: Caller, board_id: str) -> tables.Board:
    """Return a board that is only looked at.

    Parameters
    ----------
    board_id : which

    Raises
    ------
    Problem
        There is none.
    """
    row = store.board_row(tx, board_id, caller)
    if row is None:
        raise no_board(board_id)
    return row


def to_change(tx: Transaction, caller: Caller, board_id: str, match: str | None) -> tables.Board:
    """Return a board that is about to be changed, in the version the change was decided on.

    Parameters
    ----------
    board_id : which
    match : the header If-Match

    Raises
    ------
    Problem
        There is none, it has changed meanwhile, or its day is closed.
    """
    row = store.board_row(tx, board_id, caller, to_change=True)
    if row is None:
        raise no_board(board_id)
    expect(match, row.version)
    refuse_closed(row)
    return row


def refuse_closed(row: tables.Board) -> None:
    """Refuse a board whose day is closed.

    Parameters
    ----------
    row : the board

    Raises
    ------
    Problem
        Its day is closed.
    """
    if standing_of(row).closed is not None:
        raise Problem(
            CONFLICT, "The day is closed; what is left of it stands in the scenario of the next days."
        )


def no_board(board_id: str) -> Problem:
    """Return the error that there is no such board for the caller."""
    return Problem(NOT_FOUND, f"There is no board {board_id}.")


def changed(
    tx: Transaction,
    caller: Caller,
    row: tables.Board,
    live: Live,
    kind: str,
    now: datetime,
    **data: Any,
) -> Answer:
    """Write a change down and answer with the board as it is then.

    Parameters
    ----------
    row : the board, kept from others' changes, with its new plans
    live : its day as it is now
    kind : what was done, for the history
    now : the present moment
    data : with what; nothing of customers
    """
    row.version += 1
    row.live = live.model_dump(mode="json", exclude_defaults=True)
    row.state = state_of(row, live)
    row.changed_at = now
    enter(tx, caller, row, kind, now, **data)
    return _answer(row, live)


def enter(tx: Transaction, caller: Caller, row: tables.Board, kind: str, now: datetime, **data: Any) -> None:
    """Add an entry to a board's history, under the board's present version."""
    entry = tables.BoardEntry(
        board_id=row.board_id, version=row.version, kind=kind, data=data, made_by=caller.key_id, at=now
    )
    store.add_entry(tx, entry)


def as_it_is(row: tables.Board, status: int = 200, **headers: str) -> Answer:
    """Answer with a board as it is.

    Parameters
    ----------
    row : the board
    status : HTTP status
    headers : further headers
    """
    return _answer(row, standing_of(row), status, **headers)


def info(row: tables.Board, live: Standing) -> BoardInfo:
    """Return what the service says of a board without its plans.

    Parameters
    ----------
    row : the board
    live : how far it is
    """
    return BoardInfo(
        board_id=row.board_id,
        branch_id=row.branch_id,
        day=row.day,
        scenario_id=row.scenario_id,
        version=row.version,
        state=state_of(row, live),
        draft_plan_id=row.draft_plan_id,
        published_plan_id=row.published_plan_id,
        approval=live.approval,
        publication=live.publication,
        closed=live.closed,
        window_min=live.window_min,
        changed_at=row.changed_at,
    )


def _answer(row: tables.Board, live: Standing, status: int = 200, **headers: str) -> Answer:
    said = {"ETag": etag(row.version), **headers}
    return Answer(info(row, live), status, said, about=row.board_id, detail={"version": row.version})
