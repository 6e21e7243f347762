"""Withdraws a key."""

from datetime import datetime

from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT, NOT_FOUND
from service.keys.visible import sees_key
from service.store import Transaction, tables
from service.store.keys import key_row, valid_admin_keys


def revoke(tx: Transaction, caller: Caller, key_id: str, now: datetime, *, even_last: bool = False) -> Answer:
    """Withdraw a key: from now on it opens nothing, and its sessions end. Once more changes nothing.

    Parameters
    ----------
    key_id : which
    now : the present moment
    even_last : also where nobody is left to administer; for somebody at the machine itself

    Raises
    ------
    Problem
        There is no such key, or nobody would be left to administer its branches.
    """
    row = key_row(tx, key_id)
    if row is None or not sees_key(caller, row):
        raise Problem(NOT_FOUND, f"There is no key {key_id}.")
    if row.revoked_at is None:
        if not even_last and _is_last(tx, row, now):
            raise Problem(
                CONFLICT,
                "It is the last valid key that administers its branches. Make another first; on the machine itself, "
                "`paigong keys revoke --even-last` withdraws it all the same.",
            )
        row.revoked_at = now
    return Answer(None, 204, about=key_id)


def _is_last(tx: Transaction, row: tables.Key, now: datetime) -> bool:
    valid = valid_admin_keys(tx, now)
    if row.key_id not in [one.key_id for one in valid]:
        return False
    return not any(_covers(one, row) for one in valid if one.key_id != row.key_id)


def _covers(one: tables.Key, other: tables.Key) -> bool:
    if one.branches is None:
        return True
    return other.branches is not None and set(one.branches) >= set(other.branches)
