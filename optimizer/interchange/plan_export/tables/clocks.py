"""The service-level clocks and how they stand."""

from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables.base import Table, column, in_minutes
from optimizer.words.names import CLOCK_LABELS, EVENT_NAMES, STATE_NAMES
from optimizer.words.rule_names import rule_name

COLUMNS = (
    column("clock", "时限代码", 18),
    column("name", "时限", 24),
    column("which", "类别", 8),
    column("job", "工单", 12),
    column("batch", "送修批次", 12),
    column("customer", "客户编号", 14),
    column("met by", "达标事件", 11),
    column("due", "最迟", 17),
    column("planned", "计划", 17),
    column("state", "状态", 9),
    column("left min", "剩余（分）", 10),
)
"""The columns, from left to right."""


def clocks(facts: PlanFacts) -> Table:
    """Return every clock with its due time, by job; minutes left are negative when it is late.

    Parameters
    ----------
    facts : the plan with its scenario
    """
    words = facts.language
    rows = tuple(
        (
            clock.code,
            rule_name(clock.code, words),
            CLOCK_LABELS[clock.label][words] if clock.label in CLOCK_LABELS else clock.label,
            clock.job_id,
            clock.batch_id,
            clock.customer_id,
            EVENT_NAMES[clock.event][words],
            facts.wall_clock(clock.due),
            None if clock.at is None else facts.wall_clock(clock.at),
            STATE_NAMES[clock.state][words],
            None if clock.slack_s is None else in_minutes(clock.slack_s),
        )
        for clock in facts.document.assessment.clocks
    )
    return Table(COLUMNS, rows)
