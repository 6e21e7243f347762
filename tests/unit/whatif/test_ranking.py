"""Which variants can be told apart."""

import numpy as np
import pytest

from optimizer.whatif.ranking import clear_of_zero, ranked
from optimizer.whatif.statistics import Interval, Ratios, Samples, mean_interval


def with_p(p_value: float) -> Interval:
    """A difference with this p-value: its interval at confidence 1 - p just touches 0."""
    unit = mean_interval([1.0, -1.0] * 5).at(1 - p_value)
    return mean_interval([1.0 + unit.half_width, -1.0 + unit.half_width] * 5)


def test_the_smallest_p_values_are_held_to_the_strictest_bound() -> None:
    # Holm with three: 0.01 < 0.05 / 3, then 0.02 < 0.05 / 2, then 0.04 < 0.05. Bonferroni would find the first only.
    assert clear_of_zero([with_p(0.04), with_p(0.01), with_p(0.02)]) == (True, True, True)


def test_after_the_first_that_fails_none_is_clear() -> None:
    # 0.03 is above 0.05 / 2, so 0.04 is not clear either, though it is below 0.05.
    assert clear_of_zero([with_p(0.04), with_p(0.01), with_p(0.03)]) == (False, True, False)


def test_one_alone_is_clear_when_its_interval_is() -> None:
    assert clear_of_zero([with_p(0.049)]) == (True,)
    assert clear_of_zero([with_p(0.051)]) == (False,)
    assert clear_of_zero([]) == ()


def test_intervals_of_one_confidence_are_compared() -> None:
    with pytest.raises(ValueError, match="several confidences"):
        clear_of_zero([with_p(0.01), with_p(0.01).at(0.9)])


def test_nothing_is_found_where_nothing_is() -> None:
    """Of studies with ten variants like the base, one in twenty finds something; without allowance, two in five."""
    rng = np.random.default_rng(7)
    found = alone = 0
    for _ in range(500):
        intervals = [mean_interval(rng.normal(size=10)) for _ in range(10)]
        found += any(clear_of_zero(intervals))
        alone += any(one.p_value < 0.05 for one in intervals)
    assert 0.02 <= found / 500 <= 0.08  # 0.05 ± 3 standard deviations of √(0.05 · 0.95 / 500) = 1 point
    assert alone / 500 > 0.3


DEMAND = np.random.default_rng(3).normal(0, 10, 30)
"""What all variants suffer alike."""


def noisy(level: float, seed: int) -> np.ndarray:
    return level + DEMAND + np.random.default_rng(seed).normal(0, 0.5, 30)


def test_variants_are_told_apart_though_their_own_intervals_overlap() -> None:
    found = ranked({"low": noisy(0, 1), "high": noisy(1, 2)})
    first, second = found.rows
    assert (first.name, first.best_place, first.worst_place) == ("high", 1, 1)
    assert (second.name, second.best_place, second.worst_place) == ("low", 2, 2)
    assert first.value.low < second.value.high
    assert found.groups == (("high",), ("low",))


def test_the_lowest_may_be_the_best() -> None:
    found = ranked({"low": noisy(0, 1), "high": noisy(1, 2)}, best="lowest")
    assert [row.name for row in found.rows] == ["low", "high"]
    assert found.groups == (("low",), ("high",))


def test_groups_overlap() -> None:
    # Standard error of a difference: 0.5 · √2 / √30 = 0.13. The neighbours are 0.2 apart, the ends 0.8 from others.
    found = ranked({"a": noisy(1.0, 1), "b": noisy(0.8, 2), "c": noisy(0.6, 3), "d": noisy(-2, 4)})
    assert [row.name for row in found.rows] == ["a", "b", "c", "d"]
    assert found.groups == (("a", "b"), ("b", "c"), ("d",))
    assert [(row.best_place, row.worst_place) for row in found.rows] == [(1, 2), (1, 3), (2, 3), (4, 4)]


def test_twins_stay_together() -> None:
    same: Samples = noisy(0, 1)
    found = ranked({"one": same, "two": same, "three": same})
    assert found.groups == (("one", "two", "three"),)
    assert {(row.best_place, row.worst_place) for row in found.rows} == {(1, 3)}


def test_shares_are_ranked_as_ratios() -> None:
    jobs = [50, 60, 40, 55]
    found = ranked({"base": Ratios([40, 45, 33, 42], jobs), "more": Ratios([48, 55, 38, 50], jobs)})
    assert found.rows[0].name == "more"
    assert found.rows[0].value.mean == 191 / 205
    assert found.groups == (("more",), ("base",))


def test_one_variant_or_none() -> None:
    assert ranked({"only": [1.0, 2.0]}).groups == (("only",),)
    assert ranked({}).groups == ()
