"""What was reported of each job and technician."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from optimizer.domain.event import (
    Arrived,
    CallOff,
    Cancelled,
    Event,
    Finished,
    NoAccess,
    NoShow,
    OnTheWay,
    OrderRefused,
    Overrun,
    PartMissing,
    Postponed,
    SiteNotReady,
    SolvedRemotely,
    Started,
    ToolMissing,
)
from optimizer.domain.plan import Plan
from optimizer.domain.plan_crews import crews_of


class OfJob(NamedTuple):
    """What was reported of one job: each the moment, or none."""

    left: Mapping[str, datetime] = {}
    """Technician → when they set out."""
    arrived: Mapping[str, datetime] = {}
    """Technician → when they were there."""
    started: datetime | None = None
    """When work began."""
    ends_at: datetime | None = None
    """When it is expected to be done, where that was said."""
    finished: datetime | None = None
    """When it was done."""
    failed: datetime | None = None
    """When a visit ended in vain."""
    given_up: datetime | None = None
    """From when on nobody is to go there as planned: solved otherwise, cancelled, postponed, refused."""


class Reports(NamedTuple):
    """What was reported by job and by technician."""

    visits: Mapping[tuple[str, int], OfJob]
    """Job and which day of it → what is known of that visit."""
    away: Mapping[str, datetime]
    """Technician → from when on they do nothing more of the plan."""

    def of(self, job_id: str, part: int = 0) -> OfJob:
        """Return what was reported of a job, or of one day of it."""
        return self.visits.get((job_id, part), OfJob())


def reports_of(plan: Plan, events: Sequence[Event]) -> Reports:
    """Return what was reported, by job and technician.

    Parameters
    ----------
    plan : who was to go where
    events : sound, see `event_issues`
    """
    crews, zone, parts = crews_of(plan), ZoneInfo(plan.time_zone), _parts(plan)
    visits: defaultdict[tuple[str, int], OfJob] = defaultdict(OfJob)
    away: dict[str, datetime] = {}
    for event in in_order(events):
        if isinstance(event, CallOff):
            away.setdefault(event.technician_id, _away_from(event, zone))
        elif isinstance(event, NoShow):
            away.setdefault(event.technician_id, datetime.combine(_day(event, zone), time(), tzinfo=zone))
        elif isinstance(event, SolvedRemotely | Cancelled | Postponed | OrderRefused):
            for _, part in parts.get(event.job_id, ((event.at, 0),)):
                visit = event.job_id, part
                visits[visit] = visits[visit]._replace(given_up=event.at)
        elif (job_id := getattr(event, "job_id", None)) is not None:
            visit = job_id, _part_at(parts.get(job_id, ()), event.at)
            visits[visit] = _with_report(visits[visit], event, crews)
    return Reports(dict(visits), away)


def _with_report(known: OfJob, event: Event, crews: Mapping[str, tuple[str, ...]]) -> OfJob:
    """Return what is known of a visit after one more report."""
    match event:
        case OnTheWay():
            return known._replace(left={**_each(event, crews), **known.left})
        case Arrived():
            return known._replace(arrived={**_each(event, crews), **known.arrived})
        case Started():
            return known._replace(started=event.at)
        case Overrun():
            return known._replace(ends_at=event.ends_at)
        case Finished():
            return known._replace(finished=event.at)
        case SiteNotReady():  # may be known before anybody sets out: then nobody does
            return known._replace(failed=event.at, given_up=event.at)
        case NoAccess() | PartMissing() | ToolMissing():
            return known._replace(failed=event.at)
        case _:
            return known


def _parts(plan: Plan) -> dict[str, tuple[tuple[datetime, int], ...]]:
    """Return when each day of a job is planned to begin."""
    found: defaultdict[str, set[tuple[datetime, int]]] = defaultdict(set)
    for shift in plan.shifts:
        for stop in shift.stops:
            found[stop.job_id].add((stop.start, stop.part))
    return {job_id: tuple(sorted(parts, key=lambda one: one[1])) for job_id, parts in found.items()}


def _part_at(parts: Sequence[tuple[datetime, int]], at: datetime) -> int:
    """Return which day of a job a report is about: the last one planned up to the day of the report."""
    day = [part for start, part in parts if start.date() <= at.astimezone(start.tzinfo).date()]
    return max(day, default=0)


def in_order(events: Sequence[Event]) -> list[Event]:
    """Return events in order of time; those of one moment in the order in which they were told.

    Parameters
    ----------
    events : in any order
    """
    return sorted(events, key=lambda event: event.at.timestamp())


def _each(event: OnTheWay | Arrived, crews: Mapping[str, tuple[str, ...]]) -> dict[str, datetime]:
    """Return the event's moment for everybody whom it concerns."""
    who = crews.get(event.job_id, ()) if event.technician_id is None else (event.technician_id,)
    return dict.fromkeys(who, event.at)


def _away_from(event: CallOff, zone: ZoneInfo) -> datetime:
    if event.away_from is None:
        return event.at
    begins = datetime.combine(_day(event, zone), event.away_from, tzinfo=zone)
    return max(event.at, begins, key=datetime.timestamp)


def _day(event: CallOff | NoShow, zone: ZoneInfo) -> date:
    return event.at.astimezone(zone).date()
