"""What samples say, and how surely: means, shares, and differences between variants, each with its interval.

A sample is one replication: a chain of simulated days with its own seed, warm-up days left out, told in one number a
key figure. Days of a chain hang together, for what is left over today is done tomorrow; an interval over single days
would be far too narrow. So the chain is counted, never its days. Of one long chain, `batch_means` makes samples.

Chains of two variants with the same seed meet the same demand (common random numbers), so variants are compared chain
by chain: what both suffer alike drops out.

Where all samples are the same their interval has no width. That is exact for what cannot vary, such as two identical
variants; for rare events it only says that none has been seen yet.

References
----------
A. M. Law (2015), "Simulation Modeling and Analysis", 5th ed., McGraw-Hill: chapter 9 (replications, warm-up, batch
means), §10.2 (paired-t intervals), §11.2 (common random numbers).
W. G. Cochran (1977), "Sampling Techniques", 3rd ed., Wiley, chapter 6: ratios.
R. G. Miller (1974), "The jackknife – a review", Biometrika 61(1), 1–15, doi:10.1093/biomet/61.1.1.
B. Schmeiser (1982), "Batch size effects in the analysis of simulation output", Operations Research 30(3), 556–568,
doi:10.1287/opre.30.3.556.
"""

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.whatif.student import t_beyond, t_quantile

CONFIDENCE: Final = 0.95
"""How often an interval holds the truth, where nothing else is asked for."""
BATCHES: Final = 20
"""Into how many samples a long chain is cut; Schmeiser (1982) finds that 10 to 30 serve any run."""

Values = Sequence[float] | NDArray[np.floating[Any] | np.integer[Any]]
"""One number for each chain."""


class Ratios(NamedTuple):
    """Counts of each chain whose sums are divided: on time ÷ clocked, kilometres ÷ jobs.

    The share of all chains together is meant, in which a chain with many jobs counts more, and not the mean of shares.
    """

    numerators: Values
    """What is counted, e.g. clocks kept."""
    denominators: Values
    """Of what, e.g. clocks; 0 or more, above 0 in two chains or more."""


Samples = Values | Ratios
"""A key figure of one variant, chain by chain."""


class Interval(NamedTuple):
    """A figure and where its true value lies, with the confidence that was asked for."""

    mean: float
    """The estimate."""
    half_width: float
    """How far the truth may lie to either side."""
    low: float
    """Lower end."""
    high: float
    """Upper end."""
    samples: int
    """Chains it was estimated from."""
    standard_error: float
    """Standard deviation of the estimate."""
    confidence: float
    """How often such an interval holds the truth, above 0 and below 1."""

    def at(self, confidence: float) -> "Interval":
        """Return the interval with another confidence; ``1 - 0.05 / k`` makes k of them hold together (Bonferroni).

        Parameters
        ----------
        confidence : above 0 and below 1
        """
        return _interval(self.mean, self.standard_error, self.samples, confidence)

    def at_least(self, half_width: float) -> "Interval":
        """Return the interval, or a wider one if it is narrower than this.

        Parameters
        ----------
        half_width : 0 or more
        """
        width = max(self.half_width, half_width)
        return self._replace(half_width=width, low=self.mean - width, high=self.mean + width)

    def within(self, least: float, most: float) -> "Interval":
        """Return the interval with its ends cut to what is possible at all, e.g. 0 to 1 for a share.

        Parameters
        ----------
        least : lowest value there is
        most : highest value there is
        """
        return self._replace(low=max(self.low, least), high=min(self.high, most))

    @property
    def p_value(self) -> float:
        """How likely an estimate this far from 0 would be if the truth were 0."""
        if self.standard_error == 0:
            return 1.0 if self.mean == 0 else 0.0
        return t_beyond(self.mean / self.standard_error, self.samples - 1)


class Paired(NamedTuple):
    """How two variants differ over the same chains, and what it was worth to let them meet the same demand."""

    difference: Interval
    """The other variant minus the base."""
    correlation: float | None
    """Between the two, -1 to 1; none where one of them does not vary."""
    variance_left: float | None
    """Variance of the difference ÷ variance with independent chains: at 0.1, a tenth of the chains are enough. None
    where neither of the two varies."""


def mean_interval(samples: Samples, confidence: float = CONFIDENCE) -> Interval:
    """Return the mean over the chains, or the ratio of their sums, with its interval (Student's t).

    A ratio's interval is that of the jackknife: its variance is measured by leaving out one chain at a time.

    Parameters
    ----------
    samples : one number, or numerator and denominator, for each of two chains or more
    confidence : above 0 and below 1

    Raises
    ------
    ValueError
        There are fewer than two chains, a number is not finite, or a denominator is not possible.
    """
    mean, values = _estimate(samples)
    return _interval(mean, _standard_error(values), len(values), confidence)


