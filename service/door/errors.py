"""The one mapping from what went wrong to what is answered; nothing of the program's inside gets out."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from optimizer.errors import InvalidInput, TravelUnavailable, UnsupportedFeature
from service.door.call import WriteCall
from service.door.problem import Problem, problem_of
from service.door.problem_kinds import (
    BUSY,
    FORBIDDEN,
    INTERNAL,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    NOT_JSON,
    TOO_LONG,
    ProblemKind,
)
from service.door.refusals import record_refusal
from service.door.request_mistakes import problem_with
from service.mistakes import log_mistake, places
from service.store.database import StoreBusy
from service.studio import StudioBusy, StudioFailed, TooLong

PROBLEM_JSON: Final = "application/problem+json"

_OF_STATUS: Final[dict[int, ProblemKind]] = {
    400: NOT_JSON,
    403: FORBIDDEN,
    404: NOT_FOUND,
    405: METHOD_NOT_ALLOWED,
}
_LATER: Final = {"Retry-After": "2"}
REFUSED: Final = (401, 403)
"""With these somebody was refused, which is written down."""


def handle_errors(app: FastAPI) -> None:
    """Answer every error of an application in the one shape.

    Parameters
    ----------
    app : the application
    """
    app.add_exception_handler(Problem, _known)
    app.add_exception_handler(InvalidInput, _refused)
    app.add_exception_handler(UnsupportedFeature, _refused)
    app.add_exception_handler(TravelUnavailable, _refused)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _of_framework)
    app.add_exception_handler(StoreBusy, _busy)
    app.add_exception_handler(StudioBusy, _busy)
    app.add_exception_handler(TooLong, _too_long)
    app.add_exception_handler(StudioFailed, _failed)


def problem_response(scope: Scope, problem: Problem) -> Response:
    """Return an error as an answer.

    Parameters
    ----------
    scope : the request it answers
    problem : the error
    """
    trace_id = scope.get("state", {}).get("trace_id", "")
    document = problem.document(scope["path"], trace_id)
    body = document.model_dump_json(exclude_defaults=True).encode()
    return Response(body, problem.kind.status, problem.headers, PROBLEM_JSON)


class LastResort:
    """Answers what nobody expected with 500; the log gets the places in the program, never the values.

    Parameters
    ----------
    app : who goes on
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 # the last resort: a mistake must not end the connection in silence
            log_mistake(type(error).__name__, places(error))
            if not begun:
                await problem_response(scope, Problem(INTERNAL))(scope, receive, send)


async def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    if (again := await _answered_meanwhile(request)) is not None:
        return again
    if error.kind.status in REFUSED:
        await run_in_threadpool(record_refusal, request.scope, error)
    return problem_response(request.scope, error)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidInput | UnsupportedFeature | TravelUnavailable)
    again = await _answered_meanwhile(request)
    return again or problem_response(request.scope, problem_of(error))


async def _answered_meanwhile(request: Request) -> Response | None:
    """Return the kept answer to the very request that is about to be refused, or none.

    Of two that are sent at once with one key, the second looks for an answer while the first is under way and finds
    none; then it finds the object in the version that the first has made.
    """
    call: WriteCall | None = getattr(request.state, "write_call", None)
    if call is None:
        return None
    try:
        return await run_in_threadpool(call.answered)
    except (Problem, StoreBusy):
        return None  # the key is another request's, or nobody can tell: the refusal stands


async def _busy(request: Request, error: Exception) -> Response:
    return problem_response(request.scope, Problem(BUSY, headers=_LATER))


async def _too_long(request: Request, error: Exception) -> Response:
    return problem_response(request.scope, Problem(TOO_LONG))


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, StudioFailed)
    log_mistake(error.error, error.places)
    return problem_response(request.scope, Problem(INTERNAL))


async def _of_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = _OF_STATUS.get(error.status_code, INTERNAL)
    headers = {**(error.headers or {})}
    if kind is METHOD_NOT_ALLOWED and (allowed := _methods_of(request)):
        headers["Allow"] = ", ".join(sorted(allowed))
    return problem_response(request.scope, Problem(kind, headers=headers))


def _methods_of(request: Request) -> set[str]:
    """Return every method that an address takes; the framework names those of one route only."""
    paths: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    here = request.url.path
    patterns = [here] if here in paths else [path for path in paths if compile_path(path)[0].match(here)]
    methods = {method.upper() for path in patterns for method in paths[path]}
    return methods | {"HEAD"} if "GET" in methods else methods


async def _not_valid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problem_response(
        request.scope, problem_with(error.errors(), request.headers.get("content-type", ""))
    )
