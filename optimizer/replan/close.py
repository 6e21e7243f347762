"""The close of a day: the question of the days after it, and the report of how it was."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from optimizer.domain.day_report import DayReport
from optimizer.domain.event import Event
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.scenario import Scenario
from optimizer.domain.validation import validate_scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.replan.as_it_was import Driven, Way, as_it_was
from optimizer.replan.day_report import OneDay, report_of
from optimizer.replan.ledgers import work_done
from optimizer.replan.lent import without_lent
from optimizer.replan.next_days import next_days, next_horizon, reaching, with_same_shifts
from optimizer.replan.reports import reports_of
from optimizer.replan.revision import of_these_days, what_is_left
from optimizer.replan.unfinished import closing_issues, unfinished
from optimizer.replan.ways import drive_of
from optimizer.rules.promise import told_promises
from optimizer.travel import Roads, TravelTable, travel_table

MOST_DAYS: Final = 14
"""Days that can be planned at most."""


class Closed(NamedTuple):
    """A day that is over."""

    scenario: Scenario
    """The question of the days after it."""
    report: DayReport
    """How it was."""


def close_day(
    scenario: Scenario,
    plan: Plan,
    events: Sequence[Event],
    day: date,
    now: datetime,
    *,
    days: int | None = None,
    same_shifts: bool = False,
    roads: Roads | None = None,
) -> Closed:
    """Close a day, and all planned days before it: return the question of the days after it, and the day's report.

    Visits of which nothing was reported are taken to have gone as planned and are listed. Of a branch's part, who was
    lent by another branch is not in the next days' question, nor are the jobs that they led.

    Parameters
    ----------
    scenario : the question that was planned, already validated
    plan : the plan that was followed
    events : what happened since it was made, in any order
    day : the day that is over
    now : the present moment, after the day's last visit
    days : planned days of the next question, 1 to 14; none: those left of this one, else one
    same_shifts : on days that were not planned so far people work as on the closed day, where nothing else is written
    roads : the operator's road data; none: straight lines

    Raises
    ------
    InvalidInput
        Events contradict each other, the plan or the question; somebody is still at work, or has a visit to come; or
        what was decided for later days does not fit the next ones. Lists all.
    """
    issues = list(closing_issues(scenario, day, now))
    if days is not None and not 1 <= days <= MOST_DAYS:
        cause = f"{days} days cannot be planned."
        issues.append(Issue("days", "days", cause, f"Give 1 to {MOST_DAYS}."))
    if issues:
        raise InvalidInput(tuple(issues))
    horizon = next_horizon(scenario, day, days)
    wide = reaching(with_same_shifts(scenario, horizon, day) if same_shifts else scenario, horizon)
    left = what_is_left(wide, plan, events, now, roads=roads)
    told = reports_of(plan, events)
    if issues := list(unfinished(plan, left.days, told, day, now)):
        raise InvalidInput(tuple(issues))
    way = way_of(plan, travel_table(scenario, roads))
    one = OneDay(scenario, plan, events, day, now, left.days, left.done, told_promises(scenario))
    jobs = [job.job_id for job in one.as_known.jobs]
    real = as_it_was(plan, left.days, day, way, jobs=jobs, away=told.away)
    work = work_done(scenario, real, left.days, left.done, day)
    visited = [job for job in scenario.jobs if job.job_id in left.done]
    own = without_lent(left.scenario, plan)
    following, later = of_these_days(next_days(own, horizon, day, work, visited))
    if issues := list(validate_scenario(following)):
        raise InvalidInput(tuple(issues))
    report = report_of(one, real, work, following, later)
    late = {clock.job_id for clock in report.missed}
    to_do = tuple(_late_told(job, late, now) for job in following.jobs)
    waiting = tuple(_late_told(job, late, now) for job in report.waiting)
    return Closed(
        following.model_copy(update={"jobs": to_do}), report.model_copy(update={"waiting": waiting})
    )


def _late_told(job: Job, late: Collection[str | None], now: datetime) -> Job:
    return job.model_copy(update={"late_told_at": now}) if job.job_id in late else job


def way_of(plan: Plan, table: TravelTable) -> Way:
    """Return how long a way is: as in the plan where it is driven there, else without congestion.

    Parameters
    ----------
    plan : the plan
    table : the travel data of its question
    """
    drive = drive_of(plan, table)
    row = {name: number for number, name in enumerate(table.places)}

    def way(shift: ShiftPlan, start: str, end: str) -> Driven:
        metres = int(table.legs[shift.means].metres[row[start], row[end]])
        return Driven(drive(shift, start, end), metres)

    return way
