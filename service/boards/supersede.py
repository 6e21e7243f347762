"""Ends re-plans that are overtaken by what has happened since they were asked for."""

from datetime import datetime

from service.runs.states import end
from service.store import Transaction, tables
from service.store.proposals import open_proposals
from service.store.runs import tell


def supersede(tx: Transaction, row: tables.Board, number: int | None, now: datetime) -> None:
    """Cancel the re-plans of a board that are still computed; they keep what they have found, and say why they end.

    Parameters
    ----------
    row : the board, kept from others' changes
    number : the event that has happened; none: another plan was published, or the day closed
    now : the present moment
    """
    for proposals, run in open_proposals(tx, row.board_id):
        if run.cancel_asked and proposals.superseded_by is not None:
            continue
        proposals.superseded_by, run.cancel_asked = number, True
        tell(tx, run.run_id, "superseded", {"event": number, "plan_id": row.published_plan_id}, now)
        if run.state == "queued":
            end(tx, run, "cancelled", now)
