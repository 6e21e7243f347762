"""The whole question as a CP-SAT model: variables, what holds of them, what is minimised."""

from collections.abc import Callable
from itertools import pairwise

from optimizer.engines.exact.agreement import Halt, Trip, agreed_times
from optimizer.engines.exact.fetching import add_halts
from optimizer.engines.exact.limits import add_limits
from optimizer.engines.exact.loads import add_loads
from optimizer.engines.exact.meters import add_meters
from optimizer.engines.exact.parts import add_parts
from optimizer.engines.exact.prices import add_lateness, add_overtime
from optimizer.engines.exact.reach import HOME, reach_of
from optimizer.engines.exact.rests import add_rests
from optimizer.engines.exact.terms import Amount, CpModel, total
from optimizer.engines.exact.ties import Ties
from optimizer.engines.exact.tour import Tour
from optimizer.problem import Problem, Routes
from optimizer.schedule.lanes import Timekeeper


class Model:
    """A question in variables.

    Parameters
    ----------
    problem : the compiled question, without congestion
    """

    def __init__(self, problem: Problem) -> None:
        from ortools.sat.python.cp_model import CpModel as NewModel

        self._problem = problem
        self.cp: CpModel = NewModel()
        """What the solver gets."""
        reaches = [reach_of(problem, shift) for shift in range(len(problem.profile))]
        self._tours = [Tour(self.cp, problem, reach) for reach in reaches if reach.spans]
        self._rests = [add_rests(self.cp, problem, tour) for tour in self._tours]
        self._job_of: list[int] = problem.job_of.tolist()
        self._left_out = {job: self.cp.new_bool_var("") for job in sorted(set(self._job_of))}
        self._left = [self._left_out[job] for job in self._job_of]
        for row in (problem.shelf < 0).nonzero()[0].tolist():
            self._choose(row)
        add_halts(self.cp, problem, self._tours)
        self._ties = Ties(self.cp, problem, self._tours, self._left)
        add_limits(self.cp, problem, self._tours)
        for tour in self._tours:
            add_loads(self.cp, problem, tour)
        if len(problem.need_part):
            add_parts(self.cp, problem, self._tours)
        self.weight = total(int(problem.weight[row]) * left for row, left in enumerate(self._left))
        """Priority weight of what is left out."""
        self.cents = total([*self._flat_prices(), *self._prices_by_time()]) + int(problem.charged_cents.sum())
        """Price of the plan."""
        within_reach = {row for tour in self._tours for row in tour.serves}
        hopeless = {
            job for row, job in enumerate(self._job_of) if row not in within_reach and problem.shelf[row] < 0
        }
        self.hopeless_weight = sum(
            int(problem.weight[row]) for row, job in enumerate(self._job_of) if job in hopeless
        )
        """Priority weight of the jobs with a visit that no shift can make."""

    def _choose(self, row: int) -> None:
        """Let one shift make a visit, or none, and then none of its job's."""
        able = [tour.serves[row] for tour in self._tours if row in tour.serves]
        self.cp.add_exactly_one([self._left[row], *able])

    def _flat_prices(self) -> list[Amount]:
        """Return the prices that do not depend on time."""
        p = self._problem
        found = [int(p.unserved_cents[row]) * left for row, left in enumerate(self._left)]
        for tour in self._tours:
            shift = tour.reach.shift
            found.append(int(p.use_cents[shift]) * tour.used)
            found.extend(leg.cents * tour.legs[key] for key, leg in tour.reach.legs.items())
            if p.assignment_cents.size:
                found.extend(
                    int(p.assignment_cents[job, shift]) * served for job, served in tour.serves.items()
                )
        return [*found, add_meters(self.cp, p, self._tours)]

    def _prices_by_time(self) -> list[Amount]:
        p = self._problem
        found = [add_overtime(self.cp, p, tour) for tour in self._tours]
        for job in range(len(p.place)):
            able = [tour for tour in self._tours if job in tour.serves]
            found.append(add_lateness(self.cp, p, job, able))
        return found

    def begin_with(self, routes: Routes) -> None:
        """Let the solver begin with these feasible routes.

        Parameters
        ----------
        routes : every job in a route or left out
        """
        times = Timekeeper(self._problem, routes.agreed)
        self.cp.clear_hints()
        for job, left in self._left_out.items():
            self.cp.add_hint(left, job in routes.unserved)
        for lead, at in routes.agreed:
            self.cp.add_hint(self._ties.begin[lead], at)
        for tour, begins in zip(self._tours, self._rests, strict=True):
            stops = routes.stops[tour.reach.shift]
            driven = set(pairwise((HOME, *stops, HOME)))
            self.cp.add_hint(tour.used, bool(stops))
            for key, leg in tour.legs.items():
                self.cp.add_hint(leg, key in driven)
            for job, served in tour.serves.items():
                self.cp.add_hint(served, job in stops)
            timed = times.time(tour.reach.shift, stops) if stops else None
            if timed is not None:
                known = [(tour.start[job], at) for job, at in zip(stops, timed.start, strict=True)]
                known += [(tour.home, timed.arrive[-1]), *zip(begins, timed.rest_begin, strict=True)]
                if tour.rests:
                    known += [(tour.leave[a], at) for a, at in zip((HOME, *stops), timed.leave, strict=True)]
                for variable, at in known:
                    self.cp.add_hint(variable, int(at))

    def routes(self, value: Callable[[Amount], int]) -> Routes:
        """Return the routes of a solution.

        Parameters
        ----------
        value : gives a variable's value in the solution
        """
        stops: list[tuple[int, ...]] = [()] * len(self._problem.profile)
        trips = []
        for tour, rests in zip(self._tours, self._rests, strict=True):
            onward = {a: b for (a, b), leg in tour.legs.items() if value(leg)}
            way = [onward.get(HOME, HOME)]
            while way[-1] != HOME:
                way.append(onward[way[-1]])
            stops[tour.reach.shift] = tuple(way[:-1])
            trips.append(_trip(self._problem, tour, way[:-1], [value(rest) for rest in rests], value))
        left = tuple(job for job, variable in self._left_out.items() if value(variable))
        begins = {
            lead: value(begin) for lead, begin in self._ties.begin.items() if self._job_of[lead] not in left
        }
        agreed = agreed_times(self._problem, trips, begins) if begins else ()
        return Routes(tuple(stops), left, agreed)


def _trip(
    problem: Problem, tour: Tour, way: list[int], begins: list[int], value: Callable[[Amount], int]
) -> Trip:
    """Return a route with the places of its rests, told from when they begin."""
    ends = [begin + int(problem.rest_s[rest]) for rest, begin in zip(tour.rests, begins, strict=True)]
    halts = []
    taken = 0
    for a, b in pairwise((HOME, *way)):
        before = _over_by(ends, value(tour.leave[a]))
        after = _over_by(ends, value(tour.start[b]))
        rests = tour.rests[taken:before], tour.rests[before:after]
        halts.append(Halt(tuple(rests[0]), tour.reach.legs[a, b], tuple(rests[1]), b))
        taken = after
    return Trip(tour.reach.shift, tour.start_s, tuple(halts))


def _over_by(ends: list[int], at: int) -> int:
    """Return how many rests are over at a moment."""
    return sum(end <= at for end in ends)
