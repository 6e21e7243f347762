"""Makes a key."""

from collections.abc import Iterator
from datetime import datetime

from optimizer.errors import InvalidInput, Issue
from service.access.keys import is_open, make_key
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT, FORBIDDEN
from service.keys.records import MadeKey, NewKey, key_info
from service.roles import RIGHTS
from service.store import Transaction
from service.store.audit import entry_detail


def add(tx: Transaction, caller: Caller, new: NewKey, now: datetime) -> Answer:
    """Make a key; its secret is shown once.

    Parameters
    ----------
    new : what it is to be
    now : the present moment

    Raises
    ------
    InvalidInput
        The key contradicts itself.
    Problem
        It would be for more than its maker's own, or the first key would lock everybody out.
    """
    if issues := tuple(_issues(new, now)):
        raise InvalidInput(issues)
    if not RIGHTS[new.role] <= RIGHTS[caller.role]:
        raise Problem(FORBIDDEN, f"The role {new.role!r} may do more than your own, {caller.role!r}.")
    if not _is_within(caller, new):
        raise Problem(FORBIDDEN, "The key would be for branches that your own key is not for.")
    if is_open(tx) and not (new.role == "admin" and new.branches is None):
        raise Problem(
            CONFLICT,
            "The first key must be an admin's for all branches, since after it only keys make further keys: give it "
            "the role 'admin' and no branches.",
        )
    key, secret = make_key(
        tx,
        name=new.name,
        role=new.role,
        branches=new.branches,
        technician_id=new.technician_id,
        made_by=caller.key_id,
        now=now,
        expires_at=new.expires_at,
    )
    made = key_info(key)
    return Answer(
        MadeKey(key=made, secret=secret),
        201,
        about=key.key_id,
        detail=entry_detail(role=new.role, branches=key.branches, technician_id=new.technician_id),
        again=MadeKey(key=made, secret=None),
    )


def _is_within(caller: Caller, new: NewKey) -> bool:
    return caller.branches is None or (new.branches is not None and caller.sees(new.branches))


def _issues(new: NewKey, now: datetime) -> Iterator[Issue]:
    if new.role == "technician" and new.technician_id is None:
        yield Issue(
            "missing-technician",
            "technician_id",
            "A technician's key sees one technician's orders.",
            "Say whose, as the scenarios call them.",
        )
    if new.role != "technician" and new.technician_id is not None:
        yield Issue(
            "technician-not-allowed",
            "technician_id",
            f"A key for the role {new.role!r} is not one technician's.",
            "Leave it out, or give the key the role 'technician'.",
        )
    if new.expires_at is not None and new.expires_at <= now:
        yield Issue(
            "already-expired", "expires_at", "The key would not be valid at all.", "Name a later moment."
        )
