"""API keys: made once, shown once, kept as a hash."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final, cast

from service.caller import Caller
from service.roles import Role
from service.store import Transaction
from service.store.ids import new_id
from service.store.keys import any_key, key_of_secret, key_of_session
from service.store.tables import Key

PREFIX: Final = "pgk_"
"""What keys begin with, so that a scanner finds one that was committed by mistake."""


def new_secret(prefix: str = PREFIX) -> str:
    """Return a new secret of 256 bits.

    Parameters
    ----------
    prefix : what it begins with
    """
    return prefix + secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """Return what is kept of a secret; 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def make_key(
    tx: Transaction,
    *,
    name: str,
    role: Role,
    branches: Iterable[str] | None,
    technician_id: str | None,
    made_by: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> tuple[Key, str]:
    """Make a key and return it with its secret, which nobody sees again.

    Parameters
    ----------
    name : what people call it
    role : what it is for
    branches : the branches it is for; none: all
    technician_id : whose own orders it may see
    made_by : id of the key that made it, or ``local``
    now : the present moment
    expires_at : from when it is not valid any more; none: without end
    """
    secret = new_secret()
    key = Key(
        key_id=new_id("key"),
        name=name,
        secret_sha256=secret_hash(secret),
        role=role,
        branches=None if branches is None else sorted(set(branches)),
        technician_id=technician_id,
        made_by=made_by,
        made_at=now,
        expires_at=expires_at,
        revoked_at=None,
    )
    tx.add(key)
    return key, secret


def caller_of(tx: Transaction, *, bearer: str | None, session: str | None, now: datetime) -> Caller | None:
    """Return whose key or session this is; none: nobody's, or one that is not valid any more.

    Parameters
    ----------
    bearer : the key that was sent
    session : the cookie that was sent
    now : the present moment
    """
    if bearer is not None:
        return _caller(key_of_secret(tx, secret_hash(bearer), now), by_session=False)
    if session is not None:
        return _caller(key_of_session(tx, secret_hash(session), now), by_session=True)
    return None


def is_open(tx: Transaction) -> bool:
    """Tell whether the service has no key yet: whoever reaches it over loopback may do everything."""
    return not any_key(tx)


def _caller(key: Key | None, *, by_session: bool) -> Caller | None:
    if key is None:
        return None
    return Caller(
        key_id=key.key_id,
        name=key.name,
        role=cast(Role, key.role),
        branches=None if key.branches is None else frozenset(key.branches),
        technician_id=key.technician_id,
        by_session=by_session,
    )
