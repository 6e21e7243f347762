"""COMPLAINT: a complaint is settled within a day.

Settled means that service ends. For retail customers who have left the shop the source grants three days; no
record says who has left, so a policy names the job types for which that holds. It names none by default. The
price comes on top of what the visit's other clocks cost. How soon a strong complaint is served is said by
`UNSERVED`, which takes it as an emergency.

The manager arranges a strong complaint personally, unless a pin or a promise has done so; the desk acknowledges
any other, unless the customer was answered or called. Where `RESPOND` still awaits the answer to the report, that
answer acknowledges the complaint too. These calls owe nothing.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Cents, Name
from optimizer.domain.desk_hours import desk_due
from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.errors import Issue
from optimizer.rules.base import Source
from optimizer.rules.desk_tasks import DESK, MANAGER, Call, DeskRule
from optimizer.rules.respond import RULE as RESPOND
from optimizer.rules.settings import params_of
from optimizer.rules.visit_clock import Due, VisitClock, VisitClockParams


class ComplaintParams(VisitClockParams):
    """Parameters of `COMPLAINT`."""

    within_h: Annotated[int, Field(ge=1, le=14 * 24)] = 24
    """Hours from the report to the end of service at most."""
    retail_types: tuple[Name, ...] = ()
    """Job types of retail customers who have left the shop; empty: none."""
    retail_within_h: Annotated[int, Field(ge=1, le=14 * 24)] = 72
    """Hours for those job types, instead of `within_h`."""
    arrange_within_min: Annotated[int, Field(ge=1, le=14 * 24 * 60)] = 60
    """Minutes of desk time from the report until the manager has arranged a strong complaint."""
    acknowledge_within_min: Annotated[int, Field(ge=1, le=14 * 24 * 60)] = 120
    """Minutes of desk time from the report until the desk has acknowledged another complaint."""
    missed_cents: Cents = 1_000
    """Price of missing the clock."""
    cents_per_hour_late: Cents = 100
    """Price of every hour beyond it, so that later is worse."""


class Complaint(VisitClock[ComplaintParams], DeskRule[ComplaintParams]):
    """Complaints are settled within a day."""

    code = "COMPLAINT"
    title = "A complaint is settled within 24 h of the report."
    section = "clock"
    hard = False
    source = (
        Source("004", "第13篇 94–95"),
        Source("004", "第8篇 ch. 12 §4"),
        Source("assumption", "the end of service settles it; prices; when it is arranged or acknowledged"),
    )
    params = ComplaintParams
    event = "end"

    def validate(self, scenario: Scenario, params: ComplaintParams) -> Iterator[Issue]:
        """Yield the job types of retail customers that the job table does not have."""
        for i, name in enumerate(params.retail_types):
            if name not in scenario.policy.job_types:
                path = f"policy.rules.{self.code}.retail_types[{i}]"
                cause = f"The job type {name!r} is not in the job table."
                yield Issue("unknown-job-type", path, cause, "Correct the name or add the job type.")

    def dues(self, scenario: Scenario, params: ComplaintParams, timeline: Timeline) -> Iterator[Due]:
        """Yield the complaints with a known report."""
        for job in scenario.jobs:
            if job.complaint != "none" and job.intake_at is not None:
                hours = params.retail_within_h if job.type in params.retail_types else params.within_h
                yield Due(job, timeline.seconds(job.intake_at) + 3600 * hours)

    def calls(self, scenario: Scenario, params: ComplaintParams, timeline: Timeline) -> Iterator[Call]:
        """Yield what the manager has to arrange and the desk to acknowledge."""
        arranged = {promise.job_id for promise in scenario.promises if promise.told}
        arranged.update(pin.job_id for pin in scenario.pins)
        for job in _complaints(scenario, timeline):
            since = job.dispatched_at if job.intake_at is None else job.intake_at
            if since is None or (job.complaint == "strong" and job.job_id in arranged):
                continue
            strong = job.complaint == "strong"
            minutes = params.arrange_within_min if strong else params.acknowledge_within_min
            yield Call(
                self.code,
                MANAGER if strong else DESK,
                release_s=timeline.seconds(since),
                due_s=timeline.seconds(desk_due(scenario, since, minutes)),
                sentence=f"Arrange the strong complaint {job.job_id} personally."
                if strong
                else f"Acknowledge the complaint {job.job_id}.",
                job_id=job.job_id,
            )


RULE = Complaint()


def _complaints(scenario: Scenario, timeline: Timeline) -> Iterator[Job]:
    """Yield the strong complaints, and the others that nobody has acknowledged or will by an answer."""
    respond = params_of(RESPOND, scenario.policy)
    answers = RESPOND.calls(scenario, respond, timeline) if respond.active else ()
    answered = {call.job_id for call in answers if call.done_s is None}
    for job in scenario.jobs:
        told = job.desk.answered_at is not None or job.desk.contacted_at is not None or job.desk.unreachable
        if job.complaint == "strong" or (
            job.complaint == "complaint" and not told and job.job_id not in answered
        ):
            yield job
