"""Scenarios and their revisions in the store."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import defer

from service.caller import Caller
from service.store.database import Transaction
from service.store.tables import Revision, Scenario, ScenarioBranch


def scenario_row(
    tx: Transaction, scenario_id: str, caller: Caller, *, to_change: bool = False
) -> Scenario | None:
    """Return a scenario, or none where there is none or the caller may not see all of its branches.

    Parameters
    ----------
    to_change : keep others from changing it until the transaction ends
    """
    found = select(Scenario).where(Scenario.scenario_id == scenario_id, *seen_by(caller))
    return tx.scalar(found.with_for_update() if to_change else found)


def scenario_rows(tx: Transaction, caller: Caller, *, after: str | None, limit: int) -> list[Scenario]:
    """Return the scenarios a caller may see, the newest first.

    Parameters
    ----------
    after : id of the last one of the page before; none: the first page
    limit : at most so many
    """
    found = select(Scenario).where(*seen_by(caller))
    if after is not None:
        found = found.where(Scenario.scenario_id < after)
    return list(tx.scalars(found.order_by(Scenario.scenario_id.desc()).limit(limit)))


def seen_by(caller: Caller) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a caller may see a scenario: all branches it ever had are theirs."""
    if caller.branches is None:
        return ()
    foreign = exists().where(
        ScenarioBranch.scenario_id == Scenario.scenario_id, ScenarioBranch.branch_id.not_in(caller.branches)
    )
    return (~foreign,)


def newest_revision(tx: Transaction, scenario_id: str) -> int:
    """Return the number of a scenario's newest revision; no further one is made until the transaction ends."""
    found = select(Scenario.revision).where(Scenario.scenario_id == scenario_id)
    return tx.scalars(found.with_for_update(read=True)).one()


def revision_row(tx: Transaction, scenario_id: str, revision: int) -> Revision | None:
    """Return a revision of a scenario, or none."""
    return tx.get(Revision, (scenario_id, revision))


def has_revision(tx: Transaction, scenario_id: str, revision: int) -> bool:
    """Tell whether a scenario has a revision, without reading what it says."""
    same = (Revision.scenario_id == scenario_id, Revision.revision == revision)
    return bool(tx.scalar(select(exists().where(*same))))


def revision_rows(tx: Transaction, scenario_id: str) -> list[Revision]:
    """Return all revisions of a scenario without what they say, the newest first."""
    found = select(Revision).where(Revision.scenario_id == scenario_id).options(defer(Revision.body))
    return list(tx.scalars(found.order_by(Revision.revision.desc())))


def add_scenario(tx: Transaction, row: Scenario, revision: Revision, branches: Iterable[str]) -> None:
    """Add a scenario with its first revision."""
    tx.add(row)
    tx.flush()
    tx.add(revision)
    _add_branches(tx, row.scenario_id, branches)


def add_revision(
    tx: Transaction, row: Scenario, revision: Revision, branches: Iterable[str], now: datetime
) -> None:
    """Add a revision to a scenario, which becomes its newest."""
    row.revision, row.changed_at = revision.revision, now
    tx.add(revision)
    _add_branches(tx, row.scenario_id, branches)


def add_question(tx: Transaction, revision: Revision) -> int:
    """Add a revision beside the newest one, which stays the newest, and return its number."""
    same = Scenario.scenario_id == revision.scenario_id
    tx.scalars(select(Scenario.scenario_id).where(same).with_for_update()).one()
    revision.revision = next_number(tx, revision.scenario_id)
    tx.add(revision)
    tx.flush()
    return revision.revision


def next_number(tx: Transaction, scenario_id: str) -> int:
    """Return the number that a scenario's next revision gets; the caller keeps the scenario from others."""
    last = tx.scalar(select(func.max(Revision.revision)).where(Revision.scenario_id == scenario_id))
    return (last or 0) + 1


def delete_scenario(tx: Transaction, row: Scenario) -> None:
    """Delete a scenario with its revisions, runs, plans and studies; a board that refers to it stands in the way."""
    tx.delete(row)


def branches_of(tx: Transaction, scenario_id: str) -> list[str]:
    """Return the branches that any revision of a scenario has had."""
    found = select(ScenarioBranch.branch_id).where(ScenarioBranch.scenario_id == scenario_id)
    return list(tx.scalars(found.order_by(ScenarioBranch.branch_id)))


def _add_branches(tx: Transaction, scenario_id: str, branches: Iterable[str]) -> None:
    new = {*branches}.difference(branches_of(tx, scenario_id))
    tx.add_all(ScenarioBranch(scenario_id=scenario_id, branch_id=one) for one in new)
