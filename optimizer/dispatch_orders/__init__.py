"""Dispatch orders and picking lists: what a technician and a storekeeper hold in their hands in the morning."""

from optimizer.dispatch_orders.html import orders_html
from optimizer.dispatch_orders.pdf import orders_pdf
from optimizer.dispatch_orders.records import DispatchOrders, OrderSheet, OrderStop, PickingList
from optimizer.dispatch_orders.sheet import dispatch_orders
from optimizer.dispatch_orders.text import orders_text

__all__ = [
    "DispatchOrders",
    "OrderSheet",
    "OrderStop",
    "PickingList",
    "dispatch_orders",
    "orders_html",
    "orders_pdf",
    "orders_text",
]
