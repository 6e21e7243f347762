"""``/boards/{board_id}/offers``: when a new job could be done, one window held, confirmed, let go."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Final, TypeVar

from fastapi import APIRouter, Body, Path
from fastapi.openapi.models import Example
from starlette.responses import Response

from service.boards.change import the_board, to_change
from service.boards.records import BoardInfo
from service.boards.routes import BODY, CHANGE, BoardId
from service.door.answer import json_response
from service.door.call import Plans, Reads, WriteCall
from service.door.docs import problems
from service.door.problem import Problem
from service.door.problem_kinds import BUSY, CONFLICT, NOT_FOUND, OFFER_GONE, TOO_LONG
from service.door.versions import IfMatch, expect
from service.door.words import PRINTABLE
from service.offers.ask import keep_offers, listed, shown
from service.offers.computing import find_offers, plan_with, room_for
from service.offers.confirm import confirm, prepare
from service.offers.day import Looked, Moved, look_at, the_offers
from service.offers.errors import DayBroken, SlotGone
from service.offers.records import OffersInfo, OffersPage, OffersRequest, SlotChoice, SlotConfirmation
from service.offers.take import Taking, hold, release, take
from service.store import Transaction, tables

router = APIRouter(prefix="/boards", tags=["offers"])

T = TypeVar("T")

OffersId = Annotated[
    str, Path(max_length=80, pattern=PRINTABLE, description="The offers' id.", examples=["ofr_06f3…"])
]
"""The offers in an address."""

_REPAIR: Final[Example] = {
    "summary": "A repair that the customer is at home for; three windows at most",
    "value": {
        "job": {
            "job_id": "J-1042",
            "type": "repair",
            "place": {"lat": 28.21, "lon": 112.95},
            "fault": "does not cool",
        },
        "limit": 3,
    },
}
_TRIES: Final = 8
"""So often a window is looked at again when others were quicker, each time with what they have taken."""
_TAKEN: Final = (NOT_FOUND, CONFLICT, OFFER_GONE, TOO_LONG, *BODY)


@router.post(
    "/{board_id}/offers",
    operation_id="ask_for_offers",
    status_code=201,
    response_model=OffersInfo,
    responses=problems(NOT_FOUND, CONFLICT, TOO_LONG, *BODY),
)
def ask_for_offers(
    call: Plans,
    board_id: BoardId,
    request: Annotated[OffersRequest, Body(openapi_examples={"repair": _REPAIR})],
) -> Response:
    """Say when a new job could be done on a published day, by whom, and what it adds to the bill.

    Each window is proven by a plan that has passed the independent checker: the published one carried on with all that
    has happened and all that is held, everybody else in place and order, and nobody who was told a time moved beyond
    the tolerance. Money is in cents. Nothing is reserved yet: a window can be held or confirmed for
    `PAIGONG_OFFER_MIN` minutes. Where the plan cannot simply be carried on it is refused (409): plan the rest of the
    day again first.
    """
    if (again := call.answered()) is not None:
        return again
    now = call.backend.now()
    looked = call.read(lambda tx: look_at(tx, call.caller, board_id, now))
    found = _worked_out(call, find_offers, looked, request.model_dump_json().encode())
    settings = call.backend.settings
    return call.write(lambda tx: keep_offers(tx, call.caller, board_id, looked, found, settings, now))


@router.get(
    "/{board_id}/offers",
    operation_id="list_offers",
    response_model=OffersPage,
    responses=problems(NOT_FOUND),
)
def list_offers(call: Reads, board_id: BoardId) -> Response:
    """List what new jobs were offered on a branch's day, the newest first, and which windows are held."""
    now = call.backend.now()
    return json_response(call.read(lambda tx: listed(tx, the_board(tx, call.caller, board_id), now)))


@router.get(
    "/{board_id}/offers/{offers_id}",
    operation_id="get_offers",
    response_model=OffersInfo,
    responses=problems(NOT_FOUND),
)
def get_offers(call: Reads, board_id: BoardId, offers_id: OffersId) -> Response:
    """Show the windows that a new job was offered, and which one is held or was confirmed."""
    now = call.backend.now()

    def work(tx: Transaction) -> OffersInfo:
        board = the_board(tx, call.caller, board_id)
        return shown(tx, board, the_offers(tx, board, offers_id), now)

    return json_response(call.read(work))


