"""Puts a plan on a board as its draft."""

from datetime import datetime
from typing import NamedTuple

from optimizer.domain.document import PlanDocument
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from service.boards.change import as_it_is, changed, the_board
from service.boards.live import live_of
from service.boards.part import Cut, cut
from service.caller import Caller
from service.door.answer import Answer
from service.door.versions import expect
from service.store import Transaction, tables
from service.store import boards as store
from service.store.plans import plan_row
from service.store.scenarios import revision_row


class Found(NamedTuple):
    """What a draft is made from."""

    board: tables.Board
    """The board."""
    plan: tables.Plan
    """The plan."""
    question: tables.Revision
    """The scenario's revision it answers."""


def find(tx: Transaction, caller: Caller, board_id: str, plan_id: str, match: str | None) -> Found:
    """Return what a draft is made from.

    Parameters
    ----------
    board_id : which board
    plan_id : which plan
    match : the header If-Match

    Raises
    ------
    Problem
        There is no such board, or it has changed meanwhile.
    InvalidInput
        There is no such plan, or it is another scenario's.
    """
    board = the_board(tx, caller, board_id)
    expect(match, board.version)
    plan = plan_row(tx, plan_id, caller)
    if plan is None or plan.scenario_id != board.scenario_id:
        cause = f"The scenario {board.scenario_id} of the board has no plan {plan_id!r}."
        raise _refused("unknown-plan", cause, "Take one that was made for this scenario.")
    question = revision_row(tx, plan.scenario_id, plan.revision)
    if question is None:
        cause = f"The revision {plan.revision} that the plan answers is not kept any more."
        raise _refused("unknown-revision", cause, "Plan the newest revision and take that plan.")
    return Found(board, plan, question)


def prepare(found: Found) -> Cut:
    """Cut the branch's part out of the plan; takes a while with large plans, so it is done outside of transactions.

    Parameters
    ----------
    found : what the draft is made from

    Raises
    ------
    InvalidInput
        The plan does not plan the board's day, or its scenario no longer has the branch.
    """
    scenario = Scenario.model_validate_json(found.question.body)
    board = found.board
    if board.day not in scenario.horizon.dates():
        raise _refused("outside-horizon", f"The plan does not plan {board.day}.", "Take one that does.")
    if board.branch_id not in [one.branch_id for one in scenario.branches]:
        cause = f"The plan knows no branch {board.branch_id!r}."
        raise _refused("unknown-branch", cause, "Take one of a revision that has the branch.")
    return cut(
        scenario,
        PlanDocument.model_validate_json(found.plan.body),
        plan_id=found.plan.plan_id,
        revision=found.plan.revision,
        branch_id=board.branch_id,
        day=board.day,
        window_min=live_of(board).window_min,
    )


def put_draft(tx: Transaction, caller: Caller, row: tables.Board, made: Cut, now: datetime) -> Answer:
    """Make a plan the draft of a board; a yes to an earlier draft does not count for it.

    Parameters
    ----------
    row : the board, kept from others' changes
    made : the branch's part of the plan
    now : the present moment
    """
    plan_id = made.part.plan_id
    if row.draft_plan_id == plan_id:
        return as_it_is(row)
    row.draft_plan_id = plan_id
    live = live_of(row).model_copy(update={"approval": None})
    store.put_part(tx, made.row(row.board_id))
    store.drop_parts(tx, row, live.plans_before)
    return changed(tx, caller, row, live, "drafted", now, plan_id=plan_id, revision=made.part.revision)


def _refused(code: str, cause: str, action: str) -> InvalidInput:
    return InvalidInput((Issue(code, "plan_id", cause, action),))
