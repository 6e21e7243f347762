"""Simulates one day from its published plan to its close."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from optimizer.control import Iterations
from optimizer.domain.event import Cancelled, Event, NewJob
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Promise, counting_promises
from optimizer.domain.scenario import Scenario
from optimizer.operate import RunningDay
from optimizer.replan import Closed
from optimizer.whatif.simulate.outside import calls_off, cancellations
from optimizer.whatif.simulate.real_day import Ended, RealDay
from optimizer.whatif.simulate.waiting import Waiting
from optimizer.whatif.simulate.world import World

SECOND: Final = timedelta(seconds=1)


class WholeDay(NamedTuple):
    """A simulated day that is closed."""

    morning: Scenario
    """The question of the morning."""
    plan: Plan
    """The plan of the morning."""
    events: tuple[Event, ...]
    """What the desk heard of."""
    ended: tuple[Ended, ...]
    """Visits that were made."""
    told: dict[str, Promise]
    """What customers were told first."""
    moved: int
    """Customers who were told otherwise in the course of the day."""
    over_at: datetime
    """When it was closed."""
    closed: Closed
    """Its close."""


def simulated_day(
    running: RunningDay,
    world: World,
    base: Scenario,
    waiting: Waiting,
    *,
    moments: Iterable[datetime],
    stop: Iterations,
) -> WholeDay:
    """Let a day go as it really goes, with the desk planning again at given moments.

    Parameters
    ----------
    running : the day, planned and published
    world : what really happens
    base : the study's base scenario
    waiting : jobs that are reported in the course of the day are taken from here
    moments : when the day is planned again, in order; each is asked for once the one before it is over
    stop : iterations of each search for that
    """
    day = _Day(running, world, base, waiting)
    for moment in moments:
        day.go_on(moment, stop)
    return day.closed()


class _Day:
    def __init__(self, running: RunningDay, world: World, base: Scenario, waiting: Waiting) -> None:
        self._running, self._world, self._waiting = running, world, waiting
        self._real = RealDay(world, base)
        self._morning, self._plan = running.scenario, running.plan
        assert running.scenario.now is not None
        self._now = running.scenario.now
        self._date = running.scenario.horizon.first_day
        self._to_come: list[Event] = list(calls_off(world, self._morning, self._date, self._now))
        self._events: list[Event] = []
        self._told: dict[str, Promise] = {}
        self._moved = 0
        self._keep_what_was_told()

    def go_on(self, moment: datetime, stop: Iterations) -> None:
        """Hear what happened up to a moment, and plan the rest of the day again."""
        self._hear(moment)
        self._real.plan_is_over()
        taken = self._running.go_on(moment, stop)
        self._moved += sum(one.change != "first told" for one in taken.told)
        self._keep_what_was_told()

    def closed(self) -> WholeDay:
        """Close the day at midnight, or when the last work is over."""
        zone = self._now.tzinfo
        over = datetime.combine(self._date + timedelta(days=1), time(), tzinfo=zone) - SECOND
        self._hear(over)
        while (last := self._real.over_at()) is not None and last > over:
            over = last + SECOND
            self._hear(over)
        self._real.plan_is_over()
        days = self._morning.horizon.days
        found = self._running.close(self._date, over, days=days)
        return WholeDay(
            self._morning,
            self._plan,
            tuple(self._events),
            tuple(self._real.ended),
            self._told,
            self._moved,
            over,
            found,
        )

    def _hear(self, moment: datetime) -> None:
        """Hear of everything up to a moment."""
        news = [event for event in self._to_come if event.at <= moment]
        self._to_come = [event for event in self._to_come if event.at > moment]
        running = self._running
        jobs = [job for job in running.scenario.jobs if not self._gone(job.job_id)]
        new = self._waiting.due(running.scenario, moment) if moment.date() == self._date else ()
        self._waiting.add(one for one in new if one.job.intake_at is None)  # booked ahead: nothing for today
        clocked = [one for one in new if one.job.intake_at is not None]
        news += (NewJob(kind="new_job", at=one.at, job=one.job) for one in clocked)
        jobs += (one.job for one in clocked)
        news += (one for one in cancellations(self._world, jobs, moment) if one.at > self._now)
        heard = self._real.until(running.scenario, running.plan, news, moment)
        running.happened(heard)
        self._events += heard
        self._now = moment

    def _gone(self, job_id: str) -> bool:
        return any(isinstance(event, Cancelled) and event.job_id == job_id for event in self._events)

    def _keep_what_was_told(self) -> None:
        told = counting_promises(self._running.scenario.promises)
        self._told = {name: one for name, one in told.items() if one.told} | self._told
