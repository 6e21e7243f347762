"""A customer takes a window: it is held for a while, or let go again."""

import json
from datetime import datetime, timedelta
from typing import NamedTuple

from optimizer.domain.promise import Promise
from optimizer.domain.time import Window
from optimizer.errors import InvalidInput, Issue
from optimizer.settings import Settings
from service.boards.change import the_board
from service.boards.held import held_body
from service.boards.held_records import SlotHold
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT, OFFER_GONE
from service.offers.ask import is_held, shown
from service.offers.day import Looked, look_at, stay, the_offers
from service.offers.records import Found, Wanted
from service.store import Transaction, tables
from service.store.offers import held_rows


class Taking(NamedTuple):
    """What somebody takes, and the day it is looked at on."""

    looked: Looked
    """The day; what is wanted is among what is held."""
    wanted: bytes
    """What is wanted, as JSON of `Wanted`."""
    job_id: str
    """The job."""


def take(
    tx: Transaction,
    caller: Caller,
    board_id: str,
    offers_id: str,
    window: Window | None,
    technician_id: str | None,
    now: datetime,
) -> Taking:
    """Return what is made of a window that somebody takes.

    A window that is held keeps its place among those that are held; another one comes behind them.

    Parameters
    ----------
    board_id, offers_id : which offers
    window : which of their windows; none: the one that is held
    technician_id : who is to come; none: anybody who was offered
    now : the present moment

    Raises
    ------
    Problem
        There are no such offers, they were confirmed, they or the hold have ended, or nothing was published.
    InvalidInput
        There is no such window among them, or nobody of that name can come in it.
    """
    board = the_board(tx, caller, board_id)
    row = the_offers(tx, board, offers_id)
    refuse_taken(row)
    held = held_body(row)["wanted"].encode() if is_held(row, now) else None
    if window is None:
        if held is None:
            raise Problem(OFFER_GONE, _not_held(row))
        return Taking(look_at(tx, caller, board_id, now), held, row.job_id)
    wanted = _chosen(Found.model_validate_json(row.found), window, technician_id).model_dump_json().encode()
    if held is None and row.expires_at <= now:
        raise Problem(OFFER_GONE, f"The offers have ended at {row.expires_at.isoformat()}.")
    if wanted == held:
        return Taking(look_at(tx, caller, board_id, now), held, row.job_id)
    looked = look_at(tx, caller, board_id, now, without=offers_id)
    return Taking(looked._replace(held=(*looked.held, wanted)), wanted, row.job_id)


def hold(
    tx: Transaction,
    board: tables.Board,
    offers_id: str,
    taking: Taking,
    told: bytes,
    settings: Settings,
    now: datetime,
) -> Answer:
    """Keep a window free for a while; another one that was held is let go.

    Parameters
    ----------
    board : the board, kept from others' changes
    offers_id : which offers
    taking : what is taken; there is room for it
    told : what the customer would be told, as JSON of `Promise`
    settings : how long it is kept free
    now : the present moment

    Raises
    ------
    Moved
        The day has changed since it was looked at.
    """
    stay(tx, board, taking.looked, now)
    row, promise = the_offers(tx, board, offers_id), Promise.model_validate_json(told)
    refuse_taken(row)
    said = SlotHold(
        window=promise.window,
        technician_id=promise.technician_id,
        start=promise.start,
        until=now + timedelta(minutes=settings.hold_min),
    )
    wanted = taking.wanted.decode()
    if not (is_held(row, now) and held_body(row)["wanted"] == wanted):
        numbers = [one.held_number or 0 for one in held_rows(tx, board.board_id, now)]
        row.held_number = max(numbers, default=0) + 1  # behind those that are held already
    kept = {"hold": said.model_dump(mode="json"), "wanted": wanted}
    row.held, row.held_until = json.dumps(kept, ensure_ascii=False).encode(), said.until
    detail = {"board": board.board_id, **said.model_dump(mode="json")}
    return Answer(shown(tx, board, row, now), about=offers_id, detail=detail)


def release(tx: Transaction, board: tables.Board, offers_id: str, now: datetime) -> Answer:
    """Let a held window go; where none is held nothing happens.

    Parameters
    ----------
    board : the board, kept from others' changes
    offers_id : which offers
    now : the present moment
    """
    row = the_offers(tx, board, offers_id)
    let_go(row)
    return Answer(shown(tx, board, row, now), about=offers_id, detail={"board": board.board_id})


def let_go(row: tables.Offers) -> None:
    """Forget a hold."""
    row.held = row.held_number = row.held_until = None


def refuse_taken(row: tables.Offers) -> None:
    """Refuse offers of which a window was confirmed.

    Parameters
    ----------
    row : the offers

    Raises
    ------
    Problem
        One was.
    """
    if row.confirmed_plan_id is not None:
        raise Problem(CONFLICT, f"A window of these offers was confirmed already; {row.job_id} is planned.")


def _chosen(found: Found, window: Window, technician_id: str | None) -> Wanted:
    """Return the offer of a window, with who may come."""
    offer = next((one for one in found.offers if one.window == window), None)
    if offer is None:
        cause = "No such window was offered."
        raise InvalidInput((Issue("unknown-window", "window", cause, "Take one of the offered windows."),))
    able = [offer.technician_id, *(one.technician_id for one in offer.further)]
    if technician_id is not None and technician_id not in able:
        cause = f"It was not offered that {technician_id!r} comes in this window."
        issue = Issue("unknown-technician", "technician_id", cause, f"It can be {', '.join(able)}.")
        raise InvalidInput((issue,))
    chosen = able if technician_id is None else [technician_id]
    return Wanted(job=found.job, offer=offer, technicians=tuple(chosen))


def _not_held(row: tables.Offers) -> str:
    if row.held_until is None:
        return "No window of these offers is held; hold one, or name the window."
    return f"The hold has ended at {row.held_until.isoformat()}."
