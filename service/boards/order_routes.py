"""Dispatch orders and picking lists of published plans, as data, as a page and for the printer."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.responses import Response

from optimizer.dispatch_orders import DispatchOrders, OrderSheet, PickingList
from optimizer.words.language import Language
from service.boards.routes import BoardId
from service.boards.sheets import (
    Sheets,
    own_sheet,
    page,
    picking_list,
    print_out,
    sheet_of,
    sheets_of_board,
    the_sheet,
)
from service.door.answer import json_response
from service.door.call import Call, ReadsOwnOrders, ReadsPersonal
from service.door.docs import problems
from service.door.problem_kinds import CONFLICT, NOT_FOUND, UNSUPPORTED
from service.door.versions import etag
from service.door.words import Day

router = APIRouter(tags=["dispatch orders"])

TechnicianId = Annotated[
    str, Path(min_length=1, max_length=80, description="The technician's id.", examples=["T1"])
]
"""The technician in an address."""
InLanguage = Annotated[Language, Query(description="Language of the sheets.")]
"""The language of a page."""
OnDay = Annotated[Day, Query(description="Which day.", examples=["2026-07-15"])]
"""The day asked for."""

_PDF: Final = "application/pdf"
_HTML: Final = "text/html"


def _as(kind: str) -> dict[str, Any]:
    schema = {"type": "string", "format": "binary"} if kind == _PDF else {"type": "string"}
    return {"responses": {"200": {"content": {kind: {"schema": schema}}}}}


@router.get(
    "/orders/mine", operation_id="get_my_order", response_model=OrderSheet, responses=problems(NOT_FOUND)
)
def get_my_order(call: ReadsOwnOrders, day: OnDay) -> Response:
    """Return the dispatch order of the technician whose key it is."""
    found = call.read(lambda tx: own_sheet(tx, call.caller, day))
    return _json(the_sheet(found), found)


@router.get(
    "/orders/mine.html",
    operation_id="get_my_order_page",
    response_class=Response,
    responses=problems(NOT_FOUND),
    openapi_extra=_as(_HTML),
)
def get_my_order_page(call: ReadsOwnOrders, day: OnDay, language: InLanguage = "zh") -> Response:
    """Return the dispatch order of the technician whose key it is, as a page for a telephone."""
    return _page(call.read(lambda tx: own_sheet(tx, call.caller, day)), language)


@router.get(
    "/boards/{board_id}/orders",
    operation_id="get_orders",
    response_model=DispatchOrders,
    responses=problems(NOT_FOUND, CONFLICT),
)
def get_orders(call: ReadsPersonal, board_id: BoardId) -> Response:
    """Return everything that is printed for a branch's day: all dispatch orders and the picking list."""
    found = call.read(lambda tx: sheets_of_board(tx, call.caller, board_id))
    return _json(found.orders, found)


@router.get(
    "/boards/{board_id}/orders.html",
    operation_id="get_orders_page",
    response_class=Response,
    responses=problems(NOT_FOUND, CONFLICT),
    openapi_extra=_as(_HTML),
)
def get_orders_page(call: ReadsPersonal, board_id: BoardId, language: InLanguage = "zh") -> Response:
    """Return all dispatch orders and the picking list of a branch's day as a page, ready to print."""
    return _page(call.read(lambda tx: sheets_of_board(tx, call.caller, board_id)), language)


@router.get(
    "/boards/{board_id}/orders.pdf",
    operation_id="get_orders_pdf",
    response_class=Response,
    responses=problems(NOT_FOUND, CONFLICT, UNSUPPORTED),
    openapi_extra=_as(_PDF),
)
def get_orders_pdf(call: ReadsPersonal, board_id: BoardId, language: InLanguage = "zh") -> Response:
    """Return all dispatch orders and the picking list of a branch's day as PDF, A4."""
    return _pdf(call, call.read(lambda tx: sheets_of_board(tx, call.caller, board_id)), language)


@router.get(
    "/boards/{board_id}/orders/{technician_id:path}.html",
    operation_id="get_order_page",
    response_class=Response,
    responses=problems(NOT_FOUND),
    openapi_extra=_as(_HTML),
)
def get_order_page(
    call: ReadsOwnOrders, board_id: BoardId, technician_id: TechnicianId, language: InLanguage = "zh"
) -> Response:
    """Return a technician's dispatch order as a page, ready to print."""
    return _page(call.read(lambda tx: sheet_of(tx, call.caller, board_id, technician_id)), language)


@router.get(
    "/boards/{board_id}/orders/{technician_id:path}.pdf",
    operation_id="get_order_pdf",
    response_class=Response,
    responses=problems(NOT_FOUND, UNSUPPORTED),
    openapi_extra=_as(_PDF),
)
def get_order_pdf(
    call: ReadsOwnOrders, board_id: BoardId, technician_id: TechnicianId, language: InLanguage = "zh"
) -> Response:
    """Return a technician's dispatch order as PDF, A4."""
    return _pdf(call, call.read(lambda tx: sheet_of(tx, call.caller, board_id, technician_id)), language)


@router.get(
    "/boards/{board_id}/orders/{technician_id:path}",
    operation_id="get_order",
    response_model=OrderSheet,
    responses=problems(NOT_FOUND),
)
def get_order(call: ReadsOwnOrders, board_id: BoardId, technician_id: TechnicianId) -> Response:
    """Return a technician's dispatch order of the published plan; technicians see their own only."""
    found = call.read(lambda tx: sheet_of(tx, call.caller, board_id, technician_id))
    return _json(the_sheet(found), found)


@router.get(
    "/boards/{board_id}/picking",
    operation_id="get_picking_list",
    response_model=PickingList,
    responses=problems(NOT_FOUND, CONFLICT),
)
def get_picking_list(call: ReadsPersonal, board_id: BoardId) -> Response:
    """Return what leaves the branch's store on the day, and with whom."""
    found = call.read(lambda tx: sheets_of_board(tx, call.caller, board_id))
    return _json(picking_list(found), found)


def _json(record: BaseModel, found: Sheets) -> Response:
    return json_response(record, headers=_headers(found))


def _page(found: Sheets, language: Language) -> Response:
    return Response(
        page(found.orders, language), headers=_headers(found), media_type=f"{_HTML}; charset=utf-8"
    )


def _pdf(call: Call, found: Sheets, language: Language) -> Response:
    content = print_out(found.orders, language, call.backend.settings.fonts)
    return Response(content, headers=_headers(found), media_type=_PDF)


def _headers(found: Sheets) -> dict[str, str]:
    # Customers' names and addresses stay in no cache on the way.
    return {"ETag": etag(found.version), "Cache-Control": "no-store"}
