"""``/boards/{board_id}``: what has happened, and what customers were told."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from service.boards.change import the_board, to_change
from service.boards.due import due
from service.boards.due_records import Due
from service.boards.happen import happen, told_events
from service.boards.records import BoardInfo, NewEvents, NewTelling, ToldEvents
from service.boards.routes import BODY, CHANGE, BoardId
from service.boards.tell import tell
from service.door.answer import json_response
from service.door.call import Plans, Reads, ReportsOwn
from service.door.docs import problems
from service.door.problem_kinds import CONFLICT, NOT_FOUND
from service.door.versions import IfMatch
from service.store import Transaction, tables
from service.store.board_events import event_rows

router = APIRouter(prefix="/boards", tags=["boards"])

JobId = Annotated[
    str, Path(min_length=1, max_length=80, description="The job's id in the scenario.", examples=["J7"])
]
"""The job in an address."""


@router.post(
    "/{board_id}/events",
    operation_id="report_events",
    response_model=BoardInfo,
    responses=problems(*CHANGE, *BODY),
)
def report_events(call: ReportsOwn, board_id: BoardId, told: NewEvents, match: IfMatch = None) -> Response:
    """Report what has happened on a branch's day; technicians report of their own jobs.

    All events are noted or none: what does not go with the published plan, with another event or with what was
    reported before is refused (422) with every mistake and its place. What was reported before is not noted again. A
    telephone that only adds what has happened sends `If-Match: *`.

    A job of which nothing was reported when the day was planned again was taken to be done, and left the plan. What is
    reported of it later counts for the day's report. Where it says that the job was not done (nobody opened, a part was
    missing, the site was not ready, it was put off), the job comes back as one to be planned: `back` names it.
    """
    now = call.backend.now()
    return call.write(
        lambda tx: happen(tx, call.caller, to_change(tx, call.caller, board_id, match), told.events, now)
    )


@router.get(
    "/{board_id}/events",
    operation_id="list_events",
    response_model=ToldEvents,
    responses=problems(NOT_FOUND),
)
def list_events(
    call: Reads,
    board_id: BoardId,
    limit: Annotated[int, Query(ge=1, le=1000, description="At most so many.")] = 200,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="`after` of the page before.")] = 0,
) -> Response:
    """List what has happened on a branch's day, in the order in which it was reported.

    Without the right `personal` names, telephone numbers, addresses and reasons are left out.
    """

    def work(tx: Transaction) -> list[tables.BoardEvent]:
        return event_rows(tx, the_board(tx, call.caller, board_id).board_id, after=after, limit=limit + 1)

    rows = call.read(work)
    page, more = rows[:limit], len(rows) > limit
    return json_response(
        ToldEvents(events=told_events(page, call.caller), after=page[-1].number if more else None)
    )


@router.get(
    "/{board_id}/due",
    operation_id="get_due",
    response_model=Due,
    responses=problems(NOT_FOUND, CONFLICT),
)
def get_due(call: Reads, board_id: BoardId) -> Response:
    """Say what is due now on a branch's day: calls of the desk, progress checks, deadlines about to be missed.

    Calls are due from their planned start on until their job is over or what they ask for was reported: a call
    (`contacted`), for an answer one that was answered, for a call back one after the work; answers and complaints also
    until the customer was told a window. A progress check moves along with a visit that began later. Clocks and
    promised windows are said from `PAIGONG_RISK_MIN` minutes before their end until an hour after it. Who has not
    appeared by the limit (10:00, unless the policy says otherwise) and of whom nothing was reported is named.

    Who drops out of a visit of two branches that is not over, and was reported on the other branch's board alone, is
    named too.
    """
    now, risk_min = call.backend.now(), call.backend.settings.risk_min
    return json_response(call.read(lambda tx: due(tx, the_board(tx, call.caller, board_id), now, risk_min)))


@router.post(
    "/{board_id}/jobs/{job_id:path}/promise",
    operation_id="tell_customer",
    response_model=BoardInfo,
    responses=problems(*CHANGE, *BODY),
)
def tell_customer(
    call: Plans, board_id: BoardId, job_id: JobId, telling: NewTelling, match: IfMatch = None
) -> Response:
    """Note that a customer was told when somebody comes: the planned window, or another around the planned start."""
    now = call.backend.now()
    return call.write(
        lambda tx: tell(tx, call.caller, to_change(tx, call.caller, board_id, match), job_id, telling, now)
    )
