"""Sets the times of orders made by a person or another program, says what they break and what they cost."""

from contextlib import suppress
from importlib.metadata import version

from optimizer import __version__
from optimizer.assess import assess
from optimizer.compile import compile_scenario
from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import Orders
from optimizer.domain.plan import Provenance
from optimizer.domain.scenario import Scenario
from optimizer.errors import BrokenPlan, InvalidInput
from optimizer.explain import routes_of as routes_as_planned
from optimizer.explain import unserved_reasons
from optimizer.retime.orders import asked_of, order_issues, orders_of, routes_of
from optimizer.retime.room import with_room
from optimizer.schedule.plan import make_plan
from optimizer.travel import Roads, travel_table
from optimizer.travel.snapshot import with_road_warnings

__all__ = ["order_issues", "orders_of", "retime", "routes_of"]


def retime(scenario: Scenario, orders: Orders, *, roads: Roads | None = None) -> PlanDocument:
    """Return the plan that follows these orders stop by stop, with its bill and everything it breaks.

    Where the orders can be followed within the hard limits, the plan is timed as any plan of the program; the
    reasons why jobs are left out are added. Where they cannot, the limits give way as little as possible, and
    the checker's findings say by how much.

    Parameters
    ----------
    scenario : the question, already validated
    orders : who does what in which order
    roads : the operator's road data; none: straight lines

    Raises
    ------
    InvalidInput
        When the orders name what the scenario does not know, ask for trips that nobody approved, or contradict
        themselves; lists all.
    """
    if issues := order_issues(scenario, orders):
        raise InvalidInput(issues)
    compiled = compile_scenario(scenario, travel_table(scenario, roads))
    routes, days = asked_of(compiled, orders)
    versions = {"paigong": __version__, "numba": version("numba"), "numpy": version("numpy")}
    provenance = Provenance(
        engine=orders.made_by, seed=0, iterations=0, ended_by="finished", versions=versions
    )
    room = with_room(compiled, routes, days)
    roomy = compiled._replace(problem=room.problem)
    plan = with_road_warnings(make_plan(roomy, room.routes, provenance), compiled.travel)
    assessment = assess(scenario, plan)
    if not assessment.findings:
        kept = routes_as_planned(compiled, plan) if compiled.trips else room.routes  # some are back early
        # What is said of a trip is stricter than its days: where the checker finds nothing, it may not fit in.
        with suppress(BrokenPlan):
            reasons = unserved_reasons(compiled, kept)
            assessment = assessment.model_copy(update={"unserved": reasons})
    return PlanDocument(plan=plan, assessment=assessment)
