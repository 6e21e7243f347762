"""Cuts what a move changes out of scenario and plan: a small scenario with two small plans, before and after.

What a rule says of a cut is not what it says of the whole, but it changes by just as much, if the cut is wide enough
for the rule (see `scopes`): what is cut off is the same before and after.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from optimizer.domain.plan import Plan, ShiftPlan, ToolPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.preview.edited import Edited
from optimizer.preview.retimed import Retimed, Ways
from optimizer.preview.scopes import Scope
from optimizer.preview.standing import Standing
from optimizer.rules.long_jobs import long_jobs
from optimizer.rules.precedence import RULE as PRECEDENCE


class Cut(NamedTuple):
    """A scenario and two plans of it, which still carry the hashes of the whole."""

    scenario: Scenario
    """The people and jobs that are looked at."""
    before: Plan
    """Their days as they stand."""
    after: Plan
    """Their days as they would be."""


class Surroundings:
    """What stands around a change, as far as a rule looks.

    Parameters
    ----------
    standing : the plan
    orders : after the change
    times : the days that may be otherwise, before and after
    job_id : the job that was moved
    """

    def __init__(self, standing: Standing, orders: Edited, times: Retimed, job_id: str) -> None:
        self._standing = standing
        self._times = times
        self._touched = orders.touched
        self._left = _left_out(standing, orders, job_id)
        self._days = {key: day for key, day in standing.days.items() if key not in times.before}
        self._days |= times.after
        self._changed = times.changed()
        self._otherwise = {job_id, *_otherwise(times, self._changed)}

    def cut(self, scope: Scope) -> Cut:
        """Return the cut that is wide enough for rules of a scope.

        Parameters
        ----------
        scope : how far they look
        """
        match scope:
            case "people":
                return self.people
            case "ties":
                return self.ties
            case "branch":
                return self._with_colleagues
            case "roster":
                return self._with_everybody if self.ties.before.tools or self.ties.after.tools else self.ties
            case "stock":
                return self.whole if self._loads() else self.people
            case "plan":
                return self.whole

    @cached_property
    def people(self) -> Cut:
        """The technicians whom the change touches, and who else is at a job that changes."""
        return self._cut_out(self._otherwise)

    @cached_property
    def ties(self) -> Cut:
        """The same with all who are at a job that is tied to one that changes."""
        tied = self._otherwise.union(*(self._standing.groups.get(one, ()) for one in self._otherwise))
        return self.people if tied == self._otherwise else self._cut_out(tied)

    @cached_property
    def whole(self) -> Cut:
        """The whole plan; its travel data has the new ways too."""
        standing = self._standing
        shifts = tuple(self._days[key] for key in standing.in_order(self._days))
        kept = tuple(one for one in standing.plan.tools if one not in self._times.tools_before)
        unserved = tuple(one for one in standing.jobs if one in self._left)
        ways = {**standing.ways, **self._times.ways}
        update = {
            "shifts": shifts,
            "tools": (*kept, *self._times.tools_after),
            "unserved": unserved,
            "travel": standing.plan.travel.model_copy(update={"legs": tuple(ways.values())}),
        }
        return Cut(standing.scenario, standing.plan, standing.plan.model_copy(update=update))

    def with_mates(self) -> tuple[Plan, Plan]:
        """Return the plans of the people, with the days of all who are at a job of theirs, before and after."""
        standing, cut = self._standing, self.people
        days = [*cut.before.shifts, *cut.after.shifts]
        jobs = {stop.job_id for day in days for stop in day.stops}
        people = {day.technician_id for day in days}
        people |= {
            key.technician_id
            for job_id in jobs
            if not standing.takes_one_visit(job_id)
            for key in standing.visitors.get(job_id, ())
        }
        keys = standing.in_order(key for who in people for key in standing.shifts_of[who])
        before, after = (
            tuple(known[key] for key in keys if key in known) for known in (standing.days, self._days)
        )
        return cut.before.model_copy(update={"shifts": before}), cut.after.model_copy(
            update={"shifts": after}
        )

    @cached_property
    def _with_colleagues(self) -> Cut:
        branches = {one.branch_id for one in self.people.scenario.technicians}
        technicians = self._standing.scenario.technicians
        return _with_records(self.people, tuple(one for one in technicians if one.branch_id in branches))

    @cached_property
    def _with_everybody(self) -> Cut:
        return _with_records(self.ties, self._standing.scenario.technicians)

    def _loads(self) -> bool:
        """Tell whether anything is loaded at a branch, in the morning or on the way."""
        plans = (self.people.before, self.people.after)
        return any(day.picked_up or day.restocks for plan in plans for day in plan.shifts)

    def _cut_out(self, together: Collection[str]) -> Cut:
        """Return the cut with all days of all who are at some jobs, with all other jobs of these days."""
        standing = self._standing
        people = {key.technician_id for key in (*self._changed, *self._touched)}
        people |= {key.technician_id for one in together for key in standing.visitors.get(one, ())}
        people |= {
            visit.technician_id
            for approval in standing.scenario.approvals
            for visit in approval.visits
            if visit.job_id in together
        }
        keys = standing.in_order(key for who in people for key in standing.shifts_of[who])
        old, new = (
            tuple(known[key] for key in keys if key in known) for known in (standing.days, self._days)
        )
        jobs = {stop.job_id for day in (*old, *new) for stop in day.stops}.union(together)
        scenario = _with_long_jobs_split(standing, people, jobs)
        small = _Small(standing, scenario, jobs)
        tools = [one for one in standing.plan.tools if one not in self._times.tools_before]
        return Cut(
            scenario,
            small.plan(old, standing.plan.tools, standing.ways, standing.unserved),
            small.plan(
                new, (*tools, *self._times.tools_after), {**standing.ways, **self._times.ways}, self._left
            ),
        )


class _Small:
    """Makes plans of a part of the scenario."""

    def __init__(self, standing: Standing, scenario: Scenario, jobs: Collection[str]) -> None:
        self._plan = standing.plan
        self._scenario = scenario
        self._jobs = frozenset(jobs)

    def plan(
        self,
        shifts: tuple[ShiftPlan, ...],
        tools: Iterable[ToolPlan],
        ways: Ways,
        unserved: Collection[str],
    ) -> Plan:
        """Return the plan of some days, with the tools that go to their jobs alone."""
        mine = tuple(one for one in tools if self._jobs.issuperset(stop.job_id for stop in one.stops))
        driven = {(day.means, leg.from_place, leg.to_place) for day in shifts for leg in day.legs}
        driven |= {(tool.means, leg.from_place, leg.to_place) for tool in mine for leg in tool.legs}
        legs = tuple(ways[key] for key in sorted(driven) if key in ways)
        return self._plan.model_copy(
            update={
                "shifts": shifts,
                "tools": mine,
                "unserved": tuple(job.job_id for job in self._scenario.jobs if job.job_id in unserved),
                "travel": self._plan.travel.model_copy(update={"legs": legs}),
            }
        )


def _with_records(cut: Cut, technicians: tuple[object, ...]) -> Cut:
    """Return a cut whose scenario knows more technicians; what they do stays cut off."""
    return cut._replace(scenario=cut.scenario.model_copy(update={"technicians": technicians}))


def _left_out(standing: Standing, orders: Edited, job_id: str) -> frozenset[str]:
    """Return the jobs that would be left out."""
    touched = (orders.days[key] for key in orders.touched if key in orders.days)
    served = any(job_id in day.jobs for day in touched)
    served = served or bool(standing.visitors.get(job_id, frozenset()) - orders.touched)
    return standing.unserved - {job_id} if served else standing.unserved | {job_id}


def _otherwise(times: Retimed, keys: Iterable[ShiftKey]) -> set[str]:
    """Return the jobs with a visit that is made by somebody else or at another time."""
    found: set[str] = set()
    for key in keys:
        old, new = (_visits(days, key) for days in (times.before, times.after))
        found.update(job_id for job_id, *_ in old ^ new)
    return found


def _visits(days: Mapping[ShiftKey, ShiftPlan], key: ShiftKey) -> set[tuple[str, int, int, float, float]]:
    stops = days[key].stops if key in days else ()
    return {(one.job_id, one.part, one.seat, one.start.timestamp(), one.end.timestamp()) for one in stops}


def _with_long_jobs_split(standing: Standing, people: Collection[str], jobs: Collection[str]) -> Scenario:
    """Return the part of the scenario; with everybody in it, where else other jobs would be too long for a day.

    Which jobs are split over days depends on the longest shift of all.
    """
    part = standing.part(people, jobs)
    params = standing.book.params(PRECEDENCE)
    if not params.active or standing.scenario.horizon.days == 1:
        return part
    split = {job_id: standing.parts_of[job_id] for job_id in jobs if standing.parts_of[job_id] > 1}
    if long_jobs(part, params.longest_part_min).parts == split:
        return part
    return standing.part(standing.technicians, jobs)
