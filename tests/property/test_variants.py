"""Variants of any scenario: a valid scenario, or issues that say what stands against them."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count, islice
from random import Random

import pytest

from optimizer.approval import approve
from optimizer.control import Iterations
from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import AddStaff, Patch, RemoveStaff, Who
from optimizer.errors import InvalidInput, Issue
from optimizer.generate import Ties, generate_scenario
from optimizer.interchange.scenario_text import scenario_json
from optimizer.planning import plan_scenario
from optimizer.rules.scenario_issues import scenario_issues
from optimizer.whatif.variants.apply import applied, variant_scenario
from optimizer.whatif.variants.gone import without_people
from tests.property.random_changes import random_change
from tests.property.random_scenarios import random_scenario
from tests.property.running_days import running_day
from tests.property.tied_scenarios import tied_scenario
from tests.property.trip_scenarios import trip_scenario

SEEDS = [(0, 60), pytest.param(1000, 300, marks=pytest.mark.slow)]
"""First seed, and scenarios of each family."""


def generated(seed: int) -> Scenario:
    rng = Random(f"generated {seed}")
    ties = Ties(crew_percent=10, hoists=rng.choice((0, 2)), chain_percent=5)
    return generate_scenario(
        technicians=rng.randint(1, 15),
        jobs=rng.randint(0, 30),
        seed=seed,
        days=rng.choice((1, 1, 2, 7)),
        ties=ties,
    )


FAMILIES = [random_scenario, tied_scenario, trip_scenario, generated]


def tried(base: Scenario, changes: Sequence[Patch]) -> tuple[Scenario | None, tuple[Issue, ...]]:
    try:
        return variant_scenario(base, changes, "variants[0]"), ()
    except InvalidInput as error:
        return None, error.issues


@pytest.mark.parametrize("drawn", FAMILIES)
@pytest.mark.parametrize(("first", "number"), SEEDS)
def test_a_variant_is_a_valid_scenario_or_refused_with_its_place(
    drawn: Callable[[int], Scenario], first: int, number: int
) -> None:
    ends = Counter[str]()
    for seed in range(first, first + number):
        base = drawn(seed)
        before, rng = scenario_json(base), Random(f"changes {seed}")
        changes = [random_change(rng, base) for _ in range(rng.randint(1, 3))]
        made, issues = tried(base, changes)
        assert all(one.path.startswith("variants[0]") and one.cause and one.action for one in issues), seed
        if made is not None:
            assert scenario_issues(made) == (), seed
            text = scenario_json(
                made
            )  # compared as texts: Python calls equal moments in the hour that comes twice unequal
            assert scenario_json(Scenario.model_validate_json(text)) == text, seed
        ends["refused" if made is None else "made"] += 1
        assert scenario_json(base) == before, seed
    print(dict(ends))
    assert ends["made"] > number / 3
    assert ends["refused"] > number / 20


@pytest.mark.parametrize("drawn", FAMILIES)
@pytest.mark.parametrize(("first", "number"), SEEDS)
def test_who_comes_and_goes_leaves_everything_as_it_was(
    drawn: Callable[[int], Scenario], first: int, number: int
) -> None:
    for seed in range(first, first + number):
        base = drawn(seed)
        like = Random(f"like {seed}").choice(base.technicians).technician_id
        wider = variant_scenario(base, [AddStaff(kind="add_staff", like=like)])
        (new,) = wider.technicians[len(base.technicians) :]
        gone = applied(wider, RemoveStaff(kind="remove_staff", who=Who(technician_ids=(new.technician_id,))))
        assert gone == base, seed
        assert scenario_json(gone) == scenario_json(base), seed


@pytest.mark.parametrize("drawn", [random_scenario, tied_scenario, trip_scenario])
@pytest.mark.parametrize(("first", "number"), [(0, 8), pytest.param(1000, 60, marks=pytest.mark.slow)])
def test_nothing_points_to_who_is_gone_in_the_middle_of_a_day(
    drawn: Callable[[int], Scenario], first: int, number: int
) -> None:
    days = (day for seed in count(first) if (day := running_day(drawn(seed), seed)) is not None)
    for seed, day in enumerate(islice(days, number)):
        rest = day.rest
        rng = Random(f"gone {seed}")
        ids = [one.technician_id for one in rest.technicians]
        gone = frozenset(rng.sample(ids, rng.randint(1, len(ids))))
        assert scenario_issues(rest) == ()
        assert scenario_issues(without_people(rest, gone)) == (), (rest.name, gone)


@pytest.mark.parametrize("drawn", [random_scenario, tied_scenario])
def test_a_day_that_is_approved_is_planned_without_who_is_gone(drawn: Callable[[int], Scenario]) -> None:
    days = 0
    for seed in range(12):
        base = drawn(seed)
        plan = plan_scenario(base, stop=Iterations(40), seed=seed).plan
        try:
            approved = approve(base, plan, base.horizon.dates(), by="manager")
        except InvalidInput:
            continue  # such a day cannot be approved
        gone = frozenset(Random(f"gone {seed}").sample([one.technician_id for one in base.technicians], 1))
        left = without_people(approved, gone)
        assert scenario_issues(left) == (), seed
        plan_scenario(left, stop=Iterations(40), seed=seed)  # refuses a plan that breaks a rule
        days += 1
    assert days > 4
