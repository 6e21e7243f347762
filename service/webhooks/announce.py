"""Tells those who listen that something happened."""

from collections.abc import Collection, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from service.store import Transaction
from service.store.ids import new_id
from service.store.tables import Delivery, Webhook
from service.store.webhooks import add_deliveries, webhook_rows
from service.webhooks.events import Event


def announce(
    tx: Transaction,
    *,
    event: Event,
    about: str,
    branches: Collection[str],
    data: Mapping[str, Any],
    now: datetime,
    once: str | None = None,
) -> None:
    """Put a message into the outbox of every webhook that listens, in the transaction that does what it tells of.

    Parameters
    ----------
    event : what happened
    about : id of the object, e.g. of the run
    branches : the branches it is about; a webhook for some branches hears only what is about those alone
    data : ids and figures; never customers' data
    now : the present moment
    once : names what is told, so that telling it again sends nothing; none: every call is told
    """
    listening = [row for row in webhook_rows(tx) if event in row.events and _hears(row, branches)]
    said = {"about": about, **data}
    add_deliveries(tx, [delivery(row, event, said, now, once=once) for row in listening])


def delivery(
    webhook: Webhook, event: str, data: Mapping[str, Any], now: datetime, *, once: str | None = None
) -> Delivery:
    """Return a message to be sent to a webhook.

    Parameters
    ----------
    webhook : where to
    event : what happened
    data : ids and figures
    now : the present moment
    once : names what is told: the same name makes the same message
    """
    named = None if once is None else sha256(f"{webhook.webhook_id} {event} {once}".encode()).hexdigest()
    return Delivery(
        delivery_id=new_id("msg") if named is None else f"msg_{named[:26]}",
        webhook_id=webhook.webhook_id,
        event=event,
        message={"type": event, "timestamp": now.isoformat(), "data": dict(data)},
        state="waiting",
        tries=0,
        next_at=now,
        last_answer="",
        made_at=now,
    )


def _hears(webhook: Webhook, branches: Collection[str]) -> bool:
    return webhook.branches is None or set(webhook.branches) >= set(branches)
