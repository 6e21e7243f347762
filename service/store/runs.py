"""Runs in the store: the queue, the leases of those that compute, and what is told of each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import exists, func, select, update

from service.caller import Caller
from service.store.database import Transaction
from service.store.scenarios import seen_by
from service.store.tables import Run, RunEvent, Scenario

ENDED: Final = ("finished", "cancelled", "failed")
"""States that are never left."""


def run_row(tx: Transaction, run_id: str, caller: Caller, *, to_change: bool = False) -> Run | None:
    """Return a run, or none where there is none or the caller may not see its scenario.

    Parameters
    ----------
    to_change : keep others from changing it until the transaction ends
    """
    found = select(Run).join(Scenario).where(Run.run_id == run_id, *seen_by(caller))
    return tx.scalar(found.with_for_update(of=Run) if to_change else found)


def run_rows(
    tx: Transaction,
    caller: Caller,
    *,
    scenario_id: str | None,
    state: str | None,
    after: str | None,
    limit: int,
) -> list[Run]:
    """Return the runs a caller may see, the newest first.

    Parameters
    ----------
    scenario_id, state : only those; none: all
    after : id of the last one of the page before; none: the first page
    limit : at most so many
    """
    found = select(Run).join(Scenario).where(*seen_by(caller))
    if scenario_id is not None:
        found = found.where(Run.scenario_id == scenario_id)
    if state is not None:
        found = found.where(Run.state == state)
    if after is not None:
        found = found.where(Run.run_id < after)
    return list(tx.scalars(found.order_by(Run.run_id.desc()).limit(limit)))


def add_run(tx: Transaction, row: Run) -> None:
    """Add a run to the queue."""
    tx.add(row)
    tx.flush()


def waiting(tx: Transaction, made_by: str | None = None) -> int:
    """Return how many runs are queued: of one key, or of all."""
    found = select(func.count()).select_from(Run).where(Run.state == "queued")
    if made_by is not None:
        found = found.where(Run.made_by == made_by)
    return tx.scalar(found) or 0


def next_run(tx: Transaction) -> Run | None:
    """Return the queued run whose turn it is, kept from others; none: nothing is queued.

    It is the turn of the key that has the fewest runs computing, among those of the key whose last run was begun
    the longest ago; then the oldest of its runs.
    """
    running = (
        select(Run.made_by, func.count().label("many"))
        .where(Run.state == "running")
        .group_by(Run.made_by)
        .subquery()
    )
    begun = select(Run.made_by, func.max(Run.started_at).label("last")).group_by(Run.made_by).subquery()
    turn = (
        select(Run.run_id)
        .outerjoin(running, running.c.made_by == Run.made_by)
        .outerjoin(begun, begun.c.made_by == Run.made_by)
        .where(Run.state == "queued")
        .order_by(
            func.coalesce(running.c.many, 0), begun.c.last.asc().nulls_first(), Run.queued_at, Run.run_id
        )
        .limit(1)
    )
    run_id = tx.scalar(turn)
    if run_id is None:
        return None
    still = select(Run).where(Run.run_id == run_id, Run.state == "queued").with_for_update(skip_locked=True)
    return tx.scalar(still)


def leased_run(tx: Transaction, run_id: str, attempt: int, leased_by: str) -> Run | None:
    """Return a run that this server still computes in this attempt; none: it is another's or has ended."""
    found = select(Run).where(
        Run.run_id == run_id, Run.attempt == attempt, Run.leased_by == leased_by, Run.state == "running"
    )
    return tx.scalar(found.with_for_update())


def renew_leases(tx: Transaction, leased_by: str, run_ids: Iterable[str], until: datetime) -> None:
    """Say that a server is alive and still computes these runs."""
    ids = list(run_ids)
    mine = (Run.leased_by == leased_by, Run.state == "running", Run.run_id.in_(ids))
    if ids:
        tx.execute(update(Run).where(*mine).values(leased_until=until))


def leased_runs(tx: Transaction, leased_by: str) -> list[Run]:
    """Return the runs that a server computes, as far as it has not lost them."""
    return list(tx.scalars(select(Run).where(Run.leased_by == leased_by, Run.state == "running")))


def any_lost_or_overdue(tx: Transaction, now: datetime) -> bool:
    """Tell whether a run's server was not heard of for too long, or a queued run's deadline has passed."""
    lost = (Run.state == "running") & (Run.leased_until < now)
    overdue = (Run.state == "queued") & (Run.deadline_at < now)
    return bool(tx.scalar(select(exists().where(lost | overdue))))


def lost_runs(tx: Transaction, now: datetime) -> list[Run]:
    """Return the runs whose server has not been heard of for too long, kept from others."""
    found = select(Run).where(Run.state == "running", Run.leased_until < now)
    return list(tx.scalars(found.with_for_update(skip_locked=True)))


def overdue_runs(tx: Transaction, now: datetime) -> list[Run]:
    """Return the queued runs whose deadline has passed, kept from others."""
    found = select(Run).where(Run.state == "queued", Run.deadline_at < now)
    return list(tx.scalars(found.with_for_update(skip_locked=True)))


def tell(tx: Transaction, run_id: str, kind: str, data: dict[str, Any], at: datetime) -> None:
    """Add to what is told of a run; the caller keeps the run from others."""
    last = tx.scalar(select(func.max(RunEvent.number)).where(RunEvent.run_id == run_id)) or 0
    tx.add(RunEvent(run_id=run_id, number=last + 1, kind=kind, data=data, at=at))
    tx.flush()


def told(tx: Transaction, run_id: str, after: int) -> list[RunEvent]:
    """Return what was told of a run after an event, in order."""
    found = select(RunEvent).where(RunEvent.run_id == run_id, RunEvent.number > after)
    return list(tx.scalars(found.order_by(RunEvent.number)))
