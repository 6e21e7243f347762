"""Signs a browser in."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from service.access.keys import caller_of, new_secret, secret_hash
from service.caller import Caller
from service.store import Transaction, tables
from service.store.audit import add_audit_entry
from service.store.keys import add_sign_in, key_row

PREFIX: Final = "pgs_"
"""What the cookies of sessions begin with."""


class SignedIn(NamedTuple):
    """A session that was just opened."""

    caller: Caller
    """Who signed in."""
    cookie: str
    """The cookie's value, of which only a hash is kept."""
    expires_at: datetime
    """Until when it holds."""


def sign_in(tx: Transaction, key: str, *, hours: int, trace_id: str, now: datetime) -> SignedIn | None:
    """Open a session; none where the key is not valid.

    Parameters
    ----------
    key : the key that was sent
    hours : so long it holds, and no longer than the key does
    trace_id : names the request in the log
    now : the present moment
    """
    caller = caller_of(tx, bearer=key, session=None, now=now)
    row = None if caller is None else key_row(tx, caller.key_id)
    if caller is None or row is None:
        return None
    ends = now + timedelta(hours=hours)
    expires_at = ends if row.expires_at is None else min(ends, row.expires_at)
    cookie = new_secret(PREFIX)
    session = tables.SignIn(
        secret_sha256=secret_hash(cookie), key_id=caller.key_id, made_at=now, expires_at=expires_at
    )
    add_sign_in(tx, session, now)
    entry = tables.AuditEntry(
        at=now, key_id=caller.key_id, action="sign_in", about=caller.key_id, detail={}, trace_id=trace_id
    )
    add_audit_entry(tx, entry)
    return SignedIn(replace(caller, by_session=True), cookie, expires_at)
