"""Looks for plans of what is left: each under its own prices, all judged by the policy's."""

from contextlib import suppress
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from optimizer.compile import Compiled, compile_scenario
from optimizer.control import Budget, Cancel, Iterations, Seconds, Stop
from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import Orders
from optimizer.domain.plan import Plan, Provenance
from optimizer.domain.promise import Pin
from optimizer.domain.proposal import ProposalName
from optimizer.domain.scenario import Scenario
from optimizer.engines import solve
from optimizer.engines.base import Solution
from optimizer.errors import BrokenPlan, InvalidInput
from optimizer.planning import VERSIONS, document_of
from optimizer.problem import Problem, Routes
from optimizer.replan.following import asking, at_home
from optimizer.replan.stability import priced_by_window, priced_for
from optimizer.replan.told import binding_promises, customers_to_tell, is_kept, leads_of
from optimizer.retime import routes_of
from optimizer.schedule.agree.settled import settled
from optimizer.schedule.plan import make_plan
from optimizer.travel import Roads, travel_table

FEW_ASKED: Final = 8
"""So many customers at most are gone through one by one, whether one of them need not be asked."""


class Candidate(NamedTuple):
    """A plan that was found, and what it was an answer to."""

    name: ProposalName
    ask: frozenset[str]
    """Jobs whose customers are asked for another time."""
    scenario: Scenario
    """The question it answers, under the policy's own prices."""
    routes: Routes
    """The plan in rows."""
    document: PlanDocument
    """The plan; it has passed the checker."""


