"""The bill line by line, with its total in the last row."""

from optimizer.domain.assessment import BillLine
from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables.base import Cell, Table, column, without, yuan
from optimizer.words.language import Words
from optimizer.words.names import BILL_KIND_NAMES, UNIT_NAMES
from optimizer.words.rule_names import rule_name

_IN_WORDS = column("in words", "说明", 60, wrap=True)

COLUMNS = (
    column("rule", "规则代码", 20),
    column("name", "规则", 24),
    column("kind", "类别", 22),
    column("job", "工单", 12),
    column("batch", "送修批次", 12),
    column("customer", "客户编号", 14),
    column("technician", "技术员编号", 16),
    column("day", "日期", 11),
    column("quantity", "数量", 10),
    column("unit", "单位", 10),
    column("yuan", "金额（元）", 12),
    _IN_WORDS,
)
"""The columns, from left to right; what is in words is in English."""

_TOTAL: Words = {"en": "total", "zh": "合计"}


def bill(facts: PlanFacts) -> Table:
    """Return the parts of the bill in rule order; they sum to the last row to the cent.

    Parameters
    ----------
    facts : the plan with its scenario
    """
    owed = facts.document.assessment.bill
    total: tuple[Cell, ...] = (_TOTAL[facts.language], *[None] * 9, yuan(owed.total_cents), None)
    rows = (*(_part(line, facts) for line in owed.lines), total)
    table = Table(COLUMNS, rows, frozenset({len(rows) - 1}))
    return table if facts.language == "en" else without(table, _IN_WORDS)


def _part(line: BillLine, facts: PlanFacts) -> tuple[Cell, ...]:
    return (
        line.code,
        rule_name(line.code, facts.language),
        BILL_KIND_NAMES[line.kind][facts.language],
        line.job_id,
        line.batch_id,
        line.customer_id,
        line.technician_id,
        line.day,
        float(line.quantity),
        UNIT_NAMES[line.unit][1][facts.language] if line.unit in UNIT_NAMES else line.unit,
        yuan(line.cents),
        line.sentence,
    )
