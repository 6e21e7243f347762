"""What has happened on the boards, in the store."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from service.store.database import Transaction
from service.store.tables import Board, BoardEvent


def event_rows(
    tx: Transaction, board_id: str, *, after: int = 0, limit: int | None = None
) -> list[BoardEvent]:
    """Return what has happened on a board, in the order in which it was reported.

    Parameters
    ----------
    after : number of an event, only those behind it
    limit : at most so many; none: all
    """
    found = select(BoardEvent).where(BoardEvent.board_id == board_id, BoardEvent.number > after)
    return list(tx.scalars(found.order_by(BoardEvent.number).limit(limit)))


def event_rows_of(tx: Transaction, board_ids: Collection[str]) -> list[BoardEvent]:
    """Return what has happened on some boards, board by board in the order in which it was reported."""
    found = select(BoardEvent).where(BoardEvent.board_id.in_(board_ids))
    return list(tx.scalars(found.order_by(BoardEvent.board_id, BoardEvent.number)))


def last_event(tx: Transaction, board_id: str) -> int:
    """Return the number of the last event of a board; 0: there is none."""
    return tx.scalar(select(func.max(BoardEvent.number)).where(BoardEvent.board_id == board_id)) or 0


def add_events(
    tx: Transaction, row: Board, events: Iterable[Mapping[str, Any]], told_by: str, now: datetime
) -> list[int]:
    """Write down what has happened on a board, and return the numbers; the caller keeps the board from others."""
    first = last_event(tx, row.board_id) + 1
    rows = [
        BoardEvent(board_id=row.board_id, number=number, event=dict(event), told_by=told_by, told_at=now)
        for number, event in enumerate(events, first)
    ]
    tx.add_all(rows)
    tx.flush()
    return [one.number for one in rows]
