"""One day as it really goes: what happens while a plan is followed, told as the events that the desk hears of."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from optimizer.domain.event import (
    Arrived,
    CallOff,
    Cancelled,
    Event,
    Finished,
    NoAccess,
    OnTheWay,
    Overrun,
    PartMissing,
    SiteNotReady,
    Started,
)
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.replan import DaySoFar, Visit, drive_of, progress
from optimizer.replan.reports import OfJob, Reports
from optimizer.travel import travel_table
from optimizer.whatif.demand.missing_part import missing_part
from optimizer.whatif.demand.truth import Outcome
from optimizer.whatif.simulate.as_really import as_really
from optimizer.whatif.simulate.world import Work, World, planned_s

LOOKED_AFTER: Final = 0.75
"""Share of the planned time after which the desk asks whether work will be done in time (`PROGRESS_CHECK`)."""
LACKED: Final = "power_supply_fit"
"""What a site lacks that turns out not to be ready; which of the things it is changes nothing."""


class Ended(NamedTuple):
    """A visit that is over."""

    job: Job
    """The job."""
    at: datetime
    """When."""
    outcome: Outcome
    """What came of it."""
    technician_id: str
    """Who led."""
    visit: int
    """Which visit of the job it was, from 1."""
    last: bool
    """Nothing is left to be done: false for a part of a job over several days."""


class RealDay:
    """What happens on a day, plan after plan.

    Parameters
    ----------
    world : what really happens
    base : the study's base scenario: which parts there are
    """

    def __init__(self, world: World, base: Scenario) -> None:
        self._world, self._base = world, base
        self._zone = ZoneInfo(base.time_zone)
        self._facts: dict[tuple[str, int], OfJob] = {}
        self._away: dict[str, datetime] = {}
        self._given_up: dict[str, datetime] = {}
        self._told: set[tuple[str, str, int, str]] = set()
        self._numbers: dict[str, int] = {}
        self._last_part: dict[str, int] = {}
        self._in_vain: list[str] = []
        self._over_s: float | None = None
        self.ended: list[Ended] = []
        """Visits that are over, as far as the desk has heard of them."""

    def until(self, scenario: Scenario, plan: Plan, news: Sequence[Event], now: datetime) -> list[Event]:
        """Return what the desk hears of up to a moment while a plan is followed, in order of time.

        What it has heard before is not told again. Before another plan comes `plan_is_over`.

        Parameters
        ----------
        scenario : the question that the plan answers, with what customers were told
        plan : the plan
        news : what comes from outside up to that moment: who calls off, who cancels
        now : the moment
        """
        self._last_part = _last_parts(plan)
        self._numbers = {job.job_id: self._world.visit(job.job_id) for job in scenario.jobs}
        for event in news:
            if isinstance(event, CallOff):
                self._away.setdefault(event.technician_id, event.at)
        really = as_really(scenario, plan, self._world)
        drive = self._world.real(drive_of(plan, travel_table(scenario)))
        days = progress(really.plan, self._reports(plan), now, drive)
        cancelled = [one for one in news if isinstance(one, Cancelled)]
        if in_vain := [one for one in cancelled if self._has_begun(one, days)]:
            news = [one for one in news if one not in in_vain]
        if len(in_vain) < len(cancelled):
            self._given_up |= {one.job_id: one.at for one in cancelled if one not in in_vain}
            days = progress(really.plan, self._reports(plan), now, drive)
        self._over_s = max((visit.ended_s for day in days.values() for visit in day.visits), default=None)
        jobs = {job.job_id: job for job in scenario.jobs}
        events: list[Event] = list(news)
        for key, day in days.items():
            for visit in day.visits:
                job, work = jobs.get(visit.stop.job_id), really.ends.get((visit.stop.job_id, visit.stop.part))
                if job is not None:
                    events.extend(self._heard(key, visit, job, work, now))
        self._in_vain += [
            one.job_id for one in events if isinstance(one, NoAccess | PartMissing | SiteNotReady)
        ]
        return sorted(events, key=_in_order)

    def plan_is_over(self) -> None:
        """Leave visits in vain behind: in the next plan, or on the next day, it is another visit."""
        for job_id in self._in_vain:
            self._world.failed(job_id)
            self._facts.pop((job_id, 0), None)
        self._in_vain.clear()

    def over_at(self) -> datetime | None:
        """Return when the last visit is over for which somebody has left; none: nobody has."""
        return None if self._over_s is None else self._moment(self._over_s)

    def _has_begun(self, event: Cancelled, days: Mapping[ShiftKey, DaySoFar]) -> bool:
        """Tell whether work had begun by the time the customer takes the report back: then nobody listens."""
        fact = self._facts.get((event.job_id, 0), OfJob())
        if fact.started is not None and fact.started <= event.at:
            return True
        return any(
            visit.stop.job_id == event.job_id
            and visit.state in ("started", "finished")
            and visit.started_s <= event.at.timestamp()
            for day in days.values()
            for visit in day.visits
        )

    def _reports(self, plan: Plan) -> Reports:
        facts = dict(self._facts)
        for shift in plan.shifts:
            for stop in shift.stops:
                if stop.job_id in self._given_up:
                    visit = stop.job_id, stop.part
                    given_up = self._given_up[stop.job_id]
                    facts[visit] = facts.get(visit, OfJob())._replace(given_up=given_up)
        return Reports(facts, self._away)

    def _heard(
        self, key: ShiftKey, visit: Visit, job: Job, work: Work | None, now: datetime
    ) -> Iterator[Event]:
        """Yield what is heard of a visit and was not heard before, and keep what is known of one under way."""
        who, stop = key.technician_id, visit.stop
        left, arrived = self._moment(visit.left_s), self._moment(visit.arrived_s)
        started, ended = self._moment(visit.started_s), self._moment(visit.ended_s)
        fact = self._facts.get((job.job_id, stop.part), OfJob())
        fact = fact._replace(left={**fact.left, who: left}, arrived={**fact.arrived, who: arrived})
        if left <= now and self._new("left", key, visit):
            yield OnTheWay(kind="on_the_way", at=left, job_id=job.job_id, technician_id=who)
        if arrived <= now and visit.state != "failed" and self._new("arrived", key, visit):
            yield Arrived(kind="arrived", at=arrived, job_id=job.job_id, technician_id=who)
        if visit.state in ("started", "finished") and not stop.seat:
            fact = fact._replace(started=started, finished=ended)
            if self._new("started", key, visit):
                self._world.visited(job.job_id)
                yield Started(kind="started", at=started, job_id=job.job_id)
            yield from self._looked_after(key, visit, job, now)
            if visit.state == "finished" and self._new("ended", key, visit):
                last = stop.part == self._last_part[job.job_id]
                yield self._end(job, "done" if work is None else work.outcome, ended, who, last)
        self._facts[job.job_id, stop.part] = fact

    def _looked_after(self, key: ShiftKey, visit: Visit, job: Job, now: datetime) -> Iterator[Event]:
        """Yield how much longer work takes, once it is asked for."""
        usual_s = planned_s(visit.stop)
        asked = self._moment(visit.started_s + LOOKED_AFTER * usual_s)
        ended = self._moment(visit.ended_s)
        late = visit.ended_s > visit.started_s + usual_s
        if late and asked <= now and asked < ended and self._new("overrun", key, visit):
            yield Overrun(kind="overrun", at=asked, job_id=job.job_id, ends_at=ended)

    def _end(self, job: Job, outcome: Outcome, at: datetime, who: str, last: bool) -> Event:
        self.ended.append(Ended(job, at, outcome, who, self._numbers[job.job_id], last))
        match outcome:
            case "no_access":
                return NoAccess(kind="no_access", at=at, job_id=job.job_id)
            case "site_not_ready":
                return SiteNotReady(kind="site_not_ready", at=at, job_id=job.job_id, lacks=(LACKED,))
            case "part_missing":
                part = missing_part(self._base, self._world.chain, job, visit=self._numbers[job.job_id])
                if part is None:  # nobody knows a part by name: another visit it is
                    return NoAccess(kind="no_access", at=at, job_id=job.job_id)
                return PartMissing(kind="part_missing", at=at, job_id=job.job_id, parts={part: 1})
            case _:
                return Finished(kind="finished", at=at, job_id=job.job_id)

    def _new(self, what: str, key: ShiftKey, visit: Visit) -> bool:
        """Tell whether something was not told before, and take note that it is now."""
        said = what, visit.stop.job_id, visit.stop.part, f"{key} {self._numbers[visit.stop.job_id]}"
        new = said not in self._told
        self._told.add(said)
        return new

    def _moment(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(int(seconds), tz=self._zone)


def _in_order(event: Event) -> tuple[float, int]:
    """Of what happens in the same second, a visit's steps come in their order, and those of the news first."""
    steps = (
        "on_the_way",
        "arrived",
        "started",
        "overrun",
        "finished",
        "no_access",
        "site_not_ready",
        "part_missing",
    )
    return event.at.timestamp(), 1 + steps.index(event.kind) if event.kind in steps else 0


def _last_parts(plan: Plan) -> dict[str, int]:
    """Return which part of each job is its last one."""
    found: dict[str, int] = {}
    for shift in plan.shifts:
        for stop in shift.stops:
            found[stop.job_id] = max(stop.part, found.get(stop.job_id, 0))
    return found
