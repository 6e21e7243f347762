"""Spare parts to load in the morning: who takes what from which branch."""

from optimizer.domain.parts import loading_branches
from optimizer.domain.roster import roster
from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables.base import Cell, Table, column
from optimizer.words.trade_words import trade_word

COLUMNS = (
    column("day", "日期", 11),
    column("branch", "网点编号", 14),
    column("branch name", "网点", 24),
    column("technician", "技术员编号", 16),
    column("name", "姓名", 12),
    column("part", "配件", 24),
    column("pieces", "件数", 8),
)
"""The columns, from left to right."""


def parts(facts: PlanFacts) -> Table:
    """Return the parts to load, by day and branch, then by technician.

    Parameters
    ----------
    facts : the plan with its scenario
    """
    branch_of = loading_branches(facts.scenario, roster(facts.scenario))
    order = {branch_id: row for row, branch_id in enumerate(facts.branches)}
    shifts = [shift for shift in facts.document.plan.shifts if shift.picked_up]
    shifts.sort(key=lambda shift: (shift.day, order.get(branch_of.get(shift.key, ""), len(order))))
    rows: list[tuple[Cell, ...]] = []
    for shift in shifts:
        branch_id = branch_of.get(shift.key, "")
        branch_name = facts.branches[branch_id].name if branch_id else ""
        name = facts.technicians[shift.technician_id].name
        for part, pieces in sorted(shift.picked_up.items()):
            called = trade_word(part, facts.language)
            rows.append((shift.day, branch_id, branch_name, shift.technician_id, name, called, pieces))
    return Table(COLUMNS, tuple(rows))
