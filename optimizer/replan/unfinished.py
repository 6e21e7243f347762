"""What stands against closing a day: work that is not over, and visits whose time is still to come."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from optimizer.domain.plan import Plan
from optimizer.domain.plan_crews import crews_of
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue
from optimizer.replan.progress import Visit
from optimizer.replan.reports import Reports
from optimizer.replan.rest_of_day import Days
from optimizer.words.moments import exact_moment


def closing_issues(scenario: Scenario, day: date, now: datetime) -> Iterator[Issue]:
    """Yield what is wrong with the day or the moment of a close.

    Parameters
    ----------
    scenario : the question that was planned
    day : the day that is to be closed
    now : the present moment
    """
    days = scenario.horizon.dates()
    if day not in days:
        cause = f"The day {day} is not among the planned days {days[0]} to {days[-1]}."
        yield Issue("outside-horizon", "day", cause, "Close one of them.")
    elif now.astimezone(ZoneInfo(scenario.time_zone)).date() < day:
        cause = f"{exact_moment(now)} is before {day}."
        yield Issue("day-to-come", "now", cause, "Close the day when it is over.")


def unfinished(plan: Plan, days: Days, told: Reports, day: date, now: datetime) -> Iterator[Issue]:
    """Yield each job at which somebody still is, or whose visit is still to come.

    What should have begun by now and has not is left over: that stands against nothing.

    Parameters
    ----------
    plan : the plan that is followed
    days : how far each day is
    told : what was reported
    day : the day that is to be closed
    now : the present moment
    """
    crews, running, seen = crews_of(plan), dict[str, Visit](), set[tuple[str, int]]()
    for key, one in days.items():
        for visit in one.visits:
            seen.add((visit.stop.job_id, visit.stop.part))
            if key.day <= day and visit.state not in ("finished", "failed"):
                running.setdefault(visit.stop.job_id, visit)
    for job_id, visit in running.items():
        yield _running(job_id, crews[job_id], visit)
    for shift in plan.shifts:
        for stop in shift.stops if shift.day <= day else ():
            fact = told.of(stop.job_id, stop.part)
            gone = fact.given_up or any(who in told.away for who in crews[stop.job_id])
            if (stop.job_id, stop.part) in seen or gone or stop.start.timestamp() <= now.timestamp():
                continue
            seen.add((stop.job_id, stop.part))
            cause = (
                f"{stop.job_id} is planned for {exact_moment(stop.start)} ({', '.join(crews[stop.job_id])}), "
                "and nothing was reported of it."
            )
            action = "Close the day after it, or report it postponed, or who went home as called off."
            yield Issue("still-to-come", f"jobs.{stop.job_id}", cause, action)


def _running(job_id: str, crew: tuple[str, ...], visit: Visit) -> Issue:
    ends = exact_moment(datetime.fromtimestamp(round(visit.ended_s), tz=visit.stop.end.tzinfo))
    how = {"started": "at work on", "arrived": "at the door of", "on_the_way": "on the way to"}[visit.state]
    who = f"{', '.join(crew)} {'is' if len(crew) == 1 else 'are'} {how} {job_id}"
    ended = "Report how it ended (finished, no access, a part or a tool missing)"
    if visit.assumed:
        cause = f"{who} as far as is known: nothing was reported, and it is expected to be done {ends}."
        action = f"{ended}, report who went home before it as called off, or close the day after that."
        return Issue("still-at-work", f"jobs.{job_id}", cause, action)
    cause = f"{who}: that was reported, and no end of it."
    return Issue("no-end-reported", f"jobs.{job_id}", cause, f"{ended}.")
