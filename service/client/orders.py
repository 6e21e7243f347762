"""Dispatch orders and picking lists of published plans."""

from datetime import date
from typing import Literal

from optimizer.dispatch_orders import DispatchOrders, OrderSheet, PickingList
from optimizer.words.language import Language
from service.client.room import Room, at

Form = Literal["html", "pdf"]
"""A page, or A4 for the printer."""


class DispatchOrderSheets(Room):
    """The operations of dispatch orders."""

    def get_my_order(self, day: date) -> OrderSheet:
        """Return the dispatch order of the technician whose key it is."""
        return self._connection.get(at("orders", "mine"), OrderSheet, day=day)

    def get_my_order_page(self, day: date, *, language: Language = "zh") -> bytes:
        """Return the own dispatch order as a page for a telephone.

        Parameters
        ----------
        day : which day
        language : of the page
        """
        return self._connection.content(at("orders", "mine.html"), day=day, language=language)

    def get_orders(self, board_id: str) -> DispatchOrders:
        """Return everything that is printed for a branch's day."""
        return self._connection.get(at("boards", board_id, "orders"), DispatchOrders)

    def get_orders_page(self, board_id: str, *, language: Language = "zh") -> bytes:
        """Return everything that is printed for a branch's day as a page.

        Parameters
        ----------
        board_id : which board
        language : of the page
        """
        return self._connection.content(at("boards", board_id, "orders.html"), language=language)

    def get_orders_pdf(self, board_id: str, *, language: Language = "zh") -> bytes:
        """Return everything that is printed for a branch's day as PDF.

        Parameters
        ----------
        board_id : which board
        language : of the sheets
        """
        return self._connection.content(at("boards", board_id, "orders.pdf"), language=language)

    def get_order(self, board_id: str, technician_id: str) -> OrderSheet:
        """Return a technician's dispatch order.

        Parameters
        ----------
        board_id : which board
        technician_id : whose
        """
        return self._connection.get(at("boards", board_id, "orders", technician_id), OrderSheet)

    def get_order_page(self, board_id: str, technician_id: str, *, language: Language = "zh") -> bytes:
        """Return a technician's dispatch order as a page.

        Parameters
        ----------
        board_id : which board
        technician_id : whose
        language : of the page
        """
        return self._sheet(board_id, technician_id, "html", language)

    def get_order_pdf(self, board_id: str, technician_id: str, *, language: Language = "zh") -> bytes:
        """Return a technician's dispatch order as PDF.

        Parameters
        ----------
        board_id : which board
        technician_id : whose
        language : of the sheet
        """
        return self._sheet(board_id, technician_id, "pdf", language)

    def get_picking_list(self, board_id: str) -> PickingList:
        """Return what leaves the branch's store on the day, and with whom."""
        return self._connection.get(at("boards", board_id, "picking"), PickingList)

    def _sheet(self, board_id: str, technician_id: str, form: Form, language: Language) -> bytes:
        path = at("boards", board_id, "orders", f"{technician_id}.{form}")
        return self._connection.content(path, language=language)
