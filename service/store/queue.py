"""What waits in a queue, and the leases of the servers that take it on: the same for runs and for studies."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import exists, func, inspect, select, update
from sqlalchemy.orm import InstrumentedAttribute

from service.caller import Caller
from service.store.database import Transaction
from service.store.scenarios import seen_by
from service.store.table import Queued
from service.store.tables import Scenario

Q = TypeVar("Q", bound=Queued)

ENDED: Final = ("finished", "cancelled", "failed")
"""States that are never left."""


def add(tx: Transaction, row: Queued) -> None:
    """Add something to its queue."""
    tx.add(row)
    tx.flush()


def visible_row(
    tx: Transaction, kind: type[Q], name: str, caller: Caller, *, to_change: bool = False
) -> Q | None:
    """Return one, or none where there is none or the caller may not see its scenario.

    Parameters
    ----------
    to_change : keep others from changing it until the transaction ends
    """
    found = select(kind).join(Scenario).where(_name(kind) == name, *seen_by(caller))
    return tx.scalar(found.with_for_update(of=kind) if to_change else found)


def visible_rows(
    tx: Transaction,
    kind: type[Q],
    caller: Caller,
    *,
    scenario_id: str | None,
    state: str | None,
    after: str | None,
    limit: int,
) -> list[Q]:
    """Return those a caller may see, the newest first.

    Parameters
    ----------
    scenario_id, state : only those; none: all
    after : id of the last one of the page before; none: the first page
    limit : at most so many
    """
    found, name = select(kind).join(Scenario).where(*seen_by(caller)), _name(kind)
    if scenario_id is not None:
        found = found.where(Scenario.scenario_id == scenario_id)
    if state is not None:
        found = found.where(kind.state == state)
    if after is not None:
        found = found.where(name < after)
    return list(tx.scalars(found.order_by(name.desc()).limit(limit)))


def waiting(tx: Transaction, kind: type[Queued], made_by: str | None = None) -> int:
    """Return how many are queued: of one key, or of all."""
    found = select(func.count()).select_from(kind).where(kind.state == "queued")
    if made_by is not None:
        found = found.where(kind.made_by == made_by)
    return tx.scalar(found) or 0


def next_queued(tx: Transaction, kind: type[Q]) -> Q | None:
    """Return the one whose turn it is, kept from others; none: nothing is queued.

    It is the turn of the key of which the fewest are under way, among those of the key whose last one was begun the
    longest ago; then the oldest of its own.
    """
    running = (
        select(kind.made_by, func.count().label("many"))
        .where(kind.state == "running")
        .group_by(kind.made_by)
        .subquery()
    )
    begun = select(kind.made_by, func.max(kind.started_at).label("last")).group_by(kind.made_by).subquery()
    name = _name(kind)
    turn = (
        select(name)
        .outerjoin(running, running.c.made_by == kind.made_by)
        .outerjoin(begun, begun.c.made_by == kind.made_by)
        .where(kind.state == "queued")
        .order_by(func.coalesce(running.c.many, 0), begun.c.last.asc().nulls_first(), kind.queued_at, name)
        .limit(1)
    )
    found = tx.scalar(turn)
    if found is None:
        return None
    still = select(kind).where(name == found, kind.state == "queued").with_for_update(skip_locked=True)
    return tx.scalar(still)


def lease(row: Queued, leased_by: str, until: datetime, now: datetime) -> None:
    """Let a server take something on; nobody else does while its lease lasts.

    Parameters
    ----------
    row : kept from others
    leased_by, until : the server, and until when it must be heard of again
    now : the present moment
    """
    row.state, row.started_at, row.attempt = "running", now, row.attempt + 1
    row.leased_by, row.leased_until = leased_by, until


def let_go(row: Queued) -> None:
    """Put something back into its queue."""
    row.state, row.leased_by, row.leased_until = "queued", None, None


def close(row: Queued, state: str, now: datetime, problem: dict[str, Any] | None) -> None:
    """Let something end for good.

    Parameters
    ----------
    row : kept from others
    state : one of `ENDED`
    now : the present moment
    problem : why it failed; none: it has not
    """
    row.state, row.ended_at, row.problem = state, now, problem
    row.leased_by = row.leased_until = None


def leased(
    tx: Transaction, kind: type[Q], name: str, attempt: int, leased_by: str, *, to_change: bool = True
) -> Q | None:
    """Return what this server still does in this attempt, or none: it is another's or has ended.

    Parameters
    ----------
    to_change : keep others from changing it until the transaction ends
    """
    found = select(kind).where(
        _name(kind) == name,
        kind.attempt == attempt,
        kind.leased_by == leased_by,
        kind.state == "running",
    )
    return tx.scalar(found.with_for_update() if to_change else found)


def renew_leases(
    tx: Transaction, kind: type[Queued], leased_by: str, names: Iterable[str], until: datetime
) -> None:
    """Say that a server is alive and still at work on these."""
    ids = list(names)
    mine = (kind.leased_by == leased_by, kind.state == "running", _name(kind).in_(ids))
    if ids:
        tx.execute(update(kind).where(*mine).values(leased_until=until))


def any_lost(tx: Transaction, kind: type[Queued], now: datetime) -> bool:
    """Tell whether a server that is at work was not heard of for too long."""
    return bool(tx.scalar(select(exists().where(_is_lost(kind, now)))))


def lost_rows(tx: Transaction, kind: type[Q], now: datetime) -> list[Q]:
    """Return those whose server has not been heard of for too long, kept from others."""
    return list(tx.scalars(select(kind).where(_is_lost(kind, now)).with_for_update(skip_locked=True)))


def _is_lost(kind: type[Queued], now: datetime) -> Any:
    return (kind.state == "running") & (kind.leased_until < now)


def _name(kind: type[Queued]) -> InstrumentedAttribute[str]:
    """Return the column of the ids."""
    (key,) = inspect(kind).primary_key
    found: InstrumentedAttribute[str] = getattr(kind, str(key.key))
    return found
