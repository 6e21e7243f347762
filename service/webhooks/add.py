"""Adds a webhook."""

from collections.abc import Collection
from datetime import datetime

from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import FORBIDDEN
from service.store import Transaction, tables
from service.store.ids import new_id
from service.store.webhooks import add_webhook
from service.webhooks.address import read_target
from service.webhooks.records import MadeWebhook, NewWebhook, webhook_info
from service.webhooks.signature import new_signing_secret


def add(
    tx: Transaction, caller: Caller, new: NewWebhook, *, allowed: Collection[str], now: datetime
) -> Answer:
    """Add a webhook; its secret is shown once.

    Parameters
    ----------
    new : what it is to be
    allowed : hosts in private networks that the operator allows
    now : the present moment

    Raises
    ------
    InvalidInput
        Messages are not sent to such an address.
    Problem
        It would be told of branches that are not the caller's.
    """
    read_target(new.url, allowed)
    if caller.branches is not None and (new.branches is None or not caller.sees(new.branches)):
        raise Problem(FORBIDDEN, "The webhook would be told of branches that your own key is not for.")
    row = tables.Webhook(
        webhook_id=new_id("whk"),
        url=new.url,
        secret=new_signing_secret(),
        events=sorted(set(new.events)),
        branches=None if new.branches is None else sorted(set(new.branches)),
        made_by=caller.key_id,
        made_at=now,
    )
    add_webhook(tx, row)
    made = webhook_info(row)
    return Answer(
        MadeWebhook(webhook=made, secret=row.secret),
        201,
        about=row.webhook_id,
        again=MadeWebhook(webhook=made, secret=None),
    )
