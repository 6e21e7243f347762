"""Opens a board for a branch's day, and takes away one that nobody needs."""

from datetime import datetime
from typing import Any

from optimizer.domain.time import Horizon
from optimizer.errors import InvalidInput, Issue
from service.boards.change import as_it_is, enter
from service.boards.live import Live
from service.boards.records import NewBoard
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT
from service.store import Transaction, tables
from service.store import boards as store
from service.store.ids import new_id
from service.visible import visible_scenario


def look_over(document: dict[str, Any], asked: NewBoard) -> None:
    """Refuse a board whose branch or day the scenario does not have.

    Parameters
    ----------
    document : what the scenario says
    asked : the board

    Raises
    ------
    InvalidInput
        Carries every mistake found.
    """
    issues: list[Issue] = []
    branches = [one["branch_id"] for one in document["branches"]]
    if asked.branch_id not in branches:
        cause = f"The scenario has no branch {asked.branch_id!r}."
        issues.append(Issue("unknown-branch", "branch_id", cause, f"It has {', '.join(branches[:20])}."))
    days = Horizon.model_validate(document["horizon"]).dates()
    if asked.day not in days:
        cause = f"{asked.day} is not among the scenario's planned days {days[0]} to {days[-1]}."
        issues.append(Issue("outside-horizon", "day", cause, "Correct the day, or take that day's scenario."))
    if issues:
        raise InvalidInput(tuple(issues))


def create(tx: Transaction, caller: Caller, asked: NewBoard, now: datetime) -> Answer:
    """Store a new board.

    Parameters
    ----------
    asked : which branch and day; both were looked over
    now : the present moment

    Raises
    ------
    Problem
        There is one already, or the scenario is gone.
    """
    visible_scenario(tx, caller, asked.scenario_id)
    there = store.board_of_day(tx, asked.branch_id, asked.day)
    if there is not None:
        said = f"The branch {asked.branch_id} has a board on {asked.day} already: {there.board_id}."
        raise Problem(CONFLICT, said)
    row = tables.Board(
        board_id=new_id("brd"),
        branch_id=asked.branch_id,
        day=asked.day,
        scenario_id=asked.scenario_id,
        version=1,
        state="empty",
        draft_plan_id=None,
        published_plan_id=None,
        live=Live(window_min=asked.window_min).model_dump(mode="json", exclude_defaults=True),
        changed_at=now,
    )
    store.add_board(tx, row)
    enter(tx, caller, row, "created", now, scenario_id=asked.scenario_id)
    return as_it_is(row, 201, Location=f"/boards/{row.board_id}")


def remove(tx: Transaction, row: tables.Board) -> Answer:
    """Delete a board with its history.

    Parameters
    ----------
    row : the board, kept from others' changes

    Raises
    ------
    Problem
        Something was published on it: people were sent out by it.
    """
    if row.published_plan_id is not None:
        raise Problem(CONFLICT, "A plan was published on the board, so it stays.")
    store.delete_board(tx, row)
    return Answer(None, 204, about=row.board_id)
