"""The store: everything acknowledged is kept here; all SQL of the service stands in this folder."""

from service.store import tables
from service.store.database import Store, StoreBusy, Transaction

__all__ = ["Store", "StoreBusy", "Transaction", "tables"]
