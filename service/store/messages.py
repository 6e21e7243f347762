"""What each side is to be told of a board's publications, in the store."""

from sqlalchemy import select

from service.store.database import Transaction
from service.store.tables import BoardMessages


def add_messages(tx: Transaction, board_id: str, version: int, body: bytes) -> None:
    """Keep what is to be told after a publication."""
    tx.add(BoardMessages(board_id=board_id, version=version, body=body))


def messages_of(tx: Transaction, board_id: str, limit: int) -> list[bytes]:
    """Return what was to be told after the last publications of a board, the newest first."""
    found = select(BoardMessages.body).where(BoardMessages.board_id == board_id)
    return list(tx.scalars(found.order_by(BoardMessages.version.desc()).limit(limit)))
