"""REPLY_FAR: beyond the service radius, or where a supplier is needed, the user has an answer within half a
day.

The answer is a committed appointment. A customer who was told one has the answer since then; where nobody noted when,
no clock is left and nothing is owed; being asked for another time afterwards changes nothing. Otherwise the job has
its answer when it stands in the plan and the plan is published in time: published counts as told, although the desk
may tell the user later, within its hours. A job without an appointment is told when there will be one. The clock
concerns the same kinds of work and products as `ARRIVE_NEAR`, and its radius decides between the two.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Cents, Minutes
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.arrive_near import RULE as ARRIVE_NEAR
from optimizer.rules.arrive_near import concerned
from optimizer.rules.base import Params, Source
from optimizer.rules.desk_tasks import DESK, Call, DeskRule
from optimizer.rules.publication import Awaited, PublicationRule, published
from optimizer.rules.settings import params_of


class ReplyFarParams(Params):
    """Parameters of `REPLY_FAR`."""

    within_h: Annotated[int, Field(ge=1, le=14 * 24)] = 12
    """Hours from the user's report to the answer at most."""
    missed_cents: Cents = 5_000
    """Price of missing the clock."""
    at_risk_margin_min: Minutes = 60
    """A clock met with less than these minutes to spare is at risk."""


class ReplyFar(PublicationRule[ReplyFarParams], DeskRule[ReplyFarParams]):
    """An answer within half a day beyond the service radius."""

    code = "REPLY_FAR"
    title = "Beyond the service radius, or where a supplier is needed, the user has an answer within 12 h."
    section = "clock"
    hard = False
    source = (
        Source("000", "§3.2.2"),
        Source("assumption", "a committed appointment is the answer, met by the plan's publication; price"),
    )
    params = ReplyFarParams
    event = "answering"
    awaited = "answer"

    def awaits(self, scenario: Scenario, params: ReplyFarParams, timeline: Timeline) -> Iterator[Awaited]:
        """Yield the answer that each job beyond the radius waits for, or had when its customer was told."""
        told_at = _told_at(scenario)
        for job, near in concerned(scenario, params_of(ARRIVE_NEAR, scenario.policy)):
            if not near and job.intake_at is not None:
                told = told_at.get(job.job_id)
                if job.job_id in told_at and told is None:
                    continue
                yield Awaited(
                    job,
                    timeline.seconds(job.intake_at) + 3600 * params.within_h,
                    params.missed_cents,
                    params.at_risk_margin_min,
                    happened_s=None if told is None else timeline.seconds(told),
                )

    def calls(self, scenario: Scenario, params: ReplyFarParams, timeline: Timeline) -> Iterator[Call]:
        """Yield the call that tells each user the appointment, from the plan's publication on."""
        for one in self.awaits(scenario, params, timeline):
            if one.happened_s is None:
                yield Call(
                    self.code,
                    DESK,
                    release_s=published(scenario, timeline),
                    due_s=one.due_s,
                    sentence=f"Give the customer of {one.job.job_id} an appointment.",
                    job_id=one.job.job_id,
                )


RULE = ReplyFar()


def _told_at(scenario: Scenario) -> dict[str, datetime | None]:
    """Return when the customer of each job that has a told promise was first told; none: not known."""
    found: dict[str, datetime | None] = {}
    for promise in scenario.promises:
        if promise.told:
            known = [at for at in (found.get(promise.job_id), promise.told_at) if at is not None]
            found[promise.job_id] = min(known, key=datetime.timestamp, default=None)
    return found
