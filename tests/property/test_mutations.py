"""Whatever breaks a plan is caught, under the code of what it breaks, with the right amount."""

from functools import cache
from random import Random

import pytest

from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.planning import plan_scenario
from optimizer.rules import RULES
from tests.property.mutations import FAMILIES
from tests.property.mutations.base import Mutant, Mutation, Sound
from tests.property.mutations.by_hand import sound_by_hand
from tests.property.random_scenarios import random_scenario

MUTANTS = 24
"""Mutants of each kind."""

MUTATIONS = [
    pytest.param(mutation, id=f"{code}-{mutation.__name__}")
    for code, mutations in FAMILIES.items()
    for mutation in mutations
]


def test_every_hard_code_has_a_family() -> None:
    hard = {rule.code for rule in RULES if rule.hard}
    assert set(FAMILIES) == hard | {"PLAN", "TRAVEL"}


@pytest.mark.parametrize("seed", range(30))
def test_plans_by_hand_are_sound(seed: int) -> None:
    sound = sound_by_hand(seed)
    assert check_plan(sound.scenario, sound.plan) == ()


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_mutants_of_plans_by_hand_are_caught(mutation: Mutation) -> None:
    caught = 0
    for seed in range(20 * MUTANTS):
        mutant = mutation(sound_by_hand(seed), Random(seed))
        if mutant is not None:
            assert_caught(mutant, seed)
            caught += 1
        if caught == MUTANTS:
            return
    pytest.fail(f"only {caught} mutants")


def assert_caught(mutant: Mutant, seed: int) -> None:
    findings = check_plan(mutant.scenario, mutant.plan)
    amounts = [finding.over for finding in findings if finding.code == mutant.code]
    assert any(over == pytest.approx(mutant.over) for over in amounts), (seed, mutant.over, findings)
    if mutant.alone:
        assert {finding.code for finding in findings} == {mutant.code}, (seed, findings)
    assert all(finding.over > 0 and finding.sentence and finding.advice for finding in findings)


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_mutants_of_returned_plans_are_caught(mutation: Mutation) -> None:
    caught = 0
    for seed in range(8 * MUTANTS):
        mutant = mutation(returned(seed), Random(seed))
        if mutant is not None:
            assert_caught(mutant, seed)
            caught += 1
        if caught == MUTANTS:
            return
    pytest.fail(f"only {caught} mutants")


@cache
def returned(seed: int) -> Sound:
    """Return a random scenario with a plan the search made of it."""
    scenario = random_scenario(seed)
    return Sound(scenario, plan_scenario(scenario, stop=Iterations(20), seed=seed).plan)
