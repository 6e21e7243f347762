"""What the documentation says of every operation: its errors, its right, its addresses, what can be done next."""

import inspect
import re
from collections.abc import Iterable
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi

from optimizer import __version__
from service.door.links import add_links
from service.door.problem import ProblemDocument
from service.door.problem_kinds import (
    BUSY,
    FORBIDDEN,
    INTERNAL,
    INVALID_INPUT,
    NOT_JSON,
    PROBLEM_KINDS,
    TOO_LARGE,
    TOO_MANY,
    UNAUTHENTICATED,
    UNSUPPORTED_MEDIA,
    WRONG_ORIGIN,
    ProblemKind,
)

ABOUT = """\
Plans the day of a field-service department: which technician does which job, when and in what order, and why.

**First steps.** Send a scenario to `POST /scenarios`, ask for a plan with `POST /runs`, listen at
`GET /runs/{run_id}/events`, read the plan at `GET /plans/{plan_id}`, and publish it on a branch's board.

**Conventions.** Moments are ISO 8601 with offset, durations whole seconds unless a name says otherwise (`_s`, `_min`,
`_h`), lengths whole metres (`_m`), money whole cents (`_cents`), places `lat` and `lon` in degrees.
An object's version is its `ETag`; a change names the version it was decided on in `If-Match`. Every POST but signing in
takes an `Idempotency-Key`. Where there is GET there is HEAD. Errors are RFC 9457 problems; `type` is the address of a
page that says what to do.
"""

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z`0-9])")
_EVERYWHERE = (UNAUTHENTICATED, FORBIDDEN, WRONG_ORIGIN, TOO_MANY, INTERNAL, BUSY)


def problems(*kinds: ProblemKind, for_anybody: bool = False) -> dict[int | str, dict[str, Any]]:
    """Return the errors of an operation for its description.

    Parameters
    ----------
    kinds : those it may answer beside those every operation may
    for_anybody : it asks for no key
    """
    found: dict[int | str, dict[str, Any]] = {}
    everywhere = set(_EVERYWHERE) - ({UNAUTHENTICATED, FORBIDDEN} if for_anybody else set())
    for kind in sorted({*kinds, *everywhere}, key=PROBLEM_KINDS.index):
        known = found.setdefault(kind.status, {"description": "", "content": _content(())})
        known["content"] = _content(
            [*known["content"]["application/problem+json"]["examples"].values(), _example(kind)]
        )
        also = f"; {kind.title}" if known["description"] else kind.title
        known["description"] += also
    return found


def _content(examples: Iterable[dict[str, Any]]) -> dict[str, Any]:
    by_name = {one["value"]["type"].rpartition("/")[2]: one for one in examples}
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    return {"application/problem+json": {"schema": schema, "examples": by_name}}


def _example(kind: ProblemKind) -> dict[str, Any]:
    value = {
        "type": f"/problems/{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": kind.meaning,
        "instance": "/runs",
        "trace_id": "5f2b8c0d9a4e4c7fb1a2d3e4f5061728",
    }
    return {"summary": kind.title, "value": value}


def tags(routers: Iterable[APIRouter]) -> list[dict[str, Any]]:
    """Return what the description says of each room: the first line of the module with its addresses.

    Parameters
    ----------
    routers : the rooms
    """
    about: dict[str, str] = {}
    for router in routers:
        for name in router.tags:
            for route in router.routes:
                module = inspect.getmodule(getattr(route, "endpoint", None))
                about.setdefault(str(name), _about(module.__doc__ if module else None))
    return [{"name": name, "description": said} for name, said in about.items()]


def _about(docstring: str | None) -> str:
    """Return the first line after the addresses, e.g. of "``/runs``: started, watched, ended."."""
    first = (docstring or "").split("\n\n")[0].replace("\n", " ")
    first = first.partition("``: ")[2] or first
    return f"{first[:1].upper()}{first[1:]}"


def describe(app: FastAPI) -> None:
    """Let an application describe itself.

    Parameters
    ----------
    app : the application, all its operations in place
    """
    made: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not made:
            made.update(_description(app))
        return made

    app.openapi = openapi  # type: ignore[method-assign] # how FastAPI wants it


def _description(app: FastAPI) -> dict[str, Any]:
    said = get_openapi(
        title="Paigong",
        version=__version__,
        description=ABOUT,
        routes=app.routes,
        tags=app.openapi_tags,
        separate_input_output_schemas=app.separate_input_output_schemas,
    )
    schemas = said.setdefault("components", {}).setdefault("schemas", {})
    schema = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schema.pop("$defs", {}))
    schemas["ProblemDocument"] = schema
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for methods in said["paths"].values():
        for operation in methods.values():
            takes = bool(operation.get("parameters") or operation.get("requestBody"))
            _own_errors(operation, takes=takes)
            if "requestBody" in operation:
                for kind in (NOT_JSON, TOO_LARGE):
                    operation["responses"].setdefault(str(kind.status), problems(kind)[kind.status])
                if (
                    "application/problem+json" in operation["responses"]["400"]["content"]
                ):  # VROOM's takes any kind
                    operation["responses"].setdefault("415", problems(UNSUPPORTED_MEDIA)[415])
            if any(one["name"] == "If-None-Match" for one in operation.get("parameters", ())):
                operation["responses"]["304"] = {"description": "What the caller has is still the newest"}
            operation["summary"] = _first_sentence(operation.get("description", ""))
    add_links(said)
    return said


def _first_sentence(text: str) -> str:
    """Return what an operation does, as its function's docstring begins."""
    return _SENTENCE.split(" ".join(text.split("\n\n")[0].split()))[0]


def _own_errors(operation: dict[str, Any], *, takes: bool) -> None:
    """Replace the framework's error by ours."""
    responses = operation["responses"]
    if "application/json" in responses.get("422", {}).get("content", {}):
        del responses["422"]
    if takes and "422" not in responses:
        responses["422"] = problems(INVALID_INPUT)[422]
