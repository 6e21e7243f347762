"""Presets."""

from itertools import pairwise
from typing import get_args

from optimizer.domain.job import PRIORITIES
from optimizer.domain.policy import Policy, Preset
from optimizer.rules import RULES
from optimizer.rules.book import RuleBook
from optimizer.rules.change import RULE as CHANGE
from optimizer.rules.change import ChangeParams
from optimizer.rules.dedicated import RULE as DEDICATED
from optimizer.rules.empty_visit import RULE as EMPTY_VISIT
from optimizer.rules.fairness import RULE as FAIRNESS
from optimizer.rules.month_bonus import RULE as MONTH_BONUS
from optimizer.rules.overqualified import RULE as OVERQUALIFIED
from optimizer.rules.piece_bonus import RULE as PIECE_BONUS
from optimizer.rules.presets import PRESETS
from optimizer.rules.subsidy import RULE as SUBSIDY
from optimizer.rules.unserved import RULE as UNSERVED


def test_every_preset_is_there() -> None:
    assert tuple(PRESETS) == get_args(Preset)


def test_levels() -> None:
    assert {name: table.levels for name, table in PRESETS.items()} == {
        "service-first": ("weight", "cents"),
        "balanced": ("cents",),
        "economy": ("cents",),
    }


def test_overrides_name_parameters_that_exist() -> None:
    fields = {rule.code: set(rule.params.model_fields) for rule in RULES}
    for table in PRESETS.values():
        for code, values in table.rules.items():
            assert set(values) <= fields[code]


def test_prices_fall_from_class_to_class_and_from_preset_to_preset() -> None:
    prices = []
    for preset in PRESETS:
        params = RuleBook.of(Policy(preset=preset)).params(UNSERVED)
        prices.append([params.cents(priority) for priority in PRIORITIES])
        # money ranks left-out jobs as weight does
        assert len({params.cents(one) / params.weight(one) for one in PRIORITIES}) == 1
    assert all(dear > cheap for row in prices for dear, cheap in pairwise(row))
    assert all(dear > cheap for column in zip(*prices, strict=True) for dear, cheap in pairwise(column))


def test_no_single_price_of_serving_is_dearer_than_leaving_out_a_normal_job() -> None:
    for preset in PRESETS:
        book = RuleBook.of(Policy(preset=preset))
        subsidy = book.params(SUBSIDY)
        prices = {
            "piece bonus": book.params(PIECE_BONUS).cents_per_order,
            "month bonus": book.params(MONTH_BONUS).bonus_cents,
            "empty visit": book.params(EMPTY_VISIT).cents_per_visit(),
            "dearest subsidy": max(
                value for name, value in subsidy.model_dump().items() if name.endswith("_cents")
            ),
            "stranger": book.params(DEDICATED).key_customer_cents,
            "change at short notice": most_of_a_change(book.params(CHANGE)),
            "master on plain work": 3 * book.params(OVERQUALIFIED).cents_per_level,  # level 5 for level 1
            "six hours at the highest price": 6 * book.params(FAIRNESS).most_cents_per_hour,
        }
        assert max(prices.values()) < book.params(UNSERVED).cents("normal"), (preset, prices)


def most_of_a_change(params: ChangeParams) -> int:
    """Return what another person on another day, far later and at short notice, costs of a job that is served."""
    prices = params.technician_cents, params.day_cents, params.moved_cents, params.far_cents
    return sum(prices) * params.near_percent // 100
