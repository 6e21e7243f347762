"""Proposals in the store."""

from sqlalchemy import select
from sqlalchemy.orm import defer

from service.store.database import Transaction
from service.store.queue import ENDED
from service.store.tables import Board, Proposals, Run


def add_proposals(tx: Transaction, row: Proposals) -> None:
    """Add a re-plan."""
    tx.add(row)
    tx.flush()


def proposals_row(tx: Transaction, board_id: str, proposals_id: str) -> Proposals | None:
    """Return a re-plan of a board, or none."""
    return tx.scalar(
        select(Proposals).where(Proposals.proposals_id == proposals_id, Proposals.board_id == board_id)
    )


def proposals_rows(tx: Transaction, board_id: str, limit: int) -> list[Proposals]:
    """Return the re-plans of a board without what they have found, the newest first."""
    found = select(Proposals).where(Proposals.board_id == board_id)
    left_out = (defer(Proposals.found), defer(Proposals.happened))
    return list(tx.scalars(found.options(*left_out).order_by(Proposals.proposals_id.desc()).limit(limit)))


def proposals_of_run(tx: Transaction, run_id: str) -> Proposals | None:
    """Return the re-plan that a run computes, or none: the run plans a scenario."""
    return tx.scalar(select(Proposals).where(Proposals.run_id == run_id))


def open_proposals(tx: Transaction, board_id: str) -> list[tuple[Proposals, Run]]:
    """Return the re-plans of a board that have not ended, with their runs, kept from others."""
    found = select(Proposals, Run).join(Run).where(Proposals.board_id == board_id, Run.state.not_in(ENDED))
    left_out = (defer(Proposals.found), defer(Proposals.happened))
    return [(one, run) for one, run in tx.execute(found.options(*left_out).with_for_update(of=Run))]


def branch_of(tx: Transaction, row: Proposals) -> str:
    """Return the branch whose day a re-plan plans."""
    return tx.get_one(Board, row.board_id).branch_id


def run_of(tx: Transaction, row: Proposals) -> Run:
    """Return the run that computes a re-plan."""
    return tx.get_one(Run, row.run_id)
