"""Looks for plans of what is left: each under its own prices, all judged by the policy's."""

from contextlib import suppress
from dataclasses import replace
from functools import cached_property
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
    to_tell: tuple[str, ...]
    """Jobs whose customers are to be told something."""

    @property
    def figures(self) -> tuple[int, int, int]:
        """Priority weight left out, customers to be told something, bill in cents; of each, less is better."""
        worth = self.document.assessment
        return worth.kpis.unserved_weight, len(self.to_tell), worth.bill.total_cents


class _Question(NamedTuple):
    """What is asked, and the same compiled."""

    scenario: Scenario
    compiled: Compiled


class Searcher:
    """Looks for plans of one question; may be used from several threads.

    Parameters
    ----------
    scenario : what is left to be planned, with what everybody expects
    orders : what is left of the plan that is followed
    seed : of all searches
    roads : the operator's road data; none: straight lines
    cancel : ends running searches early
    reasons : plans say why jobs are left out
    """

    def __init__(
        self,
        scenario: Scenario,
        orders: Orders,
        seed: int,
        roads: Roads | None,
        cancel: Cancel,
        *,
        reasons: bool = True,
    ) -> None:
        self._scenario = scenario
        self._seed = seed
        self._cancel = cancel
        self._reasons = reasons
        self._travel = travel_table(scenario, roads)
        self._promises = binding_promises(scenario)
        self._has_somebody = {job_id for route in orders.routes for job_id in route.jobs}
        self._orders = orders
        self._questions: dict[frozenset[str], _Question] = {}

    def repaired(self) -> Candidate:
        """Return the followed plan with everything put in that fits; nobody is asked for another time."""
        found = self._solved(self._asking(frozenset()), Iterations(0), self._start, "greedy")
        return self._documented("repair", frozenset(), found.routes, self._provenance(found, "greedy"))

    def asked(self, before: Candidate) -> Candidate:
        """Return a repaired plan with everything put in that fits where those are asked whom it leaves out.

        Parameters
        ----------
        before : the repaired plan
        """
        left_out = self._left_out(before.routes)
        if not left_out:
            return before
        return self._found("repair", Iterations(0), before.routes, engine="greedy", ask=left_out)

    def searched(self, name: ProposalName, stop: Stop, before: Candidate) -> Candidate:
        """Return what a search finds that goes on from a plan.

        Parameters
        ----------
        name : what is looked for
        stop : when it ends; where customers are asked for another time, a second search takes as long
        before : where it begins
        """
        return self._found(name, stop, before.routes, ask=before.ask)

    def fewest_changes(self, stop: Stop) -> Candidate:
        """Return what a search finds that goes on from the followed plan at once; nothing on the way is written out.

        Parameters
        ----------
        stop : when it ends; where customers are asked for another time, a second search takes as long
        """
        first = self._solved(self._asking(frozenset()), Iterations(0), self._start, "greedy").routes
        return self._found("fewest changes", stop, first, ask=self._left_out(first))

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
        anybody = frozenset(self._promises) - pinned
        question = self._compile(priced_by_window(asking(self._scenario, anybody), anybody))
        found = self._solved(question, stop, before.routes, "lns")
        plan = make_plan(question.compiled, found.routes, self._provenance(found, "lns"))
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
            if other.figures[:2] < served.figures[:2]:
                served = other
        return served

    def again(self, found: Candidate) -> Candidate:
        """Return the same routes as an answer to this question.

        Parameters
        ----------
        found : a plan of a question with the same jobs in the same order
        """
        return self._documented(found.name, found.ask, found.routes, found.document.plan.provenance)

    @property
    def _compiled(self) -> Compiled:
        return self._asking(frozenset()).compiled

    @cached_property
    def _start(self) -> Routes:
        """Return what is left of the plan that is followed, in rows."""
        return _routes(self._compiled, self._orders)

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
        question = self._priced(name, ask, pins)
        solution = self._solved(question, stop, start, engine)
        if more := self._left_out(solution.routes) - ask:
            ask |= more
            question = self._priced(name, ask, pins)
            solution = self._solved(question, stop, solution.routes, engine)
        provenance = self._provenance(solution, engine)
        if in_vain := ask & self._kept(make_plan(question.compiled, solution.routes, provenance)):
            # Who is asked may be served sooner than was promised, and others may rely on it.
            with suppress(BrokenPlan):
                return self._documented(name, ask - in_vain, solution.routes, provenance)
        return self._documented(name, ask, solution.routes, provenance)

    def _solved(self, question: _Question, stop: Stop, start: Routes, engine: str) -> Solution:
        """Return what an engine finds, with everything put in that fits once tied visits are as early as they can."""
        pinned = {one.job_id for one in question.scenario.pins}
        begun = {job.job_id for job in question.scenario.jobs if job.has_started}
        problem = _dearer(question.compiled, pinned, begun)
        found = solve(problem, engine=engine, stop=stop, seed=self._seed, warm=start, cancel=self._cancel)
        while (early := settled(problem, found.routes)[0]) != found.routes:
            filled = solve(problem, engine="greedy", stop=Iterations(0), seed=self._seed, warm=early)
            if (filled.weight, filled.cents) >= (found.weight, found.cents):
                return replace(found, routes=early)
            found = replace(found, routes=filled.routes, weight=filled.weight, cents=filled.cents)
        return found

    def _left_out(self, routes: Routes) -> frozenset[str]:
        """Return the jobs that are left out although their customers were told a time."""
        left_out = (self._scenario.jobs[row].job_id for row in routes.unserved)
        return frozenset(job_id for job_id in left_out if job_id in self._promises)

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
        scenario, compiled = self._asking(ask)
        kept, _ = settled(compiled.problem, routes)
        document = document_of(compiled, scenario, kept, provenance, reasons=self._reasons)
        return Candidate(name, ask, scenario, kept, document, customers_to_tell(scenario, document.plan))

    def _priced(self, name: ProposalName, ask: frozenset[str], pins: tuple[Pin, ...]) -> _Question:
        """Return the question under the prices by which a proposal is looked for, with more pins."""
        if not pins and priced_for(self._scenario, name) is self._scenario:
            return self._asking(ask)
        pinned = self._scenario.model_copy(update={"pins": (*self._scenario.pins, *pins)})
        return self._compile(priced_for(asking(pinned, ask), name))

    def _asking(self, ask: frozenset[str]) -> _Question:
        """Return the question in which these customers are asked, under the policy's own prices; made once."""
        if ask not in self._questions:
            self._questions[ask] = self._compile(asking(self._scenario, ask))
        return self._questions[ask]

    def _compile(self, scenario: Scenario) -> _Question:
        return _Question(scenario, compile_scenario(scenario, self._travel))

    def _provenance(self, solution: Solution | None, engine: str) -> Provenance:
        return Provenance(
            engine=engine,
            seed=self._seed,
            iterations=solution.iterations if solution else 0,
            ended_by=solution.ended_by if solution else "finished",
            versions=VERSIONS,
        )


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
        return routes_of(compiled, at_home(orders, compiled.scenario))
