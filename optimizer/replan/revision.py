"""The next revision of a planned question: what happened up to now is in it, and the rest can be planned."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from optimizer.domain.event import Event
from optimizer.domain.event_issues import event_issues
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.plan_crews import crews_of
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.validation import validate_scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.replan.done import Done, finished
from optimizer.replan.effects import with_effect, without_job
from optimizer.replan.fitted import refitted
from optimizer.replan.lent import with_visits_fixed
from optimizer.replan.progress import DaySoFar, progress
from optimizer.replan.reports import in_order, reports_of
from optimizer.replan.rest_of_day import rest_of_day
from optimizer.replan.ways import drive_of, traffic_of
from optimizer.travel import Roads, travel_table


class Revision(NamedTuple):
    """A question after what happened."""

    scenario: Scenario
    """The question that is left, with everything that is known now."""
    days: dict[ShiftKey, DaySoFar]
    """How far every day is that has begun."""
    done: dict[str, Done]
    """Jobs that are done."""
    later: tuple[Job, ...]
    """Jobs that wait for a day after the planned ones."""

    @property
    def assumed(self) -> tuple[str, ...]:
        """Jobs of which nothing was reported: they are taken to have gone as planned so far."""
        visits = (visit for day in self.days.values() for visit in day.visits if visit.assumed)
        return tuple(dict.fromkeys(visit.stop.job_id for visit in visits))


def next_revision(
    scenario: Scenario, plan: Plan, events: Sequence[Event], now: datetime, *, roads: Roads | None = None
) -> Revision:
    """Return the question that is left of a planned one, now, after what happened.

    Parameters
    ----------
    scenario : the question that was planned, already validated
    plan : the plan that is followed
    events : what happened since it was made, in any order
    now : the present moment
    roads : the operator's road data; none: straight lines

    Raises
    ------
    InvalidInput
        Events contradict each other, the plan or the question; lists all.
    """
    found = what_is_left(scenario, plan, events, now, roads=roads)
    left, later = of_these_days(found.scenario)
    left = with_visits_fixed(left, plan, reports_of(plan, events))
    if issues := validate_scenario(left):
        raise InvalidInput(issues)
    return found._replace(scenario=left, later=later)


def what_is_left(
    scenario: Scenario, plan: Plan, events: Sequence[Event], now: datetime, *, roads: Roads | None = None
) -> Revision:
    """Return what is left of a planned question, jobs that wait for days after the planned ones among it.

    Parameters
    ----------
    scenario, plan, events, now, roads : as in `next_revision`

    Raises
    ------
    InvalidInput
        Events contradict each other, the plan or the question; lists all.
    """
    issues = [*_earlier(scenario, now), *event_issues(scenario, plan, events, now)]
    if issues:
        raise InvalidInput(tuple(issues))
    table = travel_table(scenario, roads)
    days = progress(plan, reports_of(plan, events), now, drive_of(plan, table))
    left, done, crews = rest_of_day(scenario, plan, days, now), finished(plan, days), crews_of(plan)
    for event in in_order(events):
        job_id = getattr(event, "job_id", None)
        if job_id in done:
            continue
        left = with_effect(left, event, leads=crews[job_id][0] if job_id in crews else None)
    # the question that was planned knows all places, what is left knows what is slow now
    slow_now = scenario.model_copy(update={"travel": left.travel})
    return Revision(refitted(left, days, traffic_of(slow_now, table)), days, done, ())


def _earlier(scenario: Scenario, now: datetime) -> list[Issue]:
    if scenario.now is None or scenario.now.timestamp() <= now.timestamp():
        return []
    cause = f"{now.isoformat()} is before the present time of the question, {scenario.now.isoformat()}."
    return [Issue("now-goes-back", "now", cause, "Give a later moment, or the question as it was then.")]


def of_these_days(scenario: Scenario) -> tuple[Scenario, tuple[Job, ...]]:
    """Return the question without the jobs whose every window lies behind its days, and those jobs.

    Parameters
    ----------
    scenario : a question with jobs of any day
    """
    paths = {
        issue.path
        for issue in validate_scenario(scenario)
        if issue.code == "outside-horizon" and "windows" in issue.path
    }
    later = tuple(job for row, job in enumerate(scenario.jobs) if f"jobs[{row}].windows" in paths)
    for job in later:
        scenario = without_job(scenario, job.job_id)
    return scenario, later
