"""PROGRESS_CHECK: when three quarters of a visit have passed, the desk asks how it goes.

An overrun that is known early can still be planned around. Short visits are over before anybody could react and
are not asked about. The check is planned at its time on a line that is free; once the visit has ended it is
pointless and not made. Who leads a crew is asked; a job that takes several days is asked about once, when so much of
all its hours has passed. A missed check owes nothing: it has not happened yet, and the plan may change before.
"""

from collections.abc import Iterator, Sequence
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
from optimizer.rules.visits import Visit, led

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
        seen = led(scenario, plan)
        for job in scenario.jobs:
            spans = _spans(seen.get(job.job_id, ()), timeline)
            whole_s = sum(end_s - start_s for start_s, end_s in spans)
            if spans and whole_s >= 60 * params.least_min:
                who = seen[job.job_id][0].technician.technician_id
                yield Call(
                    self.code,
                    DESK,
                    release_s=_passed(spans, whole_s * params.ask_percent // 100),
                    due_s=_passed(spans, whole_s * params.due_percent // 100),
                    sentence=f"Ask {who} how {job.job_id} goes.",
                    job_id=job.job_id,
                    technician_id=who,
                    until_s=spans[-1][1],
                )

    def clocks(self, scenario: Scenario, params: ProgressCheckParams, plan: Plan) -> Iterator[ClockState]:
        """Yield how the clock of each check stands."""
        for one in timetable(scenario, plan).booked.get(self.code, ()):
            yield clock_of(one, "calling", params.at_risk_margin_min, scenario)


RULE = ProgressCheck()


def _spans(days: Sequence[Visit], timeline: Timeline) -> list[tuple[int, int]]:
    """Return begin and end of each of a job's visits, in seconds."""
    return [(timeline.seconds(one.stop.start), timeline.seconds(one.stop.end)) for one in days]


def _passed(spans: Sequence[tuple[int, int]], work_s: int) -> int:
    """Return when so many seconds of work have passed."""
    for start_s, end_s in spans:
        if work_s <= end_s - start_s:
            return start_s + work_s
        work_s -= end_s - start_s
    return spans[-1][1]
