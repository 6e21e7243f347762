"""Boards in the store."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, delete, select

from service.caller import Caller
from service.store.database import Transaction
from service.store.tables import Board, BoardEntry, BoardPart


def boards_of(tx: Transaction, scenario_id: str) -> list[Board]:
    """Return the boards that refer to a scenario, by day."""
    return list(tx.scalars(select(Board).where(Board.scenario_id == scenario_id).order_by(Board.day)))


def board_row(tx: Transaction, board_id: str, caller: Caller, *, to_change: bool = False) -> Board | None:
    """Return a board, or none where there is none or its branch is not the caller's.

    Parameters
    ----------
    to_change : keep others from changing it until the transaction ends
    """
    found = select(Board).where(Board.board_id == board_id, *_seen_by(caller))
    return tx.scalar(found.with_for_update() if to_change else found)


def board_rows(
    tx: Transaction,
    caller: Caller,
    *,
    branch_id: str | None = None,
    day: date | None = None,
    state: str | None = None,
    after: str | None = None,
    limit: int,
) -> list[Board]:
    """Return the boards of the caller's branches, the newest first.

    Parameters
    ----------
    branch_id, day, state : of this branch, day, state only; none: of all
    after : id of the last one of the page before; none: the first page
    limit : at most so many
    """
    found = select(Board).where(*_seen_by(caller))
    if branch_id is not None:
        found = found.where(Board.branch_id == branch_id)
    if day is not None:
        found = found.where(Board.day == day)
    if state is not None:
        found = found.where(Board.state == state)
    if after is not None:
        found = found.where(Board.board_id < after)
    return list(tx.scalars(found.order_by(Board.board_id.desc()).limit(limit)))


def published_boards(tx: Transaction, caller: Caller, day: date) -> list[Board]:
    """Return the boards of a day in the caller's branches that have a published plan, by branch."""
    found = select(Board).where(Board.day == day, Board.published_plan_id.is_not(None), *_seen_by(caller))
    return list(tx.scalars(found.order_by(Board.branch_id)))


def published_between(tx: Transaction, first: date, last: date) -> list[Board]:
    """Return the boards of some days that have a published plan, by branch and day."""
    days = Board.day.between(first, last)
    found = select(Board).where(days, Board.published_plan_id.is_not(None))
    return list(tx.scalars(found.order_by(Board.branch_id, Board.day)))


def board_of_day(tx: Transaction, branch_id: str, day: date) -> Board | None:
    """Return the board of a branch's day, or none."""
    return tx.scalar(select(Board).where(Board.branch_id == branch_id, Board.day == day))


def add_board(tx: Transaction, row: Board) -> None:
    """Add a board; when the branch's day got one meanwhile, the whole transaction is done again."""
    tx.add(row)
    tx.flush()


def delete_board(tx: Transaction, row: Board) -> None:
    """Delete a board with its history."""
    tx.delete(row)


def add_entry(tx: Transaction, entry: BoardEntry) -> None:
    """Write down what happened on a board."""
    tx.add(entry)


def entry_rows(tx: Transaction, board_id: str, *, before: int | None, limit: int) -> list[BoardEntry]:
    """Return what happened on a board, the newest first.

    Parameters
    ----------
    before : version from which on nothing more is asked for; none: the newest too
    limit : at most so many
    """
    found = select(BoardEntry).where(BoardEntry.board_id == board_id)
    if before is not None:
        found = found.where(BoardEntry.version < before)
    return list(tx.scalars(found.order_by(BoardEntry.version.desc()).limit(limit)))


def put_part(tx: Transaction, part: BoardPart) -> None:
    """Keep the branch's part of a plan, instead of one kept before."""
    tx.merge(part)


def part_body(tx: Transaction, board_id: str, plan_id: str) -> bytes | None:
    """Return the branch's part of a plan that is on a board, or none."""
    return tx.scalar(
        select(BoardPart.body).where(BoardPart.board_id == board_id, BoardPart.plan_id == plan_id)
    )


def part_known(tx: Transaction, board_id: str, plan_id: str) -> bytes | None:
    """Return which names events may use while a plan is followed, or none."""
    return tx.scalar(
        select(BoardPart.known).where(BoardPart.board_id == board_id, BoardPart.plan_id == plan_id)
    )


def part_orders(tx: Transaction, board_id: str, plan_id: str) -> bytes | None:
    """Return the dispatch orders of a plan that is on a board, or none."""
    return tx.scalar(
        select(BoardPart.orders).where(BoardPart.board_id == board_id, BoardPart.plan_id == plan_id)
    )


def drop_parts(tx: Transaction, row: Board, before: Collection[str]) -> None:
    """Drop the parts of plans that are not on the board any more.

    Parameters
    ----------
    row : the board
    before : plans that were followed before on its day
    """
    kept = [one for one in (row.draft_plan_id, row.published_plan_id, *before) if one is not None]
    tx.execute(delete(BoardPart).where(BoardPart.board_id == row.board_id, BoardPart.plan_id.not_in(kept)))


def _seen_by(caller: Caller) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a board's branch is one of the caller's."""
    return () if caller.branches is None else (Board.branch_id.in_(caller.branches),)
