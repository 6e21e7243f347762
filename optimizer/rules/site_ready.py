"""SITE_READY: an installation waits until power supply, consent and signatures are there.

Before an installation the power supply can carry the unit, the property management agrees, and the customer
has signed the confirmations; else the technician may refuse. The job is left out until the facts are there.
"""

from collections.abc import Iterator

from optimizer.domain.assessment import Finding
from optimizer.domain.base import Name
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import kind
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import WorkKind
from optimizer.errors import Issue
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.visits import leads


class SiteReadyParams(Params):
    """Parameters of `SITE_READY`."""

    kinds: tuple[WorkKind, ...] = ("installation",)
    """Kinds of work that need a ready site."""
    job_types: tuple[Name, ...] | None = None
    """Job types that need a ready site, instead of all types of these kinds; none: the kinds decide."""


class SiteReady(Rule[SiteReadyParams]):
    """The site is ready before somebody comes."""

    code = "SITE_READY"
    title = "An installation is planned once power supply, property consent and signatures are there."
    section = "who"
    hard = True
    source = (Source("004", "第8篇 ch. 7 art. 2, 3, 13, 16"),)
    params = SiteReadyParams

    def validate(self, scenario: Scenario, params: SiteReadyParams) -> Iterator[Issue]:
        """Yield the job types that the policy does not have."""
        for i, name in enumerate(params.job_types or ()):
            if name not in scenario.policy.job_types:
                path = f"policy.rules.SITE_READY.job_types[{i}]"
                cause = f"The job type {name!r} is not in the policy."
                yield Issue("unknown-job-type", path, cause, "Correct the name or add the job type.")

    def compile(self, scenario: Scenario, params: SiteReadyParams, draft: Draft) -> None:
        """Forbid everybody the jobs whose site is not ready."""
        waiting = [
            job.job_id for job in scenario.jobs if _concerned(job, scenario, params) and list(_missing(job))
        ]
        if waiting:
            draft.forbid(waiting, [one.key for one in draft.shifts])

    def check(self, scenario: Scenario, params: SiteReadyParams, plan: Plan) -> Iterator[Finding]:
        """Yield a finding for each planned job whose site is not ready, with the number of missing facts."""
        for visit in leads(scenario, plan):
            missing = list(_missing(visit.job))
            if missing and _concerned(visit.job, scenario, params):
                yield Finding(
                    code=self.code,
                    job_id=visit.job.job_id,
                    technician_id=visit.technician.technician_id,
                    day=visit.shift.day,
                    measured=len(missing),
                    limit=0,
                    over=len(missing),
                    unit="missing",
                    sentence=f"The site of {visit.job.job_id} is not ready: {', '.join(missing)}.",
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return (
            f"Call the customer of {finding.job_id} about what is missing, and plan the job once it is there."
        )


RULE = SiteReady()


def _concerned(job: Job, scenario: Scenario, params: SiteReadyParams) -> bool:
    if params.job_types is not None:
        return job.type in params.job_types
    return kind(job, scenario.policy) in params.kinds


def _missing(job: Job) -> Iterator[str]:
    if not job.site.power_supply_fit:
        yield "the power supply cannot carry the unit"
    if not job.site.property_consent:
        yield "the property management has not agreed"
    if not job.site.confirmations_signed:
        yield "the confirmations are not signed"
