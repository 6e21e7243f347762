"""``/plans``: read stored plans, whole or in parts, and have hand-made ones timed, checked and stored."""

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from optimizer.domain.assessment import Bill
from optimizer.domain.document import PlanDocument
from service.door.answer import JSON, Answer, json_response
from service.door.call import Asks, Plans, Reads
from service.door.docs import problems
from service.door.problem import standing_at
from service.door.problem_kinds import INVALID_INPUT, NO_TRAVEL, NOT_FOUND, TOO_LARGE, TOO_LONG
from service.door.versions import IfNoneMatch, etag, is_same
from service.door.words import PRINTABLE, Day
from service.plans.find import find_plan
from service.plans.keep import keep_plan, packed
from service.plans.questions import check, retime
from service.plans.records import (
    CheckRequest,
    Clocks,
    DeskTasks,
    HandMade,
    LeftOut,
    PlanCheck,
    PlanInfo,
    PlanPage,
    Timetable,
    plan_info,
)
from service.store import Transaction
from service.store.plans import plan_rows
from service.visible import visible_revision

router = APIRouter(prefix="/plans", tags=["plans"])

PlanId = Annotated[
    str, Path(max_length=80, pattern=PRINTABLE, description="The plan's id.", examples=["pln_06f3…"])
]
"""The plan in an address."""


