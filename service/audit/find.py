"""Finds entries in the audit log."""

from dataclasses import replace

from service.audit.records import AuditPage, entry_info
from service.caller import Caller
from service.keys.visible import keys_seen
from service.store import Transaction
from service.store.audit import AuditFilter, audit_rows


def find(
    tx: Transaction, caller: Caller, wanted: AuditFilter, *, key_id: str | None, after: int | None, limit: int
) -> AuditPage:
    """Return some of the entries; who is for some branches sees only those of these branches' keys.

    Parameters
    ----------
    wanted : which
    key_id : of this key only; none: of all
    after : number of the last one of the page before; none: the first page
    limit : at most so many
    """
    own = None if caller.branches is None else {row.key_id for row in keys_seen(tx, caller)}
    if key_id is not None:
        own = {key_id} if own is None else own & {key_id}
    rows = audit_rows(tx, replace(wanted, key_ids=own), after=after, limit=limit + 1)
    page = tuple(entry_info(row) for row in rows[:limit])
    return AuditPage(entries=page, after=page[-1].number if len(rows) > limit else None)
