"""Whatever breaks a plan is caught, under the code of what it breaks, with the right amount."""

from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from _pytest.mark import ParameterSet

from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.planning import plan_scenario
from optimizer.rules import RULES
from tests.property.mutations import (
    FAMILIES,
    LONG_TRIP_FAMILIES,
    RESTOCK_DAY_FAMILIES,
    RESTOCK_FAMILIES,
    SLEEPER_FAMILIES,
    TIED_FAMILIES,
    TRIP_FAMILIES,
)
from tests.property.mutations.base import Mutant, Mutation, Sound
from tests.property.mutations.by_hand import sound_by_hand
from tests.property.random_scenarios import random_scenario
from tests.property.restock_scenarios import restock_scenario
from tests.property.sleeper_scenarios import sleeper_scenario
from tests.property.tied_scenarios import tied_scenario
from tests.property.trip_scenarios import long_trip_scenario, trip_scenario
from tests.unit import crew_day, restock_day

MUTANTS = 24
"""Mutants of each kind."""


def _named(families: dict[str, tuple[Mutation, ...]]) -> list[ParameterSet]:
    return [
        pytest.param(mutation, id=f"{code}-{mutation.__name__}")
        for code, mutations in families.items()
        for mutation in mutations
    ]


MUTATIONS = _named(FAMILIES)
TIED = _named(TIED_FAMILIES)
TRIPS = _named(TRIP_FAMILIES)
RESTOCKS = _named(RESTOCK_FAMILIES)
RESTOCK_DAY = _named(RESTOCK_DAY_FAMILIES)
LONG_TRIPS = _named(LONG_TRIP_FAMILIES)
SLEEPERS = _named(SLEEPER_FAMILIES)


def test_every_hard_code_has_a_family() -> None:
    hard = {rule.code for rule in RULES if rule.hard}
    assert FAMILIES.keys() | TIED_FAMILIES.keys() | TRIP_FAMILIES.keys() == hard | {"PLAN", "TRAVEL"}


@pytest.mark.parametrize("seed", range(30))
def test_plans_by_hand_are_sound(seed: int) -> None:
    sound = sound_by_hand(seed)
    assert check_plan(sound.scenario, sound.plan) == ()


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_mutants_of_plans_by_hand_are_caught(mutation: Mutation) -> None:
    all_caught(mutation, sound_by_hand, 20 * MUTANTS)


@pytest.mark.parametrize("mutation", TIED)
def test_mutants_of_a_tied_plan_by_hand_are_caught(mutation: Mutation) -> None:
    all_caught(mutation, tied_by_hand, 20 * MUTANTS)


@pytest.mark.parametrize("mutation", [*RESTOCKS, *RESTOCK_DAY])
def test_mutants_of_a_plan_with_a_halt_at_a_branch_are_caught(mutation: Mutation) -> None:
    all_caught(mutation, restocked_by_hand, MUTANTS)


def all_caught(mutation: Mutation, drawn: Callable[[int], Sound], seeds: int) -> None:
    """Assert that mutants of sound plans are caught, as many as `MUTANTS`."""
    caught = 0
    for seed in range(seeds):
        mutant = mutation(drawn(seed), Random(seed))
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
    all_caught(mutation, returned, 8 * MUTANTS)


@pytest.mark.parametrize("mutation", TIED)
def test_mutants_of_returned_tied_plans_are_caught(mutation: Mutation) -> None:
    all_caught(mutation, returned_tied, 32 * MUTANTS)


@pytest.mark.parametrize("mutation", TRIPS)
def test_mutants_of_returned_plans_with_trips_are_caught(mutation: Mutation) -> None:
    all_caught(mutation, returned_with_trips, 25 * MUTANTS)


@pytest.mark.parametrize("mutation", RESTOCKS)
def test_mutants_of_returned_plans_with_halts_at_branches_are_caught(mutation: Mutation) -> None:
    all_caught(mutation, returned_with_halts, 8 * MUTANTS)


@pytest.mark.parametrize("mutation", LONG_TRIPS)
def test_mutants_of_returned_plans_with_long_jobs_on_trips_are_caught(mutation: Mutation) -> None:
    all_caught(mutation, returned_with_long_jobs, 10 * MUTANTS)


@pytest.mark.parametrize("mutation", SLEEPERS)
def test_mutants_of_returned_plans_with_nights_on_board_are_caught(mutation: Mutation) -> None:
    all_caught(mutation, returned_with_sleepers, 25 * MUTANTS)


def tied_by_hand(_: int) -> Sound:
    """Return the one plan with a crew, a hoist, a chain and a job over three days."""
    scenario = crew_day.question()
    return Sound(scenario, crew_day.answer(scenario))


def restocked_by_hand(_: int) -> Sound:
    """Return the one plan with a halt at a branch between two jobs."""
    scenario = restock_day.question()
    return Sound(scenario, restock_day.answer(scenario))


@cache
def returned_tied(seed: int) -> Sound:
    """Return a random tied scenario with a plan the search made of it."""
    scenario = tied_scenario(seed)
    return Sound(scenario, plan_scenario(scenario, stop=Iterations(20), seed=seed).plan)


@cache
def returned(seed: int) -> Sound:
    """Return a random scenario with a plan the search made of it."""
    scenario = random_scenario(seed)
    return Sound(scenario, plan_scenario(scenario, stop=Iterations(20), seed=seed).plan)


@cache
def returned_with_sleepers(seed: int) -> Sound:
    """Return a random scenario with beds on its trains and ships and a plan the search made of it."""
    scenario = sleeper_scenario(seed)
    return Sound(scenario, plan_scenario(scenario, stop=Iterations(20), seed=seed).plan)


@cache
def returned_with_trips(seed: int) -> Sound:
    """Return a random scenario with people who may stay out and a plan the search made of it."""
    scenario = trip_scenario(seed)
    return Sound(scenario, plan_scenario(scenario, stop=Iterations(60), seed=seed).plan)


@cache
def returned_with_halts(seed: int) -> Sound:
    """Return a random scenario whose parts lie on shelves and a plan the search made of it."""
    scenario = restock_scenario(seed)
    return Sound(scenario, plan_scenario(scenario, stop=Iterations(60), seed=seed).plan)


@cache
def returned_with_long_jobs(seed: int) -> Sound:
    """Return a random scenario with jobs over several days, on trips too, and a plan the search made of it."""
    scenario = long_trip_scenario(seed)
    return Sound(scenario, plan_scenario(scenario, stop=Iterations(60), seed=seed).plan)
