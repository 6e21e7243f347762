"""TOOL_INSPECTION: tools are inspected monthly; who lacks one is off duty until it is replaced.

An inspection that was never recorded counts as passed.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.visits import days_worked


class ToolInspectionParams(Params):
    """Parameters of TOOL_INSPECTION."""

    interval_days: Annotated[int, Field(ge=1, le=3660)] = 31
    """Days after an inspection on which work is still allowed."""


class ToolInspection(Rule[ToolInspectionParams]):
    """Nobody works with tools that were not inspected or not replaced."""

    code = "TOOL_INSPECTION"
    title = "The technician's tools were inspected within the interval, and none is missing."
    section = "who"
    hard = True
    source = (Source("004", "第8篇 ch. 4 art. 8"),)
    params = ToolInspectionParams

    def compile(self, scenario: Scenario, params: ToolInspectionParams, draft: Draft) -> None:
        """Forbid all jobs on days with an overdue inspection, and every day while a tool is missing."""
        off_duty = [
            shift.key
            for shift in draft.shifts
            if shift.technician.missing_tools
            or _age_days(shift.technician, shift.key.day) > params.interval_days
        ]
        if off_duty:
            draft.forbid([job.job_id for job in scenario.jobs], off_duty)

    def check(self, scenario: Scenario, params: ToolInspectionParams, plan: Plan) -> Iterator[Finding]:
        """Yield a finding for each day worked with an overdue inspection, and one for missing tools."""
        for shift, technician in days_worked(scenario, plan):
            who = technician.technician_id
            missing = technician.missing_tools
            if missing:
                yield Finding(
                    code=self.code,
                    technician_id=who,
                    day=shift.day,
                    measured=len(missing),
                    limit=0,
                    over=len(missing),
                    unit="missing",
                    sentence=f"{who} works on {shift.day} although {', '.join(missing)} was found missing.",
                )
            age = _age_days(technician, shift.day)
            if age > params.interval_days:
                yield Finding(
                    code=self.code,
                    technician_id=who,
                    day=shift.day,
                    measured=age,
                    limit=params.interval_days,
                    over=age - params.interval_days,
                    unit="days",
                    sentence=f"The tools of {who} were inspected {age} days before {shift.day}; "
                    f"{params.interval_days} days are allowed.",
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        if finding.unit == "missing":
            return f"Replace the missing tools of {finding.technician_id} and enter it."
        return f"Inspect the tools of {finding.technician_id} and enter the day."


def _age_days(technician: Technician, day: date) -> int:
    return 0 if technician.last_inspection is None else (day - technician.last_inspection).days


RULE = ToolInspection()
