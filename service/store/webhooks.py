"""Webhooks in the store, and the messages that wait to be sent."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, func, select

from service.store.database import Transaction
from service.store.tables import Delivery, Webhook


def webhook_row(tx: Transaction, webhook_id: str) -> Webhook | None:
    """Return a webhook, or none."""
    return tx.get(Webhook, webhook_id)


def webhook_rows(tx: Transaction) -> list[Webhook]:
    """Return all webhooks, the newest first; there are few."""
    return list(tx.scalars(select(Webhook).order_by(Webhook.webhook_id.desc())))


def add_webhook(tx: Transaction, row: Webhook) -> None:
    """Add a webhook."""
    tx.add(row)
    tx.flush()


def delete_webhook(tx: Transaction, row: Webhook) -> None:
    """Delete a webhook with its messages, also those not sent yet."""
    tx.delete(row)


def add_deliveries(tx: Transaction, rows: Collection[Delivery]) -> None:
    """Add messages, in the transaction that does what they tell of; one whose id is known already is not added."""
    ids = [row.delivery_id for row in rows]
    known = set(tx.scalars(select(Delivery.delivery_id).where(Delivery.delivery_id.in_(ids))))
    tx.add_all(row for row in rows if row.delivery_id not in known)
    tx.flush()


def delivery_rows(tx: Transaction, webhook_id: str, limit: int) -> list[Delivery]:
    """Return a webhook's messages, the newest first.

    Parameters
    ----------
    limit : at most so many
    """
    found = select(Delivery).where(Delivery.webhook_id == webhook_id)
    return list(tx.scalars(found.order_by(Delivery.delivery_id.desc()).limit(limit)))


def waiting_deliveries(tx: Transaction) -> int:
    """Return how many messages wait to be sent."""
    return tx.scalar(select(func.count()).select_from(Delivery).where(Delivery.state == "waiting")) or 0


def any_due(tx: Transaction, now: datetime) -> bool:
    """Tell whether a message is due; looking first spares the others a writer every second."""
    return bool(tx.scalar(select(exists().where(Delivery.state == "waiting", Delivery.next_at <= now))))


def lease_due(tx: Transaction, now: datetime, until: datetime, limit: int) -> list[tuple[Delivery, Webhook]]:
    """Return messages that are due, counted as tried once more and kept from other servers for a while.

    Parameters
    ----------
    now : the present moment
    until : when they are due again, unless the outcome is stored before
    limit : at most so many
    """
    found = (
        select(Delivery)
        .where(Delivery.state == "waiting", Delivery.next_at <= now)
        .order_by(Delivery.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True)  # SQLite has one writer at a time anyway
    )
    leased = []
    for row in tx.scalars(found):
        webhook = tx.get(Webhook, row.webhook_id)
        if webhook is not None:
            row.tries, row.next_at = row.tries + 1, until
            leased.append((row, webhook))
    return leased


def store_outcome(
    tx: Transaction, delivery_id: str, tries: int, *, state: str, next_at: datetime, said: str
) -> None:
    """Store how sending went, unless another server has taken the message over meanwhile.

    Parameters
    ----------
    tries : which try it was
    state : ``delivered``, ``waiting`` or ``given_up``
    next_at : when it is due again
    said : what is told of it
    """
    row = tx.get(Delivery, delivery_id, with_for_update=True)
    if row is not None and row.tries == tries and row.state == "waiting":
        row.state, row.next_at, row.last_answer = state, next_at, said
