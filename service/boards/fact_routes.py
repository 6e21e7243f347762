"""``/boards/{board_id}/jobs``: what has happened, and what customers were told."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from service.boards.change import to_change
from service.boards.happen import happen
from service.boards.records import BoardInfo, NewFact, NewTelling
from service.boards.routes import BODY, CHANGE, BoardId
from service.boards.tell import tell
from service.door.call import Plans, ReportsOwn
from service.door.docs import problems
from service.door.versions import IfMatch

router = APIRouter(prefix="/boards", tags=["boards"])

JobId = Annotated[
    str, Path(min_length=1, max_length=80, description="The job's id in the scenario.", examples=["J7"])
]
"""The job in an address."""


@router.post(
    "/{board_id}/jobs/{job_id:path}/progress",
    operation_id="report_progress",
    response_model=BoardInfo,
    responses=problems(*CHANGE, *BODY),
)
def report_progress(
    call: ReportsOwn, board_id: BoardId, job_id: JobId, fact: NewFact, match: IfMatch = None
) -> Response:
    """Report what has happened to a job of the published plan; technicians report for their own jobs.

    A report that does not fit what was reported before is refused: a job cannot finish before it has started, and
    nothing happens after its end. The same report again changes nothing. A telephone that only adds what has happened
    sends `If-Match: *`.
    """
    now = call.backend.now()
    return call.write(
        lambda tx: happen(tx, call.caller, to_change(tx, call.caller, board_id, match), job_id, fact, now)
    )


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
