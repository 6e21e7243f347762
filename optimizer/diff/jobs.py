"""What has become of each job."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args
from zoneinfo import ZoneInfo

from optimizer.diff.words import moments, more_or_less
from optimizer.domain.job import Customer
from optimizer.domain.plan import Plan
from optimizer.domain.plan_diff import JobChange, JobEvent, PlannedVisit, Standing
from optimizer.domain.time import seconds_between
from optimizer.words.moments import moment

Visits = Sequence[PlannedVisit]

EVENTS: tuple[JobEvent, ...] = get_args(JobEvent)


def job_changes(old: Plan, new: Plan, customers: Mapping[str, Customer]) -> Iterator[JobChange]:
    """Yield the jobs that are done otherwise, in order of the new plan.

    Parameters
    ----------
    old, new : the plans
    customers : job id → customer, as far as known
    """
    before, after = _visits(old), _visits(new)
    left_out_before, left_out = set(old.unserved), set(new.unserved)
    zone = ZoneInfo(new.time_zone)
    for job_id in dict.fromkeys((*after, *new.unserved, *before, *old.unserved)):
        was, now = before.get(job_id, ()), after.get(job_id, ())
        standings = _standing(job_id, was, left_out_before), _standing(job_id, now, left_out)
        events = _events(standings, was, now)
        if events:
            customer = customers.get(job_id)
            yield JobChange(
                job_id=job_id,
                customer_id=None if customer is None else customer.customer_id,
                events=events,
                was=standings[0],
                now=standings[1],
                old=tuple(was),
                new=tuple(now),
                start_moved_s=seconds_between(was[0].start, now[0].start) if was and now else None,
                sentence=f"{_named(job_id, customer)}: {_words(events, was, now, zone)}.",
            )


def _named(job_id: str, customer: Customer | None) -> str:
    """Return a job with its customer's name; where the customer has none, with the customer's id."""
    if customer is None:
        return job_id
    return f"{job_id} ({customer.name or f'customer {customer.customer_id}'})"


def _visits(plan: Plan) -> dict[str, list[PlannedVisit]]:
    found: defaultdict[str, list[PlannedVisit]] = defaultdict(list)
    for shift in plan.shifts:
        for position, stop in enumerate(shift.stops, start=1):
            found[stop.job_id].append(
                PlannedVisit(
                    technician_id=shift.technician_id,
                    day=shift.day,
                    position=position,
                    start=stop.start,
                    end=stop.end,
                )
            )
    return dict(found)


def _standing(job_id: str, visits: Visits, left_out: set[str]) -> Standing:
    if visits:
        return "served"
    return "left out" if job_id in left_out else "unknown"


def _events(standings: tuple[Standing, Standing], was: Visits, now: Visits) -> tuple[JobEvent, ...]:
    found: set[JobEvent] = set()
    match standings:
        case (before, after) if before != after:
            if before == "unknown":
                found.add("new")
            elif after == "unknown":
                found.add("gone")
            else:
                found.add("served now" if after == "served" else "left out now")
        case ("served", _):
            if [one.technician_id for one in was] != [one.technician_id for one in now]:
                found.add("other technician")
            if [one.day for one in was] != [one.day for one in now]:
                found.add("other day")
            if _times(was) != _times(now):
                found.add("other time")
            if [one.position for one in was] != [one.position for one in now]:
                found.add("other order")
    return tuple(event for event in EVENTS if event in found)


def _times(visits: Visits) -> list[tuple[float, float]]:
    return [(one.start.timestamp(), one.end.timestamp()) for one in visits]


def _words(events: tuple[JobEvent, ...], was: Visits, now: Visits, zone: ZoneInfo) -> str:
    match events[0]:
        case "new":
            return f"new, {_where(now, zone) if now else 'left out'}"
        case "gone":
            return f"not in the plan any more; it was {_where(was, zone) if was else 'left out'}"
        case "served now":
            return f"served now, {_where(now, zone)}; it was left out"
        case "left out now":
            return f"left out now; it was served {_where(was, zone)}"
    return ", ".join(_moved(events, was, now, zone))


def _moved(events: tuple[JobEvent, ...], was: Visits, now: Visits, zone: ZoneInfo) -> Iterator[str]:
    old, new = was[0], now[0]
    if moved_s := seconds_between(old.start, new.start):
        yield " → ".join(moments(old.start, new.start, zone))
    elif "other time" in events:
        longer_s = seconds_between(old.end, new.end)
        yield f"takes {more_or_less(longer_s)}" if longer_s else "at other times"
    if "other technician" in events:
        yield f"technician {_people(now)} instead of {_people(was)}"
    if "other day" in events and not moved_s:
        yield f"in the shift of {new.day} instead of {old.day}"
    if events == ("other order",):
        yield f"stop {new.position} instead of {old.position} of the day"


def _where(visits: Visits, zone: ZoneInfo) -> str:
    return f"{moment(visits[0].start, zone)} by technician {_people(visits)}"


def _people(visits: Visits) -> str:
    return " and ".join(dict.fromkeys(one.technician_id for one in visits))
