"""Makes a plan that was kept somewhere ready to be explained."""

from typing import NamedTuple

from optimizer.checker import check_plan
from optimizer.compile import Compiled, compile_scenario
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.errors import BrokenPlan, InvalidInput, Issue
from optimizer.explain.explainer import Explainer
from optimizer.explain.subject import routes_of
from optimizer.travel import Roads, TravelTable, travel_table
from optimizer.travel.snapshot import by_roads, drives_changed


class Explained(NamedTuple):
    """A plan that is ready to be explained."""

    explainer: Explainer
    """Answers questions about it."""
    notes: tuple[str, ...]
    """What is worth knowing: ways without roads, times that were set again."""


def explainer_of(
    question: Scenario, plan: Plan, roads: Roads | None, *, compiled: Compiled | None = None
) -> Explained:
    """Return what explains a plan.

    Parameters
    ----------
    question : the scenario, under the plan's preset
    plan : the answer
    roads : the operator's road data; none: straight lines
    compiled : the question compiled on these roads, where that was done already

    Raises
    ------
    InvalidInput
        The plan answers another question, breaks hard rules, or its drives take other times now.
    """
    if plan.scenario_sha256 != scenario_sha256(question):
        cause = f"The plan belongs to another state of {question.name}; plan again."
        if plan.scenario != question.name:
            cause = f"The plan was made for {plan.scenario}, not for {question.name}."
        raise _refused(cause, "Explain a plan that was made for this scenario.")
    findings = check_plan(question, plan)
    if findings:
        more = f" and {len(findings) - 1} more" if len(findings) > 1 else ""
        raise _refused(f"The plan breaks hard rules: {findings[0].sentence}{more}")
    if compiled is None:
        compiled = compile_scenario(question, travel_table(question, roads))
    _same_travel(plan, compiled.travel)
    try:
        explainer = Explainer(compiled, routes_of(compiled, plan))
        again = explainer.plan
    except BrokenPlan:
        raise _refused("The program's own timing cannot keep this order of stops.") from None
    notes = compiled.travel.road_warnings
    # As they are written: in the hour that comes twice Python calls equal moments of two time zones unequal.
    days = [[one.model_dump_json() for one in (*some.shifts, *some.tools)] for some in (again, plan)]
    if days[0] != days[1]:
        said = "The plan's times were set again from its order of stops; the answers are about those."
        notes = (*notes, said)
    return Explained(explainer, notes)


def _same_travel(plan: Plan, table: TravelTable) -> None:
    """Refuse a plan whose drives on roads take other times now: the answers would be about another day."""
    if not (by_roads(plan.travel.source) or by_roads(table.source)):
        return  # a plan of another program is timed again from straight lines, with a note
    cause = drives_changed(plan, table)
    if not cause:
        return
    action = "Use the same road data (PAIGONG_ROADS, or --roads off for straight lines), or plan again."
    raise _refused(cause, action)


WITHOUT_BREACHES = (
    "`paigong check` with the same scenario and plan lists what is wrong; explain a plan without breaches."
)


def _refused(cause: str, action: str = WITHOUT_BREACHES) -> InvalidInput:
    return InvalidInput((Issue("plan-not-explained", "plan", cause, action),))
