"""What the jobs that are done mean for those that waited for them."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from optimizer.domain.calendar import WorkingDays
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Pin
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.ties import After
from optimizer.domain.time import Window
from optimizer.replan.progress import DaySoFar


class Done(NamedTuple):
    """A job that is done."""

    technician_id: str
    """Who led."""
    started: datetime
    """When work began."""
    ended: datetime
    """When it was over."""


def finished(plan: Plan, days: Mapping[ShiftKey, DaySoFar]) -> dict[str, Done]:
    """Return the jobs that are done; of a job over several days, those of which the last part is.

    Parameters
    ----------
    plan : the plan that is followed
    days : how far each day is
    """
    last = {stop.job_id: 0 for shift in plan.shifts for stop in shift.stops}
    for shift in plan.shifts:
        for stop in shift.stops:
            last[stop.job_id] = max(last[stop.job_id], stop.part)
    return {
        visit.stop.job_id: Done(
            key.technician_id,
            datetime.fromtimestamp(visit.started_s, tz=day.shift.departure.tzinfo),
            datetime.fromtimestamp(visit.ended_s, tz=day.shift.departure.tzinfo),
        )
        for key, day in days.items()
        for visit in day.visits
        if visit.state == "finished" and not visit.stop.seat and visit.stop.part == last[visit.stop.job_id]
    }


def after_what_is_done(left: Scenario, before: Scenario, done: Mapping[str, Done]) -> Scenario:
    """Return the question in which what waited for a job that is done has a time, and its person where that counts.

    That somebody else has to do it than who did the first one is not kept: no record can say so.

    Parameters
    ----------
    left : the question without what is done
    before : the question with it
    done : what is done
    """
    pins = {pin.job_id: pin for pin in left.pins}
    jobs = []
    for job in left.jobs:
        ties = [one for one in job.after if one.job_id in done]
        for tie in ties:
            if tie.who == "same":
                _pin(pins, job.job_id, done[tie.job_id].technician_id)
        jobs.append(_released(job, ties, left, done) if ties else job)
    groups = []
    for group in left.groups:
        gone = [job_id for job_id in group.jobs if job_id in done]
        rest = tuple(job_id for job_id in group.jobs if job_id not in done)
        if gone and group.who == "same":
            for job_id in rest:
                _pin(pins, job_id, done[gone[0]].technician_id)
        if len(rest) > 1:
            groups.append(group.model_copy(update={"jobs": rest}))
    return left.model_copy(
        update={"jobs": tuple(jobs), "groups": tuple(groups), "pins": tuple(pins.values())}
    )


def _pin(pins: dict[str, Pin], job_id: str, technician_id: str) -> None:
    known = pins.get(job_id)
    if known is None:
        pins[job_id] = Pin(job_id=job_id, technician_id=technician_id)
    elif known.technician_id is None:
        pins[job_id] = known.model_copy(update={"technician_id": technician_id})


def _released(job: Job, ties: list[After], scenario: Scenario, done: Mapping[str, Done]) -> Job:
    """Return a job that waits for fewer others, inside the times that those which are done leave it."""
    zone = ZoneInfo(scenario.time_zone)
    last = scenario.horizon.dates()[-1] + timedelta(days=1)
    opens = datetime.combine(scenario.horizon.first_day, time(), tzinfo=zone)
    closes = datetime.combine(last, time(), tzinfo=zone)
    for tie in ties:
        first = done[tie.job_id]
        base = first.started if tie.gap_from == "start" else first.ended
        opens = max(opens, base + timedelta(minutes=tie.min_gap_min), key=datetime.timestamp)
        if tie.next_working_day:
            opens = max(opens, _next_working_day(scenario, first.ended, zone), key=datetime.timestamp)
        if tie.max_gap_min is not None:
            closes = min(closes, base + timedelta(minutes=tie.max_gap_min), key=datetime.timestamp)
    # what has to wait beyond the planned days is left out of them: nobody begins at their last second
    opens = min(opens, closes - timedelta(seconds=1), key=datetime.timestamp)
    gap = Window(start=opens, end=closes)
    kept = tuple(one for one in job.after if one.job_id not in done)
    return job.model_copy(update={"after": kept, "windows": _inside(job.windows, gap)})


def _next_working_day(scenario: Scenario, after: datetime, zone: ZoneInfo) -> datetime:
    worked = WorkingDays(scenario.calendar)
    day = after.astimezone(zone).date() + timedelta(days=1)
    while day not in worked:
        day += timedelta(days=1)
    return datetime.combine(day, time(), tzinfo=zone)


def _inside(windows: tuple[Window, ...], gap: Window) -> tuple[Window, ...]:
    """Return what lies of the windows inside the gap; the gap itself where there are none, or none of it does."""
    cut = (
        (max(one.start, gap.start, key=datetime.timestamp), min(one.end, gap.end, key=datetime.timestamp))
        for one in windows
    )
    found = tuple(Window(start=start, end=end) for start, end in cut if start <= end)
    return found or (gap,)
