"""MIN_DURATION: an installation ends with a test run, so it takes at least as long as the test run.

Set-up is not part of it, nor where several people come together and it is part of the service (see `DURATION`). Of a
job that takes several days the parts add up.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.policy import Policy
from optimizer.domain.requirements import kind, setup_min, takes_several
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import WorkKind
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.teams import by_seat
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
        alike: dict[int, list[str]] = defaultdict(list)
        for job in scenario.jobs:
            if kind(job, scenario.policy) in params.kinds:
                alike[_least_min(job, scenario.policy, params)].append(job.job_id)
        for minutes, jobs in alike.items():
            draft.serve(jobs, [one.key for one in draft.shifts], service_s=60 * minutes)

    def check(self, scenario: Scenario, params: MinDurationParams, plan: Plan) -> Iterator[Finding]:
        """Yield the work that is shorter than its test run."""
        for mine in by_seat(scenario, plan):
            visit, job = mine[0], mine[0].job
            service_s = sum(one.stop.service_s for one in mine)
            limit_s = 60 * _least_min(job, scenario.policy, params)
            if kind(job, scenario.policy) in params.kinds and service_s < limit_s:
                yield Finding(
                    code="MIN_DURATION",
                    job_id=job.job_id,
                    technician_id=visit.technician.technician_id,
                    day=visit.shift.day,
                    measured=service_s / 60,
                    limit=limit_s / 60,
                    over=(limit_s - service_s) / 60,
                    unit="min",
                    sentence=f"{job.job_id} gets {exact_time(service_s)}; its test run takes {exact_time(limit_s)}.",
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return "Plan the installation with time for its full test run, or correct its duration."


RULE = MinDuration()


def _least_min(job: Job, policy: Policy, params: MinDurationParams) -> int:
    """Return the least minutes of service, with the set-up where that is part of it."""
    return params.test_run_min + (setup_min(job, policy) if takes_several(job, policy) else 0)
