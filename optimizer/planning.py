"""The whole path: Scenario → Problem → Routes → Plan → Assessment."""

from dataclasses import replace
from importlib.metadata import version
from typing import NamedTuple

from optimizer import __version__
from optimizer.assess import assess
from optimizer.compile import Compiled, compile_scenario
from optimizer.control import Cancel, Stop, Watcher
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Provenance
from optimizer.domain.scenario import Scenario
from optimizer.engines import solve
from optimizer.engines.base import Solution
from optimizer.errors import BrokenPlan
from optimizer.explain import routes_of, unserved_reasons
from optimizer.problem import Problem, Routes
from optimizer.retime.approved import approved_start
from optimizer.schedule.agree.settled import settled
from optimizer.schedule.plan import make_plan
from optimizer.travel import Roads, travel_table
from optimizer.travel.snapshot import with_road_warnings

VERSIONS = {"paigong": __version__, "numba": version("numba"), "numpy": version("numpy")}
"""What a plan is made with."""


class Planned(NamedTuple):
    """A plan and the steps that led to it."""

    compiled: Compiled
    """The compiled question."""
    solution: Solution
    """What the engine found."""
    document: PlanDocument
    """The plan and what it is worth."""


def plan_scenario(
    scenario: Scenario,
    *,
    stop: Stop,
    engine: str = "lns",
    seed: int = 0,
    threads: int = 1,
    roads: Roads | None = None,
    progress: Watcher | None = None,
    cancel: Cancel | None = None,
    reasons: bool = True,
) -> PlanDocument:
    """Plan a scenario; the plan has passed the independent checker (see `plan_with_steps`)."""
    return plan_with_steps(
        scenario,
        stop=stop,
        engine=engine,
        seed=seed,
        threads=threads,
        roads=roads,
        progress=progress,
        cancel=cancel,
        reasons=reasons,
    ).document


def plan_with_steps(
    scenario: Scenario,
    *,
    stop: Stop,
    engine: str = "lns",
    seed: int = 0,
    threads: int = 1,
    roads: Roads | None = None,
    progress: Watcher | None = None,
    cancel: Cancel | None = None,
    reasons: bool = True,
) -> Planned:
    """Plan a scenario and return the steps as well.

    Parameters
    ----------
    scenario : the question, already validated
    stop : when the search ends
    engine : a name from `optimizer.engines.ENGINES`
    seed : any whole number from 0
    threads : searches side by side, from 1
    roads : the operator's road data; none: straight lines
    progress : is told how the run stands
    cancel : flag that ends the run early and keeps its best
    reasons : say why jobs are left out; false where nobody reads it, as in a simulation

    Raises
    ------
    InvalidInput
        When the policy's parameters are wrong.
    UnsupportedFeature
        When the engine does not handle something the scenario uses.
    BrokenPlan
        When the plan did not pass the independent checker; it is withheld.
    """
    compiled = compile_scenario(scenario, travel_table(scenario, roads))
    solution = solve(
        compiled.problem,
        engine=engine,
        stop=stop,
        seed=seed,
        threads=threads,
        warm=approved_start(compiled, scenario),
        progress=progress,
        cancel=cancel,
    )
    provenance = Provenance(
        engine=engine,
        seed=seed,
        threads=threads,
        iterations=solution.iterations,
        ended_by=solution.ended_by,
        lower_bound_cents=solution.lower_bound_cents,
        versions=VERSIONS,
    )
    solution = _settled(compiled.problem, solution)
    document = document_of(compiled, scenario, solution.routes, provenance, reasons=reasons)
    return Planned(compiled, solution, document)


def document_of(
    compiled: Compiled, scenario: Scenario, routes: Routes, provenance: Provenance, *, reasons: bool = True
) -> PlanDocument:
    """Return routes as a plan that has passed the independent checker, with what it is worth and all reasons.

    Parameters
    ----------
    compiled : the question
    scenario : the same, not compiled
    routes : settled ones
    provenance : where they come from
    reasons : say why jobs are left out; false where nobody reads it

    Raises
    ------
    BrokenPlan
        When the plan did not pass; it is withheld.
    """
    plan = with_road_warnings(make_plan(compiled, routes, provenance), compiled.travel)
    assessment = assess(scenario, plan)
    if assessment.findings:
        raise BrokenPlan(tuple(f"{finding.code}: {finding.sentence}" for finding in assessment.findings))
    if not reasons:
        return PlanDocument(plan=plan, assessment=assessment)
    # Who is back early was on a shorter trip than the one the search had them on.
    why = unserved_reasons(compiled, routes_of(compiled, plan) if compiled.trips else routes)
    return PlanDocument(plan=plan, assessment=assessment.model_copy(update={"unserved": why}))


def _settled(problem: Problem, solution: Solution) -> Solution:
    """Return the solution with tied visits as early as their orders allow; it may become cheaper by that."""
    routes, saved_cents = settled(problem, solution.routes)
    return replace(solution, routes=routes, cents=solution.cents - saved_cents) if routes.agreed else solution
