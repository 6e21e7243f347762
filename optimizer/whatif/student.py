"""Student's t distribution: how far a mean of few samples may lie from the truth.

References
----------
NIST Digital Library of Mathematical Functions, https://dlmf.nist.gov/8.17: the incomplete beta function; its continued
fraction is 8.17.22.
W. J. Lentz (1976), "Generating Bessel functions in Mie scattering calculations using continued fractions", Applied
Optics 15(3), 668–671, doi:10.1364/AO.15.000668: how such a fraction is summed from its front.
"""

import math
from itertools import count
from statistics import NormalDist
from typing import Final

_EXACT: Final = 1e-15  # relative; what a float can hold
_TINY: Final = 1e-300


def t_beyond(t: float, freedom: int) -> float:
    """Return the probability that a value of Student's t is farther from 0 than `t`, on either side.

    Parameters
    ----------
    t : any number
    freedom : degrees of freedom, 1 or more
    """
    if freedom < 1:
        raise ValueError(f"{freedom} degrees of freedom; at least 1 is needed")
    square = t * t
    if math.isinf(square):
        return 0.0
    whole = freedom + square
    return _incomplete_beta(freedom / 2, 0.5, freedom / whole, square / whole)


def t_quantile(confidence: float, freedom: int) -> float:
    """Return the t that Student's t stays within, on both sides of 0, with this probability.

    Newton's method from the normal quantile, which is always nearer to 0. The probability beyond t is convex there, so
    every step goes outwards and none goes too far.

    Parameters
    ----------
    confidence : above 0 and below 1, e.g. 0.95
    freedom : degrees of freedom, 1 or more
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence}; it lies above 0 and below 1")
    beyond = 1 - confidence
    t = -NormalDist().inv_cdf(beyond / 2)
    while True:
        step = (t_beyond(t, freedom) - beyond) / (2 * _density(t, freedom))
        if step <= _EXACT * t:
            return t
        t += step


def _density(t: float, freedom: int) -> float:
    half = freedom / 2
    level = math.lgamma(half + 0.5) - math.lgamma(half) - math.log(freedom * math.pi) / 2
    return math.exp(level - (half + 0.5) * math.log1p(t * t / freedom))


def _incomplete_beta(a: float, b: float, x: float, rest: float) -> float:
    """Return the regularized incomplete beta function; `rest` is 1 - x, given apart so that no digit is lost."""
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):  # on the other side the fraction converges at once
        return 1 - _incomplete_beta(b, a, rest, x)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest)
    return math.exp(front) / (a * _fraction(a, b, x))


def _fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction 1 + d1 / (1 + d2 / (1 + …)) by Lentz's method."""
    value, above, below = 1.0, 1.0, 0.0
    for step in count(1):
        m = step // 2
        if step % 2:
            d = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            d = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        below = 1 / (1 + d * below or _TINY)
        above = 1 + d / above or _TINY
        value *= above * below
        if abs(above * below - 1) < _EXACT:
            break
    return value
