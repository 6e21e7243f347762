"""``/docs`` and ``/problems``: the manual, and a page for each kind of error."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from service.door.answer import json_response
from service.door.docs import problems
from service.door.problem import Problem
from service.door.problem_kinds import NOT_FOUND, PROBLEM_KINDS, ProblemKind
from service.manual.page import manual_page, problem_page, problems_page
from service.manual.records import KindOfProblem, KindsOfProblems

router = APIRouter(tags=["manual"])

Accept = Annotated[
    str,
    Header(max_length=1000, description="With `text/html` in it, as browsers send it, the answer is a page."),
]
"""The header Accept."""

_HTML: dict[str, Any] = {"text/html": {"schema": {"type": "string"}}}
_VARY = {"Vary": "Accept"}


@router.get("/", include_in_schema=False)
def find_manual() -> Response:
    """Lead on to the manual whoever opens the address that the service says it listens on."""
    return RedirectResponse("/docs")


@router.get(
    "/docs",
    operation_id="read_manual",
    response_class=HTMLResponse,
    response_description="The page",
    responses=problems(for_anybody=True),
)
def read_manual(request: Request) -> Response:
    """Show this manual: every operation with its fields, its errors and a line to call it."""
    base, state = str(request.base_url).rstrip("/"), request.app.state
    kept: tuple[str, HTMLResponse] | None = getattr(state, "manual", None)
    if kept is None or kept[0] != base:  # it is the same until the service ends, and large
        kept = base, manual_page(request.app.openapi(), base)
        state.manual = kept
    return Response(kept[1].body, headers=dict(kept[1].headers))


@router.get(
    "/problems",
    operation_id="list_problems",
    response_model=KindsOfProblems,
    responses={**problems(for_anybody=True), 200: {"content": _HTML}},
)
def list_problems(accept: Accept = "*/*") -> Response:
    """List every kind of error; a page for browsers, JSON for everybody else."""
    if _wants_page(accept):
        return _varied(problems_page())
    found = KindsOfProblems(
        problems=tuple(_record(kind) for kind in sorted(PROBLEM_KINDS, key=lambda one: one.status))
    )
    return json_response(found, headers=_VARY)


@router.get(
    "/problems/{slug}",
    operation_id="get_problem",
    response_model=KindOfProblem,
    responses={**problems(NOT_FOUND, for_anybody=True), 200: {"content": _HTML}},
)
def get_problem(
    slug: Annotated[
        str,
        Path(max_length=80, description="Last part of an error's `type`.", examples=["invalid-input"]),
    ],
    accept: Accept = "*/*",
) -> Response:
    """Say what a kind of error means and what to do; a page for browsers, JSON for everybody else."""
    kind = next((one for one in PROBLEM_KINDS if one.slug == slug), None)
    if kind is None:
        raise Problem(NOT_FOUND, "There is no such kind of error; `GET /problems` lists all.")
    if _wants_page(accept):
        return _varied(problem_page(kind))
    return json_response(_record(kind), headers=_VARY)


def _wants_page(accept: str) -> bool:
    return "text/html" in accept.lower()


def _varied(page: HTMLResponse) -> HTMLResponse:
    page.headers.update(_VARY)
    return page


def _record(kind: ProblemKind) -> KindOfProblem:
    return KindOfProblem(
        type=f"/problems/{kind.slug}",
        status=kind.status,
        title=kind.title,
        meaning=kind.meaning,
        remedy=kind.remedy,
    )
