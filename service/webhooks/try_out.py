"""Sends a message to try a webhook out."""

from datetime import datetime

from service.caller import Caller
from service.door.answer import Answer
from service.store import Transaction
from service.store.webhooks import add_deliveries
from service.webhooks.announce import delivery
from service.webhooks.events import TEST
from service.webhooks.records import delivery_info
from service.webhooks.visible import webhook_seen


def try_out(tx: Transaction, caller: Caller, webhook_id: str, now: datetime) -> Answer:
    """Put a message that tells of nothing into a webhook's outbox.

    Parameters
    ----------
    webhook_id : which
    now : the present moment

    Raises
    ------
    Problem
        There is none.
    """
    row = delivery(webhook_seen(tx, caller, webhook_id), TEST, {"about": webhook_id}, now)
    add_deliveries(tx, [row])
    return Answer(delivery_info(row), 202, about=webhook_id)
