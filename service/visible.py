"""Finds what a caller may see of scenarios, or answers that there is no such thing."""

from service.caller import Caller
from service.door.problem import Problem
from service.door.problem_kinds import NOT_FOUND
from service.store import Transaction, tables
from service.store.scenarios import has_revision, revision_row, scenario_row


def visible_scenario(
    tx: Transaction, caller: Caller, scenario_id: str, *, to_change: bool = False
) -> tables.Scenario:
    """Return a scenario.

    Parameters
    ----------
    scenario_id : which
    to_change : keep others from changing it until the transaction ends

    Raises
    ------
    Problem
        There is none, or the caller may not see all of its branches.
    """
    row = scenario_row(tx, scenario_id, caller, to_change=to_change)
    if row is None:
        raise Problem(NOT_FOUND, f"There is no scenario {scenario_id}.")
    return row


def visible_revision(
    tx: Transaction, caller: Caller, scenario_id: str, revision: int | None = None
) -> tables.Revision:
    """Return a revision of a scenario.

    Parameters
    ----------
    scenario_id : which scenario
    revision : which of its revisions; none: the newest

    Raises
    ------
    Problem
        There is none, or the caller may not see the scenario.
    """
    row = visible_scenario(tx, caller, scenario_id)
    number = revision or row.revision
    found = revision_row(tx, scenario_id, number)
    if found is None:
        raise _no_revision(scenario_id, number)
    return found


def visible_revision_number(
    tx: Transaction, caller: Caller, scenario_id: str, revision: int | None = None
) -> int:
    """Return the number of a revision of a scenario, for who needs none of what it says; that may be megabytes.

    Parameters
    ----------
    scenario_id : which scenario
    revision : which of its revisions; none: the newest

    Raises
    ------
    Problem
        There is none, or the caller may not see the scenario.
    """
    row = visible_scenario(tx, caller, scenario_id)
    number = revision or row.revision
    if not has_revision(tx, scenario_id, number):
        raise _no_revision(scenario_id, number)
    return number


def _no_revision(scenario_id: str, number: int) -> Problem:
    return Problem(NOT_FOUND, f"The scenario {scenario_id} has no revision {number}.")
