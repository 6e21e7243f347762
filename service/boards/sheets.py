"""Hands out dispatch orders and the picking list of the published plan."""

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

from optimizer.dispatch_orders import DispatchOrders, OrderSheet, PickingList, orders_html, orders_pdf
from optimizer.words.language import Language
from service.boards.change import the_board
from service.caller import Caller
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT, NOT_FOUND
from service.store import Transaction, tables
from service.store import boards as store


class Sheets(NamedTuple):
    """Dispatch orders with the board's version they stand for."""

    orders: DispatchOrders
    """The sheets and lists."""
    version: int
    """The board's version."""


def sheets_of_board(tx: Transaction, caller: Caller, board_id: str) -> Sheets:
    """Return everything that is printed for a branch's day.

    Parameters
    ----------
    board_id : which board

    Raises
    ------
    Problem
        There is no such board, or nothing was published on it.
    """
    row = the_board(tx, caller, board_id)
    body = _published(tx, row)
    if body is None:
        raise Problem(CONFLICT, "Nothing was published on the board yet.")
    return Sheets(DispatchOrders.model_validate_json(body), row.version)


def sheet_of(tx: Transaction, caller: Caller, board_id: str, technician_id: str) -> Sheets:
    """Return the one sheet of a technician.

    Parameters
    ----------
    board_id : which board
    technician_id : whose sheet; a technician gets the own one only

    Raises
    ------
    Problem
        There is none for the caller.
    """
    row = the_board(tx, caller, board_id)
    one = None
    if caller.may("plan") or caller.technician_id == technician_id:
        one = _only(_published(tx, row), technician_id)
    if one is None:
        raise Problem(NOT_FOUND, f"There is no published dispatch order of {technician_id} on this board.")
    return Sheets(one, row.version)


def own_sheet(tx: Transaction, caller: Caller, day: date) -> Sheets:
    """Return the caller's own sheet of a day.

    Parameters
    ----------
    day : which day

    Raises
    ------
    Problem
        The caller is no technician, or has no published dispatch order on that day.
    """
    if caller.technician_id is None:
        raise Problem(NOT_FOUND, "This key is no technician's, so it has no dispatch orders of its own.")
    for row in store.published_boards(tx, caller, day):
        one = _only(_published(tx, row), caller.technician_id)
        if one is not None:
            return Sheets(one, row.version)
    raise Problem(NOT_FOUND, f"You have no published dispatch order on {day}.")


def the_sheet(found: Sheets) -> OrderSheet:
    """Return the only sheet of what was found for one technician."""
    return found.orders.sheets[0]


def picking_list(found: Sheets) -> PickingList:
    """Return a branch's picking list.

    Parameters
    ----------
    found : everything that is printed for the branch

    Raises
    ------
    Problem
        Nothing is handed out or checked on that day.
    """
    if not found.orders.picking_lists:
        raise Problem(NOT_FOUND, "Nothing is handed out at the branch on this day.")
    return found.orders.picking_lists[0]


def page(orders: DispatchOrders, language: Language) -> bytes:
    """Return sheets as a web page.

    Parameters
    ----------
    orders : the sheets
    language : English or Chinese
    """
    return orders_html(orders, language).encode()


def print_out(orders: DispatchOrders, language: Language, fonts: Path | None) -> bytes:
    """Return sheets as PDF, A4.

    Parameters
    ----------
    orders : the sheets
    language : English or Chinese
    fonts : folder with further fonts; none: those of the system
    """
    return orders_pdf(orders, language, font_folders=[] if fonts is None else [fonts]).content


def _published(tx: Transaction, row: tables.Board) -> bytes | None:
    if row.published_plan_id is None:
        return None
    return store.part_orders(tx, row.board_id, row.published_plan_id)


def _only(body: bytes | None, technician_id: str) -> DispatchOrders | None:
    """Return the sheet of one technician; of the others' nothing but plain values is made, which is quick."""
    sheets = [] if body is None else json.loads(body)["sheets"]
    for one in sheets:
        if one["technician_id"] == technician_id:
            return DispatchOrders(sheets=(OrderSheet.model_validate_json(json.dumps(one)),), picking_lists=())
    return None
