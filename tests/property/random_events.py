"""Random events of a day, each of them sound."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from optimizer.domain.event import (
    CallOff,
    Cancelled,
    Contacted,
    Event,
    Finished,
    NewJob,
    NoAccess,
    Overrun,
    PartMissing,
    Postponed,
    SiteNotReady,
    SlowTraffic,
    SolvedRemotely,
    Started,
    ToolMissing,
)
from optimizer.domain.event_issues import event_issues
from optimizer.domain.job import DeskFacts
from optimizer.domain.plan import Plan, ShiftPlan, Stop
from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_area import SlowArea
from optimizer.domain.time import Window


def random_events(scenario: Scenario, plan: Plan, now: datetime, rng: Random) -> tuple[Event, ...]:
    """Return events of a planned day up to a moment; most days have some of each kind.

    Parameters
    ----------
    scenario, plan : the day as it was planned
    now : the moment
    rng : random numbers
    """
    found: list[Event] = []
    for event in _drawn(scenario, plan, now, rng):
        if not event_issues(scenario, plan, (*found, event), now):
            found.append(event)
    rng.shuffle(found)
    return tuple(found)


def _drawn(scenario: Scenario, plan: Plan, now: datetime, rng: Random) -> Iterator[Event]:
    for shift in plan.shifts:
        for stop in shift.stops:
            if rng.random() < 0.6 and stop.start.date() == now.date():
                yield from _of_visit(shift, stop, now, rng)
    for one in scenario.technicians:
        if rng.random() < 0.2:
            at = now - timedelta(minutes=rng.randint(0, 200))
            clock = (now + timedelta(minutes=rng.randint(-60, 120))).time().replace(microsecond=0)
            later = (now + timedelta(minutes=rng.randint(130, 200))).time().replace(microsecond=0)
            begins, ends = rng.choice(((None, None), (clock, None), (clock, later)))
            yield CallOff(
                kind="call_off", technician_id=one.technician_id, at=at, away_from=begins, back_at=ends
            )
    # a place that given travel times do not know cannot be planned
    for number in range(rng.choice((0, 1, 2)) if scenario.jobs and not scenario.travel.matrices else 0):
        facts = {"job_id": f"new {number}", "priority": "emergency", "after": (), "under_way": None}
        unknown = {"intake_at": None, "dispatched_at": None, "desk": DeskFacts(), "rework": None}
        like = rng.choice(scenario.jobs)
        yield NewJob(kind="new_job", at=now, job=like.model_copy(update=facts | unknown))
    if scenario.jobs and rng.random() < 0.15:
        yield _jam(scenario, now, rng)
    for job in scenario.jobs:
        if rng.random() < 0.15:
            yield _of_job(job.job_id, now, rng)


def _jam(scenario: Scenario, now: datetime, rng: Random) -> SlowTraffic:
    hour = now.replace(minute=0, second=0, microsecond=0)
    area = SlowArea(
        name="jam",
        centre=rng.choice(scenario.jobs).place,
        radius_km=rng.choice((1.0, 5.0)),
        percent=rng.choice((150, 300)),
        start=hour,
        end=hour + timedelta(hours=rng.randint(1, 4)),
    )
    return SlowTraffic(kind="slow_traffic", at=now, area=area)


def _of_visit(shift: ShiftPlan, stop: Stop, now: datetime, rng: Random) -> Iterator[Event]:
    job_id, late = stop.job_id, timedelta(minutes=rng.randint(-5, 60))
    windows = (Window(start=now, end=now + timedelta(hours=3)),) if rng.random() < 0.5 else ()
    at = stop.start + late
    kind = rng.randint(0, 6)
    if rng.random() < 0.5 and kind != 4:  # where nobody opens, nothing begins
        yield Started(kind="started", job_id=job_id, at=at)
    ended = stop.end + late
    if kind <= 2:
        yield Finished(kind="finished", job_id=job_id, at=ended)
    elif kind == 3:
        yield Overrun(
            kind="overrun", job_id=job_id, at=at + timedelta(minutes=10), ends_at=ended + timedelta(hours=1)
        )
    elif kind == 4:
        yield NoAccess(kind="no_access", job_id=job_id, at=at, windows=windows)
    elif kind == 5:
        yield PartMissing(
            kind="part_missing", job_id=job_id, at=ended, parts={"fan motor": 1}, windows=windows
        )
    else:
        yield ToolMissing(kind="tool_missing", job_id=job_id, at=ended, tools=("multimeter",))


def _of_job(job_id: str, now: datetime, rng: Random) -> Event:
    at = now - timedelta(minutes=rng.randint(0, 100))
    match rng.randint(0, 4):
        case 0:
            return Cancelled(kind="cancelled", job_id=job_id, at=at)
        case 1:
            return SolvedRemotely(kind="solved_remotely", job_id=job_id, at=at)
        case 2:
            opens = now + timedelta(hours=rng.choice((1, 3, 40)))
            wish = Window(start=opens, end=opens + timedelta(hours=2))
            return Postponed(kind="postponed", job_id=job_id, at=at, windows=(wish,))
        case 3:
            return SiteNotReady(kind="site_not_ready", job_id=job_id, at=at, lacks=("power_supply_fit",))
        case _:
            return Contacted(kind="contacted", job_id=job_id, at=at, reached=rng.random() < 0.5)
