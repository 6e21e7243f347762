"""The plan that is explained, with everything that is looked up again and again."""

from functools import cached_property

from optimizer.assess import assess
from optimizer.compile import Compiled
from optimizer.domain.assessment import Assessment
from optimizer.domain.plan import Plan, Provenance, ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.errors import BrokenPlan
from optimizer.explain.bench import Bench
from optimizer.explain.variants import any_time, longer_days
from optimizer.problem import Problem, Routes
from optimizer.schedule.lanes import Timekeeper
from optimizer.schedule.plan import make_plan

PROVENANCE = Provenance(engine="explain", seed=0, iterations=0, ended_by="finished")
"""Where the plans come from that show a change."""


class Subject:
    """A plan in rows, timed by the house's own rule, assessed, and laid out on a bench.

    Parameters
    ----------
    compiled : the question
    routes : the plan's routes

    Raises
    ------
    BrokenPlan
        The routes are not feasible.
    """

    def __init__(self, compiled: Compiled, routes: Routes) -> None:
        self.compiled = compiled
        self.routes = routes
        self.problem = compiled.problem
        self.names = compiled.names
        self.by_weight = bool(compiled.problem.levels[0] == 1)
        """Whether plans are compared by the unserved priority weight before all money."""
        self.job_row = {job: row for row, job in enumerate(compiled.names.jobs)}
        self.shift_of = {job: row for row, stops in enumerate(routes.stops) for job in stops}
        self.rows_of: dict[str, list[int]] = {}
        for row, shift in enumerate(compiled.shifts):
            self.rows_of.setdefault(shift.key.technician_id, []).append(row)
        most = max((len(one.shift.absences) for one in compiled.shifts), default=0) + 1
        self.bench = Bench(compiled.problem, routes, rests=most)

    @cached_property
    def plan(self) -> Plan:
        """The plan in business words."""
        return make_plan(self.compiled, self.routes, PROVENANCE)

    @cached_property
    def days(self) -> dict[ShiftKey, ShiftPlan]:
        """The plan's days by shift."""
        return {day.key: day for day in self.plan.shifts}

    @cached_property
    def assessment(self) -> Assessment:
        """What the plan is worth."""
        found = assess(self.compiled.scenario, self.plan)
        if found.findings:
            raise BrokenPlan(tuple(f"{one.code}: {one.sentence}" for one in found.findings))
        return found

    @cached_property
    def timekeeper(self) -> Timekeeper:
        """Times routes."""
        return Timekeeper(self.problem)

    @cached_property
    def longer(self) -> Problem:
        """The question with an hour of overtime more in every shift."""
        return longer_days(self.compiled.scenario, self.compiled.travel)

    @cached_property
    def _anytime(self) -> Problem:
        left = {self.names.jobs[row] for row in self.routes.unserved}
        return any_time(self.compiled.scenario, left, self.compiled.travel)

    def anytime(self, job: int) -> Problem:
        """Return the question without the agreed windows of a job; of all jobs left out, where it is one of them."""
        if job in self.shift_of:
            return any_time(self.compiled.scenario, {self.names.jobs[job]}, self.compiled.travel)
        return self._anytime

    def routes_of(self, plan: Plan) -> Routes:
        """Return a plan of the same jobs and shifts as routes."""
        return routes_of(self.compiled, plan)

    def with_job(self, job: int, shift: int, pos: int, *, gone: tuple[int, ...] = ()) -> Routes:
        """Return the routes with a job put behind a place in the order, and some jobs left out.

        Parameters
        ----------
        job, shift : what goes where; if it is served already, it is moved
        pos : how many stops of the shift come before it, those moved or left out not counted
        gone : jobs that are left out
        """
        off = {job, *gone}
        stops = [tuple(one for one in route if one not in off) for route in self.routes.stops]
        stops[shift] = (*stops[shift][:pos], job, *stops[shift][pos:])
        left = (set(self.routes.unserved) | set(gone)) - {job}
        return Routes(tuple(stops), tuple(sorted(left)))


def routes_of(compiled: Compiled, plan: Plan) -> Routes:
    """Return a plan as routes; its times are forgotten.

    Parameters
    ----------
    compiled : the question
    plan : a plan of it
    """
    job_row = {job: row for row, job in enumerate(compiled.names.jobs)}
    days = {day.key: tuple(job_row[stop.job_id] for stop in day.stops) for day in plan.shifts}
    stops = tuple(days.get(shift.key, ()) for shift in compiled.shifts)
    return Routes(stops, tuple(sorted(job_row[job] for job in plan.unserved)))
