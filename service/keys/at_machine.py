"""Makes and withdraws keys for somebody at the machine itself, who has the store in hand and needs no key."""

from collections.abc import Callable
from datetime import datetime

from optimizer.errors import InvalidInput, Issue
from service.caller import LOCAL
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT
from service.keys.add import add
from service.keys.records import MadeKey, NewKey
from service.keys.revoke import revoke
from service.store import Store, Transaction, tables
from service.store.audit import add_audit_entry


def add_at_machine(store: Store, new: NewKey, now: datetime) -> MadeKey:
    """Make a key and return it with its secret.

    Parameters
    ----------
    store : where keys are kept
    new : what it is to be
    now : the present moment

    Raises
    ------
    InvalidInput
        The key contradicts itself, or is the first and not an admin's for all branches.
    """
    made = _done(store, "add_key", lambda tx: add(tx, LOCAL, new, now), now).record
    assert isinstance(made, MadeKey)
    return made


def revoke_at_machine(store: Store, key_id: str, now: datetime, *, even_last: bool) -> None:
    """Withdraw a key.

    Parameters
    ----------
    store : where keys are kept
    key_id : which
    now : the present moment
    even_last : also where nobody is left to administer

    Raises
    ------
    InvalidInput
        There is no such key, or it is the last one that administers.
    """
    _done(store, "revoke_key", lambda tx: revoke(tx, LOCAL, key_id, now, even_last=even_last), now)


def _done(store: Store, action: str, verb: Callable[[Transaction], Answer], now: datetime) -> Answer:
    def work(tx: Transaction) -> Answer:
        answer = verb(tx)
        entry = tables.AuditEntry(
            at=now,
            key_id=LOCAL.key_id,
            action=action,
            about=answer.about,
            detail=dict(answer.detail),
            trace_id="",
        )
        add_audit_entry(tx, entry)
        return answer

    try:
        return store.write(work)
    except Problem as problem:
        # What a conflict's detail says to do goes further than reading the object again, which nobody here has read.
        action = "" if problem.kind is CONFLICT else problem.kind.remedy
        raise InvalidInput((Issue(problem.kind.slug, "key", problem.detail, action),)) from None
