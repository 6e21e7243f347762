"""Deletes a webhook."""

from service.caller import Caller
from service.door.answer import Answer
from service.store import Transaction
from service.store.webhooks import delete_webhook
from service.webhooks.visible import webhook_seen


def remove(tx: Transaction, caller: Caller, webhook_id: str) -> Answer:
    """Delete a webhook with its messages, also those not sent yet.

    Parameters
    ----------
    webhook_id : which

    Raises
    ------
    Problem
        There is none.
    """
    delete_webhook(tx, webhook_seen(tx, caller, webhook_id))
    return Answer(None, 204, about=webhook_id)
