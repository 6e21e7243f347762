"""What the table of scopes says of each rule is true: its difference on the cut is its difference on the whole plan."""

from collections import Counter
from random import Random

import pytest

from optimizer.control import Iterations
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.preview import Move
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.planning import plan_scenario
from optimizer.preview.cut import Cut, Surroundings
from optimizer.preview.edited import edited
from optimizer.preview.previewer import Previewer
from optimizer.preview.retimed import Waits, retimed
from optimizer.preview.scopes import SCOPES, scope_of
from optimizer.preview.settle import settled
from optimizer.preview.standing import Standing
from optimizer.preview.worth import cents_of
from optimizer.rules import RULES
from optimizer.rules.base import Rule
from tests.property.preview_moves import FAMILIES, random_move

Amounts = Counter[tuple[str, str] | Finding]


def surroundings(standing: Standing, move: Move) -> Surroundings | None:
    asked = settled(standing, move)
    orders, times = retimed(standing, edited(standing, asked, asked.position or 0))
    return None if isinstance(times, Waits) else Surroundings(standing, orders, times, move.job_id)


def amounts(rule: Rule, scenario: Scenario, plan: Plan, standing: Standing) -> Amounts:  # type: ignore[type-arg]
    params = standing.book.params(rule)
    if rule.hard:
        return Counter(rule.check(scenario, params, plan))
    return Counter(cents_of(rule.bill(scenario, params, plan)))


def difference(rule: Rule, cut: Cut, standing: Standing) -> Amounts:  # type: ignore[type-arg]
    found = amounts(rule, cut.scenario, cut.after, standing)
    found.subtract(amounts(rule, cut.scenario, cut.before, standing))
    return Counter({key: number for key, number in found.items() if number})


def test_every_rule_stands_in_the_table_in_the_order_of_the_book() -> None:
    assert list(SCOPES) == [rule.code for rule in RULES]
    assert scope_of("NEW_RULE") == "plan"


@pytest.mark.parametrize("name", FAMILIES)
def test_every_rule_says_the_same_difference_as_of_the_whole_plan(name: str) -> None:
    told: Counter[str] = Counter()
    for seed in range(30):
        scenario = FAMILIES[name](seed)
        base = plan_scenario(scenario, stop=Iterations(40), seed=seed)
        standing = Previewer(scenario, base).standing
        rng = Random(seed)
        for _ in range(3 if scenario.jobs else 0):
            move = random_move(scenario, base, rng)
            try:
                around = surroundings(standing, move)
            except InvalidInput:
                continue
            if around is None:
                continue
            for rule in standing.book.active():
                whole = difference(rule, around.whole, standing)
                assert difference(rule, around.cut(scope_of(rule.code)), standing) == whole, (seed, rule.code)
                told[rule.code] += bool(whole)
    assert sum(number > 2 for number in told.values()) >= 15, told
