"""Who works together in a plan, on which day of how many, and which shared tools are there with them."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from optimizer.domain.plan import Leg, Plan, Stop, ToolPlan, ToolStop


class Present(NamedTuple):
    """One person at a job."""

    technician_id: str
    """Who."""
    day: date
    """The day of the shift, local date."""
    stop: Stop
    """The visit."""


class Lent(NamedTuple):
    """A shared tool at a job."""

    route: ToolPlan
    """The tool's day."""
    number: int
    """Which stop of that day it is, from 0."""

    @property
    def stop(self) -> ToolStop:
        """The tool's stop at the job."""
        return self.route.stops[self.number]

    @property
    def before(self) -> ToolStop | None:
        """The stop it comes from; none: it comes from its branch."""
        return self.route.stops[self.number - 1] if self.number else None

    @property
    def after(self) -> ToolStop | None:
        """The stop it goes on to; none: it goes back to its branch."""
        rest = self.route.stops[self.number + 1 :]
        return rest[0] if rest else None

    @property
    def way_on(self) -> Leg:
        """The tool's way from the job: to the next one, or back."""
        return self.after.leg if self.after is not None else self.route.last_leg


class Together:
    """What a plan says about people and shared tools that are at the same job.

    Parameters
    ----------
    plan : the plan, as anybody made it
    """

    def __init__(self, plan: Plan) -> None:
        people: defaultdict[tuple[str, int], list[Present]] = defaultdict(list)
        tools: defaultdict[tuple[str, int], list[Lent]] = defaultdict(list)
        days: dict[str, int] = {}
        for shift in plan.shifts:
            for stop in shift.stops:
                people[stop.job_id, stop.part].append(Present(shift.technician_id, shift.day, stop))
                days[stop.job_id] = max(days.get(stop.job_id, 0), stop.part + 1)
        for route in plan.tools:
            for number, one in enumerate(route.stops):
                tools[one.job_id, one.part].append(Lent(route, number))
        self._people = {
            key: tuple(sorted(found, key=lambda one: one.stop.seat)) for key, found in people.items()
        }
        self._tools = {key: tuple(found) for key, found in tools.items()}
        self._days = days

    def crew(self, job_id: str, part: int = 0) -> tuple[Present, ...]:
        """Return who is at a job, the one who leads first; empty: nobody.

        Parameters
        ----------
        job_id : the job
        part : which of its days, from 0
        """
        return self._people.get((job_id, part), ())

    def mates(self, stop: Stop) -> tuple[Present, ...]:
        """Return who else is at a stop's job, the one who leads first.

        Parameters
        ----------
        stop : a stop of the plan itself
        """
        return tuple(one for one in self.crew(stop.job_id, stop.part) if one.stop is not stop)

    def keeps(self, before: ToolStop | None, after: ToolStop | None) -> bool:
        """Tell whether who leads at one of a tool's stops leads at the next one too and keeps the tool.

        Parameters
        ----------
        before, after : two stops of a tool, one after the other; none: its branch
        """
        if before is None or after is None:
            return False
        here, there = (self.crew(one.job_id, one.part)[:1] for one in (before, after))
        return bool(here and there) and here[0].technician_id == there[0].technician_id

    def days(self, job_id: str) -> int:
        """Return over how many days a job is spread; 0: it is not in the plan."""
        return self._days.get(job_id, 0)

    def tools(self, job_id: str, part: int = 0) -> tuple[Lent, ...]:
        """Return the shared tools at a job, in the plan's order.

        Parameters
        ----------
        job_id : the job
        part : which of its days, from 0
        """
        return self._tools.get((job_id, part), ())
