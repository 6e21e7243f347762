"""Deletes a scenario."""

from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import CONFLICT
from service.store import Transaction, tables
from service.store.boards import boards_of
from service.store.scenarios import delete_scenario


def remove(tx: Transaction, row: tables.Scenario) -> Answer:
    """Delete a scenario with its revisions, runs, plans and studies.

    Parameters
    ----------
    row : the scenario, kept from others' changes

    Raises
    ------
    Problem
        A board refers to it.
    """
    boards = boards_of(tx, row.scenario_id)
    if boards:
        raise Problem(
            CONFLICT, f"The board of {boards[0].branch_id} on {boards[0].day} refers to the scenario."
        )
    delete_scenario(tx, row)
    return Answer(None, 204, about=row.scenario_id)
