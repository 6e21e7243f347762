"""A day that is one queue: one skill, no way to drive, calls at random, work of exponential length around the clock.

Calls come in from midnight to eight in the evening, each an hour after its report, when its clock runs out: every
second of waiting has its price from then on. The desk plans again whenever a call comes in or somebody is done, and no
promise binds it: the simulator plans again at moments that are given, and a queue has no others.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from heapq import heapify, heapreplace
from math import log
from typing import Any, Final, NamedTuple

from optimizer.control import Iterations
from optimizer.domain.demand_chances import Absences, Durations, Failures, RealDuration
from optimizer.domain.demand_model import DemandModel, DemandSource, ProductMix
from optimizer.domain.event import Finished, Started
from optimizer.domain.job import Job
from optimizer.domain.policy import Desk, JobType
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift
from optimizer.operate import RunningDay
from optimizer.planning import plan_scenario
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.demand.new_jobs import new_jobs
from optimizer.whatif.simulate.day import simulated_day
from optimizer.whatif.simulate.waiting import Reported, Waiting
from optimizer.whatif.simulate.world import World
from tests.unit.rules.build import DAY, at, job, north, scenario, technician

MEAN_MIN: Final = 15
"""Minutes that a call takes in the mean, and by plan."""
HOURS: Final = 20
"""So long calls are reported; then the day ends without new ones."""
_ITERATIONS: Final = Iterations(30)
_NEVER: Final = (0.0,) * 5


class Served(NamedTuple):
    """A call that was served."""

    came: datetime
    """When it could be begun at the earliest."""
    began: datetime
    ended: datetime

    @property
    def waited_s(self) -> float:
        """Seconds until somebody began."""
        return (self.began - self.came).total_seconds()


def department(people: int) -> Scenario:
    """Return so many people at work around the clock, where their only customers live, and what waiting costs."""
    shift = Shift(day=DAY, start=time(0), end=time(0), overtime_limit_min=480, rest="none")
    staff = [technician(technician_id=f"T{one}", shifts=(shift,)) for one in range(people)]
    dear: dict[str, Any] = {"within_h": 1, "missed_cents": 0, "cents_per_hour_late": 1_000_000_000}
    free = {"active": False}
    rules = {"ARRIVE_NEAR": dear, "PROMISE": free, "WORKLOAD_CAP": free}
    like = job(place=north(0), duration_min=MEAN_MIN, intake_at=at("00:00"))
    of = scenario(staff, [like], rules=rules, now=at("00:00"))
    table = {"repair": JobType(kind="repair", base_min=MEAN_MIN)}
    desk = Desk(opens=time(0), closes=time(23, 59))
    return of.model_copy(update={"policy": of.policy.model_copy(update={"job_types": table, "desk": desk})})


def demand(load: float) -> DemandModel:
    """Return calls that keep so many people busy, with exponential work and nothing else left to chance."""
    calls_a_day = load * HOURS * 60 / MEAN_MIN
    return DemandModel(
        sources=(DemandSource(units=1_000, failures_per_day=calls_a_day / 1_000),),
        mixes=(ProductMix(types={"repair": 1.0}),),
        hours=(1.0,) * HOURS + (0.0,) * (24 - HOURS),
        dispatch_min=60,
        place_spread_m=0,
        durations=Durations(usual=RealDuration(median=log(2), shape="exponential")),
        failures=Failures(cancelled=0, no_access=0, site_not_ready=0, part_missing=_NEVER, not_fixed=_NEVER),
        absences=Absences(sick=0, late=0),
    )


class QueueDay:
    """One such day.

    Parameters
    ----------
    load : people whom the calls keep busy
    people : how many there are
    number : which chain of chance
    """

    def __init__(self, load: float, people: int, number: int) -> None:
        base, model = department(people), demand(load)
        self._world = World(model, base.policy, Chain(1, number), at("00:00"))
        drawn = new_jobs(model, base, self._world.chain, DAY)
        self._calls = {one.job.job_id: one.job for one in drawn}
        self._base, self._people = base, people

    def by_simulation(self) -> list[Served]:
        """Return the calls in order of coming in, served as the simulator of days has it."""
        question = self._base.model_copy(update={"jobs": ()})
        plan = plan_scenario(question, stop=Iterations(0)).plan
        running, waiting = RunningDay(question, plan, at("00:00")), Waiting()
        waiting.add(Reported(call, _came(call)) for call in self._calls.values())
        moments = self._moments(running)
        day = simulated_day(running, self._world, self._base, waiting, moments=moments, stop=_ITERATIONS)
        began = {one.job_id: one.at for one in day.events if isinstance(one, Started)}
        ended = {one.job_id: one.at for one in day.events if isinstance(one, Finished)}
        calls = sorted(self._calls.values(), key=_came)
        return [Served(_came(call), began[call.job_id], ended[call.job_id]) for call in calls]

    def by_hand(self) -> list[Served]:
        """Return the same calls, each taken by whoever is free first."""
        free, served = [at("00:00")] * self._people, []
        heapify(free)
        for call in sorted(self._calls.values(), key=_came):
            began = max(_came(call), free[0])
            heapreplace(free, began + self._takes(call.job_id))
            served.append(Served(_came(call), began, began + self._takes(call.job_id)))
        return served

    def _takes(self, job_id: str) -> timedelta:
        work = self._world.work(self._calls[job_id], 60 * MEAN_MIN, self._base.technicians[0])
        return timedelta(seconds=work.seconds)

    def _moments(self, running: RunningDay) -> Iterator[datetime]:
        """Yield when the next call comes in or the next one under way ends, one after the other, until midnight."""
        now = at("00:00")
        while True:
            first = [shift.stops[0] for shift in running.plan.shifts]
            ends = [stop.start + self._takes(stop.job_id) for stop in first if stop.start <= now]
            later = [moment for moment in (*map(_came, self._calls.values()), *ends) if moment > now]
            now = min(later, default=at("23:59"))
            if not later or now.date() != DAY:
                return
            yield now


def _came(call: Job) -> datetime:
    assert call.dispatched_at is not None
    return call.dispatched_at
