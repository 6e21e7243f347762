"""Spare parts to load, in the morning and on the way: who takes what from which branch."""

from datetime import date, datetime
from typing import Final, NamedTuple

from optimizer.domain.parts import loading_branches
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.roster import roster
from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables.base import Cell, Clock, Table, column, without
from optimizer.words.trade_words import trade_word

ON_THE_WAY: Final = column("on the way at", "途中补料", 10)
"""When somebody comes to load in mid-route: in a table only where somebody does; empty: in the morning."""

COLUMNS = (
    column("day", "日期", 11),
    column("branch", "网点编号", 14),
    column("branch name", "网点", 24),
    column("technician", "技术员编号", 16),
    column("name", "姓名", 12),
    column("part", "配件", 24),
    column("pieces", "件数", 8),
    ON_THE_WAY,
)
"""The columns, from left to right."""


class _Load(NamedTuple):
    """What one technician loads at one branch at one time."""

    day: date
    branch_id: str
    technician_id: str
    pieces: dict[str, int]
    at: datetime | None = None


def parts(facts: PlanFacts) -> Table:
    """Return the parts to load, by day and branch, then by technician; what is loaded on the way comes last, by time.

    Parameters
    ----------
    facts : the plan with its scenario
    """
    order = {branch_id: row for row, branch_id in enumerate(facts.branches)}
    loads = [*_mornings(facts), *(one for shift in facts.document.plan.shifts for one in _on_the_way(shift))]
    loads.sort(
        key=lambda one: (one.day, order.get(one.branch_id, len(order)), one.at.timestamp() if one.at else 0)
    )
    rows: list[tuple[Cell, ...]] = []
    for one in loads:
        branch_name = facts.branches[one.branch_id].name if one.branch_id else ""
        name = facts.technicians[one.technician_id].name
        at = None if one.at is None else Clock(facts.wall_clock(one.at), one.day)
        for part, pieces in sorted(one.pieces.items()):
            called = trade_word(part, facts.language)
            rows.append((one.day, one.branch_id, branch_name, one.technician_id, name, called, pieces, at))
    table = Table(COLUMNS, tuple(rows))
    return table if any(one.at for one in loads) else without(table, ON_THE_WAY)


def _mornings(facts: PlanFacts) -> list[_Load]:
    branch_of = loading_branches(facts.scenario, roster(facts.scenario))
    return [
        _Load(shift.day, branch_of.get(shift.key, ""), shift.technician_id, shift.picked_up)
        for shift in facts.document.plan.shifts
        if shift.picked_up
    ]


def _on_the_way(shift: ShiftPlan) -> list[_Load]:
    return [
        _Load(shift.day, one.branch_id, shift.technician_id, one.picked_up, one.start)
        for one in shift.restocks
    ]
