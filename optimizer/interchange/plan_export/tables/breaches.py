"""Hard rules that the plan breaks; empty for every plan the program makes itself."""

from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables.base import Table, column, without
from optimizer.words.findings import finding_words
from optimizer.words.rule_names import rule_name

_ADVICE = column("what to do", "建议", 50, wrap=True)

COLUMNS = (
    column("rule", "规则代码", 20),
    column("name", "规则", 24),
    column("job", "工单", 12),
    column("technician", "技术员编号", 16),
    column("day", "日期", 11),
    column("measured", "实际", 10),
    column("limit", "限值", 10),
    column("over", "超出", 10),
    column("unit", "单位", 10),
    column("in words", "说明", 50, wrap=True),
    _ADVICE,
)
"""The columns, from left to right; the advice is in English."""


def breaches(facts: PlanFacts) -> Table:
    """Return the broken hard rules with their amounts, as the checker found them.

    Parameters
    ----------
    facts : the plan with its scenario
    """
    rows = tuple(
        (
            one.code,
            rule_name(one.code, facts.language),
            one.job_id,
            one.technician_id,
            one.day,
            float(one.measured),
            float(one.limit),
            float(one.over),
            one.unit,
            finding_words(one, facts.language),
            one.advice,
        )
        for one in facts.document.assessment.findings
    )
    table = Table(COLUMNS, rows)
    return table if facts.language == "en" else without(table, _ADVICE)
