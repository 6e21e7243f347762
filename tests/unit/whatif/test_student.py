"""Student's t against printed tables and closed forms."""

import math
from statistics import NormalDist

import pytest

from optimizer.whatif.student import t_beyond, t_quantile

# The NIST/SEMATECH e-Handbook of Statistical Methods, §1.3.6.7.2, has three digits of these; the six are those of
# scipy.stats.t.ppf in SciPy 1.17.
TABLE = [
    (0.95, 1, 12.706205),
    (0.95, 2, 4.302653),
    (0.95, 4, 2.776445),
    (0.95, 5, 2.570582),
    (0.95, 9, 2.262157),
    (0.95, 10, 2.228139),
    (0.95, 19, 2.093024),
    (0.95, 29, 2.045230),
    (0.95, 30, 2.042272),
    (0.95, 60, 2.000298),
    (0.95, 120, 1.979930),
    (0.90, 10, 1.812461),
    (0.99, 10, 3.169273),
    (0.99, 1, 63.656741),
    (0.999, 5, 6.868827),
]


@pytest.mark.parametrize(("confidence", "freedom", "t"), TABLE)
def test_as_the_tables_have_it(confidence: float, freedom: int, t: float) -> None:
    assert t_quantile(confidence, freedom) == pytest.approx(t, abs=6e-7)


@pytest.mark.parametrize("confidence", [1e-6, 0.1, 0.5, 0.95, 0.9999])
def test_one_and_two_degrees_have_a_closed_form(confidence: float) -> None:
    # One degree is Cauchy's distribution, with P(|T| < t) = 2 atan(t) / pi; with two it is t / sqrt(2 + t²).
    assert t_quantile(confidence, 1) == pytest.approx(math.tan(math.pi * confidence / 2), rel=1e-9)
    two = confidence * math.sqrt(2 / (1 - confidence**2))
    assert t_quantile(confidence, 2) == pytest.approx(two, rel=1e-9)


def test_many_degrees_are_normal() -> None:
    assert t_quantile(0.95, 10_000_000) == pytest.approx(NormalDist().inv_cdf(0.975), rel=1e-6)


@pytest.mark.parametrize("freedom", [1, 2, 3, 7, 19, 200, 5_000])
@pytest.mark.parametrize("confidence", [0.01, 0.5, 0.95, 0.999_999])
def test_there_and_back(freedom: int, confidence: float) -> None:
    assert t_beyond(t_quantile(confidence, freedom), freedom) == pytest.approx(1 - confidence, rel=1e-9)


def test_the_tail_from_end_to_end() -> None:
    assert t_beyond(0.0, 5) == 1.0
    assert t_beyond(-2.0, 5) == t_beyond(2.0, 5)
    assert t_beyond(1e200, 5) == 0.0
    # One degree, far out: 2 / (pi t).
    assert t_beyond(1e9, 1) == pytest.approx(2 / math.pi * 1e-9, rel=1e-6)


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, math.nan])
def test_a_confidence_lies_between_0_and_1(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence is"):
        t_quantile(confidence, 5)


def test_a_single_sample_has_no_degree_of_freedom() -> None:
    with pytest.raises(ValueError, match="0 degrees of freedom"):
        t_beyond(1.0, 0)
