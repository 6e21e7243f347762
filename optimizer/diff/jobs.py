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
from optimizer.domain.trips import trips
from optimizer.words.moments import moment
from optimizer.words.numbers import count, listed

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
    away = {day.key for trip in trips(plan) for day in trip.days}
    for shift in plan.shifts:
        for position, stop in enumerate(shift.stops, start=1):
            found[stop.job_id].append(
                PlannedVisit(
                    technician_id=shift.technician_id,
                    day=shift.day,
                    position=position,
                    start=stop.start,
                    end=stop.end,
                    seat=stop.seat,
                    part=stop.part,
                    on_trip=shift.key in away,
                )
            )
    return {job_id: sorted(visits, key=_place) for job_id, visits in found.items()}


def _place(visit: PlannedVisit) -> tuple[int, int]:
    """Return what visits are ordered by: which day of the job, and the seat in its crew; the lead first."""
    return visit.part, visit.seat


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
            found.update(_moves(was, now))
    return tuple(event for event in EVENTS if event in found)


def _moves(was: Visits, now: Visits) -> Iterator[JobEvent]:
    """Yield what is otherwise on the days of the job that both plans have, and whether they have the same."""
    parts = {one.part for one in was} & {one.part for one in now}
    seats = {_place(one) for one in was} & {_place(one) for one in now}
    old, new = ([one for one in visits if one.part in parts] for visits in (was, now))
    people = [[(one.part, one.technician_id) for one in visits] for visits in (old, new)]
    if sorted(people[0]) != sorted(people[1]):
        yield "other technician"
    elif people[0] != people[1]:
        yield "other seat"
    days = [{(one.part, one.day) for one in visits} for visits in (was, now)]
    if days[0] != days[1]:
        yield "other day"
    if {_time(one) for one in old} != {_time(one) for one in new}:
        yield "other time"
    positions = [
        {(_place(one), one.position) for one in visits if _place(one) in seats} for visits in (old, new)
    ]
    if positions[0] != positions[1]:
        yield "other order"


def _time(visit: PlannedVisit) -> tuple[int, float, float]:
    return visit.part, visit.start.timestamp(), visit.end.timestamp()


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
    old, new = _first_moved(was, now)
    on_day = f"day {new.part + 1}: " if new.part else ""
    if moved_s := seconds_between(old.start, new.start):
        yield on_day + " → ".join(moments(old.start, new.start, zone))
    elif "other time" in events:
        longer_s = seconds_between(old.end, new.end)
        yield on_day + (f"takes {more_or_less(longer_s)}" if longer_s else "at other times")
    if "other technician" in events:
        yield f"{_people(now)} instead of {_named_only(was)}"
    if "other seat" in events:
        yield _other_seats(was, now)
    if old.on_trip != new.on_trip:
        yield "on a trip now" if new.on_trip else "not on a trip any more"
    parts = [len({one.part for one in visits}) for visits in (was, now)]
    if parts[0] != parts[1]:
        yield f"on {count(parts[1], 'day')} instead of {parts[0]}"
    elif "other day" in events and not moved_s:
        yield f"in the shift of {new.day} instead of {old.day}"
    if events == ("other order",):
        old, new = next(
            (pair for pair in zip(was, now, strict=False) if pair[0].position != pair[1].position), (old, new)
        )
        who = f" of {new.technician_id}'s" if len(now) > 1 else " of the"
        yield f"stop {new.position} instead of {old.position}{who} day"


def _first_moved(was: Visits, now: Visits) -> tuple[PlannedVisit, PlannedVisit]:
    """Return the first part whose time is another one, as the lead has it; where none is, the first."""
    before, after = ({one.part: one for one in reversed(visits)} for visits in (was, now))
    both = [(before[part], after[part]) for part in sorted(before.keys() & after.keys())]
    return next((pair for pair in both if _time(pair[0]) != _time(pair[1])), (was[0], now[0]))


def _other_seats(was: Visits, now: Visits) -> str:
    if was[0].technician_id != now[0].technician_id:
        return f"{now[0].technician_id} leads instead of {was[0].technician_id}"
    return "the same people on other seats"


def _where(visits: Visits, zone: ZoneInfo) -> str:
    return f"{moment(visits[0].start, zone)} by {_people(visits)}{' on a trip' if visits[0].on_trip else ''}"


def _people(visits: Visits) -> str:
    several = len({one.technician_id for one in visits}) > 1
    return f"technician{'s' if several else ''} {_named_only(visits)}"


def _named_only(visits: Visits) -> str:
    """Return the people's ids, who leads first."""
    return listed(list(dict.fromkeys(one.technician_id for one in visits)))
