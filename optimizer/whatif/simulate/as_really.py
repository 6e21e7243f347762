"""The followed plan as it will really go: real times on site and on the road, and nobody waits for no reason.

People keep the order of the plan and its rests. Who is done early goes on at once and begins as soon as the customer
was told to be there; where the plan waits, and where a visit is tied to others, it begins no sooner than planned. With
luck that changes nothing this is the plan itself.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from optimizer.domain.job import Job
from optimizer.domain.plan import Leg, Plan, Restock, ShiftPlan, Stop, ToolPlan
from optimizer.domain.promise import Promise, counting_promises
from optimizer.domain.requirements import required_shared_tools
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician
from optimizer.whatif.simulate.world import Work, World, planned_s

SECOND: Final = timedelta(seconds=1)


class AsReally(NamedTuple):
    """The plan as it will go, and how its visits will end."""

    plan: Plan
    """The followed plan with real times on site and on the road."""
    ends: Mapping[tuple[str, int], Work]
    """Job and which day of it → what comes of the visit."""


def as_really(scenario: Scenario, plan: Plan, world: World) -> AsReally:
    """Return how a plan will really go.

    Parameters
    ----------
    scenario : the question, with what customers were told
    plan : the plan that is followed
    world : what really happens
    """
    return _Real(scenario, plan, world).made()


class _Real:
    def __init__(self, scenario: Scenario, plan: Plan, world: World) -> None:
        self._plan, self._world, self._scenario = plan, world, scenario
        self._jobs: dict[str, Job] = {job.job_id: job for job in scenario.jobs}
        self._people: dict[str, Technician] = {one.technician_id: one for one in scenario.technicians}
        self._told: dict[str, Promise] = counting_promises(scenario.promises)
        self._visits = Counter(stop.job_id for shift in plan.shifts for stop in shift.stops)
        self._tied = {tie.job_id for job in scenario.jobs for tie in job.after}
        self._ends: dict[tuple[str, int], Work] = {}
        self._planned_ends: dict[tuple[str, int], datetime] = {}

    def made(self) -> AsReally:
        """Return the plan as it will go."""
        for shift in self._plan.shifts:
            for stop in shift.stops:
                key = stop.job_id, stop.part
                self._planned_ends[key] = max(
                    stop.end, self._planned_ends.get(key, stop.end), key=datetime.timestamp
                )
                if not stop.seat and stop.job_id in self._jobs:
                    leads = self._people[shift.technician_id]
                    job = self._jobs[stop.job_id]
                    self._ends[key] = self._world.work(job, planned_s(stop), leads, part=stop.part)
        shifts = tuple(map(self._shift, self._plan.shifts))
        tools = tuple(map(self._tool_day, self._plan.tools))
        return AsReally(self._plan.model_copy(update={"shifts": shifts, "tools": tools}), self._ends)

    def _shift(self, shift: ShiftPlan) -> ShiftPlan:
        late = timedelta(seconds=self._world.late_s(shift.technician_id, shift.day))
        stops = tuple(self._stop(shift, row, stop, late) for row, stop in enumerate(shift.stops))
        restocks = tuple(self._halt(shift, halt) for halt in shift.restocks)
        return shift.model_copy(
            update={"stops": stops, "restocks": restocks, "last_leg": self._leg(shift, shift.last_leg)}
        )

    def _stop(self, shift: ShiftPlan, row: int, stop: Stop, late: timedelta) -> Stop:
        leg = self._leg(shift, stop.leg)
        begins = self._begins(shift, row, stop)
        if row == 0:
            leg = leg.model_copy(update={"departure": max(leg.departure, shift.departure + late)})
        elif begins < stop.start:
            leg = leg.model_copy(update={"departure": self._leaves(shift, row)})
        work = self._ends.get((stop.job_id, stop.part))
        seconds = planned_s(stop) if work is None else work.seconds
        return stop.model_copy(
            update={"leg": leg, "start": begins, "end": begins + timedelta(seconds=max(1, seconds))}
        )

    def _begins(self, shift: ShiftPlan, row: int, stop: Stop) -> datetime:
        """Return when the visit begins at the earliest."""
        told, job = self._told.get(stop.job_id), self._jobs.get(stop.job_id)
        there = [rest for rest in shift.rests if stop.leg.arrival <= rest.start < stop.start]
        rests_s = sum((rest.end - rest.start).total_seconds() for rest in there)
        waits = (stop.start - stop.leg.arrival).total_seconds() > rests_s
        tied = self._visits[stop.job_id] > 1 or stop.job_id in self._tied
        if told is None or job is None or waits or tied or job.after or self._tools(job):
            return stop.start
        # the order of starts is that of the stops, and rests before a visit are taken before it
        behind = [shift.stops[row - 1].start] if row else []
        behind += [rest.start for rest in shift.rests if rest.start < stop.start]
        return min(stop.start, max([told.window.start, *(moment + SECOND for moment in behind)]))

    def _tools(self, job: Job) -> bool:
        return bool(required_shared_tools(job, self._scenario.policy))

    def _leaves(self, shift: ShiftPlan, row: int) -> datetime:
        """Return when somebody leaves for a visit at the earliest: not before a rest that lies before it."""
        stop, before = shift.stops[row], shift.stops[row - 1]
        rests = [rest for rest in shift.rests if before.end <= rest.start < stop.leg.departure]
        first = shift.departure if not rests else rests[-1].start + SECOND
        return min(first, stop.leg.departure)

    def _halt(self, shift: ShiftPlan, halt: Restock) -> Restock:
        return halt.model_copy(update={"leg": self._leg(shift, halt.leg)})

    def _tool_day(self, tool: ToolPlan) -> ToolPlan:
        """Return a shared tool's day: it stays as long as the work really takes, then it is handed over."""
        stops = []
        for one in tool.stops:
            work = self._ends.get((one.job_id, one.part))
            stays = one.end - one.start
            if work is not None:
                stays = timedelta(seconds=work.seconds) + (one.end - self._planned_ends[one.job_id, one.part])
            leg = self._leg(tool, one.leg)
            stops.append(one.model_copy(update={"leg": leg, "end": one.start + stays}))
        return tool.model_copy(update={"stops": tuple(stops), "last_leg": self._leg(tool, tool.last_leg)})

    def _leg(self, shift: ShiftPlan | ToolPlan, leg: Leg) -> Leg:
        real_s = self._world.travel_s(shift.day, leg.from_place, leg.to_place, leg.travel_s)
        return leg.model_copy(update={"travel_s": real_s})
