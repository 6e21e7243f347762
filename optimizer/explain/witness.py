"""The proof of a change: the changed scenario with its plan, accepted by the independent checker, and its bill."""

from collections.abc import Iterator
from typing import NamedTuple

from optimizer.assess import assess
from optimizer.compile import Compiled
from optimizer.domain.assessment import Assessment
from optimizer.domain.plan import Plan, ShiftPlan
from optimizer.domain.scenario import Scenario
from optimizer.errors import BrokenPlan
from optimizer.explain.outings import in_each_others_way
from optimizer.explain.subject import PROVENANCE, Subject
from optimizer.problem import Problem, Routes, tied
from optimizer.schedule.agree import Agreed, agree
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
    nights: int
    """Change of the number of nights away."""
    days: tuple[ShiftPlan, ...]
    """Days that are not as before."""


def witness(
    subject: Subject,
    routes: Routes,
    *,
    scenario: Scenario | None = None,
    problem: Problem | None = None,
    compiled: Compiled | None = None,
) -> Witness | None:
    """Return the plan of some routes if the independent checker accepts it.

    Tied visits keep their agreed starts where that works; else all agree anew.

    Parameters
    ----------
    subject : the plan that is explained
    routes : orders of stops, with the starts of tied visits that stood in no route
    scenario : the changed question; none: as it was
    problem : its arrays; none: as they were
    compiled : the question compiled anew, where its shifts are others; none: as it was, but for the two above
    """
    changed = compiled or subject.compiled._replace(
        scenario=scenario or subject.compiled.scenario,
        problem=subject.compiled.problem if problem is None else problem,
    )
    if in_each_others_way(changed.problem, routes.stops):
        return None
    for settled in _settled(subject, changed.problem, routes):
        try:
            plan = make_plan(changed, settled, PROVENANCE)
        except BrokenPlan:
            continue
        assessment = assess(changed.scenario, plan)
        if not assessment.findings:
            return Witness(changed.scenario, plan, assessment)
    return None


def _settled(subject: Subject, problem: Problem, routes: Routes) -> Iterator[Routes]:
    """Yield routes with starts for their tied visits: first those agreed already, then all agreed anew."""
    leads = tied(problem)
    served = {row for stops in routes.stops for row in stops if leads[row]}
    known = dict((*subject.routes.agreed, *routes.agreed))
    if served <= known.keys():
        yield routes._replace(agreed=tuple((lead, known[lead]) for lead in sorted(served)))
    if served:
        anew = agree(problem, routes.stops)
        if isinstance(anew, Agreed):
            yield routes._replace(agreed=anew.starts)


def difference(subject: Subject, shown: Witness) -> Difference:
    """Return how a witness differs from the plan that is explained."""
    before = subject.assessment
    return Difference(
        weight=shown.assessment.kpis.unserved_weight - before.kpis.unserved_weight,
        cents=shown.assessment.bill.total_cents - before.bill.total_cents,
        nights=_nights(shown.plan) - _nights(subject.plan),
        days=tuple(day for day in shown.plan.shifts if subject.days.get(day.key) != day),
    )


def _nights(plan: Plan) -> int:
    return sum(day.night is not None for day in plan.shifts)
