"""SUSPENDED: a technician under suspension gets no work.

The shift's day decides. How long somebody is suspended is the manager's business, not the plan's: the scenario names
the days. The source has three days after an installer's first refusal of orders.
"""

from collections.abc import Iterator

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.visits import days_worked
from optimizer.words.numbers import count


class SuspendedParams(Params):
    """Parameters of SUSPENDED."""


class Suspended(Rule[SuspendedParams]):
    """Who is suspended gets no work."""

    code = "SUSPENDED"
    title = "A technician under suspension gets no work."
    section = "who"
    hard = True
    source = (Source("004", "第8篇 ch. 9 art. 11; 安装人员综合管理条例 art. 1"),)
    params = SuspendedParams

    def compile(self, scenario: Scenario, params: SuspendedParams, draft: Draft) -> None:
        """Forbid all jobs on days of suspension."""
        barred = [
            shift.key
            for shift in draft.shifts
            if any(span.covers(shift.key.day) for span in shift.technician.suspended)
        ]
        if barred:
            draft.forbid([job.job_id for job in scenario.jobs], barred)

    def check(self, scenario: Scenario, params: SuspendedParams, plan: Plan) -> Iterator[Finding]:
        """Yield one finding for each day of suspension that has work, counting the jobs."""
        for shift, technician in days_worked(scenario, plan):
            span = next((one for one in technician.suspended if one.covers(shift.day)), None)
            if span is not None:
                jobs = count(len(shift.stops), "job")
                yield Finding(
                    code=self.code,
                    technician_id=technician.technician_id,
                    day=shift.day,
                    measured=len(shift.stops),
                    limit=0,
                    over=len(shift.stops),
                    unit="jobs",
                    sentence=f"{technician.technician_id} is suspended until {span.last_day} "
                    f"but has {jobs} on {shift.day}.",
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return f"Give the jobs of {finding.technician_id} on {finding.day} to others, or lift the suspension."


RULE = Suspended()
