"""Which webhooks somebody may see."""

from service.caller import Caller
from service.door.problem import Problem
from service.door.problem_kinds import NOT_FOUND
from service.store import Transaction, tables
from service.store.webhooks import webhook_row, webhook_rows


def sees_webhook(caller: Caller, row: tables.Webhook) -> bool:
    """Tell whether a caller may see a webhook: its branches are all theirs.

    Parameters
    ----------
    row : the webhook
    """
    return caller.branches is None or (row.branches is not None and caller.sees(row.branches))


def webhooks_seen(tx: Transaction, caller: Caller) -> list[tables.Webhook]:
    """Return the webhooks a caller may see, the newest first."""
    return [row for row in webhook_rows(tx) if sees_webhook(caller, row)]


def webhook_seen(tx: Transaction, caller: Caller, webhook_id: str) -> tables.Webhook:
    """Return a webhook.

    Parameters
    ----------
    webhook_id : which

    Raises
    ------
    Problem
        There is none, or the caller may not see it.
    """
    row = webhook_row(tx, webhook_id)
    if row is None or not sees_webhook(caller, row):
        raise Problem(NOT_FOUND, f"There is no webhook {webhook_id}.")
    return row
