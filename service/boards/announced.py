"""What others are told of a board."""

from datetime import datetime

from service.boards.live import Publication
from service.store import Transaction, tables
from service.webhooks.announce import announce


def published(tx: Transaction, row: tables.Board, publication: Publication, now: datetime) -> None:
    """Let those who asked for it know that a plan was published, in the transaction that publishes it.

    Parameters
    ----------
    row : the board
    publication : what was published by whom
    now : the present moment
    """
    data = {
        "branch_id": row.branch_id,
        "day": row.day.isoformat(),
        "plan_id": publication.plan_id,
        "revision": publication.revision,
    }
    announce(tx, event="plan.published", about=row.board_id, branches=(row.branch_id,), data=data, now=now)
