"""Plans with nights on board are sound: checked, priced as searched, written and read, timed again the same."""

from collections import Counter
from itertools import product
from random import Random

import pytest

from optimizer.assess import assess
from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.diff import apply, diff_plans
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.domain.validation import validate_scenario
from optimizer.errors import InvalidInput
from optimizer.interchange.plan_file import plan_json
from optimizer.planning import plan_with_steps
from optimizer.retime import orders_of, retime
from tests.property.sleeper_scenarios import sleeper_scenario
from tests.property.test_trip_plans import thrown_together

CHUNK = 40
CHUNKS = [
    pytest.param(first, marks=[] if first == 0 else [pytest.mark.slow]) for first in range(0, 400, CHUNK)
]


def on_board(plan: Plan) -> int:
    """Return the nights on board in a plan."""
    return sum(day.night == "transit" for day in plan.shifts)


def in_beds(of: Scenario) -> Scenario:
    """Return the scenario with the same trains and ships, none of which has beds."""
    lines = tuple(line.model_copy(update={"sleeper": False}) for line in of.travel.lines)
    return of.model_copy(update={"travel": of.travel.model_copy(update={"lines": lines})})


@pytest.mark.parametrize("first", CHUNKS)
def test_plans_with_nights_on_board_are_sound_and_timed_again_the_same(first: int) -> None:
    found: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        of = sleeper_scenario(seed)
        validate_scenario(of)
        steps = plan_with_steps(of, stop=Iterations(60), seed=seed)
        document, bill = steps.document, steps.document.assessment.bill
        assert check_plan(of, document.plan) == (), seed
        assert bill == assess(of, document.plan).bill, seed
        assert bill.total_cents == sum(line.cents for line in bill.lines), seed
        assert steps.solution.cents == bill.total_cents, seed
        written = document.model_dump_json()
        assert PlanDocument.model_validate_json(written).model_dump_json() == written, seed
        again = retime(of, orders_of(document.plan))
        assert again.plan.shifts == document.plan.shifts, seed
        assert again.assessment == document.assessment, seed
        found["on board"] += on_board(document.plan)
        found["with nights on board"] += on_board(document.plan) > 0
        found["home on board"] += any(
            day.night == "transit" and not day.last_leg.to_place.startswith("job:")
            for day in document.plan.shifts
        )
    print(f"seeds {first} to {first + CHUNK - 1}: {dict(found)}")
    assert found["with nights on board"] > CHUNK / 10
    assert found["home on board"]


@pytest.mark.parametrize("first", CHUNKS)
def test_thrown_together_nights_on_board_are_timed_again_the_same(first: int) -> None:
    seen: Counter[str] = Counter()
    seeds = (seed for seed in range(first, first + CHUNK) if seed % 3 < 2)  # the others have crews
    for seed, throw in product(seeds, range(3)):
        of = sleeper_scenario(seed)
        try:
            document = retime(of, thrown_together(of, Random(f"{seed}" if throw == 0 else f"{seed} {throw}")))
        except InvalidInput:
            continue
        findings = document.assessment.findings
        assert not {one.code for one in findings} & {"PLAN", "TRAVEL"}, (seed, findings)
        assert plan_json(retime(of, orders_of(document.plan))) == plan_json(document), seed
        seen["plans"] += 1
        seen["on board"] += on_board(document.plan) > 0
    assert seen["on board"] > CHUNK / 20, seen


@pytest.mark.parametrize("first", CHUNKS)
def test_without_beds_on_board_nobody_rides_through_the_night(first: int) -> None:
    for seed in range(first, first + CHUNK, 4):
        old = plan_with_steps(sleeper_scenario(seed), stop=Iterations(60), seed=seed).document
        of = in_beds(sleeper_scenario(seed))
        new = retime(of, orders_of(old.plan))
        assert on_board(new.plan) == 0, seed
        diff = diff_plans(old, new, of)
        assert apply(diff, old) == new, seed
