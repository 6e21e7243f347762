"""The one mapping from what went wrong to what is answered; nothing of the program's inside gets out."""

import traceback
from collections.abc import Mapping, Sequence
from typing import Any, Final

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from optimizer.errors import InvalidInput, TravelUnavailable, UnsupportedFeature
from service.door.problem import Problem, ProblemIssue, problem_of, shown
from service.door.problem_kinds import (
    BUSY,
    FORBIDDEN,
    INTERNAL,
    INVALID_INPUT,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    NOT_JSON,
    TOO_LONG,
    ProblemKind,
)
from service.door.refusals import record_refusal
from service.store.database import StoreBusy
from service.studio import StudioBusy, StudioFailed, TooLong

PROBLEM_JSON: Final = "application/problem+json"

_OF_STATUS: Final[dict[int, ProblemKind]] = {
    400: NOT_JSON,
    403: FORBIDDEN,
    404: NOT_FOUND,
    405: METHOD_NOT_ALLOWED,
}
_PLACES: Final = ("query", "path", "header", "cookie")
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


def log_mistake(error: str, where: Sequence[str]) -> None:
    """Write a mistake in the program to the log.

    Parameters
    ----------
    error : name of the error's type
    where : places in the program
    """
    structlog.get_logger("paigong").error("a mistake in the program", error=error, places=list(where))


def places(error: BaseException) -> list[str]:
    """Return where in the program an error came from, without any values, which may be customers' data.

    Parameters
    ----------
    error : what was raised
    """
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]


async def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    if error.kind.status in REFUSED:
        await run_in_threadpool(record_refusal, request.scope, error)
    return problem_response(request.scope, error)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidInput | UnsupportedFeature | TravelUnavailable)
    return problem_response(request.scope, problem_of(error))


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
    complaints = error.errors()
    if any(one["type"] == "json_invalid" for one in complaints):
        return problem_response(request.scope, Problem(NOT_JSON, "The body is not valid JSON."))
    issues = tuple(_issue(one) for one in complaints)
    said = f"{len(issues)} things are wrong." if len(issues) > 1 else issues[0].cause
    return problem_response(request.scope, Problem(INVALID_INPUT, said, issues=issues))


def _issue(complaint: Mapping[str, Any]) -> ProblemIssue:
    place, *rest = complaint["loc"] or ("body",)
    steps = [place, *rest] if place in _PLACES else rest
    cause = str(complaint["msg"]).removeprefix("Value error, ").rstrip(".")
    return ProblemIssue(
        code=str(complaint["type"]).replace("_", "-"),
        pointer=shown("".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)),
        cause=shown(f"{cause[:1].upper()}{cause[1:]}."),
        action="Correct it as the operation's description says.",
    )
