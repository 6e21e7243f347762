"""``/studies``: simulate the same demand under other staffing or rules, watch it, read what it answers."""

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from optimizer.domain.study import Study
from optimizer.domain.study_result import StudyResult
from optimizer.domain.study_sample import Sample
from optimizer.interchange.samples_csv import clock_rules, samples_csv
from optimizer.words.language import Language
from service.door.answer import JSON, json_response
from service.door.call import Call, Listens, Plans, Reads
from service.door.docs import problems
from service.door.listening import LastEventId, heard
from service.door.problem import Problem, refused
from service.door.problem_kinds import (
    CONFLICT,
    INVALID_INPUT,
    NOT_FOUND,
    NOT_JSON,
    TOO_LARGE,
    TOO_LONG,
    TOO_MANY,
    UNSUPPORTED_MEDIA,
)
from service.door.words import PRINTABLE
from service.scenarios.reading import text_of
from service.store import Transaction, tables
from service.store.queue import ENDED, visible_rows
from service.store.studies import samples_in_order, study_row, told
from service.studies.bodies import STUDY_BODY
from service.studies.queue import ask, ask_to_cancel
from service.studies.reading import expect_study, page, prepared
from service.studies.records import StudyInfo, StudyPage, StudyState, study_info
from service.visible import visible_revision

router = APIRouter(prefix="/studies", tags=["studies"])

StudyId = Annotated[
    str, Path(max_length=80, pattern=PRINTABLE, description="The study's id.", examples=["sty_06f3…"])
]
"""The study in an address."""

_OF_SCENARIO: Final = Query(max_length=80, pattern=PRINTABLE, description="Of this scenario only.")
_RESULT: Final = problems(NOT_FOUND, CONFLICT)


@router.post(
    "",
    operation_id="ask_for_study",
    status_code=202,
    response_model=StudyInfo,
    responses=problems(NOT_FOUND, INVALID_INPUT, NOT_JSON, UNSUPPORTED_MEDIA, TOO_LARGE, TOO_LONG, TOO_MANY),
    openapi_extra=STUDY_BODY,
)
def ask_for_study(
    call: Plans,
    request: Request,
    scenario_id: Annotated[
        str | None,
        Query(
            max_length=80,
            pattern=PRINTABLE,
            description="Scenario to start from, instead of the study's own `base` or `generate`.",
        ),
    ] = None,
    revision: Annotated[
        int | None,
        Query(ge=1, le=2**31 - 1, description="Which of its revisions; none: the newest at this moment."),
    ] = None,
) -> Response:
    """Have the same demand simulated under other staffing or rules.

    The body is a study. It starts from the scenario that `scenario_id` names; else from its own: made up by `generate`,
    or one that comes with the program, by its name in `base`. Files are not opened. Its own base is stored as a
    scenario first, so that it can be looked at. The study is looked at as a whole before anything is stored, and all
    mistakes are answered.

    One study at a time is simulated by each server, behind the runs. Follow it at `GET /studies/{study_id}/events`, or
    read `GET /studies/{study_id}` until its state is final; then read `GET /studies/{study_id}/result`.
    """
    if (again := call.answered()) is not None:
        return again
    if revision is not None and scenario_id is None:
        cause = "A revision is named, but no scenario."
        raise refused("no-scenario", "/query/revision", cause, "Name the scenario with `scenario_id`.")
    expect_study(request.headers.get("content-type", ""))
    backend, text = call.backend, text_of(request.state.body)
    stored = number = None
    if scenario_id is not None:
        found = call.read(lambda tx: visible_revision(tx, call.caller, scenario_id, revision))
        stored, number = found.body, found.revision
    settings, seconds = backend.settings, float(backend.settings.answer_s)
    study = backend.studio.ask(prepared, text, stored, settings.study_days, seconds=seconds)
    return call.write(
        lambda tx: ask(
            tx, call.caller, study, settings, backend.now(), scenario_id=scenario_id, revision=number
        )
    )


@router.get("", operation_id="list_studies", response_model=StudyPage, responses=problems())
def list_studies(
    call: Reads,
    scenario_id: Annotated[str | None, _OF_SCENARIO] = None,
    state: Annotated[StudyState | None, Query(description="In this state only.")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="At most so many.")] = 50,
    after: Annotated[
        str | None, Query(max_length=80, pattern=PRINTABLE, description="`after` of the page before.")
    ] = None,
) -> Response:
    """List the studies of one's branches, the newest first."""
    rows = call.read(
        lambda tx: visible_rows(
            tx, tables.Study, call.caller, scenario_id=scenario_id, state=state, after=after, limit=limit + 1
        )
    )
    page = rows[:limit]
    last = page[-1].study_id if len(rows) > limit else None
    return json_response(StudyPage(studies=tuple(study_info(row) for row in page), after=last))


