"""A manager says yes to a board's draft, or takes the yes back."""

from datetime import datetime

from service.boards.change import changed
from service.boards.live import Approval, live_of
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT
from service.store import Transaction, tables


def approve(tx: Transaction, caller: Caller, row: tables.Board, now: datetime) -> Answer:
    """Say yes to the present draft.

    Parameters
    ----------
    row : the board, kept from others' changes
    now : the present moment

    Raises
    ------
    Problem
        There is no draft, or it has a yes already.
    """
    live = live_of(row)
    if row.draft_plan_id is None:
        raise Problem(CONFLICT, "The board has no draft to say yes to; put a plan on it first.")
    if live.approval is not None:
        raise Problem(CONFLICT, f"The draft was approved already, at {live.approval.at.isoformat()}.")
    approval = Approval(plan_id=row.draft_plan_id, by=caller.key_id, at=now)
    live = live.model_copy(update={"approval": approval})
    return changed(tx, caller, row, live, "approved", now, plan_id=row.draft_plan_id)


def withdraw(tx: Transaction, caller: Caller, row: tables.Board, now: datetime) -> Answer:
    """Take the yes to the present draft back.

    Parameters
    ----------
    row : the board, kept from others' changes
    now : the present moment

    Raises
    ------
    Problem
        The draft has no yes.
    """
    live = live_of(row)
    if live.approval is None:
        raise Problem(CONFLICT, "There is no approval to withdraw: the board has no draft with a yes.")
    plan_id = live.approval.plan_id
    live = live.model_copy(update={"approval": None})
    return changed(tx, caller, row, live, "withdrawn", now, plan_id=plan_id)
