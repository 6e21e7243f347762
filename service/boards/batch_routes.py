"""``/replans``: what has happened on many boards, each planned again apart."""

from fastapi import APIRouter
from starlette.responses import Response

from service.boards.batch import replan_many
from service.boards.batch_records import ManyReplanned, ManyReplans
from service.boards.routes import BODY
from service.door.call import Plans
from service.door.docs import problems

router = APIRouter(prefix="/replans", tags=["boards"])


@router.post(
    "",
    operation_id="replan_boards",
    status_code=202,
    response_model=ManyReplanned,
    responses=problems(*BODY),
)
def replan_boards(call: Plans, asked: ManyReplans) -> Response:
    """Report what has happened on many boards and have each day planned again, for instance after many call-offs.

    Each board is on its own: one that does not exist, has changed, or whose events contradict what is known fails
    alone, with its problem in the place of its proposals, and nothing of it is noted. The answer is 202 all the same.
    """
    backend = call.backend
    return call.write(
        lambda tx: replan_many(tx, call.caller, asked, backend.settings, backend.now(), call.trace_id)
    )
