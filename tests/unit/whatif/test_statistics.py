"""Intervals of means, ratios and paired differences, followed by hand."""

import math

import numpy as np
import pytest

from optimizer.whatif.statistics import (
    Paired,
    Ratios,
    Samples,
    batch_means,
    mean_interval,
    paired_difference,
)

# 1, 2, 3, 4, 5: mean 3, variance 2.5, standard error √(2.5 / 5) = 0.70711; t(95 %, 4) = 2.776445.
FIVE = [1.0, 2.0, 3.0, 4.0, 5.0]


def test_a_mean_and_how_surely() -> None:
    interval = mean_interval(FIVE)
    assert interval.mean == 3
    assert interval.standard_error == pytest.approx(math.sqrt(0.5))
    assert interval.half_width == pytest.approx(2.776445 * math.sqrt(0.5), abs=1e-6)
    assert (interval.low, interval.high) == (3 - interval.half_width, 3 + interval.half_width)
    assert (interval.samples, interval.confidence) == (5, 0.95)


def test_more_confidence_is_wider() -> None:
    interval = mean_interval(FIVE)
    assert interval.at(0.99) == mean_interval(FIVE, 0.99)
    assert interval.at(0.99).half_width == pytest.approx(4.604095 * math.sqrt(0.5), abs=1e-6)


def test_an_interval_is_widened_to_what_was_asked_for_but_never_narrowed() -> None:
    interval = mean_interval(FIVE)
    assert interval.at_least(0.1) == interval
    wide = interval.at_least(4)
    assert (wide.mean, wide.half_width, wide.low, wide.high) == (3, 4, -1, 7)
    assert wide.p_value == interval.p_value


def test_an_interval_is_cut_to_what_is_possible() -> None:
    share = mean_interval([0.99, 1.0, 0.95])
    assert share.high > 1
    cut = share.within(0, 1)
    assert (cut.low, cut.high, cut.half_width) == (share.low, 1, share.half_width)


def test_zero_is_outside_exactly_when_the_p_value_is_small() -> None:
    interval = mean_interval(FIVE)
    # t² = 9 / 0.5 = 18; with four degrees P(|T| < t) = t / √(4 + t²) · (1 + 2 / (4 + t²)) = 0.90453 · 1.09091.
    assert interval.p_value == pytest.approx(0.01324, abs=5e-6)
    assert interval.at(1 - interval.p_value).low == pytest.approx(0, abs=1e-9)


def test_what_never_varies_is_exact() -> None:
    # 0.1 three times has a float mean of 0.10000000000000002.
    interval = mean_interval([0.1, 0.1, 0.1])
    assert (interval.mean, interval.half_width, interval.low, interval.high) == (0.1, 0, 0.1, 0.1)


def test_a_ratio_is_that_of_the_sums() -> None:
    # 9 of 10 and 10 of 30 on time: 19 of 40, not the mean of 0.9 and 0.333.
    # Without the first 1/3, without the second 9/10, so the chains' values are 2 · 0.475 - 1/3 and 2 · 0.475 - 0.9:
    # 0.616667 and 0.05. Their standard error is half their distance, 0.283333.
    interval = mean_interval(Ratios([9, 10], [10, 30]))
    assert interval.mean == 0.475
    assert interval.standard_error == pytest.approx(0.283333, abs=1e-6)


def test_a_ratio_of_equal_denominators_is_the_mean() -> None:
    shares = [0.8, 0.85, 0.95, 0.7]
    ratio = mean_interval(Ratios([20 * share for share in shares], [20] * 4))
    assert ratio == pytest.approx(mean_interval(shares))


def test_a_chain_without_a_single_case_says_nothing_of_the_share() -> None:
    with_it, without = (
        mean_interval(Ratios([9, 10, 0], [10, 12, 0])),
        mean_interval(Ratios([9, 10], [10, 12])),
    )
    assert with_it.mean == without.mean
    assert with_it.samples == 3


