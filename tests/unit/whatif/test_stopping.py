"""When enough has been simulated."""

import math

import pytest

from optimizer.whatif.statistics import Interval, mean_interval
from optimizer.whatif.stopping import MANY, Enough, enough


def spread(samples: int, deviation: float) -> Interval:
    """Half of the samples at 0 - d, half at 0 + d, with this standard deviation."""
    d = deviation * math.sqrt((samples - 1) / samples)
    return mean_interval([d, -d] * (samples // 2))


def test_nobody_looks_before_the_first_stage_is_over() -> None:
    verdict = enough([spread(4, 0.001)], 1)
    assert verdict == Enough(stop=False, narrow=False, more=6, likely=10)


def test_narrow_enough() -> None:
    # t(95 %, 9) / √10 = 0.7154 standard deviations.
    assert enough([spread(10, 1)], 0.7155) == Enough(stop=True, narrow=True, more=0, likely=10)
    assert not enough([spread(10, 1)], 0.7153).stop


def test_how_many_it_will_take() -> None:
    # Half a standard deviation: t(95 %, 17) / √18 = 2.109816 / 4.242641 = 0.4973, and 2.119905 / √17 = 0.5142.
    assert enough([spread(10, 1)], 0.5) == Enough(stop=False, narrow=False, more=8, likely=18)


def test_a_near_miss_still_grows_by_half() -> None:
    assert enough([spread(10, 1)], 0.71) == Enough(stop=False, narrow=False, more=5, likely=11)


def test_a_far_miss_does_not_trust_the_first_spread_too_far() -> None:
    verdict = enough([spread(10, 1)], 0.01)
    assert verdict.more == 20
    assert verdict.likely == pytest.approx((1.96 / 0.01) ** 2, rel=0.01)


@pytest.mark.parametrize("half_width", [1e-4, 1e-9, 1e-200])
def test_a_wish_beyond_reach_asks_for_a_million(half_width: float) -> None:
    # At 10^-4 standard deviations it would be 1.96² · 10^8.
    assert enough([spread(10, 1)], half_width) == Enough(stop=False, narrow=False, more=20, likely=MANY)


def test_the_widest_interval_decides() -> None:
    narrow, wide = spread(10, 0.1), spread(10, 1)
    assert enough([narrow, wide], 0.5) == enough([wide], 0.5)


def test_no_more_than_there_may_be() -> None:
    assert enough([spread(10, 1)], 0.1, most=12).more == 2
    verdict = enough([spread(12, 1)], 0.1, most=12)
    assert (verdict.stop, verdict.narrow, verdict.more) == (True, False, 0)
    assert verdict.likely > 300


def test_no_spread_is_enough_after_the_first_stage() -> None:
    assert enough([mean_interval([0.0] * 10)], 1e-9).narrow


def test_more_samples_are_not_asked_for_twice() -> None:
    """Following the advice leads to the end: with a steady spread the second look after `likely` stops."""
    samples = 10
    for _ in range(10):
        verdict = enough([spread(samples, 1)], 0.1)
        if verdict.stop:
            break
        samples += verdict.more + verdict.more % 2
    assert verdict.narrow
    assert samples < 1.1 * verdict.likely


@pytest.mark.parametrize(
    ("half_width", "least", "most", "says"),
    [
        (0, 10, None, "half_width is 0"),
        (math.nan, 10, None, "half_width is nan"),
        (1, 1, None, "from 1 to None"),
        (1, 10, 9, "from 10 to 9"),
    ],
)
def test_what_cannot_be_asked(half_width: float, least: int, most: int | None, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        enough([spread(10, 1)], half_width, least=least, most=most)


def test_without_intervals_there_is_nothing_to_say() -> None:
    with pytest.raises(ValueError, match="no interval"):
        enough([], 1)