def paired_difference(base: Samples, other: Samples, confidence: float = CONFIDENCE) -> Paired:
    """Return how much more the other variant has than the base, chain by chain (paired t).

    The two must have met the same demand in the same order of chains. Ratios are compared by their jackknife values,
    chain by chain too.

    Parameters
    ----------
    base : the base, at least two chains
    other : as many chains of the other variant, numbers or ratios as the base
    confidence : above 0 and below 1

    Raises
    ------
    ValueError
        The two have not as many chains or are not of one kind, or one of them has no interval of its own.
    """
    if isinstance(base, Ratios) is not isinstance(other, Ratios):
        raise ValueError("one variant has numbers and the other ratios; compare the same key figure")
    (base_mean, a), (other_mean, b) = _estimate(base), _estimate(other)
    if len(a) != len(b):
        raise ValueError(f"the base has {len(a)} chains and the other variant {len(b)}; pairs are needed")
    differences = b - a
    mean = other_mean - base_mean if isinstance(base, Ratios) else _mean(differences)
    error = _standard_error(differences)
    spread_a, spread_b = _standard_error(a), _standard_error(b)
    unpaired = spread_a**2 + spread_b**2
    correlation = None
    if spread_a > 0 and spread_b > 0:
        correlation = (unpaired - error**2) / (2 * spread_a * spread_b)
    return Paired(
        difference=_interval(mean, error, len(a), confidence),
        correlation=None if correlation is None else min(max(correlation, -1.0), 1.0),
        variance_left=error**2 / unpaired if unpaired > 0 else None,
    )


def batch_means(values: Values, batches: int = BATCHES) -> NDArray[np.float64]:
    """Return the means of equal parts of one long chain, which serve as samples of it.

    The parts must be so long that one hardly knows of the next: weeks rather than days. Days that do not fill a part
    are left out at the front, next to the warm-up. For ratios cut numerators and denominators alike.

    Parameters
    ----------
    values : one number a day, warm-up left out, in the order of the days
    batches : how many parts, at least 2

    Raises
    ------
    ValueError
        There are fewer than two parts or fewer than two days to a part, or a number is not finite.
    """
    days = _checked(values)
    length = len(days) // max(batches, 1)
    if batches < 2 or length < 2:
        raise ValueError(f"{len(days)} days in {batches} parts; at least 2 parts of 2 days are needed")
    return np.asarray(days[len(days) - batches * length :].reshape(batches, length).mean(axis=1))


def _estimate(samples: Samples) -> tuple[float, NDArray[np.float64]]:
    """Return the estimate and one value a chain, whose mean and spread are the estimate's (nearly, for a ratio)."""
    if isinstance(samples, Ratios):
        return _jackknifed(_checked(samples.numerators), _checked(samples.denominators))
    values = _checked(samples)
    return _mean(values), values


def _jackknifed(above: NDArray[np.float64], below: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Return the ratio of the sums and each chain's value: n times the ratio, less n - 1 times that without it."""
    if len(above) != len(below):
        raise ValueError(f"{len(above)} numerators for {len(below)} denominators; each chain has one of both")
    if np.any(below < 0):
        raise ValueError("a denominator is below 0; count what is divided by")
    if np.count_nonzero(below) < 2:
        raise ValueError("fewer than two chains have a denominator above 0; a ratio needs two")
    n, top, bottom = len(above), above.sum(), below.sum()
    ratio = top / bottom
    return float(ratio), n * ratio - (n - 1) * (top - above) / (bottom - below)


def _checked(values: Values) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or len(array) < 2:
        raise ValueError(f"samples of shape {array.shape}; one row of at least 2 numbers is needed")
    if not np.all(np.isfinite(array)):
        raise ValueError(f"sample {int(np.argmin(np.isfinite(array)))} is not a finite number")
    return array


def _mean(values: NDArray[np.float64]) -> float:
    """Return the mean; where nothing varies exactly that value, whatever the rounding of a sum."""
    return float(values[0]) if np.ptp(values) == 0 else float(values.mean())


def _standard_error(values: NDArray[np.float64]) -> float:
    """Return the standard error of the mean; exactly 0 where nothing varies."""
    if np.ptp(values) == 0:
        return 0.0
    return float(values.std(ddof=1)) / math.sqrt(len(values))


def _interval(mean: float, error: float, samples: int, confidence: float) -> Interval:
    width = t_quantile(confidence, samples - 1) * error
    return Interval(mean, width, mean - width, mean + width, samples, error, confidence)
