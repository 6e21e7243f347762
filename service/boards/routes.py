"""``/boards``: open a branch's day, put a plan on it, approve, publish, look at it."""

import json
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from service.boards.approve import approve, withdraw
from service.boards.change import info, the_board, to_change
from service.boards.create import create, look_over, remove
from service.boards.draft import find, prepare, put_draft
from service.boards.held import version_with_held
from service.boards.live import State, standing_of
from service.boards.publish import StalePlan, publish, stale_problem
from service.boards.records import BoardEntryPage, BoardInfo, BoardPage, BoardView, Draft, NewBoard
from service.boards.show import history, show
from service.door.answer import json_response
from service.door.call import Approves, Plans, Reads
from service.door.docs import problems
from service.door.problem_kinds import (
    CHANGED_MEANWHILE,
    CONFLICT,
    INVALID_INPUT,
    NOT_FOUND,
    NOT_JSON,
    PRECONDITION_REQUIRED,
    STALE_PLAN,
    TOO_LARGE,
)
from service.door.versions import IfMatch, IfNoneMatch, etag, is_same
from service.door.words import Day
from service.store import Transaction
from service.store import boards as store
from service.visible import visible_revision

router = APIRouter(prefix="/boards", tags=["boards"])

BoardId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=80,
        pattern=r"^[^\x00]+$",
        description="The board's id.",
        examples=["brd_06f3…"],
    ),
]
"""The board in an address."""

CHANGE: Final = (NOT_FOUND, CHANGED_MEANWHILE, PRECONDITION_REQUIRED, CONFLICT)
"""Errors of every change of a board."""
BODY: Final = (INVALID_INPUT, NOT_JSON, TOO_LARGE)
"""Errors of every operation that takes a body."""

_NAME: Final = r"^[^\x00]*$"


@router.post(
    "",
    operation_id="create_board",
    status_code=201,
    response_model=BoardInfo,
    responses=problems(*BODY, NOT_FOUND, CONFLICT),
)
def create_board(call: Plans, asked: NewBoard) -> Response:
    """Open the board of a branch's day.

    A branch has one board a day. The scenario must have the branch and plan the day.
    """
    if (again := call.answered()) is not None:
        return again
    newest = call.read(lambda tx: visible_revision(tx, call.caller, asked.scenario_id))
    look_over(json.loads(newest.body), asked)
    return call.write(lambda tx: create(tx, call.caller, asked, call.backend.now()))


@router.get("", operation_id="list_boards", response_model=BoardPage, responses=problems())
def list_boards(
    call: Reads,
    branch: Annotated[
        str | None, Query(max_length=80, pattern=_NAME, description="Of this branch only.")
    ] = None,
    day: Annotated[Day | None, Query(description="Of this day only.")] = None,
    state: Annotated[State | None, Query(description="In this state only.")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="At most so many.")] = 50,
    after: Annotated[
        str | None, Query(max_length=80, pattern=_NAME, description="`after` of the page before.")
    ] = None,
) -> Response:
    """List the boards of one's branches, the newest first."""
    rows = call.read(
        lambda tx: store.board_rows(
            tx, call.caller, branch_id=branch, day=day, state=state, after=after, limit=limit + 1
        )
    )
    page, more = rows[:limit], len(rows) > limit
    return json_response(
        BoardPage(
            boards=tuple(info(row, standing_of(row)) for row in page),
            after=page[-1].board_id if more else None,
        )
    )


@router.get("/{board_id}", operation_id="get_board", response_model=BoardView, responses=problems(NOT_FOUND))
def get_board(call: Reads, board_id: BoardId, none_match: IfNoneMatch = None) -> Response:
    """Show a branch's day: the draft and the published plan, what was told, what has happened, what is held.

    Of plans that cover several branches it shows the board's own technicians, with the jobs they go to, and the jobs
    the branch is in charge of that the plan leaves out. Everything is from one moment: plan, promises and publication
    always belong together. Without the right `personal` names, telephone numbers and addresses are left out. Where
    windows are held, the ETag has a mark of them behind the version; as `If-Match` the version alone counts.
    """
    now = call.backend.now()

    def look(tx: Transaction) -> tuple[str, BoardView | None]:
        row = the_board(tx, call.caller, board_id)
        version = version_with_held(tx, row, now)
        return version, None if is_same(none_match, version) else show(tx, call.caller, row, now)

    version, view = call.read(look)
    headers = {"ETag": etag(version)}
    return (
        Response(status_code=304, headers=headers) if view is None else json_response(view, headers=headers)
    )


