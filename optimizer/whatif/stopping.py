"""When enough has been simulated: looks at the intervals now and then, and stops when all are narrow enough.

Width alone decides, never where an interval lies: who stops as soon as a difference looks significant finds one in the
end, whatever the truth. Nor is it free to stop by width, for one tends to stop when the spread happens to look small,
and the interval is then too narrow. Three things keep that small:

- a first stage of `LEAST` samples before the first look (Law 2015, §9.4.1, asks for 10 too);
- few looks: between two of them the samples grow by half, or to what seems to be needed (in stages, after Hall 1981);
- what is told in the end is as wide as was asked for (`Interval.at_least`), not narrower by luck: the interval of fixed
  width that Chow and Robbins (1965) prove for.

So told, the truth is inside at least 95 times in 100 for normal samples and for moderately skewed ones (skewness 1).
With strongly skewed ones (exponential, skewness 2) it is 89 in the worst case: ask for a larger first stage where a
chain is short or what is counted is rare. The tests hold these figures, as far as chance allows.

References
----------
Y. S. Chow, H. Robbins (1965), "On the asymptotic theory of fixed-width sequential confidence intervals for the mean",
Annals of Mathematical Statistics 36(2), 457–462, doi:10.1214/aoms/1177700156.
P. Hall (1981), "Asymptotic theory of triple sampling for sequential estimation of a mean", Annals of Statistics 9(6),
1229–1238.
A. M. Law (2015), "Simulation Modeling and Analysis", 5th ed., McGraw-Hill, §9.4.1: means of a given precision.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Final, NamedTuple

from optimizer.whatif.statistics import Interval
from optimizer.whatif.student import t_quantile

LEAST: Final = 10
"""Samples before the first look."""
GROWTH: Final = 1.5
"""Between two looks the samples grow by this at least."""
MOST_GROWTH: Final = 3.0
"""And by this at most: the first spread may be far off."""
MANY: Final = 1_000_000
"""How many more samples than that are needed is not reckoned: nobody makes them."""


class Enough(NamedTuple):
    """Whether to go on, and how far."""

    stop: bool
    """All intervals are narrow enough, or there are as many samples as there may be."""
    narrow: bool
    """All intervals are narrow enough."""
    more: int
    """Samples to add before the next look; 0 when stopping."""
    likely: int
    """Samples that are likely needed in all, going by the spread so far; `MANY` at most."""


def enough(
    intervals: Sequence[Interval], half_width: float, *, least: int = LEAST, most: int | None = None
) -> Enough:
    """Return whether the samples are enough for intervals this narrow; ask again after `more` samples.

    Parameters
    ----------
    intervals : of all differences or figures that are to be told, one at least, from the samples so far
    half_width : what they may have at most, above 0, in their own unit
    least : samples before the first look, 2 or more
    most : samples there may be; none: any number

    Raises
    ------
    ValueError
        There is no interval, or a number is out of its range.
    """
    if not intervals:
        raise ValueError("there is no interval; give one at least")
    if not half_width > 0:
        raise ValueError(f"half_width is {half_width}; it lies above 0")
    if least < 2 or (most is not None and most < least):
        raise ValueError(f"from {least} to {most} samples; least is 2 or more and most is not below it")
    have = min(one.samples for one in intervals)
    likely = max(least, *(_needed(one, half_width) for one in intervals))
    narrow = have >= least and all(one.half_width <= half_width for one in intervals)
    if narrow or (most is not None and have >= most):
        return Enough(stop=True, narrow=narrow, more=0, likely=likely)
    look = least
    if have >= least:
        look = min(max(likely, math.ceil(GROWTH * have)), math.ceil(MOST_GROWTH * have))
    return Enough(stop=False, narrow=False, more=min(look, most or look) - have, likely=likely)


def _needed(interval: Interval, half_width: float) -> int:
    """Return the least number of samples that would be enough with this spread: a few more than the normal one."""
    confidence, spread = interval.confidence, interval.standard_error * math.sqrt(interval.samples)
    widths = NormalDist().inv_cdf((1 + confidence) / 2) * spread / half_width
    if widths * widths >= MANY:
        return MANY
    samples = max(2, math.ceil(widths**2))
    while t_quantile(confidence, samples - 1) * spread > half_width * math.sqrt(samples):
        samples += 1
    return samples
