"""Presets."""

from itertools import pairwise
from typing import get_args

from optimizer.domain.job import PRIORITIES
from optimizer.domain.policy import Policy, Preset
from optimizer.rules import RULES
from optimizer.rules.book import RuleBook
from optimizer.rules.presets import PRESETS
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
