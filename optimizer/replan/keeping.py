"""Makes pins of what the dispatcher wants to keep of the followed plan."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Job
from optimizer.domain.keep import Keep, unknown_names, without_visit
from optimizer.domain.plan import Plan, ShiftPlan, Stop
from optimizer.domain.promise import Pin
from optimizer.domain.proposal import BrokenPin
from optimizer.domain.scenario import Scenario
from optimizer.domain.ties import After
from optimizer.domain.time import zone_named
from optimizer.errors import InvalidInput, Issue
from optimizer.words.moments import exact_moment
from optimizer.words.numbers import listed


class _Visit(NamedTuple):
    shift: ShiftPlan
    stop: Stop


def with_kept(scenario: Scenario, plan: Plan, keeping: Sequence[Keep]) -> Scenario:
    """Return the question in which these visits of the followed plan are pinned.

    What the question pins already stays as it is pinned. Of a crew the one who leads is kept, of a job over several
    days the first one. Who is at work needs no pin.

    Parameters
    ----------
    scenario : what is left to be planned
    plan : the plan that is followed
    keeping : what is to be kept of it

    Raises
    ------
    InvalidInput
        A job or a technician is not known, or a job has no visit that could be kept; lists all.
    """
    visits = _visits(scenario, plan)
    if issues := list(_issues(scenario, plan, visits, keeping)):
        raise InvalidInput(tuple(issues))
    pins: dict[str, Pin] = {one.job_id: one for one in scenario.pins}
    follows: dict[str, str] = {}
    for keep in keeping:
        chosen = {job_id: one for job_id, one in visits.items() if _names(keep, one, scenario.now)}
        for job_id, visit in chosen.items():
            pins[job_id] = _pinned(pins.get(job_id), job_id, visit, keep)
        if keep.grade == "order":
            follows |= _orders(plan, chosen)
    jobs = tuple(_after(job, follows.get(job.job_id)) for job in scenario.jobs)
    return scenario.model_copy(update={"pins": tuple(pins.values()), "jobs": jobs})


def broken_pins(scenario: Scenario, document: PlanDocument) -> tuple[BrokenPin, ...]:
    """Return the pinned jobs that a plan leaves out: what is pinned goes nowhere else.

    Parameters
    ----------
    scenario : the question
    document : a plan for it, with its reasons
    """
    left, zone = set(document.plan.unserved), zone_named(scenario.time_zone)
    why = {one.job_id: one.sentence for one in document.assessment.unserved}
    return tuple(
        BrokenPin(job_id=pin.job_id, sentence=f"{_said(pin, zone)} {why.get(pin.job_id, '')}".rstrip())
        for pin in scenario.pins
        if pin.job_id in left
    )


def _said(pin: Pin, zone: tzinfo | None) -> str:
    who = [f"to {pin.technician_id}"] if pin.technician_id else []
    day = [f"to {pin.day}"] if pin.day else []
    start = [f"to {exact_moment(pin.start, zone)}"] if pin.start else []
    return f"{pin.job_id} is pinned {listed(who + day + start)}, which cannot be kept."


def _visits(scenario: Scenario, plan: Plan) -> dict[str, _Visit]:
    """Return the visits that are still to come, by job."""
    waiting = {job.job_id for job in scenario.jobs if not job.under_way}
    return {
        stop.job_id: _Visit(shift, stop)
        for shift in plan.shifts
        for stop in shift.stops
        if stop.job_id in waiting and not stop.seat and not stop.part
    }


def _issues(
    scenario: Scenario, plan: Plan, visits: dict[str, _Visit], keeping: Sequence[Keep]
) -> Iterator[Issue]:
    people = {one.technician_id for one in scenario.technicians}
    jobs = {job.job_id: job for job in scenario.jobs}
    planned = {stop.job_id for shift in plan.shifts for stop in shift.stops}
    known = jobs.keys() | planned
    begun = {job_id for job_id, job in jobs.items() if job.under_way}
    yield from unknown_names(keeping, known, people)
    yield from without_visit(keeping, known - visits.keys() - begun)


def _names(keep: Keep, visit: _Visit, now: datetime | None) -> bool:
    """Tell whether a visit is to be kept; one whose start has passed has no start that could be kept any more."""
    start = visit.stop.start
    gone = now is not None and start < now and keep.grade in ("time", "everything") and not keep.job_ids
    return (
        not gone
        and (not keep.job_ids or visit.stop.job_id in keep.job_ids)
        and (not keep.technician_ids or visit.shift.technician_id in keep.technician_ids)
        and (keep.until is None or start < keep.until)
    )


def _pinned(old: Pin | None, job_id: str, visit: _Visit, keep: Keep) -> Pin:
    """Return the pin of a visit, with what was pinned before."""
    who: str | None = (
        visit.shift.technician_id if keep.grade in ("technician", "order", "everything") else None
    )
    day: date | None = visit.shift.day if keep.grade in ("day", "order", "everything") else None
    start: datetime | None = visit.stop.start if keep.grade in ("time", "everything") else None
    if old is not None:
        who, day, start = old.technician_id or who, old.day or day, old.start or start
        return old.model_copy(update={"technician_id": who, "day": day, "start": start})
    return Pin(job_id=job_id, technician_id=who, day=day, start=start)


def _orders(plan: Plan, chosen: dict[str, _Visit]) -> dict[str, str]:
    """Return which job comes right before each of those that are kept, where both are with the same technician."""
    found: dict[str, str] = {}
    for shift in plan.shifts:
        mine = [
            stop.job_id
            for stop in shift.stops
            if stop.job_id in chosen and chosen[stop.job_id].shift.key == shift.key
        ]
        found |= dict(zip(mine[1:], mine, strict=False))
    return found


def _after(job: Job, before: str | None) -> Job:
    if before is None or any(tie.job_id == before for tie in job.after):
        return job
    return job.model_copy(update={"after": (*job.after, After(job_id=before))})
