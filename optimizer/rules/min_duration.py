"""MIN_DURATION: an installation ends with a test run, so it takes at least as long as the test run."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.policy import WorkKind
from optimizer.domain.requirements import kind
from optimizer.domain.scenario import Scenario
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.visits import visits
from optimizer.words.numbers import exact_time


class MinDurationParams(Params):
    """Parameters of `MIN_DURATION`."""

    test_run_min: Annotated[int, Field(ge=1, le=24 * 60)] = 30
    """Minutes of service an installation takes at least, whoever does it."""
    kinds: tuple[WorkKind, ...] = ("installation",)
    """Kinds of work that end with a test run."""


class MinDuration(Rule[MinDurationParams]):
    """An installation has time for its test run."""

    code = "MIN_DURATION"
    title = "An installation gets at least the time of its closing test run."
    section = "when"
    hard = True
    source = (Source("004", "第8篇 ch. 7 art. 21"),)
    params = MinDurationParams

    def compile(self, scenario: Scenario, params: MinDurationParams, draft: Draft) -> None:
        """Say the least service time of work that ends with a test run."""
        jobs = [job.job_id for job in scenario.jobs if kind(job, scenario.policy) in params.kinds]
        if jobs:
            draft.serve(jobs, [one.key for one in draft.shifts], service_s=60 * params.test_run_min)

    def check(self, scenario: Scenario, params: MinDurationParams, plan: Plan) -> Iterator[Finding]:
        """Yield the work that is shorter than its test run."""
        limit_s = 60 * params.test_run_min
        for visit in visits(scenario, plan):
            job, service_s = visit.job, visit.stop.service_s
            if kind(job, scenario.policy) in params.kinds and service_s < limit_s:
                yield Finding(
                    code="MIN_DURATION",
                    job_id=job.job_id,
                    technician_id=visit.technician.technician_id,
                    day=visit.shift.day,
                    measured=service_s / 60,
                    limit=params.test_run_min,
                    over=(limit_s - service_s) / 60,
                    unit="min",
                    sentence=f"{job.job_id} gets {exact_time(service_s)}; its test run takes {exact_time(limit_s)}.",
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return "Plan the installation with time for its full test run, or correct its duration."


RULE = MinDuration()
