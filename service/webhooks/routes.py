"""``/webhooks``: where signed messages are sent."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from service.door.answer import json_response
from service.door.call import Administers, ReadsRecords
from service.door.docs import problems
from service.door.problem_kinds import INVALID_INPUT, NOT_FOUND, NOT_JSON
from service.store import Transaction
from service.store.webhooks import delivery_rows
from service.webhooks.add import add
from service.webhooks.records import (
    DeliveryInfo,
    DeliveryList,
    MadeWebhook,
    NewWebhook,
    WebhookList,
    delivery_info,
    webhook_info,
)
from service.webhooks.remove import remove
from service.webhooks.try_out import try_out
from service.webhooks.visible import webhook_seen, webhooks_seen

router = APIRouter(prefix="/webhooks", tags=["webhooks"])

WebhookId = Annotated[
    str,
    Path(
        max_length=80,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="The webhook's id.",
        examples=["whk_06f3m5x2k9q8w7t1z4y0v6s3rn"],
    ),
]
"""The webhook in an address."""


@router.get(
    "",
    operation_id="list_webhooks",
    summary="List webhooks",
    response_model=WebhookList,
    responses=problems(),
)
def list_webhooks(call: ReadsRecords) -> Response:
    """List the webhooks of one's branches, the newest first."""
    rows = call.read(lambda tx: webhooks_seen(tx, call.caller))
    return json_response(WebhookList(webhooks=tuple(webhook_info(row) for row in rows)))


@router.post(
    "",
    operation_id="add_webhook",
    summary="Add a webhook",
    status_code=201,
    response_model=MadeWebhook,
    responses=problems(INVALID_INPUT, NOT_JSON),
)
def add_webhook(call: Administers, new: NewWebhook) -> Response:
    """Add a webhook and show the secret that its messages are signed with, this once.

    Messages are signed as Standard Webhooks has it: `webhook-id` (the same whenever it is sent again),
    `webhook-timestamp`, and `webhook-signature: v1,` with the base64 of HMAC-SHA256 over `id.timestamp.body`; its key
    is what the secret has in base64 behind `whsec_`.

    A message is JSON with `type`, `timestamp` and `data`. `data` holds ids and figures, never customers' data: `about`,
    the id of the object, and with `run.finished` `state`, `scenario_id`, `revision`, `plan_id`; with `study.finished`
    `state`, `scenario_id`, `revision`; with `plan.published` `branch_id`, `day`, `plan_id`, `revision`; with
    `messages.made` `branch_id`, `day`, `plan_id`, `version`, `customers`, `technicians`, as
    `GET /boards/{board_id}/messages` says them, without the customers' names; with `clock.at_risk` `branch_id`, `day`,
    `job_id`, `technician_id`, `code`, `label`, `due`, `planned`. There `code` is the clock's rule, or APPOINTMENT for a
    promised window.

    What is not answered with 2xx within ten seconds is sent again with growing pauses, from ten seconds to an hour;
    redirects are not followed, and the order is not promised.
    """
    allowed = call.backend.settings.webhook_hosts
    return call.write(lambda tx: add(tx, call.caller, new, allowed=allowed, now=call.backend.now()))


@router.delete(
    "/{webhook_id}",
    operation_id="delete_webhook",
    summary="Delete a webhook",
    status_code=204,
    response_class=Response,
    responses=problems(NOT_FOUND),
)
def delete_webhook(call: Administers, webhook_id: WebhookId) -> Response:
    """Delete a webhook with its messages, also those not sent yet."""
    return call.write(lambda tx: remove(tx, call.caller, webhook_id))


@router.get(
    "/{webhook_id}/deliveries",
    operation_id="list_deliveries",
    summary="List a webhook's messages",
    response_model=DeliveryList,
    responses=problems(NOT_FOUND),
)
def list_deliveries(
    call: ReadsRecords,
    webhook_id: WebhookId,
    limit: Annotated[int, Query(ge=1, le=500, description="At most so many.")] = 50,
) -> Response:
    """List a webhook's messages, the newest first, and how sending them went."""

    def work(tx: Transaction) -> DeliveryList:
        rows = delivery_rows(tx, webhook_seen(tx, call.caller, webhook_id).webhook_id, limit)
        return DeliveryList(deliveries=tuple(delivery_info(row) for row in rows))

    return json_response(call.read(work))


@router.post(
    "/{webhook_id}/test",
    operation_id="test_webhook",
    summary="Try a webhook out",
    status_code=202,
    response_model=DeliveryInfo,
    responses=problems(NOT_FOUND),
)
def test_webhook(call: Administers, webhook_id: WebhookId) -> Response:
    """Send a message that tells of nothing, to try a webhook out; its deliveries say how that went."""
    return call.write(lambda tx: try_out(tx, call.caller, webhook_id, call.backend.now()))
