"""Reports of closed days in the store."""

from sqlalchemy import select

from service.store.database import Transaction
from service.store.tables import BoardReport


def add_report(tx: Transaction, row: BoardReport) -> None:
    """Keep the report of a board's day."""
    tx.add(row)


def report_body(tx: Transaction, board_id: str) -> bytes | None:
    """Return the report of a board's day, or none: it is not closed."""
    return tx.scalar(select(BoardReport.body).where(BoardReport.board_id == board_id))
