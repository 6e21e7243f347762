"""What the desk, the manager and the technicians have to call, answer or write."""

from datetime import datetime

from optimizer.domain.time import seconds_between
from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables.base import Table, column, in_minutes
from optimizer.words.desk import desk_task_words
from optimizer.words.names import owner_name

COLUMNS = (
    column("planned", "计划", 17),
    column("due", "最迟", 17),
    column("late min", "超时（分）", 10),
    column("who", "负责", 16),
    column("clock", "时限代码", 18),
    column("job", "工单", 12),
    column("batch", "送修批次", 12),
    column("customer", "客户编号", 14),
    column("task", "任务", 60, wrap=True),
)
"""The columns, from left to right."""


def desk(facts: PlanFacts) -> Table:
    """Return the desk's tasks in order of time; those without a planned time fit into no desk hour of the days.

    Parameters
    ----------
    facts : the plan with its scenario
    """
    rows = tuple(
        (
            None if task.start is None else facts.wall_clock(task.start),
            facts.wall_clock(task.due),
            None if task.start is None else _late_min(task.start, task.due),
            owner_name(task.owner, facts.language),
            task.code,
            task.job_id,
            task.batch_id,
            task.customer_id,
            desk_task_words(task, facts.language),
        )
        for task in facts.document.assessment.desk
    )
    return Table(COLUMNS, rows)


def _late_min(start: datetime, due: datetime) -> float:
    return in_minutes(max(0, seconds_between(due, start)))
