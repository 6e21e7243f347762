"""What cannot be in a list of events: names that lead nowhere, moments to come, things that exclude each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Final

from optimizer.domain.base import Id, Record
from optimizer.domain.event import (
    Arrived,
    Cancelled,
    Contacted,
    Event,
    Finished,
    NewJob,
    NoAccess,
    OnTheWay,
    OrderRefused,
    Overrun,
    PartArrived,
    PartMissing,
    Postponed,
    SiteNotReady,
    SiteReady,
    SolvedRemotely,
    Started,
    ToolMissing,
)
from optimizer.domain.plan import Plan
from optimizer.domain.plan_crews import crews_of
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue

_STEPS: Final[Mapping[type, int]] = {
    OnTheWay: 1,
    Arrived: 2,
    Started: 3,
    Overrun: 4,
    Finished: 5,
    NoAccess: 5,
    SiteNotReady: 5,
    PartMissing: 5,
    ToolMissing: 5,
}
"""What happens to a visit, in the order in which it can; the last step ends it."""

_ENDS: Final = 5
_NO_MORE: Final = (SolvedRemotely, Cancelled)
"""After these there is no job any more."""


class Known(Record):
    """The names that events may use, and whom a plan sends where."""

    technicians: tuple[Id, ...]
    """Technicians."""
    branches: tuple[Id, ...]
    """Branches."""
    jobs: tuple[Id, ...]
    """Jobs."""
    crews: dict[Id, tuple[Id, ...]]
    """Job → whom the plan sends, the one who leads first; a job left out is not among them."""
    last_day: dict[Id, date]
    """Job → the last day on which somebody is sent there."""
    reported: dict[Id, datetime] = {}
    """Job → when it was reported, where that is said."""


def known_of(scenario: Scenario, plan: Plan) -> Known:
    """Return the names that events of a planned question may use.

    Parameters
    ----------
    scenario : the question that was planned
    plan : the plan that is followed
    """
    return Known(
        technicians=tuple(one.technician_id for one in scenario.technicians),
        branches=tuple(one.branch_id for one in scenario.branches),
        jobs=tuple(one.job_id for one in scenario.jobs),
        crews=crews_of(plan),
        last_day={stop.job_id: shift.day for shift in plan.shifts for stop in shift.stops},
        reported={one.job_id: one.intake_at for one in scenario.jobs if one.intake_at is not None},
    )


def event_issues(scenario: Scenario, plan: Plan, events: Sequence[Event], now: datetime) -> tuple[Issue, ...]:
    """Return everything that stands against a list of events, in its order.

    Parameters
    ----------
    scenario : the question that was planned
    plan : the plan that is followed
    events : in any order
    now : the present moment
    """
    return issues_with(known_of(scenario, plan), events, now)


def issues_with(known: Known, events: Sequence[Event], now: datetime) -> tuple[Issue, ...]:
    """Return everything that stands against a list of events, in its order, as `event_issues` does.

    Parameters
    ----------
    known : the names that events may use
    events : in any order
    now : the present moment
    """
    names = _Names(known)
    found: list[tuple[int, Issue]] = []
    for row, event in enumerate(events):
        found += ((row, issue) for issue in (*_moment(row, event, now), *names.unknown(row, event)))
        names.learn(event)
    of_job: defaultdict[str, list[tuple[int, Event]]] = defaultdict(list)
    for row, event in enumerate(events):
        if not isinstance(event, NewJob) and (job_id := getattr(event, "job_id", None)) is not None:
            of_job[job_id].append((row, event))
    for job_id, told in of_job.items():
        told.sort(key=lambda one: one[1].at.timestamp())
        found += _sequence(job_id, told)
    return tuple(issue for _, issue in sorted(found, key=lambda one: one[0]))


def _moment(row: int, event: Event, now: datetime) -> Iterator[Issue]:
    if event.at.timestamp() > now.timestamp():
        cause = f"{event.at.isoformat()} is later than the present time {now.isoformat()}."
        yield Issue("event-to-come", f"events[{row}].at", cause, "Report it when it has happened.")
    if isinstance(event, Overrun) and event.ends_at.timestamp() <= event.at.timestamp():
        cause = f"The work would end {event.ends_at.isoformat()}, not after the report."
        yield Issue(
            "overrun-over", f"events[{row}].ends_at", cause, "Report it finished, or correct the moment."
        )


class _Names:
    """The names that events may use; new jobs add to them."""

    def __init__(self, known: Known) -> None:
        self._technicians = frozenset(known.technicians)
        self._branches = frozenset(known.branches)
        self._jobs = set(known.jobs)
        self._crews = known.crews
        self._last_day = known.last_day
        self._reported = dict(known.reported)

    def learn(self, event: Event) -> None:
        """Take up a new job."""
        if isinstance(event, NewJob):
            self._jobs.add(event.job.job_id)
            self._reported[event.job.job_id] = event.job.intake_at or event.at

    def unknown(self, row: int, event: Event) -> Iterator[Issue]:
        """Yield the names in an event that lead nowhere."""
        path = f"events[{row}]"
        if isinstance(event, NewJob):
            if event.job.job_id in self._jobs:
                cause = f"There is a job {event.job.job_id!r} already."
                yield Issue("known-job", f"{path}.job.job_id", cause, "Give the new job an id of its own.")
            return
        if isinstance(event, PartArrived) and event.branch_id not in self._branches:
            cause = f"There is no branch {event.branch_id!r}."
            yield Issue("unknown-branch", f"{path}.branch_id", cause, "Correct the branch.")
        job_id, who = getattr(event, "job_id", None), getattr(event, "technician_id", None)
        if who is not None and who not in self._technicians:
            cause = f"There is no technician {who!r}."
            action = _nearest(who, self._technicians) or "Correct the technician."
            yield Issue("unknown-technician", f"{path}.technician_id", cause, action)
        if job_id is not None and job_id not in self._jobs:
            cause = f"There is no job {job_id!r}: unknown, or done or cancelled before."
            action = _nearest(job_id, self._jobs) or "Correct the job, or leave the event out."
            yield Issue("unknown-job", f"{path}.job_id", cause, action)
        elif job_id in self._reported and event.at.timestamp() < self._reported[job_id].timestamp():
            cause = f"{job_id} was reported {self._reported[job_id].isoformat()}, later than this."
            yield Issue("before-report", f"{path}.at", cause, "Correct the moment or the job.")
        elif type(event) in _STEPS or isinstance(event, OrderRefused):
            yield from self._unplanned(path, str(job_id), who)
            yield from self._long_ago(path, str(job_id), event)

    def _unplanned(self, path: str, job_id: str, who: str | None) -> Iterator[Issue]:
        crew = self._crews.get(job_id, ())
        if not crew:
            cause = f"The plan sends nobody to {job_id}."
            yield Issue("nobody-planned", f"{path}.job_id", cause, "Correct the job.")
        elif who is not None and who in self._technicians and who not in crew:
            cause = f"The plan does not send {who} to {job_id}."
            action = f"Name one of {', '.join(crew)}."
            yield Issue("not-on-the-job", f"{path}.technician_id", cause, action)

    def _long_ago(self, path: str, job_id: str, event: Event) -> Iterator[Issue]:
        day = self._last_day.get(job_id)
        if day is not None and event.at.date() > day + timedelta(days=1):
            cause = f"{job_id} was planned for {day}, days before {event.at.isoformat()}."
            yield Issue("long-ago", f"{path}.at", cause, "Correct the moment or the job.")


def _sequence(job_id: str, told: Sequence[tuple[int, Event]]) -> Iterator[tuple[int, Issue]]:
    """Yield what cannot follow what was reported of a job before."""
    steps: dict[str | None, int] = defaultdict(int)
    over: Event | None = None
    for row, event in told:
        path, said = f"events[{row}]", event.kind.replace("_", " ")
        if over is not None and not isinstance(event, Contacted | SiteReady):
            cause = f"{job_id} was reported {over.kind.replace('_', ' ')} before it is reported {said}."
            yield row, Issue("over-already", path, cause, "Leave one of the two out, or correct the moments.")
            continue
        step = _STEPS.get(type(event), 0)
        who = getattr(event, "technician_id", None)
        done = max(steps[None], steps[who] if who else max(steps.values(), default=0))
        if step and (step < done or (step == done and not isinstance(event, Overrun))):
            cause = f"{job_id} is reported {said} after it was further already."
            yield row, Issue("wrong-order", path, cause, "Correct the moment, or leave it out.")
        if step:
            steps[who] = max(steps[who], step)
        began = max(steps.values(), default=0) >= _STEPS[Started]
        if isinstance(event, (*_NO_MORE, Postponed, OrderRefused)) and began:
            cause = f"{job_id} has begun before it is reported {said}."
            yield row, Issue("begun-already", path, cause, "Report how the work ended instead.")
        if step == _ENDS or isinstance(event, (*_NO_MORE, Postponed)):
            over = event


def fitting(known: Known, events: Sequence[Event], now: datetime) -> tuple[Event, ...]:
    """Return the events that go with a plan; those are left out that only went with another one.

    Parameters
    ----------
    known : the names that events may use while the plan is followed
    events : in any order
    now : the present moment
    """
    left = tuple(events)
    while wrong := {row_of(issue) for issue in issues_with(known, left, now)}:
        left = tuple(event for row, event in enumerate(left) if row not in wrong)
    return left


def row_of(issue: Issue) -> int:
    """Return which event of a list an issue is about.

    Parameters
    ----------
    issue : one that `event_issues` has found
    """
    return int(issue.path.partition("[")[2].partition("]")[0])


def _nearest(name: str, known: Iterable[str]) -> str | None:
    near = get_close_matches(name, sorted(known), n=1)
    return f"Did you mean {near[0]!r}?" if near else None