def test_a_difference_is_taken_chain_by_chain() -> None:
    # The differences are 1, 1, 2, 1, 0: mean 1, variance 0.5, standard error √0.1. The variances of the two are 2.5 and
    # 1.7 (2, 3, 5, 5, 5: mean 4, squares 4 + 1 + 1 + 1 + 1 = 8, 8 / 4 = 2). So 0.5 = 2.5 + 2 - 2 cov: cov = 2.
    found = paired_difference(FIVE, [2, 3, 5, 5, 5])
    assert found.difference.mean == 1
    assert found.difference.standard_error == pytest.approx(math.sqrt(0.1))
    assert found.correlation == pytest.approx(2 / math.sqrt(2.5 * 2))
    assert found.variance_left == pytest.approx(0.5 / 4.5)


def test_a_constant_step_is_found_to_the_last_digits() -> None:
    base = [0.1, 0.7, 1234.5]
    found = paired_difference(base, [value + 0.25 for value in base]).difference
    assert found.mean == pytest.approx(0.25, abs=1e-12)
    assert found.half_width == pytest.approx(0, abs=1e-12)


RATIOS = Ratios([9, 41, 17, 88], [10, 47, 19, 99])


@pytest.mark.parametrize("samples", [[0.1, 0.7, 1234.5], RATIOS], ids=["numbers", "ratios"])
def test_identical_variants_differ_by_exactly_0(samples: Samples) -> None:
    found = paired_difference(samples, samples)
    assert found.difference[:4] == (0, 0, 0, 0)
    assert found.difference.p_value == 1
    assert found.variance_left == 0
    assert found.correlation == pytest.approx(1)


def test_nothing_can_be_gained_where_nothing_varies() -> None:
    found = paired_difference([1, 1, 1], [2, 2, 2])
    assert found == Paired(found.difference, correlation=None, variance_left=None)
    assert found.difference[:4] == (1, 0, 1, 1)
    assert found.difference.p_value == 0


def test_opposite_variants_are_worse_than_independent_ones() -> None:
    found = paired_difference([1, 2, 3], [3, 2, 1])
    assert found.correlation == pytest.approx(-1)
    assert found.variance_left == pytest.approx(2)


def test_the_difference_of_two_ratios_is_that_of_the_sums() -> None:
    found = paired_difference(RATIOS, RATIOS._replace(numerators=[10, 44, 17, 90])).difference
    assert found.mean == pytest.approx(161 / 175 - 155 / 175)


def test_batches_are_means_of_equal_parts_and_the_odd_days_fall_off_in_front() -> None:
    assert batch_means([99, 1, 3, 5, 7], 2).tolist() == [2, 6]
    assert batch_means(np.arange(400.0)).shape == (20,)


@pytest.mark.parametrize(("days", "batches"), [(3, 2), (10, 1), (10, 0), (10, 6)])
def test_a_chain_too_short_for_its_batches(days: int, batches: int) -> None:
    with pytest.raises(ValueError, match=f"{days} days in {batches} parts"):
        batch_means([1.0] * days, batches)


@pytest.mark.parametrize(
    ("samples", "says"),
    [
        ([1.0], "at least 2"),
        ([], "at least 2"),
        ([[1.0, 2.0], [3.0, 4.0]], "at least 2"),
        ([1.0, math.nan, 2.0], "sample 1 is not a finite number"),
        ([1.0, 2.0, math.inf], "sample 2 is not a finite number"),
        (Ratios([1, 2, 3], [1, 2]), "3 numerators for 2 denominators"),
        (Ratios([1, 2], [1, -2]), "below 0"),
        (Ratios([1, 0, 0], [2, 0, 0]), "fewer than two chains"),
    ],
)
def test_what_has_no_interval(samples: Samples, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        mean_interval(samples)


def test_only_chains_that_belong_together_are_paired() -> None:
    with pytest.raises(ValueError, match="5 chains and the other variant 2"):
        paired_difference(FIVE, [1, 2])
    with pytest.raises(ValueError, match="same key figure"):
        paired_difference(FIVE, Ratios([1] * 5, [1] * 5))
