"""What clocks share that the published plan meets: a job in the plan has its event when the plan is published.

A plan is published at the scenario's present time, or at the horizon's start where none is given. What has
happened already owes nothing more. Otherwise a job owes the price of its clock once if it is left out and the
clock runs out before the horizon's end, or if the clock ran out before the plan is published, served or not.
"""

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from optimizer.domain.assessment import BillLine, ClockState, Event
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import P, Rule
from optimizer.rules.draft import Draft
from optimizer.rules.lateness import clock_state, horizon_end_s, service_line
from optimizer.rules.visits import led
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import money


class Awaited(NamedTuple):
    """What one job waits for."""

    job: Job
    due_s: int
    """When it is due at the latest, in seconds from the horizon's start."""
    cents: int
    """Price of missing it."""
    margin_min: int
    """Minutes to spare below which it is at risk."""
    label: str = ""
    """Which of the rule's clocks, where a job has several."""
    happened_s: int | None = None
    """When it happened, where it is a fact; None: the plan decides."""


class PublicationRule(Rule[P]):
    """A clock that the published plan meets."""

    event: ClassVar[Event]
    """What meets the clock."""
    awaited: ClassVar[str]
    """What the job waits for, in words, e.g. ``answer``."""

    @abstractmethod
    def awaits(self, scenario: Scenario, params: P, timeline: Timeline) -> Iterator[Awaited]:
        """Yield what each job waits for."""

    def compile(self, scenario: Scenario, params: P, draft: Draft) -> None:
        """Price leaving the job out; what is overdue already is owed whatever the plan."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        published_s, end_s = published(scenario, timeline), horizon_end_s(scenario, timeline)
        for one in self.awaits(scenario, params, timeline):
            if one.happened_s is not None or not one.cents:
                continue
            if published_s > one.due_s:
                draft.charge(one.cents)
            elif end_s > one.due_s:
                draft.price_unserved(one.job.job_id, weight=0, cents=one.cents)

    def bill(self, scenario: Scenario, params: P, plan: Plan) -> Iterator[BillLine]:
        """Yield what is owed for what does not come in time."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        published_s, end_s = published(scenario, timeline), horizon_end_s(scenario, timeline)
        seen = led(scenario, plan)
        for one in self.awaits(scenario, params, timeline):
            days = seen.get(one.job.job_id)
            visit = None if days is None else days[0]
            missed = (max(end_s, published_s) if visit is None else published_s) > one.due_s
            if missed and one.cents and one.happened_s is None:
                due = exact_moment(timeline.moment(one.due_s))
                happens = f"is left out, the {self.awaited} is due {due}"
                if visit is not None:
                    now = exact_moment(timeline.moment(published_s))
                    happens = f"has its {self.awaited} only {now}, due {due}"
                yield service_line(
                    self.code,
                    one.job,
                    visit,
                    quantity=1,
                    unit="job",
                    cents=one.cents,
                    sentence=f"{one.job.job_id} {happens}: {money(one.cents)}.",
                )

    def clocks(self, scenario: Scenario, params: P, plan: Plan) -> Iterator[ClockState]:
        """Yield how the clocks stand; the plan itself is what they wait for."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        published_s, end_s = published(scenario, timeline), horizon_end_s(scenario, timeline)
        seen = led(scenario, plan)
        for one in self.awaits(scenario, params, timeline):
            # Nothing is answered or ordered before it was reported, even by a plan published before that.
            planned_s = _not_before_report(one.job, published_s, timeline) if one.job.job_id in seen else None
            yield clock_state(
                self.code,
                one.job,
                self.event,
                timeline,
                due_s=one.due_s,
                at_s=planned_s if one.happened_s is None else one.happened_s,
                end_s=max(end_s, published_s),
                margin_min=one.margin_min if one.happened_s is None else 0,
                label=one.label,
            )


def _not_before_report(job: Job, at_s: int, timeline: Timeline) -> int:
    return at_s if job.intake_at is None else max(at_s, timeline.seconds(job.intake_at))


def published(scenario: Scenario, timeline: Timeline) -> int:
    """Return when the plan is published: the present time, else the horizon's start, in seconds from there."""
    return timeline.seconds(scenario.now) if scenario.now is not None else 0
