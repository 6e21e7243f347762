"""A preview says what timing and checking the whole plan says: to the second, to the cent, breach by breach."""

from collections import Counter
from random import Random

import pytest

from optimizer.control import Iterations
from optimizer.domain.preview import Move
from optimizer.errors import InvalidInput
from optimizer.generate import Ties, generate_scenario
from optimizer.planning import plan_scenario
from optimizer.preview import Previewer
from optimizer.retime import order_issues, retime
from tests.property.preview_moves import FAMILIES, hold_against_the_whole, random_move
from tests.property.test_tied_retime import thrown_together

CHUNK = 12
MOVES = 6
CASES = [
    pytest.param(name, first, id=f"{name}-{first}", marks=[] if first == 0 else [pytest.mark.slow])
    for name in FAMILIES
    for first in range(0, 5 * CHUNK, CHUNK)
]


@pytest.mark.parametrize(("name", "first"), CASES)
def test_a_preview_is_what_the_whole_plan_says(name: str, first: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        scenario = FAMILIES[name](seed)
        base = plan_scenario(scenario, stop=Iterations(40), seed=seed)
        previewer = Previewer(scenario, base)
        assert previewer.exact, seed
        rng = Random(seed)
        for number in range(MOVES if scenario.jobs else 0):
            try:
                found = previewer.move(random_move(scenario, base, rng))
            except InvalidInput:
                continue
            seen["timed"] += found.timed
            seen["allowed" if found.allowed else "forbidden"] += 1
            hold_against_the_whole(scenario, base, found, previewer, f"{name} {seed} {number}")
    assert seen["timed"] > CHUNK * MOVES / 3, seen
    assert min(seen["allowed"], seen["forbidden"]) > CHUNK * MOVES / 12, seen


@pytest.mark.parametrize("first", [0, *(pytest.param(first, marks=pytest.mark.slow) for first in (40, 80))])
def test_moves_in_plans_that_break_rules_already_say_what_comes_and_what_goes(first: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(first, first + 40):
        scenario = FAMILIES["tied" if seed % 2 else "plain"](seed)
        orders = thrown_together(scenario, Random(seed))
        if not scenario.jobs or order_issues(scenario, orders):
            continue
        base = retime(scenario, orders)
        previewer = Previewer(scenario, base)
        rng = Random(seed)
        for number in range(3):
            try:
                found = previewer.move(random_move(scenario, base, rng))
            except InvalidInput:
                continue
            seen["broken"] += bool(found.findings)
            seen["mended"] += bool(found.mended)
            if found.exact:
                seen["exact"] += 1
                hold_against_the_whole(scenario, base, found, previewer, f"{seed} {number}")
    assert min(seen["exact"], seen["broken"], seen["mended"]) > 10, seen


@pytest.mark.slow
@pytest.mark.parametrize("days", [1, 3])
def test_larger_days_with_crews_tools_and_chains(days: int) -> None:
    ties = Ties(crew_percent=10, hoists=2, chain_percent=5)
    scenario = generate_scenario(technicians=12, jobs=70 * days, seed=3, days=days, ties=ties)
    base = plan_scenario(scenario, stop=Iterations(2_000), seed=1)
    previewer = Previewer(scenario, base)
    assert previewer.exact
    rng, held = Random(5), 0
    for number in range(60 if days == 1 else 25):
        try:
            found = previewer.move(random_move(scenario, base, rng))
        except InvalidInput:
            continue
        hold_against_the_whole(scenario, base, found, previewer, str(number))
        held += 1
    assert held > 12


def test_the_place_found_is_the_cheapest_of_those_allowed() -> None:
    compared = 0
    for seed in range(40):
        scenario = FAMILIES["plain"](seed)
        if not scenario.jobs or not scenario.technicians:
            continue
        base = plan_scenario(scenario, stop=Iterations(40), seed=seed)
        previewer = Previewer(scenario, base)
        rng = Random(seed)
        for _ in range(5):
            move = random_move(scenario, base, rng).model_copy(update={"position": None})
            if move.technician_id is None:
                continue
            try:
                found = previewer.move(move)
            except InvalidInput:
                continue
            places = [previewer.move(one) for one in _everywhere(found.move, previewer)]
            allowed = [one.bill.difference_cents for one in places if one.allowed]
            assert found.allowed == bool(allowed), seed
            if allowed and not any(job.after or job.shared_tools for job in scenario.jobs):
                assert found.bill.difference_cents == min(allowed), seed
                compared += len(places) > 1
    assert compared > 10


def _everywhere(move: Move, previewer: Previewer) -> list[Move]:
    """Return the same move to every place of the day."""
    found: list[Move] = []
    for position in range(100):
        one = move.model_copy(update={"position": position})
        try:
            previewer.move(one)
        except InvalidInput:
            return found
        found.append(one)
    return found