@router.get("/{study_id}", operation_id="get_study", response_model=StudyInfo, responses=problems(NOT_FOUND))
def get_study(call: Reads, study_id: StudyId) -> Response:
    """Say where a study is, and how far."""
    return json_response(call.read(lambda tx: study_info(_row(tx, call, study_id))))


@router.get(
    "/{study_id}/content",
    operation_id="get_study_content",
    response_model=Study,
    responses=problems(NOT_FOUND),
)
def get_study_content(call: Reads, study_id: StudyId) -> Response:
    """Return what was asked for; `base` is the name of the scenario that it starts from."""
    return Response(call.read(lambda tx: _row(tx, call, study_id).body), media_type=JSON)


@router.post(
    "/{study_id}/cancel",
    operation_id="cancel_study",
    status_code=202,
    response_model=StudyInfo,
    responses=problems(NOT_FOUND, CONFLICT),
)
def cancel_study(call: Plans, study_id: StudyId) -> Response:
    """Ask a study to end: a queued one ends at once, a running one within seconds, both without a result."""
    return call.write(lambda tx: ask_to_cancel(tx, call.caller, study_id, call.backend.now()))


def _seen_study(call: Reads, study_id: StudyId) -> str:
    """Refuse to listen to a study that is not there, before the stream begins."""
    return call.read(lambda tx: _row(tx, call, study_id).study_id)


@router.get(
    "/{study_id}/events",
    operation_id="listen_to_study",
    response_class=EventSourceResponse,
    responses=problems(NOT_FOUND),
)
async def listen_to_study(
    call: Listens,
    study_id: Annotated[str, Depends(_seen_study)],
    last_event_id: LastEventId = None,
) -> AsyncIterator[ServerSentEvent]:
    """Tell as server-sent events what happens to a study, from the beginning or from behind the last event received.

    Events: `queued`, `running`, `progress` (the figures of `StudyInfo.progress`, once a second at most), at last one of
    `finished`, `cancelled`, `failed`; then the stream ends. A client that was cut off sends `Last-Event-ID` and misses
    nothing. The stream also ends when the caller's key is withdrawn or its session ends; who then asks again is told
    so.
    """

    def news(tx: Transaction, seen: int) -> tuple[Sequence[tables.StudyEvent], bool]:
        row = study_row(tx, study_id, call.caller)
        return told(tx, study_id, seen), row is None or row.state in ENDED

    async for event in heard(call, last_event_id, news):
        yield event


@router.get(
    "/{study_id}/result", operation_id="get_study_result", response_model=StudyResult, responses=_RESULT
)
def get_study_result(call: Reads, study_id: StudyId) -> Response:
    """Return what a finished study answers, every figure with its interval, as `paigong whatif --out` writes it."""
    return Response(call.read(lambda tx: _result(tx, call, study_id)), media_type=JSON)


@router.get(
    "/{study_id}/report",
    operation_id="get_study_report",
    response_class=Response,
    responses={
        **problems(NOT_FOUND, CONFLICT, TOO_LONG),
        200: {"description": "The page", "content": {"text/html": {"schema": {"type": "string"}}}},
    },
)
def get_study_report(
    call: Reads,
    study_id: StudyId,
    language: Annotated[Language, Query(description="Language of the page.")] = "en",
) -> Response:
    """Return what a finished study answers as one page for a browser, which needs nothing else."""
    result = call.read(lambda tx: _result(tx, call, study_id))
    seconds = float(call.backend.settings.answer_s)
    made = call.backend.studio.ask(page, result, language, seconds=seconds, about=study_id)
    return Response(made, media_type="text/html; charset=utf-8")


@router.get(
    "/{study_id}/samples.csv",
    operation_id="get_samples",
    response_class=Response,
    responses={
        **_RESULT,
        200: {"description": "The table", "content": {"text/csv": {"schema": {"type": "string"}}}},
    },
)
def get_samples(call: Reads, study_id: StudyId) -> Response:
    """Return the simulated days of a finished study as a table: one row for each variant, chain and day."""
    call.read(lambda tx: _result(tx, call, study_id))

    def samples() -> Iterator[Sample]:
        bodies = samples_in_order(call.backend.store, study_id)
        return (Sample.model_validate_json(body) for body in bodies)

    rules = clock_rules(samples())
    name = f'attachment; filename="{study_id}.csv"'
    return StreamingResponse(
        samples_csv(samples(), rules), media_type="text/csv", headers={"Content-Disposition": name}
    )


def _row(tx: Transaction, call: Call, study_id: str) -> tables.Study:
    row = study_row(tx, study_id, call.caller)
    if row is None:
        raise Problem(NOT_FOUND, f"There is no study {study_id}.")
    return row


def _result(tx: Transaction, call: Call, study_id: str) -> bytes:
    row = _row(tx, call, study_id)
    if row.result is None:
        raise Problem(CONFLICT, f"The study has no result: it is {row.state}.")
    return row.result