@router.post(
    "/{board_id}/offers/{offers_id}/hold",
    operation_id="hold_slot",
    response_model=OffersInfo,
    responses=problems(*_TAKEN),
)
def hold_slot(call: Plans, board_id: BoardId, offers_id: OffersId, chosen: SlotChoice) -> Response:
    """Keep an offered window free for `PAIGONG_HOLD_MIN` minutes while the customer makes up their mind.

    Of several who want the last one, one gets it; the others are refused (409, `offer-gone`). Held again it is kept
    free for longer; another window of the same offers takes its place. Nothing is published.
    """
    if (again := call.answered()) is not None:
        return again
    backend, whichever = call.backend, "*"  # nothing of the board is changed, so nobody need know its version

    def held() -> Response:
        now = backend.now()
        taking = call.read(
            lambda tx: take(tx, call.caller, board_id, offers_id, chosen.window, chosen.technician_id, now)
        )
        told = _worked_out(call, room_for, taking.looked, taking.job_id)
        return call.write(
            lambda tx: hold(
                tx,
                to_change(tx, call.caller, board_id, whichever),
                offers_id,
                taking,
                told,
                backend.settings,
                now,
            )
        )

    return _until_it_stays(held)


@router.post(
    "/{board_id}/offers/{offers_id}/release",
    operation_id="release_slot",
    response_model=OffersInfo,
    responses=problems(NOT_FOUND, CONFLICT),
)
def release_slot(call: Plans, board_id: BoardId, offers_id: OffersId) -> Response:
    """Let a held window go at once, so that others can have it; where none is held nothing happens."""
    now, whichever = call.backend.now(), "*"
    return call.write(lambda tx: release(tx, to_change(tx, call.caller, board_id, whichever), offers_id, now))


@router.post(
    "/{board_id}/offers/{offers_id}/confirm",
    operation_id="confirm_offer",
    response_model=BoardInfo,
    responses=problems(*CHANGE, *_TAKEN),
)
def confirm_offer(
    call: Plans,
    board_id: BoardId,
    offers_id: OffersId,
    chosen: SlotConfirmation,
    match: IfMatch = None,
) -> Response:
    """Promise a customer the held window, or another of the offered ones, and publish the plan with the job in it.

    It happens wholly or not at all: the job is among the day's events, its promise among what customers were told, the
    plan has passed the independent checker as a whole and leaves room for what others hold. A window that is not free
    any more, and a hold that has ended, are refused (409, `offer-gone`). No further yes of a manager is needed.
    """
    if (again := call.answered()) is not None:
        return again

    def look(tx: Transaction, now: datetime) -> tuple[tables.Board, Taking]:
        board = the_board(tx, call.caller, board_id)
        expect(match, board.version)
        return board, take(tx, call.caller, board_id, offers_id, chosen.window, chosen.technician_id, now)

    def confirmed() -> Response:
        now = call.backend.now()
        board, taking = call.read(lambda tx: look(tx, now))
        made = prepare(board, taking, _worked_out(call, plan_with, taking.looked, taking.job_id))
        return call.write(
            lambda tx: confirm(
                tx,
                call.caller,
                to_change(tx, call.caller, board_id, match),
                offers_id,
                taking,
                made,
                now,
            )
        )

    return _until_it_stays(confirmed)


def _worked_out(call: WriteCall, work: Callable[..., T], looked: Looked, *asked: object) -> T:
    """Have something worked out about a day in the studio."""
    seconds = float(call.backend.settings.answer_s)
    try:
        return call.backend.studio.ask(
            work,
            looked.texts,
            looked.today,
            looked.held,
            *asked,
            seconds=seconds,
            about=looked.today.board_id,
        )
    except DayBroken as broken:
        said = (
            f"The published plan cannot simply be carried on. {broken} Plan the rest of the day again first."
        )
        raise Problem(CONFLICT, said) from None
    except SlotGone as gone:
        raise Problem(OFFER_GONE, str(gone)) from None


def _until_it_stays(once: Callable[[], Response]) -> Response:
    """Take a window, again where the day has changed while it was worked out."""
    for _ in range(_TRIES):
        try:
            return once()
        except Moved:
            continue
    raise Problem(BUSY, headers={"Retry-After": "2"})
