"""RESPOND: every report is answered within two hours, round the clock; remote help is tried before a visit.

The report is answered when the record says so, else when its dispatch order was written. Everything else is a
call for the desk. The two hours run at night too, but the desk calls in desk hours: a night's reports are
answered late unless somebody noted an answer.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Minutes
from optimizer.domain.requirements import kind
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import WorkKind
from optimizer.domain.time import Timeline
from optimizer.rules.base import Source
from optimizer.rules.call_clock import CallClock, CallClockParams
from optimizer.rules.desk_tasks import DESK, Call


class RespondParams(CallClockParams):
    """Parameters of `RESPOND`."""

    kinds: tuple[WorkKind, ...] | None = None
    """Kinds of work with this clock; none: all."""
    within_min: Annotated[int, Field(ge=1, le=24 * 60)] = 120
    """Minutes round the clock from the report to the answer at most."""
    at_risk_margin_min: Minutes = 15
    """A clock met with less than these minutes to spare is at risk."""


class Respond(CallClock[RespondParams]):
    """Every report is answered soon."""

    code = "RESPOND"
    title = "Every report is answered within 2 h, round the clock; remote help is tried before a visit."
    section = "clock"
    hard = False
    source = (Source("002", "§5.1–5.2"), Source("assumption", "a dispatch order is an answer; price"))
    params = RespondParams
    event = "answering"
    awaited = "answer"

    def calls(self, scenario: Scenario, params: RespondParams, timeline: Timeline) -> Iterator[Call]:
        """Yield the answer to each report."""
        for job in scenario.jobs:
            if job.intake_at is None:
                continue
            if params.kinds is not None and kind(job, scenario.policy) not in params.kinds:
                continue
            intake_s = timeline.seconds(job.intake_at)
            answered = job.dispatched_at if job.desk.answered_at is None else job.desk.answered_at
            yield Call(
                self.code,
                DESK,
                release_s=intake_s,
                due_s=intake_s + 60 * params.within_min,
                sentence=f"Answer the report of {job.job_id}; try remote help first.",
                job_id=job.job_id,
                done_s=None if answered is None else timeline.seconds(answered),
            )


RULE = Respond()
