"""How two plans of the same days differ, in words and figures, and as data that turns one into the other."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from optimizer.diff.apply import apply, document_sha256
from optimizer.diff.edit import document_edit
from optimizer.diff.jobs import job_changes
from optimizer.diff.shifts import shift_changes
from optimizer.diff.summary import summary
from optimizer.diff.tools import tool_changes
from optimizer.diff.worth import bill_diff, clock_changes, kpi_changes
from optimizer.domain.assessment import Bill
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Plan
from optimizer.domain.plan_diff import PlanDiff, PriceChange
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue

__all__ = ["apply", "diff_plans"]


def diff_plans(
    old: PlanDocument,
    new: PlanDocument,
    scenario: Scenario | None = None,
    *,
    other_policy: bool = False,
    new_under_old: Bill | None = None,
) -> PlanDiff:
    """Return how a new plan differs from an old one; ``apply(diff, old)`` is the new one exactly.

    Parameters
    ----------
    old, new : plan documents for the same days and time zone; they may answer different scenarios, such as
        before and after a technician called off
    scenario : names the customers of the jobs; none: they stay unnamed
    other_policy : whether the plans are known to have been made under policies with other values; that of
        another preset is seen from the plans
    new_under_old : what the new plan owes by the old plan's prices; none: not known

    Raises
    ------
    InvalidInput
        When the plans are for different days or time zones.
    """
    issues = tuple(_not_comparable(old.plan, new.plan))
    if issues:
        raise InvalidInput(issues)
    jobs = scenario.jobs if scenario else ()
    customers = {job.job_id: job.customer for job in jobs if job.customer is not None}
    edit = document_edit(old, new)
    was, now = old.assessment, new.assessment
    presets = old.plan.preset, new.plan.preset
    gone = (was.findings[i] for i in edit.assessment.findings.removed)
    diff = PlanDiff(
        old_sha256=document_sha256(old),
        new_sha256=document_sha256(new),
        sentences=(),
        jobs=tuple(job_changes(old.plan, new.plan, customers)),
        shifts=tuple(shift_changes(old, new)),
        tools=tuple(tool_changes(old.plan, new.plan)),
        bill=bill_diff(was.bill, now.bill),
        prices=_prices(old, new, new_under_old) if other_policy or presets[0] != presets[1] else None,
        clocks=tuple(clock_changes(was.clocks, now.clocks, ZoneInfo(new.plan.time_zone))),
        kpis=tuple(kpi_changes(was.kpis, now.kpis)),
        new_breaches=tuple(placed.entry for placed in edit.assessment.findings.added),
        old_breaches=tuple(gone),
        edit=edit,
    )
    return diff.model_copy(update={"sentences": tuple(summary(diff))})


def _prices(old: PlanDocument, new: PlanDocument, new_under_old: Bill | None) -> PriceChange:
    fair = None if new_under_old is None else bill_diff(old.assessment.bill, new_under_old)
    return PriceChange(old_preset=old.plan.preset, new_preset=new.plan.preset, bill=fair)


def _not_comparable(old: Plan, new: Plan) -> Iterator[Issue]:
    if old.horizon != new.horizon:
        days = (f"{days[0]} to {days[-1]}" for days in (old.horizon.dates(), new.horizon.dates()))
        cause = "The plans are for different days: {} and {}.".format(*days)
        yield Issue("other-days", "plan.horizon", cause, "Compare plans of the same days.")
    if old.time_zone != new.time_zone:
        cause = f"The plans are for different time zones: {old.time_zone} and {new.time_zone}."
        yield Issue("other-time-zone", "plan.time_zone", cause, "Compare plans of one time zone.")
