"""The proof of a change: the changed scenario with its plan, accepted by the independent checker, and its bill."""

from typing import NamedTuple

from optimizer.assess import assess
from optimizer.domain.assessment import Assessment
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.scenario import Scenario
from optimizer.errors import BrokenPlan
from optimizer.explain.subject import PROVENANCE, Subject
from optimizer.problem import Problem, Routes
from optimizer.schedule.plan import make_plan


class Witness(NamedTuple):
    """A plan that shows what a change does."""

    scenario: Scenario
    """The question, changed."""
    plan: Plan
    """Its plan."""
    assessment: Assessment
    """What the plan is worth; no findings."""


class Difference(NamedTuple):
    """How a witness differs from the plan that is explained."""

    weight: int
    """Change of the unserved priority weight."""
    cents: int
    """Change of the bill."""
    days: tuple[ShiftPlan, ...]
    """Days that are not as before."""


def witness(
    subject: Subject, routes: Routes, *, scenario: Scenario | None = None, problem: Problem | None = None
) -> Witness | None:
    """Return the plan of some routes if the independent checker accepts it.

    Parameters
    ----------
    subject : the plan that is explained
    routes : orders of stops
    scenario : the changed question; none: as it was
    problem : its arrays; none: as they were
    """
    compiled = subject.compiled
    changed = compiled._replace(
        scenario=scenario or compiled.scenario, problem=subject.problem if problem is None else problem
    )
    try:
        plan = make_plan(changed, routes, PROVENANCE)
    except BrokenPlan:
        return None
    assessment = assess(changed.scenario, plan)
    return None if assessment.findings else Witness(changed.scenario, plan, assessment)


def difference(subject: Subject, shown: Witness) -> Difference:
    """Return how a witness differs from the plan that is explained."""
    before = subject.assessment
    return Difference(
        weight=shown.assessment.kpis.unserved_weight - before.kpis.unserved_weight,
        cents=shown.assessment.bill.total_cents - before.bill.total_cents,
        days=tuple(day for day in shown.plan.shifts if subject.days.get(day.key) != day),
    )
