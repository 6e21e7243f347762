"""API keys and sessions of browsers in the store."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select

from service.store.database import Transaction
from service.store.tables import Key, SignIn


def any_key(tx: Transaction) -> bool:
    """Tell whether any key was ever made; also one withdrawn later ends the time without keys."""
    return tx.scalar(select(func.count()).select_from(Key)) != 0


def key_row(tx: Transaction, key_id: str) -> Key | None:
    """Return a key, or none."""
    return tx.get(Key, key_id)


def key_rows(tx: Transaction) -> list[Key]:
    """Return all keys, also those withdrawn, the newest first; there are few."""
    return list(tx.scalars(select(Key).order_by(Key.key_id.desc())))


def valid_admin_keys(tx: Transaction, now: datetime) -> list[Key]:
    """Return the valid keys of administrators and keep others from changing them until the transaction ends."""
    return list(tx.scalars(select(Key).where(Key.role == "admin", *_valid(now)).with_for_update()))


def key_of_secret(tx: Transaction, secret_sha256: str, now: datetime) -> Key | None:
    """Return the valid key with this hash, or none."""
    return tx.scalar(select(Key).where(Key.secret_sha256 == secret_sha256, *_valid(now)))


def key_of_session(tx: Transaction, secret_sha256: str, now: datetime) -> Key | None:
    """Return the valid key behind a session that has not expired, or none."""
    return tx.scalar(
        select(Key)
        .join(SignIn, SignIn.key_id == Key.key_id)
        .where(SignIn.secret_sha256 == secret_sha256, SignIn.expires_at > now, *_valid(now))
    )


def sign_in_row(tx: Transaction, secret_sha256: str) -> SignIn | None:
    """Return a session, or none."""
    return tx.get(SignIn, secret_sha256)


def add_sign_in(tx: Transaction, row: SignIn, now: datetime) -> None:
    """Add a session, and forget those that have expired."""
    tx.execute(delete(SignIn).where(SignIn.expires_at <= now))
    tx.add(row)


def delete_sign_in(tx: Transaction, secret_sha256: str) -> None:
    """Forget a session."""
    tx.execute(delete(SignIn).where(SignIn.secret_sha256 == secret_sha256))


def _valid(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Key.revoked_at.is_(None), or_(Key.expires_at.is_(None), Key.expires_at > now)
