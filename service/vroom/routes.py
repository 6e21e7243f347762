"""``POST /vroom``: VROOM's own interface."""

from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from service.door.answer import JSON
from service.door.call import Asks
from service.door.docs import problems
from service.door.problem_kinds import TOO_LARGE, TOO_LONG
from service.mistakes import log_mistake
from service.studio import StudioBusy, StudioFailed, TooLong
from service.vroom.body import VROOM_BODY
from service.vroom.records import VroomAnswer, VroomError
from service.vroom.work import answer_vroom

router = APIRouter(tags=["VROOM"])

_IN_VROOMS_SHAPE: Final = {
    400: "A mistake in the request, or a feature that is not taken: VROOM's code 2",
    413: "The request is too large: VROOM's code 4",
    500: "Internal error: VROOM's code 1",
    503: "Too many requests at once: VROOM's code 1",
    504: "The answer took too long: VROOM's code 1",
}


def _responses() -> dict[int | str, dict[str, Any]]:
    found = problems(TOO_LARGE, TOO_LONG)
    for status, said in _IN_VROOMS_SHAPE.items():
        found.setdefault(status, {}).update(model=VroomError, description=said)
    return found


@router.post(
    "/vroom",
    operation_id="solve_vroom",
    response_model=VroomAnswer,
    response_model_exclude_none=True,
    responses=_responses(),
    openapi_extra=VROOM_BODY,
)
@router.post("/vroom/", include_in_schema=False)
def solve_vroom(call: Asks, request: Request) -> Response:
    """Answer a VROOM request, as VROOM's own server does.

    A VROOM client works by changing its address. Beyond VROOM, each unassigned job has a `reason`, a refusal names all
    mistakes in `issues`, and every answer has passed an independent checker. `options.x` says how hard to search,
    `options.t` how many searches go side by side, `options.l` how many seconds at most (never more than half of
    PAIGONG_ANSWER_S). Not taken, and refused by name: geometry (`options.g`), plan mode (`options.c` and
    `steps`), `max_distance`, `max_load`. Errors have VROOM's shape; only what is refused before the request is read (no
    key, a body larger than PAIGONG_BODY_MB, too many requests) is a problem like everywhere.
    """
    return call.compute(lambda: _solved(call, request.state.body))


def _solved(call: Asks, body: bytes) -> Response:
    seconds = call.backend.settings.answer_s
    try:
        answered = call.backend.studio.ask(answer_vroom, body, float(seconds), seconds=float(seconds))
    except StudioBusy:
        return _error(503, "The service is busy; try again in a moment.", {"Retry-After": "2"})
    except TooLong:
        return _error(504, f"The answer took longer than {seconds} s.")
    except StudioFailed as error:
        log_mistake(error.error, error.places)
        return _error(500, "Internal error")
    if answered.status == 500:
        log_mistake("BrokenPlan", ())
    return Response(answered.body, answered.status, media_type=JSON)


def _error(status: int, said: str, headers: dict[str, str] | None = None) -> Response:
    body = VroomError(code=1, error=said).model_dump_json(exclude_none=True)
    return Response(body.encode(), status, headers, JSON)
