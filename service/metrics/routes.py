"""``GET /metrics``: what Prometheus reads."""

from typing import Final, cast

from fastapi import APIRouter
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from service.door.call import Reads
from service.door.docs import problems

router = APIRouter(tags=["health"])

_EXAMPLE: Final = 'paigong_runs{state="queued"} 3.0\n'


@router.get(
    "/metrics",
    operation_id="get_metrics",
    response_class=PlainTextResponse,
    response_description="Prometheus' text format",
    responses={
        **problems(),
        200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": _EXAMPLE}}},
    },
)
def get_metrics(call: Reads, request: Request) -> Response:
    """Say in figures how the service is doing, for Prometheus.

    Requests by route, method and status with their times, runs by state, the queue, messages to webhooks, room for runs
    and how many are computed, the processes that compute at once. No figure names a customer, a technician or an
    object, so a viewer's key will do.
    """
    registry = cast(CollectorRegistry, request.app.state.metrics)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
