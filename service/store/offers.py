"""Offers in the store."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import defer

from service.store.database import Transaction
from service.store.tables import Offers


def add_offers(tx: Transaction, row: Offers) -> None:
    """Add offers."""
    tx.add(row)
    tx.flush()


def offers_row(tx: Transaction, board_id: str, offers_id: str) -> Offers | None:
    """Return offers of a board, or none."""
    return tx.scalar(select(Offers).where(Offers.offers_id == offers_id, Offers.board_id == board_id))


def offers_rows(tx: Transaction, board_id: str, limit: int) -> list[Offers]:
    """Return the offers of a board without what was found, the newest first."""
    found = select(Offers).where(Offers.board_id == board_id).options(defer(Offers.found))
    return list(tx.scalars(found.order_by(Offers.offers_id.desc()).limit(limit)))


def held_rows(tx: Transaction, board_id: str, now: datetime) -> list[Offers]:
    """Return the offers of a board of which a window is held, without what was found, in the order of the holds.

    Parameters
    ----------
    board_id : which board
    now : the present moment; what was held until then counts no more
    """
    found = select(Offers).where(Offers.board_id == board_id, Offers.held_until > now)
    return list(tx.scalars(found.options(defer(Offers.found)).order_by(Offers.held_number)))
