"""Plans in the store."""

from sqlalchemy import and_, or_, select, true
from sqlalchemy.orm import defer

from service.caller import Caller
from service.store.database import Transaction
from service.store.scenarios import seen_by
from service.store.tables import Plan, Scenario


def plan_row(
    tx: Transaction, plan_id: str, caller: Caller, *, body: bool = True, part: bool = False
) -> Plan | None:
    """Return a plan, or none where there is none or the caller may not see its scenario.

    Parameters
    ----------
    body : also what it says, which may be megabytes; false: without
    part : also one of a part of the scenario that is the caller's, see `Plan.branch_id`
    """
    seen = and_(true(), *seen_by(caller))
    if part and caller.branches is not None:
        seen = or_(seen, Plan.branch_id.in_(caller.branches))
    found = select(Plan).join(Scenario).where(Plan.plan_id == plan_id, seen)
    return tx.scalar(found if body else found.options(defer(Plan.body)))


def plan_rows(
    tx: Transaction, caller: Caller, *, scenario_id: str | None, after: str | None, limit: int
) -> list[Plan]:
    """Return the plans a caller may see without what they say, the newest first.

    Parameters
    ----------
    scenario_id : of this scenario only; none: of all
    after : id of the last one of the page before; none: the first page
    limit : at most so many
    """
    found = select(Plan).join(Scenario).where(*seen_by(caller)).options(defer(Plan.body))
    if scenario_id is not None:
        found = found.where(Plan.scenario_id == scenario_id)
    if after is not None:
        found = found.where(Plan.plan_id < after)
    return list(tx.scalars(found.order_by(Plan.plan_id.desc()).limit(limit)))


def add_plan(tx: Transaction, row: Plan) -> None:
    """Add a plan."""
    tx.add(row)
    tx.flush()
