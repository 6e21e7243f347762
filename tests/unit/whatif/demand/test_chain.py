from itertools import pairwise
from math import sqrt

import pytest

from optimizer.whatif.demand.chain import Chain, which

CHAIN = Chain(seed=7, number=0)


def test_a_draw_depends_on_its_name_alone() -> None:
    first = CHAIN.uniform("duration", "J1", 1)
    CHAIN.uniform("something else")
    assert Chain(7, 0).uniform("duration", "J1", 1) == first
    others = {
        CHAIN.uniform("duration", "J1", 2),
        CHAIN.uniform("duration", "J1", "1"),
        CHAIN.uniform("duration", "J1", None),
        CHAIN.uniform("duration", "J", "11"),
        CHAIN.uniform("duration J1", 1),
        Chain(7, 1).uniform("duration", "J1", 1),
        Chain(8, 0).uniform("duration", "J1", 1),
        Chain(-7, 0).uniform("duration", "J1", 1),
    }
    assert len(others | {first}) == 9


def test_draws_stay_what_they_are_from_release_to_release() -> None:
    assert CHAIN.uniform("a") == 0.904795880499676


def test_uniform_draws_are_uniform_and_unrelated() -> None:
    draws = [CHAIN.uniform("u", number) for number in range(20_000)]
    assert min(draws) > 0
    assert max(draws) < 1
    # Each tenth holds 2,000, give or take √(20000 × 0.1 × 0.9) = 42.
    tenths = [sum(int(10 * draw) == tenth for draw in draws) for tenth in range(10)]
    assert all(abs(count - 2_000) < 4.5 * 42 for count in tenths)
    # A correlation of 0 strays by 1 ÷ √20000 = 0.007.
    mean = sum(draws) / len(draws)
    together = sum((a - mean) * (b - mean) for a, b in pairwise(draws)) / len(draws) * 12
    assert abs(together) < 4.5 * 0.007


def test_normal_exponential_and_gamma_have_their_moments() -> None:
    count = 10_000
    for draws, mean, variance in (
        ([CHAIN.normal("n", ix) for ix in range(count)], 0, 1),
        ([CHAIN.exponential("e", ix) for ix in range(count)], 1, 1),
        ([CHAIN.gamma(4.0, "g", ix) for ix in range(count)], 1, 0.25),
    ):
        found = sum(draws) / count
        assert found == pytest.approx(mean, abs=4.5 * sqrt(variance / count))
        spread = sum((draw - found) ** 2 for draw in draws) / (count - 1)
        assert spread == pytest.approx(variance, rel=0.15)


def test_weights_share_out_the_draws() -> None:
    assert [which((1, 0, 3), u) for u in (0.001, 0.249, 0.251, 0.999)] == [0, 0, 2, 2]
    assert which((0.1, 0.2, 0.0), 1 - 2**-53) == 1  # never what has no weight
