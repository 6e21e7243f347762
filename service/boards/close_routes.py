"""``/boards/{board_id}``: the day is over."""

from fastapi import APIRouter
from starlette.responses import Response

from service.boards.change import to_change
from service.boards.close import close_board, closed_day, look_at, ready
from service.boards.closing import close
from service.boards.records import BoardInfo, ClosedDay, CloseRequest
from service.boards.routes import BODY, CHANGE, BoardId
from service.door.answer import json_response
from service.door.call import Plans, Reads
from service.door.docs import problems
from service.door.problem_kinds import NOT_FOUND, TOO_LONG
from service.door.versions import IfMatch

router = APIRouter(prefix="/boards", tags=["boards"])


@router.post(
    "/{board_id}/close",
    operation_id="close_day",
    response_model=BoardInfo,
    responses=problems(*CHANGE, *BODY, TOO_LONG),
)
def close_day(call: Plans, board_id: BoardId, request: CloseRequest, match: IfMatch = None) -> Response:
    """Close a branch's day: what is left becomes the next days' scenario, and the day gets its report.

    The next scenario is new: its id stands in the board's `closed`. Who is still at work, or has a visit to come,
    stands in the way (422). Of what nobody reported the day is taken to have gone as planned. Afterwards the board is
    only read.
    """
    if (again := call.answered()) is not None:
        return again
    now = call.backend.now()
    over = call.read(lambda tx: look_at(tx, call.caller, board_id, match, request, now))
    seconds = float(call.backend.settings.answer_s)
    made = ready(over, call.backend.studio.ask(close, over.day, seconds=seconds))
    return call.write(
        lambda tx: close_board(tx, call.caller, to_change(tx, call.caller, board_id, match), made, now)
    )


@router.get(
    "/{board_id}/report",
    operation_id="get_day_report",
    response_model=ClosedDay,
    responses=problems(NOT_FOUND),
)
def get_day_report(call: Reads, board_id: BoardId) -> Response:
    """Say whether the day is closed, and return its report.

    What was done, by whom, which clocks and promises were kept, the planned bill and the real one. It sets the whole
    day, however often it was planned again, beside the day's first plan and what customers were told then.
    """
    return json_response(call.read(lambda tx: closed_day(tx, call.caller, board_id)))
