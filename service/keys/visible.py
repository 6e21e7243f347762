"""Which keys somebody may see."""

from service.caller import Caller
from service.store import Transaction, tables
from service.store.keys import key_rows


def sees_key(caller: Caller, row: tables.Key) -> bool:
    """Tell whether a caller may see a key: its branches are all theirs.

    Parameters
    ----------
    row : the key
    """
    return caller.branches is None or (row.branches is not None and caller.sees(row.branches))


def keys_seen(tx: Transaction, caller: Caller) -> list[tables.Key]:
    """Return the keys a caller may see, the newest first."""
    return [row for row in key_rows(tx) if sees_key(caller, row)]
