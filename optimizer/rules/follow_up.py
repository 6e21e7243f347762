"""FOLLOW_UP: customers are called back within three days of getting a bench-repaired unit.

The three days run by the calendar from the moment the customer received the units. A policy may name kinds of
work after which customers are called as well, within as many days of the visit's end; it names none by default.
Those calls follow from the plan and owe nothing; the calls after a bench repair owe a price when they are missed.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Minutes
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import kind
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import WorkKind
from optimizer.domain.time import Timeline
from optimizer.rules.base import Source
from optimizer.rules.call_clock import CallClock, CallClockParams
from optimizer.rules.desk_tasks import DESK, Call
from optimizer.rules.visits import led

DAY_S = 24 * 3600


class FollowUpParams(CallClockParams):
    """Parameters of `FOLLOW_UP`."""

    within_days: Annotated[int, Field(ge=1, le=60)] = 3
    """Days of 24 h by the calendar from the hand-over, or the visit's end, to the call at most."""
    kinds: tuple[WorkKind, ...] = ()
    """Kinds of work after which the customer is called too; empty: none."""
    at_risk_margin_min: Minutes = 4 * 60
    """A clock met with less than these minutes to spare is at risk."""


class FollowUp(CallClock[FollowUpParams]):
    """Customers are called back."""

    code = "FOLLOW_UP"
    title = "Customers are called back within 3 days of getting a bench-repaired unit."
    section = "clock"
    hard = False
    source = (
        Source("004", "第5篇 art. 9"),
        Source("000", "follow-up calls"),
        Source("assumption", "calls after visits; price"),
    )
    params = FollowUpParams
    event = "calling"
    awaited = "call back"

    def calls(self, scenario: Scenario, params: FollowUpParams, timeline: Timeline) -> Iterator[Call]:
        """Yield the call after each batch that was handed back."""
        for branch in scenario.branches:
            for batch in branch.bench:
                if batch.handed_back_at is None:
                    continue
                back_s = timeline.seconds(batch.handed_back_at)
                called = batch.followed_up_at
                yield Call(
                    self.code,
                    DESK,
                    release_s=back_s,
                    due_s=back_s + DAY_S * params.within_days,
                    sentence=f"Ask {batch.customer_id or 'the customer'} whether the repaired units of batch "
                    f"{batch.batch_id} work.",
                    batch_id=batch.batch_id,
                    customer_id=batch.customer_id or None,
                    done_s=None if called is None else timeline.seconds(called),
                )

    def calls_after(
        self, scenario: Scenario, params: FollowUpParams, plan: Plan, timeline: Timeline
    ) -> Iterator[Call]:
        """Yield the call after each visit of the kinds named."""
        seen = led(scenario, plan) if params.kinds else {}
        for job in scenario.jobs:
            if job.job_id in seen and kind(job, scenario.policy) in params.kinds:
                end_s = timeline.seconds(seen[job.job_id][-1].stop.end)
                yield Call(
                    self.code,
                    DESK,
                    release_s=end_s,
                    due_s=end_s + DAY_S * params.within_days,
                    sentence=f"Ask the customer of {job.job_id} whether all is well after the visit.",
                    job_id=job.job_id,
                )


RULE = FollowUp()
