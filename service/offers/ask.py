"""Keeps what a new job was offered, and shows it."""

import json
from datetime import datetime, timedelta

from optimizer.settings import Settings
from service.boards.change import the_board
from service.boards.held import held_body
from service.boards.held_records import SlotHold
from service.caller import Caller
from service.door.answer import Answer
from service.offers.day import Looked
from service.offers.records import Found, OffersHead, OffersInfo, OffersPage, OffersState
from service.store import Transaction, tables
from service.store import offers as store
from service.store.board_events import last_event
from service.store.ids import new_id

MOST = 50
"""So many offers are listed."""


def keep_offers(
    tx: Transaction,
    caller: Caller,
    board_id: str,
    looked: Looked,
    found: bytes,
    settings: Settings,
    now: datetime,
) -> Answer:
    """Keep offers for as long as they can be taken.

    Parameters
    ----------
    board_id : which board
    looked : the day they were made from
    found : what was found, as JSON of `Found`
    settings : how long they count
    now : the present moment

    Raises
    ------
    Problem
        There is no such board any more.
    """
    board, said = the_board(tx, caller, board_id), Found.model_validate_json(found)
    row = tables.Offers(
        offers_id=new_id("ofr"),
        board_id=board_id,
        job_id=said.job.job_id,
        plan_id=looked.today.plan_id,
        knows=looked.knows,
        at=looked.today.at,
        found=found,
        expires_at=now + timedelta(minutes=settings.offer_min),
        held=None,
        held_number=None,
        held_until=None,
        confirmed_plan_id=None,
        made_by=caller.key_id,
        made_at=now,
    )
    store.add_offers(tx, row)
    headers = {"Location": f"/boards/{board_id}/offers/{row.offers_id}"}
    detail = {"board": board_id, "offers": len(said.offers), "knows": row.knows}
    return Answer(shown(tx, board, row, now), 201, headers, about=row.offers_id, detail=detail)


def shown(tx: Transaction, board: tables.Board, row: tables.Offers, now: datetime) -> OffersInfo:
    """Return offers with their windows; nothing in them names a customer.

    Parameters
    ----------
    board : the board
    row : the offers
    now : the present moment
    """
    found = json.loads(row.found)
    head = _head(board, row, last_event(tx, board.board_id), now)
    said = {**head.model_dump(mode="json"), "looked_at": found["looked_at"], "offers": found["offers"]}
    return OffersInfo.model_validate_json(json.dumps(said))


def listed(tx: Transaction, board: tables.Board, now: datetime) -> OffersPage:
    """Return the offers of a board, the newest first.

    Parameters
    ----------
    board : the board
    now : the present moment
    """
    last = last_event(tx, board.board_id)
    rows = store.offers_rows(tx, board.board_id, MOST)
    return OffersPage(offers=tuple(_head(board, one, last, now) for one in rows))


def is_held(row: tables.Offers, now: datetime) -> bool:
    """Tell whether a window of offers is held."""
    return row.held_until is not None and row.held_until > now


def _head(board: tables.Board, row: tables.Offers, last: int, now: datetime) -> OffersHead:
    hold = SlotHold.model_validate_json(json.dumps(held_body(row)["hold"])) if is_held(row, now) else None
    return OffersHead(
        offers_id=row.offers_id,
        board_id=row.board_id,
        job_id=row.job_id,
        state=_state(row, now),
        plan_id=row.plan_id,
        stale=row.plan_id != board.published_plan_id or last > row.knows,
        at=row.at,
        expires_at=row.expires_at,
        hold=hold,
        confirmed_plan_id=row.confirmed_plan_id,
        made_by=row.made_by,
        made_at=row.made_at,
    )


def _state(row: tables.Offers, now: datetime) -> OffersState:
    if row.confirmed_plan_id is not None:
        return "confirmed"
    if is_held(row, now):
        return "held"
    return "open" if row.expires_at > now else "expired"