class Searcher:
    """Looks for plans of one question; may be used from several threads.

    Parameters
    ----------
    scenario : what is left to be planned, with what everybody expects
    orders : what is left of the plan that is followed
    seed : of all searches
    roads : the operator's road data; none: straight lines
    cancel : ends running searches early
    """

    def __init__(
        self, scenario: Scenario, orders: Orders, seed: int, roads: Roads | None, cancel: Cancel
    ) -> None:
        self._scenario = scenario
        self._seed = seed
        self._cancel = cancel
        self._travel = travel_table(scenario, roads)
        self._promises = binding_promises(scenario)
        self._has_somebody = {job_id for route in orders.routes for job_id in route.jobs}
        self._compiled = compile_scenario(scenario, self._travel)
        self._start = _routes(self._compiled, orders)

    def repaired(self) -> Candidate:
        """Return the followed plan with everything put in that fits; nobody is asked for another time."""
        found = self._solved(self._compiled, self._scenario, Iterations(0), self._start, "greedy")
        return self._documented("repair", frozenset(), found.routes, self._provenance(found, "greedy"))

    def asked(self, before: Candidate) -> Candidate:
        """Return a repaired plan with everything put in that fits where those are asked whom it leaves out.

        Parameters
        ----------
        before : the repaired plan
        """
        return self._found("repair", Iterations(0), before.routes, engine="greedy")

    def searched(self, name: ProposalName, stop: Stop, before: Candidate) -> Candidate:
        """Return what a search finds that goes on from a plan.

        Parameters
        ----------
        name : what is looked for
        stop : when it ends; where customers are asked for another time, a second search takes as long
        before : where it begins
        """
        return self._found(name, stop, before.routes, ask=before.ask)

    def beside_the_others(self, stop: Stop) -> Candidate | None:
        """Return a plan in which who still has somebody keeps person and time; none: nobody has.

        Parameters
        ----------
        stop : when the search ends
        """
        routes = self._carried_on()
        plan = make_plan(self._compiled, routes, self._provenance(None, "greedy"))
        free = {job.job_id for job in self._scenario.jobs if job.under_way}
        free |= {one.job_id for one in self._scenario.pins}
        pins = tuple(
            Pin(job_id=job_id, technician_id=who, start=visit.start)
            for job_id, (who, visit) in leads_of(plan).items()
            if job_id not in free
        )
        return self._found("nobody else", stop, routes, pins) if pins else None

    def most_served(self, stop: Stop, before: Candidate) -> Candidate:
        """Return a plan for whose sake any customer may be asked for another time, as few as it takes.

        Parameters
        ----------
        stop : when the search ends in which all may be asked; another one, in which those are whom it takes, and
            looking for somebody who need not be asked take as long again
        before : where it begins
        """
        pinned = {one.job_id for one in self._scenario.pins}
        anybody = frozenset(self._promises.keys() - pinned)
        question = asking(self._scenario, anybody)
        compiled = self._compile(priced_by_window(question, anybody))
        found = self._solved(compiled, question, stop, before.routes, "lns")
        plan = make_plan(compiled, found.routes, self._provenance(found, "lns"))
        served = self._found("most served", stop, found.routes, ask=anybody - self._kept(plan))
        return self._with_fewer_asked(served, stop)

    def _with_fewer_asked(self, served: Candidate, stop: Stop) -> Candidate:
        """Return a plan that serves as much with fewer customers asked; of a few, each is tried in turn."""
        if len(served.ask) > FEW_ASKED:
            return served
        budget = Budget(stop, self._cancel)
        share = Seconds(stop.seconds / (1 + len(served.ask))) if isinstance(stop, Seconds) else stop
        for job_id in sorted(served.ask):
            if budget.ended_by() is not None:
                break
            other = self._found(served.name, share, served.routes, ask=served.ask - {job_id})
            if _told(other) < _told(served):
                served = other
        return served

    def again(self, found: Candidate) -> Candidate:
        """Return the same routes as an answer to this question.

        Parameters
        ----------
        found : a plan of a question with the same jobs in the same order
        """
        return self._documented(found.name, found.ask, found.routes, found.document.plan.provenance)

    def _carried_on(self) -> Routes:
        """Return what can be kept of the followed plan, without the jobs that have nobody now."""
        problem = self._compiled.problem
        names = enumerate(self._compiled.names.jobs)
        rows = [row for row, job_id in names if job_id not in self._has_somebody]
        forbidden = problem.forbidden.copy()
        forbidden[np.isin(problem.job_of, rows)] |= np.uint32(1 << 31)
        forbidden.flags.writeable = False  # as compiled ones are: kernels know no others
        only = problem._replace(forbidden=forbidden)
        found = solve(only, engine="greedy", stop=Iterations(0), seed=self._seed, warm=self._start)
        return settled(problem, found.routes)[0]

    def _found(
        self,
        name: ProposalName,
        stop: Stop,
        start: Routes,
        pins: tuple[Pin, ...] = (),
        engine: str = "lns",
        ask: frozenset[str] = frozenset(),
    ) -> Candidate:
        """Return what an engine finds, and once more with those customers asked whom it leaves out.

        Who was asked where it begins is asked from the beginning: else the plan it begins with would be none.
        """
        pinned = self._scenario
        if pins:
            pinned = pinned.model_copy(update={"pins": (*pinned.pins, *pins)})
        question = asking(pinned, ask)
        compiled = self._priced(question, name)
        solution = self._solved(compiled, question, stop, start, engine)
        if more := self._left_out(solution.routes) - ask:
            ask |= more
            question = asking(pinned, ask)
            compiled = self._priced(question, name)
            solution = self._solved(compiled, question, stop, solution.routes, engine)
        provenance = self._provenance(solution, engine)
        if in_vain := ask & self._kept(make_plan(compiled, solution.routes, provenance)):
            # Who is asked may be served sooner than was promised, and others may rely on it.
            with suppress(BrokenPlan):
                return self._documented(name, ask - in_vain, solution.routes, provenance)
        return self._documented(name, ask, solution.routes, provenance)

    def _priced(self, question: Scenario, name: ProposalName) -> Compiled:
        return self._compile(priced_for(question, name))

    def _solved(
        self, compiled: Compiled, question: Scenario, stop: Stop, start: Routes, engine: str
    ) -> Solution:
        """Return what an engine finds, with everything put in that fits once tied visits are as early as they can."""
        pinned = {one.job_id for one in question.pins}
        begun = {job.job_id for job in question.jobs if job.has_started}
        problem = _dearer(compiled, pinned, begun)
        found = solve(problem, engine=engine, stop=stop, seed=self._seed, warm=start, cancel=self._cancel)
        while (early := settled(problem, found.routes)[0]) != found.routes:
            filled = solve(problem, engine="greedy", stop=Iterations(0), seed=self._seed, warm=early)
            if (filled.weight, filled.cents) >= (found.weight, found.cents):
                return replace(found, routes=early)
            found = replace(found, routes=filled.routes, weight=filled.weight, cents=filled.cents)
        return found

    def _left_out(self, routes: Routes) -> frozenset[str]:
        """Return the jobs that are left out although their customers were told a time."""
        names = self._compiled.names.jobs
        return frozenset(names[row] for row in routes.unserved) & self._promises.keys()

    def _kept(self, plan: Plan) -> frozenset[str]:
        """Return the jobs whose customers need not be asked: what they were told holds, or nobody comes at all."""
        leads = leads_of(plan)
        return frozenset(
            job_id
            for job_id, promise in self._promises.items()
            if job_id not in leads or is_kept(promise, leads, self._scenario)
        )

    def _documented(
        self, name: ProposalName, ask: frozenset[str], routes: Routes, provenance: Provenance
    ) -> Candidate:
        """Return routes as a plan under the policy's own prices."""
        scenario = asking(self._scenario, ask)
        compiled = self._compile(scenario)
        kept, _ = settled(compiled.problem, routes)
        document = document_of(compiled, scenario, kept, provenance)
        return Candidate(name, ask, scenario, kept, document)

    def _compile(self, scenario: Scenario) -> Compiled:
        return self._compiled if scenario is self._scenario else compile_scenario(scenario, self._travel)

    def _provenance(self, solution: Solution | None, engine: str) -> Provenance:
        return Provenance(
            engine=engine,
            seed=self._seed,
            iterations=solution.iterations if solution else 0,
            ended_by=solution.ended_by if solution else "finished",
            versions=VERSIONS,
        )


def _told(found: Candidate) -> tuple[int, int]:
    """Return what a plan leaves out, in priority weight, and how many customers are to be told something."""
    weight = found.document.assessment.kpis.unserved_weight
    return weight, len(customers_to_tell(found.scenario, found.document.plan))


def _dearer(compiled: Compiled, *tiers: set[str]) -> Problem:
    """Return the problem in which leaving out one of a tier's jobs is worse than leaving out all of those before."""
    problem = compiled.problem
    weight, cents = problem.weight.copy(), problem.unserved_cents.copy()
    for tier in tiers:
        rows = [row for row, job_id in enumerate(compiled.names.jobs) if job_id in tier]
        weight[rows] += weight.sum() + 1
        cents[rows] += cents.sum() + 1
    for array in (weight, cents):
        array.flags.writeable = False  # as compiled ones are: kernels know no others
    return problem._replace(weight=weight, unserved_cents=cents)


def _routes(compiled: Compiled, orders: Orders) -> Routes:
    """Return orders as routes to start from; where a trip cannot be made as it was, everybody comes home."""
    try:
        return routes_of(compiled, orders)
    except InvalidInput:
        return routes_of(compiled, at_home(orders))
