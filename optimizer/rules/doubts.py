"""What looks wrong in a scenario as a whole although no single record is: said before anybody plans it.

A doubt is no error. Such a day is planned all the same, and may well be meant so.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from optimizer.domain.calendar import WorkingDays
from optimizer.domain.promise import asked_jobs
from optimizer.domain.roster import RosterShift, roster
from optimizer.domain.scenario import Scenario
from optimizer.rules.far_off import far_off
from optimizer.rules.settings import params_of
from optimizer.rules.shift import RULE as SHIFT
from optimizer.rules.slow_nowhere import slow_nowhere
from optimizer.rules.too_few import too_few
from optimizer.rules.unheld import some_of, unheld
from optimizer.words.moments import moment
from optimizer.words.numbers import count

MOST: Final = 10
"""Doubts that are said at most; the others are counted."""


def doubts(scenario: Scenario) -> tuple[str, ...]:
    """Return what looks wrong in a scenario, a sentence with numbers and a remedy each, what stops everything first.

    Work that has begun is looked at no more.

    Parameters
    ----------
    scenario : the question, valid
    """
    to_come = tuple(job for job in scenario.jobs if not job.has_started)
    scenario = scenario.model_copy(update={"jobs": to_come})
    kinds = (_nobody, _now, _past, far_off, slow_nowhere, too_few, unheld)
    every = (one for some in kinds for one in some(scenario))
    said = tuple(islice(every, MOST))
    more = sum(1 for _ in every)
    return (*said, f"and {count(more, 'further doubt')} of this kind") if more else said


def _nobody(scenario: Scenario) -> Iterator[str]:
    """Yield a note where nobody works on the planned days."""
    if not scenario.jobs:
        return
    if not scenario.technicians:
        yield "nothing can be planned: there are no technicians; enter who works"
    elif not roster(scenario):
        many = len(scenario.technicians)
        who = "the only technician has no" if many == 1 else f"none of {count(many, 'technician')} has a"
        said = f"nothing can be planned: {who} shift on the planned days ({_days(scenario)})"
        entered = sorted({shift.day for one in scenario.technicians for shift in one.shifts or ()})
        if entered:
            said += f", the shifts entered are from {entered[0]} to {entered[-1]}"
        free = not any(day in WorkingDays(scenario.calendar) for day in scenario.horizon.dates())
        yield f"{said}; correct the {'calendar' if free else 'shifts'} or the first day"


def _now(scenario: Scenario) -> Iterator[str]:
    """Yield a note where the present time lies long before the planned days or after the last shift."""
    if scenario.now is None:
        return
    zone = ZoneInfo(scenario.time_zone)
    now, first_day = scenario.now.astimezone(zone), scenario.horizon.first_day
    said = moment(now)
    if _whole_working_day_between(scenario, now.date(), first_day):
        yield (
            f"now is {said}, more than a working day before the first planned day, {first_day}; correct now or the "
            "first day, unless so early a plan is meant"
        )
    limit_min = params_of(SHIFT, scenario.policy).overtime_limit_min
    last = max((_latest(one, limit_min) for one in roster(scenario)), default=None)
    if last is not None and last <= now:
        yield (
            f"nothing can be planned: now is {said}, the last shift ends {moment(last)} with its overtime; correct "
            "now, the first day or the shifts"
        )


def _past(scenario: Scenario) -> Iterator[str]:
    """Yield a note for the jobs of which every agreed window lies before the present time."""
    now = scenario.now
    if now is None:
        return
    asked = asked_jobs(scenario.promises)  # other times are looked for already
    past = [
        job.job_id
        for job in scenario.jobs
        if job.windows and job.job_id not in asked and all(window.end < now for window in job.windows)
    ]
    if past:
        every = "every agreed window of" if len(past) > 1 else "the agreed time of"
        yield (
            f"{every} {count(len(past), 'job')} ({some_of(past)}) ends before now, "
            f"{moment(now, ZoneInfo(scenario.time_zone))}; agree new windows, or correct now"
        )


def _whole_working_day_between(scenario: Scenario, day: date, first_day: date) -> bool:
    """Tell whether a working day lies between two days; from Friday to Monday none may."""
    working = WorkingDays(scenario.calendar)
    between = range(1, (first_day - day).days)
    return any(day + timedelta(days=ahead) in working for ahead in between)


def _latest(one: RosterShift, limit_min: int) -> datetime:
    own = one.shift.overtime_limit_min
    return one.end + timedelta(minutes=limit_min if own is None else own)


def _days(scenario: Scenario) -> str:
    days = scenario.horizon.dates()
    return f"{days[0]}" if len(days) == 1 else f"{days[0]} to {days[-1]}"
