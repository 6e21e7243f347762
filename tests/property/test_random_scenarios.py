"""The random scenarios are valid, repeatable, and nasty enough: every rule matters in many of them."""

from collections import Counter
from collections.abc import Callable

import pytest

from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.scenario import Scenario
from optimizer.domain.validation import validate_scenario
from optimizer.rules import RULES
from optimizer.rules.book import RuleBook
from tests.property.binding import binding
from tests.property.random_scenarios import random_scenario
from tests.property.tied_scenarios import tied_scenario
from tests.property.trip_scenarios import trip_scenario

SEEDS = 400
TIES = ("CREW", "SHARED_TOOL", "PRECEDENCE")
"""Rules that matter where jobs are tied to each other."""
APPROVED = "APPROVED"
"""The rule that matters where days were approved, which takes a plan first: see `test_approved_days`."""
UNDER_WAY = "UNDER_WAY"
"""The rule that matters in the middle of a day, which takes a plan first: see `test_running_days`."""
TRIPS = ("TRIP", "LODGING")
"""Rules that matter where somebody may stay out overnight: see `trip_scenarios`."""


@pytest.mark.parametrize("seeds", [SEEDS, pytest.param(2000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("tied", [False, True])
def test_every_rule_matters_in_one_scenario_of_twenty(seeds: int, *, tied: bool) -> None:
    drawn = tied_scenario if tied else random_scenario
    found = Counter(code for seed in range(seeds) for code in binding(drawn(seed)))
    apart = (APPROVED, UNDER_WAY, *TRIPS, *(() if tied else TIES))
    codes = [rule.code for rule in RULES if rule.in_plans and rule.code not in apart]
    shares = {code: found[code] / seeds for code in codes}
    print({code: f"{share:.0%}" for code, share in shares.items()})
    assert {code: share for code, share in shares.items() if share < 0.05} == {}


@pytest.mark.parametrize("drawn", [random_scenario, tied_scenario, trip_scenario])
def test_they_are_valid(drawn: Callable[[int], Scenario]) -> None:
    for seed in range(SEEDS):
        scenario = drawn(seed)
        book = RuleBook.of(scenario.policy)
        issues = [*validate_scenario(scenario)]
        for rule in book.active():
            issues.extend(rule.validate(scenario, book.params(rule)))
        assert issues == [], (seed, [str(issue) for issue in issues])


@pytest.mark.parametrize("drawn", [random_scenario, tied_scenario, trip_scenario])
def test_they_survive_a_file_and_a_second_throw(drawn: Callable[[int], Scenario]) -> None:
    for seed in range(40):
        scenario = drawn(seed)
        again = Scenario.model_validate_json(scenario.model_dump_json())
        prints = {scenario_sha256(one) for one in (scenario, again, drawn(seed))}
        assert len(prints) == 1, seed


@pytest.mark.parametrize("seed", range(20))
def test_they_stay_small_when_asked(seed: int) -> None:
    scenario = random_scenario(seed, max_jobs=3, max_technicians=1)
    assert len(scenario.jobs) <= 3
    assert len(scenario.technicians) == 1
