"""``/boards/{board_id}/proposals``: plan the rest of a day again, publish a way to go on, take it back."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from service.boards.change import the_board, to_change
from service.boards.message_records import MessageList
from service.boards.messages import messages
from service.boards.publish_proposal import choose, prepare, publish_proposal, undo
from service.boards.records import BoardInfo, Draft
from service.boards.replan import listed, replan, shown, the_proposals
from service.boards.routes import BODY, CHANGE, BoardId
from service.door.answer import json_response
from service.door.call import Plans, Reads
from service.door.docs import problems
from service.door.problem_kinds import CONFLICT, NOT_FOUND, STALE_PROPOSALS, TOO_MANY
from service.door.versions import IfMatch
from service.door.words import PRINTABLE
from service.proposals.records import ProposalsInfo, ProposalsPage, ReplanRequest
from service.store import Transaction

router = APIRouter(prefix="/boards", tags=["boards"])

ProposalsId = Annotated[
    str, Path(max_length=80, pattern=PRINTABLE, description="The proposals' id.", examples=["prp_06f3…"])
]
"""The proposals in an address."""


@router.post(
    "/{board_id}/proposals",
    operation_id="ask_for_proposals",
    status_code=202,
    response_model=ProposalsInfo,
    responses=problems(NOT_FOUND, CONFLICT, TOO_MANY, *BODY),
)
def ask_for_proposals(call: Plans, board_id: BoardId, request: ReplanRequest) -> Response:
    """Have what is left of a published day planned again, from now on and with all that has happened.

    The re-plan is stored before it is acknowledged and computed as a run: follow it at `GET /runs/{run_id}/events`, or
    read it until its state is final. The first proposal is there within a second or two, better ones come while the
    clock runs. What happens meanwhile supersedes it: it is cancelled and says so. Only the branch's own people and jobs
    are planned; what has begun goes on.
    """
    backend, whichever = call.backend, "*"  # what has happened until it is asked for is in it
    return call.write(
        lambda tx: replan(
            tx,
            call.caller,
            to_change(tx, call.caller, board_id, whichever),
            request,
            backend.settings,
            backend.now(),
        )
    )


@router.get(
    "/{board_id}/proposals",
    operation_id="list_proposals",
    response_model=ProposalsPage,
    responses=problems(NOT_FOUND),
)
def list_proposals(call: Reads, board_id: BoardId) -> Response:
    """List the re-plans of a branch's day, the newest first, without what they have found."""
    return json_response(call.read(lambda tx: listed(tx, the_board(tx, call.caller, board_id))))


@router.get(
    "/{board_id}/proposals/{proposals_id}",
    operation_id="get_proposals",
    response_model=ProposalsInfo,
    responses=problems(NOT_FOUND),
)
def get_proposals(call: Reads, board_id: BoardId, proposals_id: ProposalsId) -> Response:
    """Show what a re-plan has found so far: from who has fewest customers to tell to what costs least.

    Each proposal's plan is stored, so that every operation on plans takes it.
    """

    def work(tx: Transaction) -> ProposalsInfo:
        row = the_board(tx, call.caller, board_id)
        return shown(tx, call.caller, row, the_proposals(tx, row, proposals_id))

    return json_response(call.read(work))


@router.post(
    "/{board_id}/proposals/{proposals_id}/publish",
    operation_id="publish_proposal",
    response_model=BoardInfo,
    responses=problems(*CHANGE, *BODY, STALE_PROPOSALS),
)
def publish_one_proposal(
    call: Plans, board_id: BoardId, proposals_id: ProposalsId, which: Draft, match: IfMatch = None
) -> Response:
    """Publish a proposal; a day that is published already needs no further yes of a manager.

    It happens wholly or not at all. Proposals that something has happened since are refused (409, `stale-proposals`)
    with what has happened; so is a plan that takes away what has begun meanwhile.
    """
    if (again := call.answered()) is not None:
        return again
    chosen = call.read(lambda tx: choose(tx, call.caller, board_id, proposals_id, which.plan_id, match))
    made = prepare(chosen)  # outside the transaction: it takes a while
    now = call.backend.now()
    return call.write(
        lambda tx: publish_proposal(
            tx, call.caller, to_change(tx, call.caller, board_id, match), proposals_id, made, now
        )
    )


@router.get(
    "/{board_id}/messages",
    operation_id="get_messages",
    response_model=MessageList,
    responses=problems(NOT_FOUND),
)
def get_messages(
    call: Reads,
    board_id: BoardId,
    limit: Annotated[int, Query(ge=1, le=20, description="Of at most so many publications.")] = 1,
) -> Response:
    """Return what each side is to be told after the last publications of a branch's day, the newest first.

    Customers: of a first visit, another time, technician or day, that another time is asked for, that nobody comes.
    Technicians: of jobs added, taken away, moved. Who customers are is said only with the right `personal`.
    """

    def work(tx: Transaction) -> MessageList:
        return messages(tx, call.caller, the_board(tx, call.caller, board_id), limit)

    return json_response(call.read(work), headers={"Cache-Control": "no-store"})


@router.post(
    "/{board_id}/undo",
    operation_id="undo_publication",
    response_model=BoardInfo,
    responses=problems(*CHANGE),
)
def undo_publication(call: Plans, board_id: BoardId, match: IfMatch = None) -> Response:
    """Take the last publication back, so that the plan before it counts again; only once.

    It is refused (409) when something of the newer plan has begun that the older one gives to others or to nobody.
    """
    now = call.backend.now()
    return call.write(lambda tx: undo(tx, call.caller, to_change(tx, call.caller, board_id, match), now))
