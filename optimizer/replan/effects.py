"""What events change in the question: one small function for each kind of thing they are about."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from optimizer.domain.event import (
    Back,
    CallOff,
    Cancelled,
    Contacted,
    Event,
    LateStart,
    NewJob,
    NoAccess,
    NoShow,
    OrderRefused,
    PartArrived,
    PartMissing,
    Postponed,
    SiteNotReady,
    SiteReady,
    SlowTraffic,
    SolvedRemotely,
    ToolMissing,
    ToolReplaced,
)
from optimizer.domain.job_after import job_after
from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_area import SlowArea
from optimizer.domain.technician import Attendance, Shift, Technician
from optimizer.domain.time import DateRange, DaySpan

_OfOneJob = Contacted | Postponed | NoAccess | PartMissing | ToolMissing | SiteNotReady | SiteReady


def with_effect(scenario: Scenario, event: Event, *, leads: str | None) -> Scenario:
    """Return the question after an event; what only says how far a visit is changes nothing here.

    Parameters
    ----------
    scenario : the rest of the day
    event : a sound one
    leads : who was planned to lead the job that the event is about; none: nobody, or it is about no job
    """
    match event:
        case CallOff() | NoShow() | LateStart() | Back() | OrderRefused() | ToolReplaced():
            return _of_technician(scenario, event)
        case Contacted() | SiteReady() if all(one.job_id != event.job_id for one in scenario.jobs):
            return scenario  # heard of a job that is no more
        case NewJob():
            job = (
                event.job
                if event.job.intake_at is not None
                else event.job.model_copy(update={"intake_at": event.at})
            )
            return scenario.model_copy(update={"jobs": (*scenario.jobs, job)})
        case SolvedRemotely() | Cancelled():
            return without_job(scenario, event.job_id)
        case Postponed() | NoAccess() | PartMissing():
            return _unpromised(_changed(scenario, event), event.job_id)
        case ToolMissing():
            changed = _unpromised(_changed(scenario, event), event.job_id)
            return _technician(changed, leads, lambda one: _without_tools(one, event.tools))
        case Contacted() | SiteNotReady() | SiteReady():
            return _changed(scenario, event)
        case PartArrived():
            return _delivered(scenario, event)
        case SlowTraffic():
            return _slowed(scenario, event.area)
        case _:
            return scenario


def without_job(scenario: Scenario, job_id: str) -> Scenario:
    """Return the question without a job, and without what was said of it; what waited for it waits no more.

    Parameters
    ----------
    scenario : the question
    job_id : the job
    """
    jobs = tuple(
        job.model_copy(update={"after": tuple(tie for tie in job.after if tie.job_id != job_id)})
        for job in scenario.jobs
        if job.job_id != job_id
    )
    groups = (
        group.model_copy(update={"jobs": tuple(one for one in group.jobs if one != job_id)})
        for group in scenario.groups
        if len(set(group.jobs) - {job_id}) > 1
    )
    left = _unpromised(scenario, job_id)
    return left.model_copy(
        update={
            "jobs": jobs,
            "groups": tuple(groups),
            "approvals": tuple(
                one.model_copy(
                    update={
                        "visits": tuple(visit for visit in one.visits if visit.job_id != job_id),
                        "tools": tuple(tool for tool in one.tools if tool.job_id != job_id),
                    }
                )
                for one in left.approvals
            ),
        }
    )


def _unpromised(scenario: Scenario, job_id: str) -> Scenario:
    """Return the question in which nothing was promised or pinned of a job."""
    return scenario.model_copy(
        update={
            "promises": tuple(one for one in scenario.promises if one.job_id != job_id),
            "pins": tuple(one for one in scenario.pins if one.job_id != job_id),
        }
    )


def _changed(scenario: Scenario, event: _OfOneJob) -> Scenario:
    """Return the question with the job that an event is about as it is after it."""
    jobs = tuple(job_after(one, event) if one.job_id == event.job_id else one for one in scenario.jobs)
    return scenario.model_copy(update={"jobs": jobs})


def _delivered(scenario: Scenario, event: PartArrived) -> Scenario:
    branches = []
    for branch in scenario.branches:
        if branch.branch_id == event.branch_id:
            stock = Counter(branch.stock)
            stock.update(event.parts)
            branch = branch.model_copy(update={"stock": dict(stock)})
        branches.append(branch)
    return scenario.model_copy(update={"branches": tuple(branches)})


def _slowed(scenario: Scenario, area: SlowArea) -> Scenario:
    others = (one for one in scenario.travel.slow_areas if one.name != area.name)
    travel = scenario.travel.model_copy(update={"slow_areas": (*others, area)})
    return scenario.model_copy(update={"travel": travel})


def _technician(
    scenario: Scenario, technician_id: str | None, change: Callable[[Technician], Technician]
) -> Scenario:
    people = tuple(change(one) if one.technician_id == technician_id else one for one in scenario.technicians)
    return scenario.model_copy(update={"technicians": people})


def _without_tools(one: Technician, tools: Iterable[str]) -> Technician:
    return one.model_copy(update={"missing_tools": tuple(dict.fromkeys((*one.missing_tools, *tools)))})


def _of_technician(
    scenario: Scenario, event: CallOff | NoShow | LateStart | Back | OrderRefused | ToolReplaced
) -> Scenario:
    day = event.at.astimezone(ZoneInfo(scenario.time_zone)).date()

    def change(one: Technician) -> Technician:
        match event:
            case CallOff():
                return _called_off(scenario, one, event, day)
            case NoShow():
                others = tuple(record for record in one.attendance if record.day != day)
                return one.model_copy(update={"attendance": (*others, Attendance(day=day))})
            case LateStart():
                return _shift(scenario, one, day, lambda shift: {"start": event.start})
            case Back():
                return _back(scenario, one, day, event.at)
            case OrderRefused():
                last = day + timedelta(days=event.suspended_days - 1)
                span = DateRange(first_day=day, last_day=last, reason=f"refused {event.job_id}")
                return one.model_copy(update={"suspended": (*one.suspended, span)})
            case ToolReplaced():
                return one.model_copy(update={"missing_tools": (), "last_inspection": day})

    return _technician(scenario, event.technician_id, change)


def _called_off(scenario: Scenario, one: Technician, event: CallOff, day: date) -> Technician:
    """Return a technician who is away: whole days as leave, the end of a day as its end, hours as hours."""
    clock = event.at.astimezone(ZoneInfo(scenario.time_zone)).time().replace(microsecond=0)
    begins = max(event.away_from or clock, clock)
    if event.back_at is not None:
        away = DaySpan(start=begins, end=event.back_at) if begins < event.back_at else None
        return _shift(
            scenario,
            one,
            day,
            lambda shift: {"absences": _joined((*shift.absences, *((away,) if away else ())))},
        )
    first, last = day, event.last_day or day
    own = _shift_on(scenario, one, day)
    if own is not None and begins > max(clock, own.start):
        one = _shift(scenario, one, day, lambda shift: _ending(shift, begins))
        first = day + timedelta(days=1)
    if last < first:
        return one
    leave = DateRange(first_day=first, last_day=last, reason=event.reason)
    return one.model_copy(update={"leave": (*one.leave, leave)})


def _ending(shift: Shift, at: time) -> dict[str, Any]:
    """Return what ends a shift early, with the way home inside it."""
    absences = tuple(one for one in shift.absences if one.end < at)
    return {"end": at, "overtime_limit_min": 0, "absences": absences}


def _back(scenario: Scenario, one: Technician, day: date, at: datetime) -> Technician:
    """Return a technician who works again from now on; days of leave that are over stay."""
    leave: list[DateRange] = []
    for span in one.leave:
        if not span.covers(day):
            leave.append(span)
        elif span.first_day < day:
            leave.append(span.model_copy(update={"last_day": day - timedelta(days=1)}))
    clock = at.astimezone(ZoneInfo(scenario.time_zone)).time().replace(microsecond=0)
    known = tuple(
        record.model_copy(update={"clocked_in_at": at})
        if record.day == day and record.clocked_in_at is None
        else record
        for record in one.attendance
    )
    back = one.model_copy(update={"leave": tuple(leave), "attendance": known})
    return _shift(
        scenario,
        back,
        day,
        lambda shift: {
            "absences": tuple(
                span.model_copy(update={"end": clock}) if span.start < clock < span.end else span
                for span in shift.absences
            )
        },
    )


def _joined(spans: Iterable[DaySpan]) -> tuple[DaySpan, ...]:
    """Return spans in order, those that overlap as one."""
    found: list[DaySpan] = []
    for span in sorted(spans, key=lambda one: one.start):
        if found and span.start <= found[-1].end:
            found[-1] = DaySpan(start=found[-1].start, end=max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _shift(
    scenario: Scenario, one: Technician, day: date, change: Callable[[Shift], dict[str, Any]]
) -> Technician:
    """Return a technician with one shift changed; a usual shift of the policy is written out for that."""
    own = _shift_on(scenario, one, day)
    if own is None:
        return one
    others = (shift for shift in one.shifts or () if shift.day != day)
    shifts = sorted((*others, own.model_copy(update=change(own))), key=lambda shift: shift.day)
    usual = one.usual_otherwise or one.shifts is None
    return one.model_copy(update={"shifts": tuple(shifts), "usual_otherwise": usual})


def _shift_on(scenario: Scenario, one: Technician, day: date) -> Shift | None:
    """Return somebody's shift on a planned day; none: does not work."""
    mine = (
        found.shift
        for found in roster(scenario.model_copy(update={"technicians": (one,)}))
        if found.key.day == day
    )
    return next(mine, None)
