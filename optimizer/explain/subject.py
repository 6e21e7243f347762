"""The plan that is explained, with everything that is looked up again and again."""

from functools import cached_property
from itertools import chain

from optimizer.assess import assess
from optimizer.compile import Compiled
from optimizer.domain.assessment import Assessment
from optimizer.domain.plan import Plan, Provenance, ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.trips import outings
from optimizer.errors import BrokenPlan
from optimizer.explain.laid_out import laid_out
from optimizer.explain.outings import people_rows, technician_of
from optimizer.explain.placing import Placement, with_puts
from optimizer.explain.ties import Ties
from optimizer.explain.untied import untied_like
from optimizer.explain.variants import any_time, longer_days
from optimizer.problem import Problem, Routes, tied
from optimizer.schedule.halt_rows import Halt, HaltedDay, woven
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
        absences = max((len(one.shift.absences) for one in compiled.shifts), default=0)
        days = max((len(one.days) for one in compiled.trips), default=1)
        most = days * (absences + 2) - 1  # on each day its absences and its rest, and the nights between them
        self.compiled = compiled
        self.loose, self.bench = laid_out(compiled, routes, rests=most)
        """The question with its ties cut, and its routes on a bench."""
        self.routes = self.bench.routes
        self.problem = self.loose.problem
        """The question with its ties cut, see `optimizer.explain.untied`."""
        self.names = self.loose.names
        self.by_weight = bool(compiled.problem.levels[0] == 1)
        """Whether plans are compared by the unserved priority weight before all money."""
        self.job_row = {job: row for row, job in enumerate(compiled.names.jobs)}
        self.shift_of = {job: row for row, stops in enumerate(self.routes.stops) for job in stops}
        """Served visit → its shift; of a job with several visits its first one is where its lead is."""
        self.rows_of: dict[str, list[int]] = {}
        """The routes of each technician: days, then the trips that can be made."""
        for row in people_rows(compiled).tolist():
            self.rows_of.setdefault(technician_of(compiled, row), []).append(row)

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
        """Times routes, tied visits as agreed."""
        return Timekeeper(self.compiled.problem, self.routes.agreed)

    @property
    def ties(self) -> Ties | None:
        """What ties the plan's jobs; none: nothing."""
        return None if self.bench.tied is None else self.bench.tied.ties

    def is_tied(self, job: int) -> bool:
        """Tell whether a job takes several visits or is linked to others."""
        return self.ties is not None and self.ties.is_tied(job)

    def rows(self, job: int) -> list[int]:
        """Return the rows of all visits of a job, its first one first, last the halts made to fetch its parts."""
        rows = [job] if self.ties is None else self.ties.rows(job)
        p = self.compiled.problem
        halts = p.fetch[p.fetch_ptr[job] : p.fetch_ptr[job + 1]].tolist()
        return [*rows, *(row for row in halts if row in self.shift_of)]

    def needed(self, job: int) -> bool:
        """Tell whether a served job cannot be left out alone, since another served one needs it."""
        return self.ties is not None and bool(self.ties.needed_by(job))

    def cut(self, variant: Problem, *, but: int = -1) -> Problem:
        """Return a variant of the question with the plan's ties cut; `but`: a job that has its windows from it."""
        spans = () if self.ties is None else self.ties.spans
        return untied_like(variant, self.compiled.problem, self.problem, spans, but=but)

    @cached_property
    def longer(self) -> Problem:
        """The question with an hour of overtime more in every shift."""
        return longer_days(self.compiled)

    @cached_property
    def longer_loose(self) -> Problem:
        """The same with its ties cut."""
        return self.cut(self.longer)

    @cached_property
    def _anytime(self) -> Problem:
        left = {self.names.jobs[row] for row in self.routes.unserved}
        return any_time(self.compiled, left)

    @cached_property
    def _anytime_loose(self) -> Problem:
        return self.cut(self._anytime)

    def anytime(self, job: int) -> Problem:
        """Return the question without the agreed windows of a job; of all jobs left out, where it is one of them."""
        if job in self.shift_of:
            return any_time(self.compiled, {self.names.jobs[job]})
        return self._anytime

    def anytime_loose(self, job: int) -> Problem:
        """Return the same with its ties cut."""
        return self.cut(self.anytime(job), but=job) if job in self.shift_of else self._anytime_loose

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
        off = {row for one in (job, *gone) for row in self.rows(one)}
        stops = [tuple(one for one in route if one not in off) for route in self.routes.stops]
        stops[shift] = (*stops[shift][:pos], job, *stops[shift][pos:])
        left = (set(self.routes.unserved) | set(gone)) - {job}
        return Routes(tuple(stops), tuple(sorted(left)))

    def with_placement(self, job: int, placement: Placement, *, gone: tuple[int, ...] = ()) -> Routes:
        """Return the routes with all visits of a job put somewhere, and some jobs left out.

        Parameters
        ----------
        job : what is put in; if it is served already, it is moved
        placement : where its visits go, those moved or left out not counted
        gone : jobs that are left out
        """
        off = {row for one in (job, *gone) for row in self.rows(one)}
        stops = tuple(
            with_puts(
                [one for one in route if one not in off],
                [put for put in placement.puts if put.shift == shift],
            )
            for shift, route in enumerate(self.routes.stops)
        )
        left = (set(self.routes.unserved) | set(gone)) - {job}
        return Routes(stops, tuple(sorted(left)), placement.starts)


def routes_of(compiled: Compiled, plan: Plan) -> Routes:
    """Return a plan as routes; of its times only those are kept on which tied routes have agreed.

    Parameters
    ----------
    compiled : the question
    plan : a plan of it
    """
    rows = row_of(compiled)
    seconds = compiled.timeline.seconds
    stops: list[tuple[int, ...]] = [()] * len(compiled.problem.profile)
    for days in outings(plan):
        row = compiled.row_of_days(tuple(day.key for day in days), days[0].means)
        halted = [
            HaltedDay(
                tuple(rows[stop.job_id, stop.part, stop.seat] for stop in day.stops),
                tuple(Halt(one.branch_id, one.before, one.picked_up) for one in day.restocks),
            )
            for day in days
        ]
        stops[row] = tuple(chain.from_iterable(woven(compiled, halted).days))
    tools = {
        (day.branch_id, day.tool, day.piece, day.day): tuple(
            rows[stop.job_id, stop.part, day.tool] for stop in day.stops
        )
        for day in plan.tools
    }
    for row, one in enumerate(compiled.tools, start=len(compiled.shifts)):
        stops[row] = tools.get((one.branch_id, one.tool, one.piece, one.day), ())
    leads = tied(compiled.problem)
    agreed = sorted(
        (row, seconds(stop.start))
        for day in plan.shifts
        for stop in day.stops
        if leads[row := rows[stop.job_id, stop.part, stop.seat]]
    )
    left = tuple(sorted(rows[job, 0, 0] for job in plan.unserved))
    return Routes(tuple(stops), left, tuple(agreed))


def row_of(compiled: Compiled) -> dict[tuple[str, int, int | str], int]:
    """Return the row of each visit by job, part, and the seat of a person or the name of a tool.

    Parameters
    ----------
    compiled : the question
    """
    jobs = compiled.names.jobs
    return {
        (jobs[visit.job], visit.part, visit.tool or visit.seat): row
        for row, visit in enumerate(compiled.visits.rows)
    }
