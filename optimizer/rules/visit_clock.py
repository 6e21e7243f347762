"""What clocks share that a visit meets: one due moment a job, a price once, and a price for every hour later.

Service starts (or ends) at the due second at the latest: that second is still in time.
"""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, NamedTuple, TypeVar

from optimizer.domain.assessment import ClockState
from optimizer.domain.base import Cents, Minutes
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params
from optimizer.rules.draft import LateStep
from optimizer.rules.lateness import Deadline, LatenessRule, clock_state, horizon_end_s
from optimizer.rules.visits import led


class VisitClockParams(Params):
    """Parameters of a clock that a visit meets."""

    missed_cents: Cents = 5_000
    """Price of missing the clock."""
    cents_per_hour_late: Cents = 1_000
    """Price of every hour beyond it, so that later is worse."""
    at_risk_margin_min: Minutes = 60
    """A clock met with less than these minutes to spare is at risk."""


class Due(NamedTuple):
    """A job and when its clock runs out."""

    job: Job
    due_s: int
    """In seconds from the horizon's start."""


V = TypeVar("V", bound=VisitClockParams)


class VisitClock(LatenessRule[V]):
    """A clock that service starting (or ending) meets.

    A clock of arriving (`event` is ``"start"``) is met by who was on site in vain, too, where `in_vain_counts`.
    """

    in_vain_counts: ClassVar[bool] = True
    """Whether who was on site in vain has met a clock of arriving."""

    @abstractmethod
    def dues(self, scenario: Scenario, params: V, timeline: Timeline) -> Iterator[Due]:
        """Yield the jobs whose clock runs, in scenario order, each once."""

    def deadlines(self, scenario: Scenario, params: V) -> Iterator[Deadline]:
        """Yield the price of each clock in one step."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        if params.missed_cents or params.cents_per_hour_late:
            for job, due_s in self.dues(scenario, params, timeline):
                after = timeline.moment(due_s)
                there = self._on_site(job)
                if there is not None and there <= after:
                    continue
                yield Deadline(job, (LateStep(after, params.missed_cents, params.cents_per_hour_late),))

    def clocks(self, scenario: Scenario, params: V, plan: Plan) -> Iterator[ClockState]:
        """Yield how the clock of each job stands."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        end_s = horizon_end_s(scenario, timeline)
        seen = led(scenario, plan)
        for job, due_s in self.dues(scenario, params, timeline):
            days = seen.get(job.job_id)
            moment = self._on_site(job)
            if moment is None and days is not None:
                moment = days[0].stop.start if self.event == "start" else days[-1].stop.end
            yield clock_state(
                self.code,
                job,
                "arriving" if self.event == "start" else "finishing",
                timeline,
                due_s=due_s,
                at_s=None if moment is None else timeline.seconds(moment),
                end_s=end_s,
                margin_min=params.at_risk_margin_min,
            )

    def _on_site(self, job: Job) -> datetime | None:
        """Return when somebody was there in vain, where that meets the clock."""
        return job.on_site_at if self.event == "start" and self.in_vain_counts else None
