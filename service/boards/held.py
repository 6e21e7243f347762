"""Which windows are held on a board at the moment."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from service.access.redact import redacted_job
from service.boards.held_records import HeldSlot
from service.caller import Caller
from service.store import Transaction, tables
from service.store import offers as store


def held_slots(tx: Transaction, caller: Caller, board_id: str, now: datetime) -> tuple[HeldSlot, ...]:
    """Return the windows that are held, in the order in which they were given; customers only for who may see them.

    Parameters
    ----------
    caller : who asks
    board_id : the board
    now : the present moment
    """
    return tuple(_slot(caller, row) for row in store.held_rows(tx, board_id, now))


def version_with_held(tx: Transaction, row: tables.Board, now: datetime) -> str:
    """Return what is otherwise whenever a board is, or what is held on it: its version, and a mark of what is held.

    Parameters
    ----------
    row : the board
    now : the present moment
    """
    held = store.held_rows(tx, row.board_id, now)
    if not held:
        return str(row.version)
    mark = sha256(b"".join(one.offers_id.encode() + (one.held or b"") for one in held)).hexdigest()[:8]
    return f"{row.version};{mark}"


def held_body(row: tables.Offers) -> dict[str, Any]:
    """Return what is kept of a hold: `hold` as it is shown, `wanted` as it is computed with.

    Parameters
    ----------
    row : offers of which a window is held
    """
    assert row.held is not None
    found: dict[str, Any] = json.loads(row.held)
    return found


def _slot(caller: Caller, row: tables.Offers) -> HeldSlot:
    body = held_body(row)
    job = json.loads(body["wanted"])["job"]
    shown = job if caller.may("personal") else redacted_job(job)
    return HeldSlot.model_validate_json(
        json.dumps({**body["hold"], "offers_id": row.offers_id, "job": shown})
    )
