"""``/scenarios``: upload, look at, change and compare scenarios."""

import json
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.interchange.scenario_file import parse_scenario
from optimizer.rules.doubts import doubts
from service.access.redact import redacted
from service.door.answer import JSON, json_response
from service.door.call import Asks, Plans, Reads
from service.door.docs import problems
from service.door.problem import issue_of
from service.door.problem_kinds import (
    CHANGED_MEANWHILE,
    CONFLICT,
    INVALID_INPUT,
    NOT_FOUND,
    NOT_JSON,
    PRECONDITION_REQUIRED,
    TOO_LARGE,
    UNSUPPORTED_MEDIA,
)
from service.door.versions import IfMatch, IfNoneMatch, etag, expect, is_same
from service.door.words import PRINTABLE
from service.scenarios.bodies import SCENARIO_BODY
from service.scenarios.changes import changes
from service.scenarios.patch import patched
from service.scenarios.reading import read_scenario
from service.scenarios.records import (
    Changes,
    Note,
    RevisionInfo,
    RevisionList,
    ScenarioInfo,
    ScenarioPage,
    Validated,
)
from service.scenarios.remove import remove
from service.scenarios.upload import info, revise, to_change, upload, written
from service.store import Transaction
from service.store import scenarios as store
from service.visible import visible_revision, visible_scenario

router = APIRouter(prefix="/scenarios", tags=["scenarios"])

ScenarioId = Annotated[
    str, Path(max_length=80, pattern=PRINTABLE, description="The scenario's id.", examples=["scn_06f3…"])
]
"""The scenario in an address."""

_UPLOAD: Final = (INVALID_INPUT, NOT_JSON, UNSUPPORTED_MEDIA, TOO_LARGE)
_CHANGE: Final = (NOT_FOUND, CHANGED_MEANWHILE, PRECONDITION_REQUIRED)


@router.post(
    "",
    operation_id="upload_scenario",
    status_code=201,
    response_model=ScenarioInfo,
    responses=problems(*_UPLOAD),
    openapi_extra=SCENARIO_BODY,
)
def upload_scenario(call: Plans, request: Request, note: Annotated[Note, Query()] = "") -> Response:
    """Upload a scenario.

    It is checked as a whole first; with anything wrong in it nothing is stored and all mistakes are answered.
    """
    sent = read_scenario(request.state.body, request.headers.get("content-type", ""))
    scenario = written(sent.scenario)
    return call.write(lambda tx: upload(tx, call.caller, scenario, note, call.backend.now()))


@router.post(
    "/validate",
    operation_id="validate_scenario",
    response_model=Validated,
    responses=problems(NOT_JSON, UNSUPPORTED_MEDIA, TOO_LARGE),
    openapi_extra=SCENARIO_BODY,
)
def validate_scenario(call: Asks, request: Request) -> Response:
    """Check a scenario and store nothing; says all mistakes and what looks doubtful."""
    return call.compute(lambda: _validated(request))


def _validated(request: Request) -> Response:
    try:
        sent = read_scenario(request.state.body, request.headers.get("content-type", ""))
    except InvalidInput as error:
        issues = tuple(issue_of(one) for one in error.issues)
        return json_response(Validated(valid=False, issues=issues, doubts=(), notes=()))
    return json_response(Validated(valid=True, issues=(), doubts=doubts(sent.scenario), notes=sent.notes))


@router.get("", operation_id="list_scenarios", response_model=ScenarioPage, responses=problems())
def list_scenarios(
    call: Reads,
    limit: Annotated[int, Query(ge=1, le=200, description="At most so many.")] = 50,
    after: Annotated[
        str | None, Query(max_length=80, pattern=PRINTABLE, description="`after` of the page before.")
    ] = None,
) -> Response:
    """List the scenarios of one's branches, the newest first."""
    rows = call.read(lambda tx: store.scenario_rows(tx, call.caller, after=after, limit=limit + 1))
    page, more = rows[:limit], len(rows) > limit
    return json_response(
        ScenarioPage(scenarios=tuple(info(row) for row in page), after=page[-1].scenario_id if more else None)
    )


@router.get(
    "/{scenario_id}",
    operation_id="get_scenario",
    response_model=ScenarioInfo,
    responses=problems(NOT_FOUND),
)
def get_scenario(call: Reads, scenario_id: ScenarioId) -> Response:
    """Say what a scenario is called, and its newest revision."""
    row = call.read(lambda tx: visible_scenario(tx, call.caller, scenario_id))
    return json_response(info(row), headers={"ETag": etag(row.revision)})


@router.delete(
    "/{scenario_id}",
    operation_id="delete_scenario",
    status_code=204,
    response_class=Response,
    responses=problems(*_CHANGE, CONFLICT),
)
def delete_scenario(call: Plans, scenario_id: ScenarioId, match: IfMatch = None) -> Response:
    """Delete a scenario with its revisions, runs, plans and studies; refused while a board refers to it."""
    return call.write(lambda tx: remove(tx, to_change(tx, call.caller, scenario_id, match)))


