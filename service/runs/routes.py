"""``/runs``: ask for a plan, watch it being computed, cancel it."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from service.door.answer import json_response
from service.door.call import Call, Listens, Plans, Reads
from service.door.docs import problems
from service.door.listening import LastEventId, heard
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT, INVALID_INPUT, NOT_FOUND, TOO_MANY
from service.door.words import PRINTABLE
from service.runs.queue import ask, ask_to_cancel
from service.runs.records import Run, RunPage, RunRequest, RunState, run_record
from service.store import Transaction, tables
from service.store.queue import ENDED, visible_rows
from service.store.runs import run_row, told

router = APIRouter(prefix="/runs", tags=["runs"])

RunId = Annotated[
    str, Path(max_length=80, pattern=PRINTABLE, description="The run's id.", examples=["run_06f3…"])
]
"""The run in an address."""


@router.post(
    "",
    operation_id="ask_for_run",
    summary="Ask for a plan",
    status_code=202,
    response_model=Run,
    responses=problems(NOT_FOUND, INVALID_INPUT, TOO_MANY),
)
def ask_for_run(call: Plans, request: RunRequest) -> Response:
    """Have a scenario planned.

    The run is stored before it is acknowledged: it is computed even if the server dies in between. Follow it at
    `GET /runs/{run_id}/events`, or read `GET /runs/{run_id}` until its state is final; `plan_id` then names the plan.
    """
    backend = call.backend
    return call.write(lambda tx: ask(tx, call.caller, request, backend.settings, backend.now()))


@router.get("", operation_id="list_runs", summary="List runs", response_model=RunPage, responses=problems())
def list_runs(
    call: Reads,
    scenario_id: Annotated[
        str | None, Query(max_length=80, pattern=PRINTABLE, description="Of this scenario only.")
    ] = None,
    state: Annotated[RunState | None, Query(description="In this state only.")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="At most so many.")] = 50,
    after: Annotated[
        str | None, Query(max_length=80, pattern=PRINTABLE, description="`after` of the page before.")
    ] = None,
) -> Response:
    """List the runs of one's branches, the newest first."""
    rows = call.read(
        lambda tx: visible_rows(
            tx, tables.Run, call.caller, scenario_id=scenario_id, state=state, after=after, limit=limit + 1
        )
    )
    page = rows[:limit]
    last = page[-1].run_id if len(rows) > limit else None
    return json_response(RunPage(runs=tuple(run_record(row) for row in page), after=last))


@router.get(
    "/{run_id}",
    operation_id="get_run",
    summary="Look at a run",
    response_model=Run,
    responses=problems(NOT_FOUND),
)
def get_run(call: Reads, run_id: RunId) -> Response:
    """Say where a run is, how far its search is, and what came of it."""
    return json_response(call.read(lambda tx: run_record(_row(tx, call, run_id))))


@router.post(
    "/{run_id}/cancel",
    operation_id="cancel_run",
    summary="End a run early",
    status_code=202,
    response_model=Run,
    responses=problems(NOT_FOUND, CONFLICT),
)
def cancel_run(call: Plans, run_id: RunId) -> Response:
    """Ask a run to end: a queued one ends at once, a running one keeps the best plan it has found."""
    return call.write(lambda tx: ask_to_cancel(tx, call.caller, run_id, call.backend.now()))


def _seen_run(call: Reads, run_id: RunId) -> str:
    """Refuse to listen to a run that is not there, before the stream begins."""
    return call.read(lambda tx: _row(tx, call, run_id).run_id)


@router.get(
    "/{run_id}/events",
    operation_id="listen_to_run",
    summary="Listen to a run",
    response_class=EventSourceResponse,
    responses=problems(NOT_FOUND),
)
async def listen_to_run(
    call: Listens,
    run_id: Annotated[str, Depends(_seen_run)],
    last_event_id: LastEventId = None,
) -> AsyncIterator[ServerSentEvent]:
    """Tell as server-sent events what happens to a run, from the beginning or from behind the last event received.

    Events: `queued`, `running`, `improved` and `progress` (the figures of `Run.progress`), of a board's re-plan
    `proposed` (names of what was found) and `superseded` (something newer has happened), at last one of `finished`,
    `cancelled`, `failed`; then the stream ends. A client that was cut off sends `Last-Event-ID` and misses nothing. The
    stream also ends when the caller's key is withdrawn or its session ends; who then asks again is told so.
    """

    def news(tx: Transaction, seen: int) -> tuple[Sequence[tables.RunEvent], bool]:
        row = run_row(tx, run_id, call.caller)
        return told(tx, run_id, seen), row is None or row.state in ENDED

    async for event in heard(call, last_event_id, news):
        yield event


def _row(tx: Transaction, call: Call, run_id: str) -> tables.Run:
    row = run_row(tx, run_id, call.caller)
    if row is None:
        raise Problem(NOT_FOUND, f"There is no run {run_id}.")
    return row
