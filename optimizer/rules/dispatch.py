"""DISPATCH: every report becomes a dispatch order within half an hour, and never later than a day.

The half hour is a target and runs in desk hours; the day is the limit and runs by the calendar. An order that
is written already was written when the job says so. Any other job has its order when the plan that contains it
is published, and none while it is left out. Where the desk is closed for so long that the target would come
after the limit, only the limit counts.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Cents, Minutes
from optimizer.domain.desk_hours import desk_due
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params, Source
from optimizer.rules.publication import Awaited, PublicationRule


class DispatchParams(Params):
    """Parameters of `DISPATCH`."""

    target_min: Annotated[int, Field(ge=1, le=24 * 60)] = 30
    """Minutes of desk time from the report to the dispatch order: the target."""
    limit_h: Annotated[int, Field(ge=1, le=14 * 24)] = 24
    """Hours by the calendar from the report to the dispatch order at most: the limit."""
    missed_target_cents: Cents = 0
    """Price of missing the target; the source has none."""
    missed_limit_cents: Cents = 2_000
    """Price of missing the limit."""
    target_margin_min: Minutes = 10
    """A target met with less than these minutes to spare is at risk."""
    at_risk_margin_min: Minutes = 60
    """A limit met with less than these minutes to spare is at risk."""


class Dispatch(PublicationRule[DispatchParams]):
    """Every report becomes a dispatch order in time."""

    code = "DISPATCH"
    title = "A report becomes a dispatch order within 30 min of desk time, and never later than 24 h."
    section = "clock"
    hard = False
    source = (
        Source("004", "第8篇 ch. 12 §1–2"),
        Source("assumption", "a published plan is the dispatch order; price"),
    )
    params = DispatchParams
    event = "dispatching"
    awaited = "dispatch order"

    def awaits(self, scenario: Scenario, params: DispatchParams, timeline: Timeline) -> Iterator[Awaited]:
        """Yield target and limit of each job with a known report."""
        for job in scenario.jobs:
            if job.intake_at is None:
                continue
            done_s = None if job.dispatched_at is None else timeline.seconds(job.dispatched_at)
            limit_s = timeline.seconds(job.intake_at) + 3600 * params.limit_h
            target_s = timeline.seconds(desk_due(scenario, job.intake_at, params.target_min))
            if target_s < limit_s:
                cents, margin = params.missed_target_cents, params.target_margin_min
                yield Awaited(job, target_s, cents, margin, "target", done_s)
            cents, margin = params.missed_limit_cents, params.at_risk_margin_min
            yield Awaited(job, limit_s, cents, margin, "limit", done_s)


RULE = Dispatch()
