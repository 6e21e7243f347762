"""REPLY_FAR: beyond the service radius, or where a supplier is needed, the user has an answer within half a
day.

The answer is a committed appointment: the job stands in the plan and the plan is published in time. A plan is
published at the scenario's present time, or at the horizon's start where none is given. The clock concerns
the same kinds of work and products as `ARRIVE_NEAR`, and its radius decides between the two.

A job owes `missed_cents` once if it is left out and the answer is due before the horizon's end, or if it is
served and the answer was due before the plan is published.
"""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from pydantic import Field

from optimizer.domain.assessment import BillLine, ClockState, Finding
from optimizer.domain.base import Cents, Minutes
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.arrive_near import RULE as ARRIVE_NEAR
from optimizer.rules.arrive_near import concerned
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft, LateStep
from optimizer.rules.lateness import clock_state, horizon_end_s, service_line, stands
from optimizer.rules.settings import params_of
from optimizer.rules.words import clock, money


class ReplyFarParams(Params):
    """Parameters of `REPLY_FAR`."""

    within_h: Annotated[int, Field(ge=1, le=14 * 24)] = 12
    """Hours from the user's report to the answer at most."""
    missed_cents: Cents = 5_000
    """Price of missing the clock."""
    at_risk_margin_min: Minutes = 60
    """A clock met with less than these minutes to spare is at risk."""


class _Due(NamedTuple):
    job: Job
    due_s: int


class ReplyFar(Rule[ReplyFarParams]):
    """An answer within half a day beyond the service radius."""

    code = "REPLY_FAR"
    title = "Beyond the service radius, or where a supplier is needed, the user has an answer within 12 h."
    section = "clock"
    hard = False
    source = (Source("000", "§3.2.2"), Source("assumption", "a committed appointment is the answer; price"))
    params = ReplyFarParams

    def compile(self, scenario: Scenario, params: ReplyFarParams, draft: Draft) -> None:
        """Price leaving the job out; where the answer is overdue already, price it served or not."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        published_s, end_s = _published_s(scenario, timeline), horizon_end_s(scenario, timeline)
        if not params.missed_cents:
            return
        for job, due_s in _due(scenario, params, timeline):
            if published_s > due_s:
                # No service starts before the plan is published, so this step is owed by every start.
                draft.price_lateness(
                    job.job_id, "start", (LateStep(timeline.moment(due_s), params.missed_cents),)
                )
            elif end_s > due_s:
                draft.price_unserved(job.job_id, weight=0, cents=params.missed_cents)

    def bill(self, scenario: Scenario, params: ReplyFarParams, plan: Plan) -> Iterator[BillLine]:
        """Yield what is owed for answers that do not come in time."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        published_s, end_s = _published_s(scenario, timeline), horizon_end_s(scenario, timeline)
        seen = stands(scenario, plan)
        for job, due_s in _due(scenario, params, timeline):
            visit = seen.get(job.job_id)
            missed = (end_s if visit is None else published_s) > due_s
            if missed and params.missed_cents:
                due = clock(timeline.moment(due_s))
                why = "is left out" if visit is None else "is answered too late"
                yield service_line(
                    self.code,
                    job,
                    visit,
                    quantity=1,
                    unit="job",
                    cents=params.missed_cents,
                    sentence=f"{job.job_id} {why}, the answer is due {due}: {money(params.missed_cents)}.",
                )

    def clocks(self, scenario: Scenario, params: ReplyFarParams, plan: Plan) -> Iterator[ClockState]:
        """Yield how the answers stand; the plan itself is the answer."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        seen = stands(scenario, plan)
        for job, due_s in _due(scenario, params, timeline):
            yield clock_state(
                self.code,
                job,
                "answering",
                timeline,
                due_s=due_s,
                at_s=_published_s(scenario, timeline) if job.job_id in seen else None,
                margin_min=params.at_risk_margin_min,
            )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return "Give the customer an appointment now, on a later day if this plan has no room."


RULE = ReplyFar()


def _published_s(scenario: Scenario, timeline: Timeline) -> int:
    return timeline.seconds(scenario.now) if scenario.now is not None else 0


def _due(scenario: Scenario, params: ReplyFarParams, timeline: Timeline) -> Iterator[_Due]:
    for job, near in concerned(scenario, params_of(ARRIVE_NEAR, scenario.policy)):
        if not near and job.intake_at is not None:
            yield _Due(job, timeline.seconds(job.intake_at) + 3600 * params.within_h)
