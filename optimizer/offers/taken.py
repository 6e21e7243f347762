"""An offer that is taken: the scenario with the job and its promise, and the whole plan, checked."""

from typing import NamedTuple

from optimizer.assess import assess
from optimizer.compile import compile_scenario
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256, travel_sha256
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.errors import BrokenPlan
from optimizer.explain import routes_of, unserved_reasons
from optimizer.offers.promised import with_promise
from optimizer.offers.question import Question
from optimizer.offers.tried import Tried
from optimizer.preview.standing import Standing
from optimizer.travel import Roads, travel_table


class Taken(NamedTuple):
    """What an offer becomes."""

    scenario: Scenario
    """The question with the job and what its customer was told."""
    document: PlanDocument
    """Its plan and what it is worth."""


def taken(base: Standing, question: Question, one: Tried, *, roads: Roads | None) -> Taken:
    """Return the scenario and the plan of an offer that is taken.

    Parameters
    ----------
    base : the plan without the job
    question : the question with it
    one : who comes and when
    roads : the operator's road data; none: straight lines

    Raises
    ------
    BrokenPlan
        When the plan did not pass the independent checker; it is withheld.
    """
    scenario = with_promise(question.standing.scenario, question.job, one.promise)
    plan = _plan(base, scenario, one)
    assessment = assess(scenario, plan)
    if assessment.findings:
        raise BrokenPlan(tuple(f"{finding.code}: {finding.sentence}" for finding in assessment.findings))
    if plan.unserved:
        compiled = compile_scenario(scenario, travel_table(scenario, roads))
        reasons = unserved_reasons(compiled, routes_of(compiled, plan))
        assessment = assessment.model_copy(update={"unserved": reasons})
    return Taken(scenario, PlanDocument(plan=plan, assessment=assessment))


def _plan(base: Standing, scenario: Scenario, one: Tried) -> Plan:
    whole = one.around.whole.after
    ways = whole.travel.by_way()
    driven = {(day.means, leg.from_place, leg.to_place) for day in whole.shifts for leg in day.legs}
    driven |= {(tool.means, leg.from_place, leg.to_place) for tool in whole.tools for leg in tool.legs}
    legs = tuple(ways[key] for key in sorted(driven))
    source = base.plan.travel.source
    travel = base.plan.travel.model_copy(update={"legs": legs, "sha256": travel_sha256(source, legs)})
    tools = sorted(whole.tools, key=lambda tool: (tool.branch_id, tool.tool, tool.piece, tool.day))
    return base.plan.model_copy(
        update={
            "scenario_sha256": scenario_sha256(scenario),
            "shifts": whole.shifts,
            "tools": tuple(tools),
            "unserved": base.plan.unserved,
            "travel": travel,
        }
    )
