"""The rest of a day as a question of its own: what is done is left out, what runs stays, people go on from there.

Jobs that are done leave the question; what they took is gone from vans and shelves, and what waited for them has a
time. A job whose visit was in vain stays a job. Limits that running work breaks are fitted to it once all that happened
is known, see `refitted`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from optimizer.domain.branch import Branch
from optimizer.domain.job import Job, UnderWay
from optimizer.domain.parts import loading_branches, required_parts
from optimizer.domain.plan import Plan, Restock
from optimizer.domain.plan_crews import crews_of
from optimizer.domain.requirements import kind
from optimizer.domain.roster import RosterShift, ShiftKey, place_book, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Attendance, Shift, SoFar, Technician
from optimizer.domain.time import seconds_between
from optimizer.replan.done import after_what_is_done, finished
from optimizer.replan.progress import DaySoFar, Visit
from optimizer.replan.ways import with_ways

Days = Mapping[ShiftKey, DaySoFar]
"""How far each day is that has begun."""


def rest_of_day(scenario: Scenario, plan: Plan, days: Days, now: datetime) -> Scenario:
    """Return the question that is left of a planned day.

    Parameters
    ----------
    scenario : the question that was planned
    plan : the plan that is followed
    days : how far it is, see `progress`
    now : the present moment
    """
    done, crews = finished(plan, days), crews_of(plan)
    to_come, in_vain = _minutes_to_come(plan, days), first_in_vain(days)
    by_key = {one.key: one for one in roster(scenario)}
    shifts = {key: _shift(scenario, by_key[key], day) for key, day in days.items() if key in by_key}
    shifts |= _mornings_away(scenario, by_key, days)
    left = scenario.model_copy(
        update={
            "now": now,
            "technicians": tuple(_technician(scenario, one, shifts, days) for one in scenario.technicians),
            "branches": _branches(scenario, by_key, days),
            "jobs": tuple(
                _job(with_first_on_site(job, in_vain), days, crews, to_come)
                for job in scenario.jobs
                if job.job_id not in done
            ),
            "promises": tuple(one for one in scenario.promises if one.job_id not in done),
            "pins": tuple(one for one in scenario.pins if one.job_id not in done),
            "approvals": tuple(
                one.model_copy(
                    update={
                        "visits": tuple(visit for visit in one.visits if visit.job_id not in done),
                        "tools": tuple(tool for tool in one.tools if tool.job_id not in done),
                    }
                )
                for one in scenario.approvals
            ),
        }
    )
    return with_ways(after_what_is_done(left, scenario, done), days)


def first_in_vain(days: Days) -> dict[str, datetime]:
    """Return when somebody was first at each job at which visits were in vain.

    Parameters
    ----------
    days : how far each day is
    """
    found: dict[str, Visit] = {}
    for day in days.values():
        for visit in day.visits:
            if visit.state == "failed":
                before = found.setdefault(visit.stop.job_id, visit)
                found[visit.stop.job_id] = min(before, visit, key=lambda one: one.arrived_s)
    return {
        job_id: datetime.fromtimestamp(round(visit.arrived_s), tz=visit.stop.start.tzinfo)
        for job_id, visit in found.items()
    }


def with_first_on_site(job: Job, in_vain: Mapping[str, datetime]) -> Job:
    """Return a job that is not done with when somebody was first there in vain, if anybody was.

    Parameters
    ----------
    job : the job
    in_vain : see `first_in_vain`
    """
    if job.on_site_at is not None or job.job_id not in in_vain:
        return job
    return job.model_copy(update={"on_site_at": in_vain[job.job_id]})


def _is_over(visit: Visit) -> bool:
    return visit.state in ("finished", "failed")


def _job(
    job: Job, days: Days, crews: Mapping[str, tuple[str, ...]], to_come: Mapping[str, Sequence[int]]
) -> Job:
    """Return a job with who is under way to it; of one over several days, with what is left of it."""
    mine = [
        (visit.stop.seat, key, visit)
        for key, day in days.items()
        for visit in day.visits
        if visit.stop.job_id == job.job_id and not _is_over(visit)
    ]
    later = to_come.get(job.job_id, ())
    later_min = sum(later)
    if not mine:
        # its own parts went in with its first day
        partly = {"duration_min": later_min, "parts": {}} if job.job_id in to_come else {}
        return job.model_copy(update={"under_way": None, **partly})
    mine.sort(key=lambda one: one[0])
    _, key, first = mine[0]
    started = first.state == "started"
    began_s = {"started": first.started_s, "arrived": first.arrived_s}.get(first.state, first.left_s)
    fact = UnderWay(
        state="started" if started else "arrived" if first.state == "arrived" else "on_the_way",
        at=datetime.fromtimestamp(began_s, tz=first.stop.start.tzinfo),
        day=key.day,
        technicians=crews[job.job_id],
        minutes=first.minutes + later_min if started else None,
        days=1 + len(later),
    )
    waits: dict[str, Any] = {"after": ()} if started else {}  # what has begun waits for nothing any more
    return job.model_copy(update={"under_way": fact, **waits})


def _minutes_to_come(plan: Plan, days: Days) -> dict[str, list[int]]:
    """Return the minutes on site of each day to come, of jobs over several days that have begun."""
    begun = {
        (visit.stop.job_id, visit.stop.part)
        for day in days.values()
        for visit in day.visits
        if visit.state != "failed"
    }
    jobs = {job_id for job_id, _ in begun}
    found: defaultdict[str, list[int]] = defaultdict(list)
    for shift in plan.shifts:
        for stop in shift.stops:
            if stop.job_id in jobs and not stop.seat and (stop.job_id, stop.part) not in begun:
                found[stop.job_id].append((stop.setup_s + stop.service_s) // 60)
    return dict(found)


def _technician(
    scenario: Scenario, one: Technician, shifts: Mapping[ShiftKey, Shift], days: Days
) -> Technician:
    """Return a technician with what is done of the shifts and what is left on the van."""
    mine = {key: shift for key, shift in shifts.items() if key.technician_id == one.technician_id}
    if not mine:
        return one
    kept = tuple(shift for shift in one.shifts or () if ShiftKey(one.technician_id, shift.day) not in mine)
    changed = tuple(sorted((*kept, *mine.values()), key=lambda shift: shift.day))
    van = Counter(one.parts)
    for key in mine.keys() & days.keys():
        van.update(_loaded(days[key]))
        van.subtract(_taken(scenario, days[key]))
    parts = {part: pieces for part, pieces in van.items() if pieces > 0}
    return one.model_copy(
        update={
            "shifts": changed,
            "usual_otherwise": one.usual_otherwise or one.shifts is None,
            "parts": parts,
            "attendance": _attendance(one, days),
        }
    )


def _mornings_away(
    scenario: Scenario, shifts: Mapping[ShiftKey, RosterShift], days: Days
) -> dict[ShiftKey, Shift]:
    """Return the shifts to come that begin where their technician spends the night."""
    found: dict[ShiftKey, Shift] = {}
    for key, day in days.items():
        following = ShiftKey(key.technician_id, key.day + timedelta(days=1))
        if day.shift.night is not None and _went_home(day) and following in shifts and following not in days:
            place = place_book(scenario)[day.place]
            found[following] = shifts[following].shift.model_copy(update={"start_at": place})
    return found


def _attendance(one: Technician, days: Days) -> tuple[Attendance, ...]:
    """Return who has clocked in when: who has set out has."""
    left = {
        key.day: datetime.fromtimestamp(
            min(day.shift.departure.timestamp(), day.visits[0].left_s), tz=day.shift.departure.tzinfo
        )
        for key, day in days.items()
        if key.technician_id == one.technician_id
    }
    return tuple(
        record.model_copy(update={"clocked_in_at": left[record.day]})
        if record.clocked_in_at is None and record.day in left
        else record
        for record in one.attendance
    )


def _shift(scenario: Scenario, one: RosterShift, day: DaySoFar) -> Shift:
    """Return a shift with what is done of it, from where its technician is."""
    before = one.shift.so_far
    orders = Counter(before.orders if before else {})
    jobs = {job.job_id: job for job in scenario.jobs}
    loading_s = sum(seconds_between(halt.start, halt.end) for halt in _halts_made(day))
    worked_s = day.driven_s + loading_s
    for visit in day.visits:
        if _is_over(visit):
            worked_s += round(visit.ended_s - visit.started_s)
        if visit.state == "finished" and visit.stop.job_id in jobs:
            orders[kind(jobs[visit.stop.job_id], scenario.policy)] += 1
    zone = ZoneInfo(scenario.time_zone)
    so_far = SoFar(
        free_at=datetime.fromtimestamp(round(day.free_s), tz=zone),
        orders=dict(orders),
        hours=(before.hours if before else 0.0) + worked_s / 3600,
        to_set_up=_has_to_set_up(day),
    )
    return one.shift.model_copy(
        update={
            "so_far": so_far,
            "start_at": place_book(scenario)[day.place],
            "rest": "none" if day.rested else one.shift.rest,
        }
    )


def _branches(scenario: Scenario, shifts: Mapping[ShiftKey, RosterShift], days: Days) -> tuple[Branch, ...]:
    """Return the branches without the parts that were loaded there."""
    where = loading_branches(scenario, shifts.values())
    gone: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, day in days.items():
        if key in where:
            gone[where[key]].update(dict(day.shift.picked_up))
        for halt in _halts_made(day):
            gone[halt.branch_id].update(dict(halt.picked_up))
    return tuple(
        branch.model_copy(
            update={
                "stock": {
                    part: max(0, pieces - gone[branch.branch_id][part])
                    for part, pieces in branch.stock.items()
                }
            }
        )
        if branch.branch_id in gone
        else branch
        for branch in scenario.branches
    )


def _halts_made(day: DaySoFar) -> Iterator[Restock]:
    """Yield the halts at branches that come before a visit that was made, or behind the last one."""
    for halt in day.shift.restocks:
        if _went_home(day) or any(visit.stop in day.shift.stops[halt.before :] for visit in day.visits):
            yield halt


def _has_to_set_up(day: DaySoFar) -> bool:
    """Tell whether nothing is set up yet at the place that is reached next."""
    last = day.visits[-1]
    there = day.place == last.stop.leg.to_place
    return there and last.stop.setup_s > 0 and last.state not in ("started", "finished")


def _went_home(day: DaySoFar) -> bool:
    """Tell whether somebody has gone home, or to where the night is spent, as planned."""
    return day.visits[-1].stop is day.shift.stops[-1] and day.place == day.shift.last_leg.to_place


def _loaded(day: DaySoFar) -> Iterable[str]:
    """Return the parts loaded so far, one name for each piece."""
    loaded = Counter(dict(day.shift.picked_up))
    for halt in _halts_made(day):
        loaded.update(dict(halt.picked_up))
    return loaded.elements()


def _taken(scenario: Scenario, day: DaySoFar) -> Iterable[str]:
    """Return the parts built in or about to be, one name for each piece."""
    jobs = {job.job_id: job for job in scenario.jobs}
    taken: Counter[str] = Counter()
    for visit in day.visits:
        job = jobs.get(visit.stop.job_id)
        first = not (visit.stop.seat or visit.stop.part)
        if job is not None and visit.state in ("started", "finished") and first:
            taken.update(required_parts(job, scenario.policy))
    return taken.elements()