@router.delete(
    "/{board_id}",
    operation_id="delete_board",
    status_code=204,
    response_class=Response,
    responses=problems(*CHANGE),
)
def delete_board(call: Plans, board_id: BoardId, match: IfMatch = None) -> Response:
    """Delete a board with its history; only as long as nothing was published on it."""
    return call.write(lambda tx: remove(tx, to_change(tx, call.caller, board_id, match)))


@router.put(
    "/{board_id}/draft",
    operation_id="put_draft",
    response_model=BoardInfo,
    responses=problems(*CHANGE, *BODY),
)
def put_draft_on_board(call: Plans, board_id: BoardId, draft: Draft, match: IfMatch = None) -> Response:
    """Make a plan the board's draft; a yes to an earlier draft does not count for it."""
    if (again := call.answered()) is not None:
        return again
    found = call.read(lambda tx: find(tx, call.caller, board_id, draft.plan_id, match))
    made = prepare(found)  # outside the transaction: it takes a while
    now = call.backend.now()
    return call.write(
        lambda tx: put_draft(tx, call.caller, to_change(tx, call.caller, board_id, match), made, now)
    )


@router.post(
    "/{board_id}/approve",
    operation_id="approve_draft",
    response_model=BoardInfo,
    responses=problems(*CHANGE),
)
def approve_draft(call: Approves, board_id: BoardId, match: IfMatch = None) -> Response:
    """Say yes to the present draft, which then may be published. Another draft needs a new yes."""
    now = call.backend.now()
    return call.write(lambda tx: approve(tx, call.caller, to_change(tx, call.caller, board_id, match), now))


@router.post(
    "/{board_id}/withdraw",
    operation_id="withdraw_approval",
    response_model=BoardInfo,
    responses=problems(*CHANGE),
)
def withdraw_approval(call: Approves, board_id: BoardId, match: IfMatch = None) -> Response:
    """Take the yes to the present draft back; what is published already stays published."""
    now = call.backend.now()
    return call.write(lambda tx: withdraw(tx, call.caller, to_change(tx, call.caller, board_id, match), now))


@router.post(
    "/{board_id}/publish",
    operation_id="publish_draft",
    response_model=BoardInfo,
    responses=problems(*CHANGE, STALE_PLAN),
)
def publish_draft(call: Plans, board_id: BoardId, match: IfMatch = None) -> Response:
    """Publish the approved draft: technicians get its dispatch orders, customers are to be told its windows.

    It happens wholly or not at all. A plan made from an older revision of the scenario than the newest is refused
    (409, `stale-plan`) with what is different now; so is one that breaks hard rules, one that gives a job that was
    reported `started` and has not ended to others or to nobody, and one that knows nothing of a job that came in on the
    day and was promised a time.
    """
    now = call.backend.now()
    try:
        return call.write(
            lambda tx: publish(tx, call.caller, to_change(tx, call.caller, board_id, match), now)
        )
    except StalePlan as stale:
        found = stale
    raise call.read(lambda tx: stale_problem(tx, call.caller, found))  # outside the transaction that writes


@router.get(
    "/{board_id}/entries",
    operation_id="list_board_entries",
    response_model=BoardEntryPage,
    responses=problems(NOT_FOUND),
)
def list_board_entries(
    call: Reads,
    board_id: BoardId,
    limit: Annotated[int, Query(ge=1, le=500, description="At most so many.")] = 100,
    before: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="`before` of the page before.")
    ] = None,
) -> Response:
    """List what was done and happened on a board, the newest first; each entry is one version."""
    page = call.read(lambda tx: history(tx, the_board(tx, call.caller, board_id), before, limit))
    return json_response(page)
