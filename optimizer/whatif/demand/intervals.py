"""Intervals and tests for what is counted and measured in a history; all intervals are of 95 %."""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

Z: Final = NormalDist().inv_cdf(0.975)
"""Standard deviations on either side of a 95 % interval."""
KS_LIMIT: Final = 0.895
"""Stephens' modified distance beyond which a normal distribution with fitted mean and spread is rejected at 5 %."""


class Range(NamedTuple):
    """Ends of an interval."""

    low: float
    """Lower end."""
    high: float
    """Upper end."""


def share_interval(hits: int, trials: int) -> Range:
    """Return the interval of a share: Wilson's score interval, good for small numbers and shares near 0 or 1.

    Parameters
    ----------
    hits : how often it happened, 0 to `trials`
    trials : how often it could have, at least 1

    References
    ----------
    Wilson 1927, "Probable inference, the law of succession, and statistical inference",
    doi:10.1080/01621459.1927.10502953
    """
    share, square = hits / trials, Z * Z
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = Z / (1 + square / trials) * sqrt(share * (1 - share) / trials + square / (4 * trials**2))
    return Range(max(0.0, middle - half), min(1.0, middle + half))


def count_interval(count: int, dispersion: float = 1.0) -> Range:
    """Return the interval of the mean behind a count: Byar's approximation of the exact Poisson interval.

    Parameters
    ----------
    count : how many were counted
    dispersion : variance ÷ mean of such counts, 1 for Poisson; a count that strays more is worth fewer

    References
    ----------
    Breslow and Day 1987, Statistical Methods in Cancer Research II, ch. 2
    """
    worth, more = count / dispersion, count / dispersion + 1
    low = worth * (1 - 1 / (9 * worth) - Z / (3 * sqrt(worth))) ** 3 if worth > 0 else 0.0
    high = more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3
    return Range(dispersion * max(low, 0.0), dispersion * high)


def chi_square_p(statistic: float, degrees: int) -> float:
    """Return the chance that a χ² statistic is at least so large, to about 0.001.

    Parameters
    ----------
    statistic : the statistic, 0 or more
    degrees : degrees of freedom, at least 1

    References
    ----------
    Wilson and Hilferty 1931, "The distribution of chi-square", doi:10.1073/pnas.17.12.684
    """
    step = 2 / (9 * degrees)
    z: float = ((statistic / degrees) ** (1 / 3) - (1 - step)) / sqrt(step)
    return 1 - NormalDist().cdf(z)


def distance_from_normal(values: Sequence[float]) -> float:
    """Return how far a sample is from a normal distribution with its own mean and spread.

    Parameters
    ----------
    values : at least 5 numbers, not all the same

    Returns
    -------
    The Kolmogorov–Smirnov distance, modified for the number of values, to be compared with `KS_LIMIT`.

    References
    ----------
    Stephens 1974, "EDF statistics for goodness of fit and some comparisons", doi:10.1080/01621459.1974.10480196,
    table 1A, case 3
    """
    fitted = NormalDist.from_samples(values)
    number = len(values)
    farthest = max(
        max((rank + 1) / number - fitted.cdf(value), fitted.cdf(value) - rank / number)
        for rank, value in enumerate(sorted(values))
    )
    return farthest * (sqrt(number) - 0.01 + 0.85 / sqrt(number))
