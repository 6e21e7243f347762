from random import Random

import pytest

from optimizer.whatif.demand.intervals import (
    KS_LIMIT,
    chi_square_p,
    count_interval,
    distance_from_normal,
    share_interval,
)


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    # (x + z²/2 ± z √(x (n − x) ÷ n + z² ÷ 4)) ÷ (n + z²) with z² = 3.8415, by hand
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (30, 100, 0.2189, 0.3958)],
)
def test_shares_have_wilsons_interval(hits: int, trials: int, low: float, high: float) -> None:
    assert share_interval(hits, trials) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # the exact intervals of a Poisson mean, from tables (Garwood 1936)
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (100, 81.36, 121.63)],
)
def test_counts_have_the_poisson_interval(count: int, low: float, high: float) -> None:
    assert count_interval(count) == pytest.approx((low, high), rel=0.015, abs=0.015)


def test_counts_that_stray_more_are_worth_less() -> None:
    usual, wide = count_interval(100), count_interval(100, dispersion=4)
    # Twice as far from the count on both sides, but for the skew.
    assert 100 - wide.low == pytest.approx(2 * (100 - usual.low), rel=0.15)
    assert wide.high - 100 == pytest.approx(2 * (usual.high - 100), rel=0.15)


@pytest.mark.parametrize(
    # from tables of χ²
    ("statistic", "degrees", "chance"),
    [(3.841, 1, 0.05), (18.307, 10, 0.05), (23.209, 10, 0.01), (124.342, 100, 0.05), (9.342, 10, 0.5)],
)
def test_chi_square_has_its_tail(statistic: float, degrees: int, chance: float) -> None:
    assert chi_square_p(statistic, degrees) == pytest.approx(chance, abs=0.003)


def test_normal_samples_are_near_and_others_far() -> None:
    rng = Random(4)
    near = [distance_from_normal([rng.gauss(3, 2) for _ in range(100)]) for _ in range(400)]
    # 5 of 100, which strays by √(0.05 × 0.95 ÷ 400) = 0.011.
    assert sum(one > KS_LIMIT for one in near) / 400 == pytest.approx(0.05, abs=0.045)
    far = [distance_from_normal([rng.expovariate(1) for _ in range(100)]) for _ in range(50)]
    assert min(far) > KS_LIMIT
    # Five values by hand: mean 0, spread √2.5; the farthest are ±1: Φ(0.632) = 0.7365 against 3/5, so 0.1365.
    assert distance_from_normal([-2, -1, 0, 1, 2]) == pytest.approx(
        0.1365 * (5**0.5 - 0.01 + 0.85 / 5**0.5), abs=1e-3
    )
