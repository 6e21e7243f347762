"""What the service says of webhooks."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints

from optimizer.domain.base import Record
from service.door.words import OwnId
from service.webhooks.events import Event

if TYPE_CHECKING:  # programs that call the service use these records without a database
    from service.store import tables

State = Literal["waiting", "delivered", "given_up"]
"""How far a message is."""


class NewWebhook(Record):
    """A webhook to be added."""

    url: Annotated[
        str,
        StringConstraints(min_length=1, max_length=2000),
        Field(examples=["https://hooks.example.com/paigong"]),
    ]
    """Where messages are sent, e.g. `https://hooks.example.com/paigong`. Its host must be public, or named by the
    operator in `PAIGONG_WEBHOOK_HOSTS`."""
    events: Annotated[tuple[Event, ...], Field(min_length=1, max_length=20)]
    """What it is told of."""
    branches: Annotated[tuple[OwnId, ...], Field(min_length=1, max_length=1000)] | None = None
    """Ids of the branches it is told of; none: all. What is about further branches as well it is not told."""


class WebhookInfo(Record):
    """A webhook without its secret."""

    webhook_id: str
    """The webhook's id."""
    url: str
    """Where messages are sent."""
    events: tuple[Event, ...]
    """What it is told of."""
    branches: tuple[str, ...] | None
    """Ids of the branches it is told of; none: all."""
    made_by: str
    """Id of the key that added it."""
    made_at: datetime
    """When it was added."""


class WebhookList(Record):
    """All webhooks of one's branches, the newest first."""

    webhooks: tuple[WebhookInfo, ...]
    """The webhooks."""


class MadeWebhook(Record):
    """A webhook that was just added."""

    webhook: WebhookInfo
    """The webhook without its secret."""
    secret: str | None
    """What the receiver checks signatures with (Standard Webhooks, `whsec_…`), shown this once. None in the answer to a
    repeated request with the same `Idempotency-Key`."""


class DeliveryInfo(Record):
    """A message, and how sending it went."""

    delivery_id: str
    """The message's id; the receiver sees it as `webhook-id`."""
    event: str
    """What it tells of; `webhook.test`: nothing, it was sent to try."""
    message: dict[str, Any]
    """What is sent: `type`, `timestamp` and `data` with ids and figures."""
    state: State
    """`waiting` to be sent (again), `delivered`, or `given_up` after `PAIGONG_WEBHOOK_TRIES` tries."""
    tries: int
    """How often it was sent."""
    next_at: datetime | None
    """When it is sent next; none: never again."""
    last_answer: str
    """What came of the last try, e.g. `HTTP 503`; empty: it was not tried yet."""
    made_at: datetime
    """When what it tells of happened."""


class DeliveryList(Record):
    """A webhook's messages, the newest first."""

    deliveries: tuple[DeliveryInfo, ...]
    """The messages."""


def webhook_info(row: "tables.Webhook") -> WebhookInfo:
    """Return what the service says of a stored webhook."""
    return WebhookInfo.model_validate(
        {
            **{name: getattr(row, name) for name in WebhookInfo.model_fields},
            "events": tuple(row.events),
            "branches": None if row.branches is None else tuple(row.branches),
        }
    )


def delivery_info(row: "tables.Delivery") -> DeliveryInfo:
    """Return what the service says of a message."""
    stored = {name: getattr(row, name) for name in DeliveryInfo.model_fields}
    return DeliveryInfo.model_validate({**stored, "next_at": row.next_at if row.state == "waiting" else None})
