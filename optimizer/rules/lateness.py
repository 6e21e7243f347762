"""What rules with a deadline share: what being late costs, how a clock stands.

A rule that prices lateness names, for each job with its clock, the steps of its price; the search and the
bill then say the same. An event at second ``t`` owes for each step with ``t > after`` its cents, plus ``((t -
after) * cents_per_hour + 1800) // 3600``. A job that is left out owes what an event at the horizon's end
would: local midnight after the last day. A job that takes several days starts on the first and ends on the last one;
of a crew the one who leads counts.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal, NamedTuple

from optimizer.domain.assessment import BillLine, ClockState, Event
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import P, Rule
from optimizer.rules.draft import Draft, LateStep
from optimizer.rules.visits import Visit, led
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import exact_time, money


class Deadline(NamedTuple):
    """A job and what it costs to be late for it."""

    job: Job
    steps: tuple[LateStep, ...]
    """Steps of the price, the first deadline first; at least one."""


class DeadlineRule(Rule[P]):
    """A rule among whose prices are such that rise with time."""

    @abstractmethod
    def deadlines(self, scenario: Scenario, params: P) -> Iterator[Deadline]:
        """Yield the jobs whose lateness is priced."""


class LatenessRule(DeadlineRule[P]):
    """A rule that prices an event of a job coming late, and nothing else."""

    event: ClassVar[Literal["start", "end"]]
    """The event that is waited for: start or end of service."""

    def compile(self, scenario: Scenario, params: P, draft: Draft) -> None:
        """Price the lateness of every job with a deadline."""
        for job, steps in self.deadlines(scenario, params):
            draft.price_lateness(job.job_id, self.event, steps)

    def bill(self, scenario: Scenario, params: P, plan: Plan) -> Iterator[BillLine]:
        """Yield what is owed for each late or left-out job."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        seen, end_s = led(scenario, plan), horizon_end_s(scenario, timeline)
        for job, steps in self.deadlines(scenario, params):
            days = seen.get(job.job_id)
            visit = None if days is None else days[0 if self.event == "start" else -1]
            at_s = end_s
            if visit is not None:
                at_s = timeline.seconds(visit.stop.start if self.event == "start" else visit.stop.end)
            cents = lateness_cents(steps, at_s, timeline)
            over_s = at_s - timeline.seconds(steps[0].after)
            if cents:
                done = "started" if self.event == "start" else "finished"
                happens = f"{done} {exact_moment(timeline.moment(at_s))}" if visit else "left out"
                since = "" if visit else " by the end of the planned days"
                yield service_line(
                    self.code,
                    job,
                    visit,
                    quantity=over_s / 3600,
                    unit="h",
                    cents=cents,
                    sentence=f"{job.job_id} is {happens}, {exact_time(over_s)} late{since}: {money(cents)}.",
                )


def horizon_end_s(scenario: Scenario, timeline: Timeline) -> int:
    """Return the local midnight after the last planned day, in seconds from the horizon's start."""
    return timeline.end_of(scenario.horizon.dates()[-1])


def lateness_cents(steps: Sequence[LateStep], at_s: int, timeline: Timeline) -> int:
    """Return what an event at `at_s` owes.

    Parameters
    ----------
    steps : steps of the price
    at_s : when it happens, in seconds from the horizon's start
    timeline : the scenario's timeline

    Returns
    -------
    whole cents, 0 if in time
    """
    cents = 0
    for step in steps:
        over_s = at_s - timeline.seconds(step.after)
        if over_s > 0:
            cents += step.cents + (over_s * step.cents_per_hour + 1800) // 3600
    return cents


def service_line(
    code: str, job: Job, visit: Visit | None, *, quantity: float, unit: str, cents: int, sentence: str
) -> BillLine:
    """Return a line of the bill for poor service at a job."""
    return BillLine(
        code=code,
        kind="service",
        job_id=job.job_id,
        technician_id=visit.shift.technician_id if visit else None,
        day=visit.shift.day if visit else None,
        quantity=quantity,
        unit=unit,
        cents=cents,
        sentence=sentence,
    )


def clock_state(
    code: str,
    job: Job,
    event: Event,
    timeline: Timeline,
    *,
    due_s: int,
    at_s: int | None,
    end_s: int,
    margin_min: int,
    label: str = "",
) -> ClockState:
    """Return how a clock stands.

    Parameters
    ----------
    code : the clock's rule
    job : the job
    event : what meets the clock
    timeline : the scenario's timeline
    due_s : when the event must have happened at the latest, in seconds from the horizon's start
    at_s : when it happens; None: not in this plan: the clock is missed if due before `end_s`, else open
    end_s : the horizon's end (see `horizon_end_s`)
    margin_min : minutes before the due time within which a clock is at risk; 0 for what has happened already
    label : which of the rule's clocks, where a job has several

    Returns
    -------
    the clock
    """
    slack_s = None if at_s is None else due_s - at_s
    state: Literal["met", "at_risk", "missed", "open"] = "missed"
    if slack_s is None and due_s >= end_s:
        state = "open"
    elif slack_s is not None and slack_s >= 0:
        state = "at_risk" if slack_s < 60 * margin_min else "met"
    return ClockState(
        code=code,
        label=label,
        job_id=job.job_id,
        due=timeline.moment(due_s),
        event=event,
        at=None if at_s is None else timeline.moment(at_s),
        state=state,
        slack_s=slack_s,
    )
