"""ABSENT: nobody on approved leave, ill or in training gets work on those days.

The shift's day decides: a night shift that begins before the leave is worked to its end. Absences of some
hours within a day are rests of the shift and not part of this rule.

The source adds two things that people decide. There is no leave in the middle of a running installation without the
manager: the scenario's leave counts as approved, so the manager has agreed to it. Who came late or reported an
absence in time, neither on approved leave nor ill, stays on call: such days are not entered as leave, and re-planning
may give them work.
"""

from collections.abc import Iterator

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.visits import days_worked
from optimizer.words.numbers import count


class AbsentParams(Params):
    """Parameters of ABSENT."""


class Absent(Rule[AbsentParams]):
    """Who is away gets no work."""

    code = "ABSENT"
    title = "A technician on leave, ill or in training gets no work on those days."
    section = "who"
    hard = True
    source = (Source("004", "第8篇 ch. 2 art. 13, ch. 6 art. 3–6"),)
    params = AbsentParams

    def compile(self, scenario: Scenario, params: AbsentParams, draft: Draft) -> None:
        """Forbid all jobs on days of leave."""
        away = [
            shift.key
            for shift in draft.shifts
            if any(leave.covers(shift.key.day) for leave in shift.technician.leave)
        ]
        if away:
            draft.forbid([job.job_id for job in scenario.jobs], away)

    def check(self, scenario: Scenario, params: AbsentParams, plan: Plan) -> Iterator[Finding]:
        """Yield one finding for each day of leave that has work, counting the jobs."""
        for shift, technician in days_worked(scenario, plan):
            leave = next((one for one in technician.leave if one.covers(shift.day)), None)
            if leave is not None:
                reason = f" ({leave.reason})" if leave.reason else ""
                jobs = count(len(shift.stops), "job")
                yield Finding(
                    code=self.code,
                    technician_id=technician.technician_id,
                    day=shift.day,
                    measured=len(shift.stops),
                    limit=0,
                    over=len(shift.stops),
                    unit="jobs",
                    sentence=f"{technician.technician_id} is away on {shift.day}{reason} but has {jobs}.",
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return f"Give the jobs of {finding.technician_id} on {finding.day} to others, or take the leave back."


RULE = Absent()
