"""Plans with halts at branches on the way are sound: checked, priced as searched, timed again the same, compared."""

from collections import Counter

import pytest

from optimizer.assess import assess
from optimizer.checker import check_plan
from optimizer.compile import compile_scenario
from optimizer.control import Iterations
from optimizer.diff import apply, diff_plans
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Plan
from optimizer.explain import routes_of
from optimizer.planning import plan_with_steps
from optimizer.retime import orders_of, retime
from tests.property.restock_scenarios import restock_scenario

CHUNK = 40
CHUNKS = [
    pytest.param(first, marks=[] if first == 0 else [pytest.mark.slow]) for first in range(0, 400, CHUNK)
]


def halts(plan: Plan) -> int:
    """Return the halts at branches in a plan."""
    return sum(len(day.restocks) for day in plan.shifts)


@pytest.mark.parametrize("first", CHUNKS)
def test_returned_plans_with_halts_at_branches_are_sound(first: int) -> None:
    found: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        scenario = restock_scenario(seed)
        steps = plan_with_steps(scenario, stop=Iterations(60), seed=seed)
        document, bill = steps.document, steps.document.assessment.bill
        assert check_plan(scenario, document.plan) == (), seed
        assert bill == assess(scenario, document.plan).bill, seed
        assert bill.total_cents == sum(line.cents for line in bill.lines), seed
        assert steps.solution.cents == bill.total_cents, seed
        written = document.model_dump_json()
        assert PlanDocument.model_validate_json(written).model_dump_json() == written, seed
        found["served"] += document.assessment.kpis.served
        found["halts"] += halts(document.plan)
        found["with halts"] += bool(halts(document.plan))
    print(f"seeds {first} to {first + CHUNK - 1}: {dict(found)}")
    # Fewer would mean that nobody needs to fetch anything, and that sound plans prove nothing.
    assert found["with halts"] > CHUNK / 10


@pytest.mark.parametrize("first", CHUNKS)
def test_a_plan_with_halts_timed_again_is_the_same_plan(first: int) -> None:
    again_with_halts = 0
    for seed in range(first, first + CHUNK):
        scenario = restock_scenario(seed)
        steps = plan_with_steps(scenario, stop=Iterations(60), seed=seed)
        document = steps.document
        again = retime(scenario, orders_of(document.plan, scenario))
        assert again.plan.shifts == document.plan.shifts, seed
        assert again.assessment.bill == document.assessment.bill, seed
        compiled = compile_scenario(scenario)
        if not compiled.trips:  # who is back early was on a shorter trip than the one the search had them on
            kept = routes_of(compiled, document.plan)
            assert halts_of_rows(compiled.problem.shelf.tolist(), kept.stops) == halts_of_rows(
                compiled.problem.shelf.tolist(), steps.solution.routes.stops
            ), seed
        again_with_halts += bool(halts(document.plan))
        other = plan_with_steps(scenario, stop=Iterations(1), seed=seed + 1).document
        assert apply(diff_plans(document, other), document) == other, seed
    assert again_with_halts > CHUNK / 10


def halts_of_rows(shelf: list[int], stops: tuple[tuple[int, ...], ...]) -> list[list[int]]:
    """Return the branches at which each route loads, in order."""
    return [[shelf[row] for row in route if shelf[row] >= 0] for route in stops]
