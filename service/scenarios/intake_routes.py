"""``/scenarios/{scenario_id}/jobs`` and ``…/intakes``: single jobs are taken in, remote help first."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from optimizer.errors import InvalidInput, Issue
from service.door.answer import json_response
from service.door.call import Plans, Reads, WriteCall
from service.door.docs import problems
from service.door.problem import Problem
from service.door.problem_kinds import (
    CHANGED_MEANWHILE,
    CONFLICT,
    INVALID_INPUT,
    NOT_FOUND,
    NOT_JSON,
    PRECONDITION_REQUIRED,
    TOO_LARGE,
)
from service.door.versions import IfMatch, expect
from service.scenarios.candidate import Candidate, Question, Sent, confirmed, read_new_job, with_job
from service.scenarios.intake import (
    Made,
    let_wait,
    listed,
    send_somebody,
    solve,
    visit,
    waiting_job,
)
from service.scenarios.intake_records import IntakeInfo, IntakePage, IntakeState, NewOutcome
from service.scenarios.routes import ScenarioId
from service.scenarios.upload import written
from service.visible import visible_revision

router = APIRouter(prefix="/scenarios", tags=["scenarios"])

JobId = Annotated[
    str,
    Path(min_length=1, max_length=80, pattern=r"^[^\x00]+$", description="The job's id.", examples=["J7"]),
]
"""The job in an address."""

_CHANGE: Final = (NOT_FOUND, CHANGED_MEANWHILE, PRECONDITION_REQUIRED, CONFLICT)
_BODY: Final = (INVALID_INPUT, NOT_JSON, TOO_LARGE)
_TRIES: Final = 5
"""How often a change for whichever version is newest is made anew when somebody else was quicker."""

_NEW_JOB: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "description": "A job that is taken in.",
                    "additionalProperties": False,
                    "required": ["job", "remote_help"],
                    "properties": {
                        "job": {"$ref": "#/components/schemas/Job"},
                        "remote_help": {
                            "type": "string",
                            "enum": ["not_tried", "failed", "not_possible"],
                            "description": "Whether the customer was helped from afar: with `not_tried` the job "
                            "waits until that was tried; otherwise it goes into the scenario at once.",
                        },
                    },
                },
                "examples": {
                    "repair": {
                        "summary": "A repair; nobody has tried to help on the telephone yet",
                        "value": {
                            "job": {
                                "job_id": "J-1041",
                                "type": "repair",
                                "place": {"lat": 28.21, "lon": 112.95},
                                "fault": "does not cool",
                            },
                            "remote_help": "not_tried",
                        },
                    }
                },
            }
        },
    }
}


@router.post(
    "/{scenario_id}/jobs",
    operation_id="take_job_in",
    status_code=201,
    response_model=IntakeInfo,
    responses=problems(*_CHANGE, *_BODY),
    openapi_extra=_NEW_JOB,
)
def take_job_in(call: Plans, request: Request, scenario_id: ScenarioId, match: IfMatch = None) -> Response:
    """Take a single job in.

    Help from afar is tried before anybody is sent: with `remote_help: not_tried` the job waits, with the moment by
    which its report must be answered, until its outcome is told; the scenario stays as it is and no If-Match is
    needed. Otherwise the job goes into the scenario's next revision at once. The job is checked as a part of the whole
    scenario, and every mistake is named. The present time of a scenario that has one moves up to now.
    """
    if (again := call.answered()) is not None:
        return again
    sent = read_new_job(request.state.body)
    waits = sent.remote_help == "not_tried"

    def attempt() -> Response:
        question = _question(call, scenario_id, sent.job.get("job_id"))
        if not sent.issues and (match is not None or not waits):
            expect(match, question.revision)
        candidate = _looked_over(question, sent)
        now, revision = call.backend.now(), question.revision
        if waits:
            return call.write(lambda tx: let_wait(tx, call.caller, scenario_id, candidate, now))
        scenario = written(candidate.scenario)
        made = Made(candidate, scenario, revision)
        return call.write(lambda tx: send_somebody(tx, call.caller, scenario_id, made, sent.remote_help, now))

    return _whichever_is_newest(match, attempt)


@router.get(
    "/{scenario_id}/intakes",
    operation_id="list_intakes",
    response_model=IntakePage,
    responses=problems(NOT_FOUND),
)
def list_intakes(
    call: Reads,
    scenario_id: ScenarioId,
    state: Annotated[IntakeState | None, Query(description="In this state only.")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="At most so many.")] = 50,
    after: Annotated[
        str | None, Query(max_length=80, pattern=r"^[^\x00]*$", description="`after` of the page before.")
    ] = None,
) -> Response:
    """List the jobs taken in one by one, by their ids; those that wait have still to be helped from afar."""
    return json_response(
        call.read(lambda tx: listed(tx, call.caller, scenario_id, state=state, after=after, limit=limit))
    )


@router.post(
    "/{scenario_id}/intakes/{job_id:path}/outcome",
    operation_id="tell_outcome",
    response_model=IntakeInfo,
    responses=problems(*_CHANGE, *_BODY),
)
def tell_outcome(
    call: Plans, scenario_id: ScenarioId, job_id: JobId, outcome: NewOutcome, match: IfMatch = None
) -> Response:
    """Say how remote help went for a job that waits: it is solved, or the customer has confirmed a visit.

    With `visit` the job goes into the scenario's next revision with the moment of the confirmation, which needs
    If-Match; where nobody noted an answer to the report, the confirmation is one.
    """
    if (again := call.answered()) is not None:
        return again
    now = call.backend.now()
    if outcome.solved:
        return call.write(lambda tx: solve(tx, call.caller, scenario_id, job_id, now))

    def attempt() -> Response:
        question = _question(call, scenario_id, job_id)
        job = call.read(lambda tx: waiting_job(tx, scenario_id, job_id))
        expect(match, question.revision)
        job = confirmed(job, outcome.confirmed_at or question.moment)
        candidate = with_job(question, job, _in_outcome)
        made = Made(candidate, written(candidate.scenario), question.revision)
        return call.write(lambda tx: visit(tx, call.caller, scenario_id, made, now))

    return _whichever_is_newest(match, attempt)


def _question(call: WriteCall, scenario_id: str, job_id: object) -> Question:
    """Return a scenario that does not have a job yet."""
    newest = call.read(lambda tx: visible_revision(tx, call.caller, scenario_id))
    number, body = newest.revision, newest.body
    question = Question.of(number, body, call.backend.now())
    if question.has(job_id):
        raise Problem(CONFLICT, f"The scenario has a job {job_id} already; give each its own id.")
    return question


def _looked_over(question: Question, sent: Sent) -> Candidate:
    """Return the scenario with the job that was sent, or refuse it with everything that is wrong with it."""
    issues = sent.issues
    if "\x00" in str(sent.job.get("job_id")):
        cause = "The id holds a sign that cannot be stored (NUL)."
        issues = (*issues, Issue("bad-id", "job.job_id", cause, "Take it out."))
    try:
        candidate = with_job(question, sent.job, lambda place: place)
    except InvalidInput as error:
        raise InvalidInput((*issues, *error.issues)) from None
    if issues:
        raise InvalidInput(issues)
    return candidate


def _in_outcome(place: str) -> str:
    """Say where in an outcome a place in the job stands: the job itself was sent before."""
    return "confirmed_at" if place == "job.desk.confirmed_at" else ""


def _whichever_is_newest(match: str | None, attempt: Callable[[], Response]) -> Response:
    """Make a change anew when somebody else was quicker, where the caller means whichever version is newest."""
    for _ in range(_TRIES - 1):
        try:
            return attempt()
        except Problem as problem:
            if problem.kind is not CHANGED_MEANWHILE or (match or "").strip() != "*":
                raise
    return attempt()