@router.get(
    "", operation_id="list_plans", summary="List plans", response_model=PlanPage, responses=problems()
)
def list_plans(
    call: Reads,
    scenario_id: Annotated[
        str | None, Query(max_length=80, pattern=PRINTABLE, description="Of this scenario only.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="At most so many.")] = 50,
    after: Annotated[
        str | None, Query(max_length=80, pattern=PRINTABLE, description="`after` of the page before.")
    ] = None,
) -> Response:
    """List the plans of one's branches, the newest first."""
    rows = call.read(
        lambda tx: plan_rows(tx, call.caller, scenario_id=scenario_id, after=after, limit=limit + 1)
    )
    page = rows[:limit]
    last = page[-1].plan_id if len(rows) > limit else None
    return json_response(PlanPage(plans=tuple(plan_info(row) for row in page), after=last))


@router.post(
    "",
    operation_id="time_plan",
    summary="Store a plan made by hand",
    status_code=201,
    response_model=PlanInfo,
    responses=problems(NOT_FOUND, INVALID_INPUT, NO_TRAVEL, TOO_LARGE, TOO_LONG),
)
def time_plan(call: Plans, request: HandMade) -> Response:
    """Set the times of orders made by a person or another program, say what they break, and store the plan.

    Limits give way as little as possible where the orders cannot be followed within them; the findings say by how
    much. A plan with findings can be looked at, but not published.
    """
    if (again := call.answered()) is not None:
        return again
    question = call.read(lambda tx: visible_revision(tx, call.caller, request.scenario_id, request.revision))
    orders = request.orders.model_dump_json().encode()
    with standing_at("/orders"):
        body = call.backend.studio.ask(retime, question.body, orders, seconds=call.backend.settings.answer_s)
    plan = packed(PlanDocument.model_validate_json(body))
    now = call.backend.now()

    def work(tx: Transaction) -> Answer:
        row = keep_plan(
            tx,
            plan,
            scenario_id=request.scenario_id,
            revision=question.revision,
            run_id=None,
            made_by=call.caller.key_id,
            now=now,
        )
        headers = {"Location": f"/plans/{row.plan_id}", "ETag": etag(row.sha256)}
        return Answer(plan_info(row), 201, headers, about=row.plan_id)

    return call.write(work)


@router.post(
    "/check",
    operation_id="check_plan",
    summary="Check a plan",
    response_model=PlanCheck,
    responses=problems(NOT_FOUND, INVALID_INPUT, TOO_LARGE, TOO_LONG),
)
def check_plan(call: Asks, request: CheckRequest) -> Response:
    """Hold a plan made elsewhere against a scenario with the independent checker; nothing is stored."""
    question = call.read(lambda tx: visible_revision(tx, call.caller, request.scenario_id, request.revision))
    document = request.document.model_dump_json().encode()

    def work() -> Response:
        with standing_at("/document"):
            said = call.backend.studio.ask(
                check, question.body, document, seconds=call.backend.settings.answer_s
            )
        return Response(said, media_type=JSON)

    return call.compute(work)


@router.get(
    "/{plan_id}",
    operation_id="get_plan",
    summary="Look at a plan's figures",
    response_model=PlanInfo,
    responses=problems(NOT_FOUND),
)
def get_plan(call: Reads, plan_id: PlanId) -> Response:
    """Say which scenario a plan answers, how it was made, and its key figures."""
    row = call.read(lambda tx: find_plan(tx, call, plan_id, body=False))
    return json_response(plan_info(row), headers={"ETag": etag(row.sha256)})


@router.get(
    "/{plan_id}/content",
    operation_id="get_plan_content",
    summary="Read a whole plan",
    response_model=PlanDocument,
    responses=problems(NOT_FOUND),
)
def get_plan_content(call: Reads, plan_id: PlanId, none_match: IfNoneMatch = None) -> Response:
    """Return the plan with its assessment, as `paigong plan --out` writes it; plans hold no customers' data."""
    row = call.read(lambda tx: find_plan(tx, call, plan_id))
    headers = {"ETag": etag(row.sha256)}
    if is_same(none_match, row.sha256):
        return Response(status_code=304, headers=headers)
    return Response(row.body, headers=headers, media_type=JSON)


@router.get(
    "/{plan_id}/timetable",
    operation_id="get_timetable",
    summary="Read who is where when",
    response_model=Timetable,
    responses=problems(NOT_FOUND),
)
def get_timetable(
    call: Reads,
    plan_id: PlanId,
    technician_id: Annotated[
        str | None, Query(max_length=80, pattern=PRINTABLE, description="Of this technician only.")
    ] = None,
    day: Annotated[Day | None, Query(description="Of this day only, local date.")] = None,
) -> Response:
    """Return the technicians' days with stops, drives and rests, and where shared tools are."""
    plan = _document(call, plan_id)["plan"]
    days = [
        one
        for one in plan["shifts"]
        if technician_id in (None, one["technician_id"]) and (day is None or one["day"] == day.isoformat())
    ]
    tools = [one for one in plan.get("tools", ()) if day is None or one["day"] == day.isoformat()]
    return _part({"shifts": days, "tools": tools if technician_id is None else []})


@router.get(
    "/{plan_id}/bill",
    operation_id="get_bill",
    summary="Read a plan's bill",
    response_model=Bill,
    responses=problems(NOT_FOUND),
)
def get_bill(call: Reads, plan_id: PlanId) -> Response:
    """Return what the plan owes, line by line; the lines add up to the total, to the cent."""
    return _part(_document(call, plan_id)["assessment"]["bill"])


@router.get(
    "/{plan_id}/clocks",
    operation_id="get_clocks",
    summary="Read how the clocks stand",
    response_model=Clocks,
    responses=problems(NOT_FOUND),
)
def get_clocks(
    call: Reads,
    plan_id: PlanId,
    state: Annotated[
        Literal["met", "at_risk", "missed", "open"] | None, Query(description="Only those in this state.")
    ] = None,
) -> Response:
    """Return each job's clocks: what meets them, when they are due, and whether the plan keeps them."""
    clocks = _document(call, plan_id)["assessment"]["clocks"]
    return _part({"clocks": [one for one in clocks if state in (None, one["state"])]})


@router.get(
    "/{plan_id}/desk",
    operation_id="get_desk_tasks",
    summary="Read what the desk has to do",
    response_model=DeskTasks,
    responses=problems(NOT_FOUND),
)
def get_desk_tasks(call: Reads, plan_id: PlanId) -> Response:
    """Return the calls and answers that the desk owes, in order of time."""
    return _part({"tasks": _document(call, plan_id)["assessment"]["desk"]})


@router.get(
    "/{plan_id}/unserved",
    operation_id="get_unserved",
    summary="Read why jobs are left out",
    response_model=LeftOut,
    responses=problems(NOT_FOUND),
)
def get_unserved(call: Reads, plan_id: PlanId) -> Response:
    """Return for each job left out what stops it; `GET /plans/{plan_id}/explanation` also finds what would help."""
    return _part({"reasons": _document(call, plan_id)["assessment"]["unserved"]})


def _document(call: Reads, plan_id: str) -> Any:
    return json.loads(call.read(lambda tx: find_plan(tx, call, plan_id).body))


def _part(content: Any) -> Response:
    return Response(json.dumps(content, ensure_ascii=False).encode(), media_type=JSON)
