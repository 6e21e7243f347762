"""Jobs that the plan leaves out, and why."""

from optimizer.domain.job import Customer
from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables.base import PHONE, Cell, Table, column, without
from optimizer.interchange.plan_export.tables.timetable import agreed_windows
from optimizer.words.names import PRIORITY_NAMES
from optimizer.words.reasons import reason_words

COLUMNS = (
    column("job", "工单", 12),
    column("type", "类型", 14),
    column("product", "产品", 14),
    column("priority", "优先级", 12),
    column("customer", "客户", 12),
    PHONE,
    column("address", "地址", 36, wrap=True),
    column("appointment", "预约时段", 14, wrap=True),
    column("reported", "报修内容", 30, wrap=True),
    column("why", "原因", 70, wrap=True),
)
"""The columns, from left to right; the telephone only when it is asked for."""


def left_out(facts: PlanFacts) -> Table:
    """Return the jobs left out, in scenario order, each with the main reason.

    Parameters
    ----------
    facts : the plan with its scenario
    """
    told = facts.document.assessment.unserved
    reasons = {reason.job_id: reason_words(reason, facts.language) for reason in told}
    rows: list[tuple[Cell, ...]] = []
    for job_id in facts.document.plan.unserved:
        job = facts.jobs[job_id]
        customer = job.customer or Customer(customer_id="-")
        rows.append(
            (
                job_id,
                facts.job_type(job),
                facts.product(job),
                PRIORITY_NAMES[job.priority][facts.language],
                customer.name,
                customer.phone,
                job.place.address,
                agreed_windows(job, facts),
                job.fault,
                reasons.get(job_id),
            )
        )
    table = Table(COLUMNS, tuple(rows))
    return table if facts.phones else without(table, PHONE)