@router.get(
    "/{scenario_id}/content",
    operation_id="get_scenario_content",
    response_model=Scenario,
    responses=problems(NOT_FOUND),
)
def get_scenario_content(
    call: Reads,
    scenario_id: ScenarioId,
    revision: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="Which one; none: the newest.")
    ] = None,
    none_match: IfNoneMatch = None,
) -> Response:
    """Return what a scenario says; without the right `personal` names, addresses and exact places are left out."""
    found = call.read(lambda tx: visible_revision(tx, call.caller, scenario_id, revision))
    number, body = found.revision, found.body
    if is_same(none_match, number):
        return Response(status_code=304, headers={"ETag": etag(number)})
    if not call.caller.may("personal"):
        body = json.dumps(redacted(json.loads(body)), ensure_ascii=False).encode()
    return Response(body, headers={"ETag": etag(number)}, media_type=JSON)


@router.put(
    "/{scenario_id}/content",
    operation_id="replace_scenario_content",
    response_model=ScenarioInfo,
    responses=problems(*_CHANGE, *_UPLOAD),
    openapi_extra=SCENARIO_BODY,
)
def replace_scenario_content(
    call: Plans,
    request: Request,
    scenario_id: ScenarioId,
    note: Annotated[Note, Query()] = "",
    match: IfMatch = None,
) -> Response:
    """Replace what a scenario says: makes its next revision, or none where nothing is different."""
    sent = read_scenario(request.state.body, request.headers.get("content-type", ""))
    scenario, now = written(sent.scenario), call.backend.now()
    return call.write(
        lambda tx: revise(
            tx, call.caller, to_change(tx, call.caller, scenario_id, match), scenario, note, now
        )
    )


@router.patch(
    "/{scenario_id}/content",
    operation_id="patch_scenario_content",
    response_model=ScenarioInfo,
    responses=problems(*_CHANGE, *_UPLOAD),
)
def patch_scenario_content(
    call: Plans,
    scenario_id: ScenarioId,
    patch: Annotated[
        dict[str, Any],
        Body(
            description="What changes.",
            openapi_examples={
                "priority": {
                    "summary": "One job becomes an emergency",
                    "value": {"jobs": {"J1": {"priority": "emergency"}}},
                }
            },
        ),
    ],
    note: Annotated[Note, Query()] = "",
    match: IfMatch = None,
) -> Response:
    """Change some of what a scenario says: makes its next revision.

    The body is a JSON merge patch (RFC 7396): what it names is replaced, null removes. `jobs`, `technicians` and
    `branches` may be given as an object from id to patch, e.g. `{"jobs": {"J7": {"priority": "emergency"}}}`.
    """
    if (again := call.answered()) is not None:
        return again
    now = call.backend.now()
    newest = call.read(lambda tx: visible_revision(tx, call.caller, scenario_id))
    number, body = newest.revision, newest.body
    expect(match, number)
    text = json.dumps(patched(json.loads(body), patch), ensure_ascii=False)
    scenario = written(parse_scenario(text, json=True))  # outside the transaction: it takes a while
    return call.write(
        lambda tx: revise(
            tx, call.caller, to_change(tx, call.caller, scenario_id, etag(number)), scenario, note, now
        )
    )


@router.get(
    "/{scenario_id}/revisions",
    operation_id="list_revisions",
    response_model=RevisionList,
    responses=problems(NOT_FOUND),
)
def list_revisions(call: Reads, scenario_id: ScenarioId) -> Response:
    """List a scenario's revisions, the newest first."""

    def work(tx: Transaction) -> RevisionList:
        visible_scenario(tx, call.caller, scenario_id)
        found = store.revision_rows(tx, scenario_id)
        return RevisionList(
            revisions=tuple(RevisionInfo.model_validate(row, from_attributes=True) for row in found)
        )

    return json_response(call.read(work))


@router.get(
    "/{scenario_id}/changes",
    operation_id="compare_revisions",
    response_model=Changes,
    responses=problems(NOT_FOUND),
)
def compare_revisions(
    call: Reads,
    scenario_id: ScenarioId,
    older: Annotated[int, Query(ge=1, le=2**31 - 1, description="The older revision.")],
    newer: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="The newer; none: the newest.")
    ] = None,
) -> Response:
    """Say how two revisions differ; records with ids are compared by id."""

    def work(tx: Transaction) -> tuple[int, bytes, bytes]:
        after = visible_revision(tx, call.caller, scenario_id, newer)
        return after.revision, visible_revision(tx, call.caller, scenario_id, older).body, after.body

    number, before, after = call.read(work)
    one, other = json.loads(before), json.loads(after)
    if not call.caller.may("personal"):
        one, other = redacted(one), redacted(other)
    return json_response(Changes(older=older, newer=number, changes=tuple(changes(one, other))))
