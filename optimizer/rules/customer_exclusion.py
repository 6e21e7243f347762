"""CUSTOMER_EXCLUSION: a technician whom a customer has refused is not sent there again.

Off unless the policy switches it on. It is never stronger than the duty to mend one's own work: the original
installer of a unit that leaks refrigerant through the installation's fault within a year comes all the same. Nor does
anybody come along in a crew whom the customer has refused.
"""

from collections import defaultdict
from collections.abc import Iterator

from optimizer.domain.assessment import Finding
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import owed_by_installer
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.visits import visits


class CustomerExclusionParams(Params):
    """Parameters of `CUSTOMER_EXCLUSION`."""

    active: bool = False
    """Whether customers may refuse a technician."""


class CustomerExclusion(Rule[CustomerExclusionParams]):
    """Refused technicians stay away."""

    code = "CUSTOMER_EXCLUSION"
    title = "A technician whom the customer has refused is not sent there again."
    section = "who"
    hard = True
    source = (Source("assumption", "customers may refuse a technician; the original installer still mends"),)
    params = CustomerExclusionParams

    def compile(self, scenario: Scenario, params: CustomerExclusionParams, draft: Draft) -> None:
        """Forbid each refused technician the jobs of those who refused."""
        shifts: defaultdict[str, list[ShiftKey]] = defaultdict(list)
        for one in draft.shifts:
            shifts[one.key.technician_id].append(one.key)
        jobs: defaultdict[frozenset[str], list[str]] = defaultdict(list)
        for job in scenario.jobs:
            if refused := _refused(job, scenario):
                jobs[refused].append(job.job_id)
        for refused, job_ids in jobs.items():
            keys = [key for who in sorted(refused) for key in shifts.get(who, ())]
            if keys:
                draft.forbid(job_ids, keys)

    def check(self, scenario: Scenario, params: CustomerExclusionParams, plan: Plan) -> Iterator[Finding]:
        """Yield a finding for each visit by somebody the customer has refused."""
        for visit in visits(scenario, plan):
            who, job, customer = visit.technician.technician_id, visit.job, visit.job.customer
            if customer is None or who not in customer.refused_technicians:
                continue
            if (
                job.rework is not None
                and job.rework.installed_by == who
                and owed_by_installer(job, scenario.horizon.first_day)
            ):
                continue
            yield Finding(
                code=self.code,
                job_id=job.job_id,
                technician_id=who,
                day=visit.shift.day,
                measured=1,
                limit=0,
                over=1,
                unit="visits",
                sentence=f"{who} is sent to {job.job_id}, whose customer has refused {who}.",
            )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return f"Give {finding.job_id} to somebody else, or ask the customer to take {finding.technician_id} back."


RULE = CustomerExclusion()


def _refused(job: Job, scenario: Scenario) -> frozenset[str]:
    if job.customer is None or not job.customer.refused_technicians:
        return frozenset()
    refused = frozenset(job.customer.refused_technicians)
    if job.rework is not None and owed_by_installer(job, scenario.horizon.first_day):
        return refused - {job.rework.installed_by}
    return refused
