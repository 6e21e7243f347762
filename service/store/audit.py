"""The record of who did what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from service.store.database import Transaction
from service.store.tables import AuditEntry


@dataclass(frozen=True)
class AuditFilter:
    """Which entries are looked for; none: whatever it is.

    Parameters
    ----------
    key_ids : whose
    action : which operation
    about : of which object
    since : not before
    until : before
    """

    key_ids: Collection[str] | None = None
    action: str | None = None
    about: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def add_audit_entry(tx: Transaction, entry: AuditEntry) -> None:
    """Write down an entry, in the transaction that does it."""
    tx.add(entry)


def audit_rows(tx: Transaction, wanted: AuditFilter, *, after: int | None, limit: int) -> list[AuditEntry]:
    """Return entries, the newest first.

    Parameters
    ----------
    wanted : which
    after : number of the last one of the page before; none: the first page
    limit : at most so many
    """
    found = select(AuditEntry)
    if wanted.key_ids is not None:
        found = found.where(AuditEntry.key_id.in_(wanted.key_ids))
    if wanted.action is not None:
        found = found.where(AuditEntry.action == wanted.action)
    if wanted.about is not None:
        found = found.where(AuditEntry.about == wanted.about)
    if wanted.since is not None:
        found = found.where(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        found = found.where(AuditEntry.at < wanted.until)
    if after is not None:
        found = found.where(AuditEntry.number < after)
    return list(tx.scalars(found.order_by(AuditEntry.number.desc()).limit(limit)))


def entry_detail(**facts: Any) -> dict[str, Any]:
    """Return the facts of an entry that say something; never customers' data."""
    return {name: fact for name, fact in facts.items() if fact is not None}
