"""PROGRESS_CHECK: when three quarters of a visit have passed, the desk asks how it goes.

An overrun that is known early can still be planned around. Short visits are over before anybody could react and
are not asked about. The check is planned at its time on a line that is free; once the visit has ended it is
pointless and not made. A missed check owes nothing: it has not happened yet, and the plan may change before.
"""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from optimizer.domain.assessment import ClockState
from optimizer.domain.base import Minutes
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params, Source
from optimizer.rules.call_clock import clock_of
from optimizer.rules.desk_tasks import DESK, Call, DeskRule, timetable
from optimizer.rules.draft import Draft
from optimizer.rules.lateness import stands

Percent = Annotated[int, Field(ge=1, le=99)]


class ProgressCheckParams(Params):
    """Parameters of `PROGRESS_CHECK`."""

    ask_percent: Percent = 75
    """Share of the visit in percent after which the desk asks."""
    due_percent: Percent = 80
    """Share of the visit in percent by which it has asked; not below the first."""
    least_min: Minutes = 60
    """Visits shorter than these minutes are not asked about."""
    at_risk_margin_min: Minutes = 0
    """A clock met with less than these minutes to spare is at risk."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.due_percent < self.ask_percent:
            raise ValueError("due_percent is below ask_percent, so the check would be due before its time")
        return self


class ProgressCheck(DeskRule[ProgressCheckParams]):
    """The desk asks how a visit goes."""

    code = "PROGRESS_CHECK"
    title = "When 75 % of a visit have passed, the desk asks how it goes."
    section = "clock"
    hard = False
    source = (Source("004", "第8篇 ch. 12 §5"), Source("assumption", "only visits of an hour or more"))
    params = ProgressCheckParams

    def compile(self, scenario: Scenario, params: ProgressCheckParams, draft: Draft) -> None:
        """Say nothing: asking costs nothing and stops nobody."""

    def calls_after(
        self, scenario: Scenario, params: ProgressCheckParams, plan: Plan, timeline: Timeline
    ) -> Iterator[Call]:
        """Yield the check of each long visit, one a job."""
        seen = stands(scenario, plan)
        for job in scenario.jobs:
            if job.job_id not in seen:
                continue
            _, stop, technician, _ = seen[job.job_id]
            start_s, end_s = timeline.seconds(stop.start), timeline.seconds(stop.end)
            if end_s - start_s >= 60 * params.least_min:
                yield Call(
                    self.code,
                    DESK,
                    release_s=start_s + (end_s - start_s) * params.ask_percent // 100,
                    due_s=start_s + (end_s - start_s) * params.due_percent // 100,
                    sentence=f"Ask {technician.technician_id} how {job.job_id} goes.",
                    job_id=job.job_id,
                    technician_id=technician.technician_id,
                    until_s=end_s,
                )

    def clocks(self, scenario: Scenario, params: ProgressCheckParams, plan: Plan) -> Iterator[ClockState]:
        """Yield how the clock of each check stands."""
        for one in timetable(scenario, plan).booked.get(self.code, ()):
            yield clock_of(one, "calling", params.at_risk_margin_min, scenario)


RULE = ProgressCheck()
