"""The close of a day that was planned again on the way: one report of it all, beside the morning's plan."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from optimizer.domain.event import Event, NewJob
from optimizer.domain.fingerprint import travel_sha256
from optimizer.domain.plan import Leg, Plan, Restock, Stop
from optimizer.domain.promise import Promise
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.replan.as_it_was import as_it_was
from optimizer.replan.close import Closed, close_day, way_of
from optimizer.replan.day_report import OneDay, report_of
from optimizer.replan.done import Done, finished
from optimizer.replan.late_reports import corrected, one_after_another
from optimizer.replan.ledgers import work_done
from optimizer.replan.progress import DaySoFar, Visit, progress
from optimizer.replan.reports import reports_of
from optimizer.replan.rest_of_day import Days
from optimizer.replan.revision import of_these_days
from optimizer.replan.ways import drive_of
from optimizer.rules.promise import told_promises
from optimizer.travel import Roads, travel_table

_OVER = ("finished", "failed")


class Chapter(NamedTuple):
    """A part of a day in which one plan was followed."""

    scenario: Scenario
    """The question, with what customers were told while the plan was followed."""
    plan: Plan
    """The plan that was followed."""
    events: tuple[Event, ...]
    """What happened while it was."""
    until: datetime
    """When it was planned again, or the day was closed."""
    late: tuple[Event, ...] = ()
    """What was reported only after that of jobs which were taken to be done, see `plan_of_late`."""


def close_chapters(
    chapters: Sequence[Chapter],
    day: date,
    *,
    days: int | None = None,
    same_shifts: bool = False,
    roads: Roads | None = None,
) -> Closed:
    """Close a day that was planned again on the way; the report sets all of it beside the first plan.

    What customers were told while that was followed counts; of whom nothing was told then, what they were told first.

    Parameters
    ----------
    chapters : the parts of the day in order, at least one; the last ends with the close
    day : the day that is over
    days, same_shifts, roads : as in `close_day`

    Raises
    ------
    InvalidInput
        See `close_day`.
    """
    first, last = chapters[0], chapters[-1]
    went, done = _whole(chapters, roads)
    put_off = tuple(_put_off(chapters, went, done, day))
    closed = close_day(
        last.scenario,
        last.plan,
        (*last.events, *put_off),
        day,
        last.until,
        days=days,
        same_shifts=same_shifts,
        roads=roads,
    )
    events = tuple(event for chapter in chapters for event in (*chapter.events, *chapter.late))
    known = _with_new_jobs(first.scenario, events)
    one = OneDay(first.scenario, first.plan, events, day, last.until, went, done, _told(chapters))
    followed = _followed(chapters, went, day)
    way = way_of(followed, travel_table(known, roads))
    away = {name for chapter in chapters for name in reports_of(chapter.plan, chapter.events).away}
    real = as_it_was(followed, went, day, way, jobs=[job.job_id for job in one.as_known.jobs], away=away)
    work = work_done(known, real, went, done, day)
    return Closed(closed.scenario, report_of(one, real, work, closed.scenario, closed.report.waiting))


def _put_off(
    chapters: Sequence[Chapter], went: Days, done: Mapping[str, Done], day: date
) -> Iterator[NewJob]:
    """Yield the jobs that were put off behind the planned days on the way: no later question has them."""
    for one in chapters[:-1]:
        part = OneDay(one.scenario, one.plan, one.events, day, one.until, went, done, {})
        for job in of_these_days(part.as_it_turned_out)[1]:
            yield NewJob(kind="new_job", at=job.intake_at or one.until, job=job)


def _told(chapters: Sequence[Chapter]) -> dict[str, Promise]:
    """Return what counts of what customers were told: of the earliest plan with which they were told anything."""
    found: dict[str, Promise] = {}
    for chapter in chapters:
        found = told_promises(chapter.scenario) | found
    return found


def _with_new_jobs(scenario: Scenario, events: Sequence[Event]) -> Scenario:
    known = {job.job_id for job in scenario.jobs}  # also those that came back
    new = {event.job.job_id: event.job for event in events if isinstance(event, NewJob)}
    more = (job for job_id, job in new.items() if job_id not in known)
    return scenario.model_copy(update={"jobs": (*scenario.jobs, *more)})


def _whole(chapters: Sequence[Chapter], roads: Roads | None) -> tuple[Days, dict[str, Done]]:
    """Return how each day went from its beginning, and the jobs that are done."""
    went: dict[ShiftKey, DaySoFar] = {}
    done: dict[str, Done] = {}
    for chapter in chapters:
        drive = drive_of(chapter.plan, travel_table(chapter.scenario, roads))
        days = progress(chapter.plan, reports_of(chapter.plan, chapter.events), chapter.until, drive)
        days = corrected(days, chapter.plan, chapter.late)
        done |= finished(chapter.plan, days)
        went |= {key: joined(went[key], day) if key in went else day for key, day in days.items()}
    if any(chapter.late for chapter in chapters):
        went = {key: day._replace(visits=one_after_another(day.visits)) for key, day in went.items()}
    return went, done


def _followed(chapters: Sequence[Chapter], went: Days, until: date) -> Plan:
    """Return the plan that was followed, all in one: of days that are over each as it was followed."""
    last = chapters[-1].plan
    ways = {key: leg for chapter in chapters for key, leg in chapter.plan.travel.by_way().items()}
    legs = tuple(ways[key] for key in sorted(ways))
    travel = {"legs": legs, "sha256": travel_sha256(last.travel.source, legs)}
    over = {key: day.shift for key, day in went.items() if key.day <= until}
    others = {shift.key: shift for shift in last.shifts if shift.key not in over}
    order = {one.technician_id: row for row, one in enumerate(chapters[0].scenario.technicians)}
    shifts = sorted((over | others).items(), key=lambda item: (order[item[0].technician_id], item[0].day))
    return last.model_copy(
        update={
            "shifts": tuple(shift for _, shift in shifts),
            "travel": last.travel.model_copy(update=travel),
        }
    )


def joined(earlier: DaySoFar, later: DaySoFar) -> DaySoFar:
    """Return a day of which the first part went by one plan and the rest by another.

    Parameters
    ----------
    earlier : how far it was when it was planned again
    later : how it went on from there
    """
    running = earlier.visits[-1] if earlier.visits[-1].state not in _OVER else None
    goes_on = running is not None and running.stop.job_id == later.visits[0].stop.job_id
    before = list(earlier.visits[:-1] if goes_on else earlier.visits)
    if running is not None and not goes_on:  # somebody else does it: this way was in vain
        came_s = running.arrived_s
        before[-1] = running._replace(state="failed", started_s=came_s, ended_s=came_s, assumed=False)
    # from behind: somebody may have been on the way there before, and been sent elsewhere first
    behind = earlier.shift.stops[::-1].index(earlier.visits[-1].stop)
    stops = list(earlier.shift.stops[: len(earlier.shift.stops) - behind])
    if goes_on:
        stops.pop()
    offset = len(stops)
    names = {later.shift.first_leg.from_place: earlier.place}
    rest = [stop.model_copy(update={"leg": _from(stop.leg, names)}) for stop in later.shift.stops]
    visits = [visit._replace(stop=rest[later.shift.stops.index(visit.stop)]) for visit in later.visits]
    if goes_on and running is not None:
        first = later.shift.stops.index(later.visits[0].stop)
        rest[first], visits[0] = _carried_on(running, visits[0])
    shift = later.shift.model_copy(
        update={
            "departure": earlier.shift.departure,
            "stops": (*stops, *rest),
            "picked_up": earlier.shift.picked_up,
            "restocks": (
                *(halt for halt in earlier.shift.restocks if halt.before < len(stops) + goes_on),
                *(_moved(halt, offset, names) for halt in later.shift.restocks),
            ),
        }
    )
    return later._replace(
        shift=shift,
        visits=(*before, *visits),
        driven_s=earlier.driven_s + later.driven_s,
        rested=earlier.rested or later.rested,
    )


def _carried_on(running: Visit, visit: Visit) -> tuple[Stop, Visit]:
    """Return a visit that was under way when the day was planned again: it began with its way there."""
    stop = visit.stop.model_copy(update={"leg": running.stop.leg})
    there = running.state in ("arrived", "started")
    return stop, visit._replace(
        stop=stop,
        left_s=running.left_s,
        arrived_s=running.arrived_s if there else visit.arrived_s,
        assumed=running.assumed and visit.assumed,
    )


def _moved(halt: Restock, offset: int, names: Mapping[str, str]) -> Restock:
    return halt.model_copy(update={"before": halt.before + offset, "leg": _from(halt.leg, names)})


def _from(leg: Leg, names: Mapping[str, str]) -> Leg:
    """Return a way that begins at a place known to the whole day, not where somebody was in the middle of it."""
    return leg.model_copy(update={"from_place": names.get(leg.from_place, leg.from_place)})
