"""Stores scenarios and their further revisions."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.scenario_text import scenario_json
from service.caller import Caller
from service.door.answer import Answer
from service.door.problem import Problem
from service.door.problem_kinds import FORBIDDEN
from service.door.versions import etag, expect
from service.scenarios.records import ScenarioInfo
from service.store import Transaction, tables
from service.store import scenarios as store
from service.store.ids import new_id
from service.visible import visible_scenario


class Written(NamedTuple):
    """A scenario as it is stored."""

    name: str
    """Its name."""
    branches: tuple[str, ...]
    """Its branches."""
    body: bytes
    """What it says."""
    sha256: str
    """Fingerprint of its facts."""


def written(scenario: Scenario) -> Written:
    """Return a scenario as it is stored; takes a while with large ones, so it is done outside of transactions.

    Parameters
    ----------
    scenario : what it says, valid

    Raises
    ------
    InvalidInput
        A name in it cannot be stored.
    """
    if issues := tuple(_not_storable(scenario)):
        raise InvalidInput(issues)
    branches = tuple(branch.branch_id for branch in scenario.branches)
    return Written(scenario.name, branches, scenario_json(scenario).encode(), scenario_sha256(scenario))


def upload(tx: Transaction, caller: Caller, scenario: Written, note: str, now: datetime) -> Answer:
    """Store a new scenario with its first revision.

    Parameters
    ----------
    scenario : what it says
    note : why it was made
    now : the present moment

    Raises
    ------
    Problem
        The scenario has branches that are not the caller's.
    """
    _own_branches(caller, scenario)
    row = tables.Scenario(
        scenario_id=new_id("scn"),
        name=scenario.name,
        revision=1,
        made_by=caller.key_id,
        made_at=now,
        changed_at=now,
    )
    store.add_scenario(tx, row, _revision(row, 1, scenario, note, caller, now), scenario.branches)
    headers = {"ETag": etag(1), "Location": f"/scenarios/{row.scenario_id}"}
    return Answer(info(row), 201, headers, about=row.scenario_id)


def revise(
    tx: Transaction, caller: Caller, row: tables.Scenario, scenario: Written, note: str, now: datetime
) -> Answer:
    """Store a further revision of a scenario; the same facts again make none.

    Parameters
    ----------
    row : the scenario, kept from others' changes
    scenario : what it says now
    note : why it was made
    now : the present moment
    """
    _own_branches(caller, scenario)
    newest = store.revision_row(tx, row.scenario_id, row.revision)
    if newest is None or newest.body != scenario.body:
        row.name = scenario.name
        number = store.next_number(tx, row.scenario_id)
        revision = _revision(row, number, scenario, note, caller, now)
        store.add_revision(tx, row, revision, scenario.branches, now)
    detail = {"revision": row.revision}
    return Answer(info(row), 200, {"ETag": etag(row.revision)}, about=row.scenario_id, detail=detail)


def to_change(tx: Transaction, caller: Caller, scenario_id: str, match: str | None) -> tables.Scenario:
    """Return a scenario that is about to be changed, in the version the change was decided on.

    Parameters
    ----------
    scenario_id : which
    match : the header If-Match

    Raises
    ------
    Problem
        There is none, or it has changed meanwhile.
    """
    row = visible_scenario(tx, caller, scenario_id, to_change=True)
    expect(match, row.revision)
    return row


def info(row: tables.Scenario) -> ScenarioInfo:
    """Return what the service says of a stored scenario."""
    return ScenarioInfo(
        scenario_id=row.scenario_id,
        name=row.name,
        revision=row.revision,
        made_by=row.made_by,
        made_at=row.made_at,
        changed_at=row.changed_at,
    )


def _not_storable(scenario: Scenario) -> Iterator[Issue]:
    """Yield the names that no database keeps: PostgreSQL has no NUL."""
    named = {"name": scenario.name}
    named |= {f"branches[{i}].branch_id": one.branch_id for i, one in enumerate(scenario.branches)}
    for path, text in named.items():
        if "\x00" in text:
            yield Issue("bad-text", path, "It holds a sign that cannot be stored (NUL).", "Take it out.")


def _revision(
    row: tables.Scenario, number: int, scenario: Written, note: str, caller: Caller, now: datetime
) -> tables.Revision:
    return tables.Revision(
        scenario_id=row.scenario_id,
        revision=number,
        sha256=scenario.sha256,
        body=scenario.body,
        note=note,
        made_by=caller.key_id,
        made_at=now,
    )


def _own_branches(caller: Caller, scenario: Written) -> None:
    if not caller.sees(scenario.branches):
        raise Problem(FORBIDDEN, "The scenario has branches that this key is not for.")
