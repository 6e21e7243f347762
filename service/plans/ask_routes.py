"""``/plans``: what is worked out about a plan while the caller waits: why, what else, and in other forms."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from optimizer.domain.answers import Explanation
from optimizer.domain.base import Id
from optimizer.domain.plan_diff import PlanDiff
from optimizer.domain.preview import Move, Preview
from optimizer.words.language import Language
from service.door.answer import JSON
from service.door.call import AsksPersonal, Call, Reads
from service.door.docs import problems
from service.door.problem import Problem, refused
from service.door.problem_kinds import FORBIDDEN, INVALID_INPUT, NOT_FOUND, TOO_LONG
from service.plans.exports import MADE, ExportKind, export
from service.plans.find import find_plan, find_question, find_texts
from service.plans.questions import compare, explain, preview
from service.plans.routes import PlanId
from service.store import Transaction

router = APIRouter(prefix="/plans", tags=["plans"])

_ANSWERS = problems(NOT_FOUND, INVALID_INPUT, TOO_LONG)


@router.get(
    "/{plan_id}/explanation",
    operation_id="explain_plan",
    summary="Ask why",
    response_model=Explanation,
    responses=_ANSWERS,
)
def explain_plan(
    call: Reads,
    plan_id: PlanId,
    job_id: Annotated[Id | None, Query(description="Why this job is left out, late, or where it is.")] = None,
    technician_id: Annotated[
        Id | None, Query(description="Why the days of this technician are as long as they are.")
    ] = None,
    instead: Annotated[
        Id | None, Query(description="With `job_id`: what it would mean to let this technician do it.")
    ] = None,
) -> Response:
    """Say why jobs are left out, late or with whom they are, and the smallest change that would help.

    Without a question it says it of every job left out. Each change that is named is proven by a plan that has passed
    the independent checker.
    """
    if instead is not None and job_id is None:
        raise refused(
            "no-job", "/query/instead", "Somebody is named, but no job.", "Name the job with `job_id`."
        )
    return _asked(call, explain, plan_id, job_id, technician_id, instead)


@router.post(
    "/{plan_id}/preview",
    operation_id="preview_move",
    summary="Try a move",
    response_model=Preview,
    responses=_ANSWERS,
)
def preview_move(call: AsksPersonal, plan_id: PlanId, move: Move) -> Response:
    """Say what it would mean to give a job to another technician, day or place in the order, or to leave it out.

    Nothing is changed. The answer says whether every hard rule would be kept, how the bill and the clocks would
    change, and which starts would move. The first question about a plan loads it, which takes seconds for thousands of
    jobs; then an answer takes milliseconds.
    """
    asked = move.model_dump_json().encode()
    return call.compute(lambda: _asked(call, preview, plan_id, asked))


def _asked(call: Call, work: Callable[..., bytes | None], plan_id: str, *asked: object) -> Response:
    """Have something worked out about a plan, which is sent along only where it is not kept."""
    studio, seconds = call.backend.studio, float(call.backend.settings.answer_s)
    # Whoever may not see it is not answered from memory.
    call.read(lambda tx: find_plan(tx, call, plan_id, body=False))
    said = studio.ask(work, plan_id, None, *asked, seconds=seconds, about=plan_id)
    if said is None:
        texts = call.read(lambda tx: find_texts(tx, call, plan_id))
        said = studio.ask(work, plan_id, texts, *asked, seconds=seconds, about=plan_id)
    return Response(said, media_type=JSON)


@router.get(
    "/{plan_id}/diff",
    operation_id="compare_plans",
    summary="Compare two plans",
    response_model=PlanDiff,
    responses=_ANSWERS,
)
def compare_plans(
    call: Reads,
    plan_id: PlanId,
    newer: Annotated[Id, Query(description="Id of the plan that this one is compared with.")],
) -> Response:
    """Say how a newer plan differs from this one: jobs, technicians, bill, clocks and key figures.

    Customers are named only for callers with the right `personal`.
    """

    def find(tx: Transaction) -> tuple[bytes, bytes, bytes | None]:
        one, other = find_plan(tx, call, plan_id), find_plan(tx, call, newer)
        named = call.caller.may("personal")
        scenario = None
        if named:
            scenario = find_question(tx, other)
        return one.body, other.body, scenario

    texts = call.read(find)
    said = call.backend.studio.ask(compare, *texts, seconds=float(call.backend.settings.answer_s))
    return Response(said, media_type=JSON)


@router.get(
    "/{plan_id}/exports/{kind}",
    operation_id="export_plan",
    summary="Export a plan",
    response_class=Response,
    responses={
        **_ANSWERS,
        200: {
            "description": "The file",
            "content": {made.media_type: {"schema": made.schema} for made in MADE.values()},
        },
    },
)
def export_plan(
    call: Reads,
    plan_id: PlanId,
    kind: Annotated[ExportKind, Path(description="Form of the file.", examples=["xlsx"])],
    language: Annotated[Language, Query(description="Language of headings and names.")] = "en",
    phones: Annotated[
        bool, Query(description="Write customers' telephone numbers into tables and map (right `personal`).")
    ] = False,
) -> Response:
    """Return a plan as a workbook, as CSV files, as a map (GeoJSON), as calendars, or as one page for a browser.

    Without the right `personal` customers' names, addresses and exact places are left out, and there are no calendars.
    """
    if (phones or kind == "ics") and not call.caller.may("personal"):
        raise Problem(FORBIDDEN, "This needs the right 'personal'.")
    texts = call.read(lambda tx: find_texts(tx, call, plan_id, personal=False))
    seconds = float(call.backend.settings.answer_s)
    file = call.backend.studio.ask(export, texts, kind, language, phones, seconds=seconds, about=plan_id)
    name = f'attachment; filename="{plan_id}.{MADE[kind].ending}"'
    headers = {} if kind == "html" else {"Content-Disposition": name}
    return Response(file, headers=headers, media_type=MADE[kind].media_type)
