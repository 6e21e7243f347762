"""Runs in the store; their queue and their leases are those of `service.store.queue`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from service.caller import Caller
from service.store import told as telling
from service.store.database import Transaction
from service.store.queue import visible_row
from service.store.tables import Run, RunEvent


def run_row(tx: Transaction, run_id: str, caller: Caller, *, to_change: bool = False) -> Run | None:
    """Return a run, or none where there is none or the caller may not see its scenario.

    Parameters
    ----------
    to_change : keep others from changing it until the transaction ends
    """
    return visible_row(tx, Run, run_id, caller, to_change=to_change)


def leased_runs(tx: Transaction, leased_by: str) -> list[Run]:
    """Return the runs that a server computes, as far as it has not lost them."""
    return list(tx.scalars(select(Run).where(Run.leased_by == leased_by, Run.state == "running")))


def any_overdue(tx: Transaction, now: datetime) -> bool:
    """Tell whether a queued run's deadline has passed."""
    return bool(tx.scalar(select(exists().where(Run.state == "queued", Run.deadline_at < now))))


def overdue_runs(tx: Transaction, now: datetime) -> list[Run]:
    """Return the queued runs whose deadline has passed, kept from others."""
    found = select(Run).where(Run.state == "queued", Run.deadline_at < now)
    return list(tx.scalars(found.with_for_update(skip_locked=True)))


def tell(tx: Transaction, run_id: str, kind: str, data: dict[str, Any], at: datetime) -> None:
    """Add to what is told of a run; the caller keeps the run from others."""
    telling.tell(tx, RunEvent, run_id, kind, data, at)


def told(tx: Transaction, run_id: str, after: int) -> Sequence[RunEvent]:
    """Return what was told of a run after an event, in order."""
    return telling.told(tx, RunEvent, run_id, after)
