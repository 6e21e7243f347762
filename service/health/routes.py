"""``/health``: for whoever watches the service; needs no key and says no secrets."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from service.door.answer import json_response
from service.door.call import backend_of
from service.door.docs import problems
from service.health.checks import readiness
from service.health.records import Live, Readiness

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", operation_id="get_liveness", response_model=Live, responses=problems(for_anybody=True))
async def get_liveness() -> Response:
    """Say that the process answers; whoever watches it starts it anew when it does not."""
    return json_response(Live())


@router.get(
    "/ready",
    operation_id="get_readiness",
    response_model=Readiness,
    responses={
        **problems(for_anybody=True),
        503: {"model": Readiness, "description": "Something is not as it should be; `checks` says what"},
    },
)
def get_readiness(request: Request) -> Response:
    """Say whether the service can do its work: the store answers, its tables are right, somebody computes.

    As long as it is not ready, whoever spreads requests over several servers sends none here. A service that has just
    started is ready after a few seconds, when its processes are warm. One that computes runs is ready as long as there
    is somebody to compute them: worker processes that start, or a cluster that is found and has workers.
    """
    found = readiness(backend_of(request))
    return json_response(found, status=200 if found.ready else 503)
