"""Chance by name: a draw depends on what it is for, not on what was drawn before it.

Variants of a study that differ in staff ask for different draws in a different order and still see the same customers,
the same illness of the same person and the same traffic on the same leg: common random numbers (Law 2015, Simulation
Modeling and Analysis, 5th ed., ch. 11.2). The draws of a name are the hash of the name: BLAKE2b takes the place of a
counter-based generator (Salmon and others 2011, doi:10.1145/2063384.2063405), so that any draw can be made at any time.
"""

from hashlib import blake2b
from math import log
from statistics import NormalDist
from typing import Final, NamedTuple, TypeAlias

import numpy as np

NamePart: TypeAlias = str | int | None
"""A part of what a draw is for: an id, a date as text, a number, a word."""

_STANDARD: Final = NormalDist()


class Chain(NamedTuple):
    """One of the independent runs of days that a study simulates, the same for all its variants."""

    seed: int
    """The study's seed, any whole number."""
    number: int
    """Which run, from 0."""

    def uniform(self, *name: NamePart) -> float:
        """Draw a number above 0 and below 1, all equally likely.

        Parameters
        ----------
        name : what it is for; the same name always gives the same number
        """
        bits = int.from_bytes(self._hash(name, 8), "little") >> 12
        return (bits + 0.5) * 2.0**-52  # 52 bits, so that neither 0 nor 1 can come of rounding

    def normal(self, *name: NamePart) -> float:
        """Draw from the normal distribution with mean 0 and standard deviation 1.

        Parameters
        ----------
        name : what it is for
        """
        return _STANDARD.inv_cdf(self.uniform(*name))

    def exponential(self, *name: NamePart) -> float:
        """Draw from the exponential distribution with mean 1.

        Parameters
        ----------
        name : what it is for
        """
        return -log(self.uniform(*name))

    def gamma(self, shape: float, *name: NamePart) -> float:
        """Draw from the gamma distribution with mean 1.

        Parameters
        ----------
        shape : 1 ÷ variance, above 0
        name : what it is for
        """
        key = int.from_bytes(self._hash(name, 16), "little")
        return float(np.random.Generator(np.random.Philox(key=key)).gamma(shape, 1 / shape))

    def _hash(self, name: tuple[NamePart, ...], size: int) -> bytes:
        # Names hold no NUL, so no two names make the same text; a number, a text and none differ by their first letter.
        parts = (f"{type(part).__name__[0]}{part}" for part in (self.seed, self.number, *name))
        return blake2b("\0".join(parts).encode(), digest_size=size).digest()


def which(weights: tuple[float, ...], u: float) -> int:
    """Return which of several things a draw means, by how often each comes.

    Parameters
    ----------
    weights : how often each comes beside the others, 0 or more, not all 0
    u : the draw, above 0 and below 1
    """
    left = u * sum(weights)
    last = 0
    for ix, weight in enumerate(weights):
        if weight > 0:
            last = ix
            if left < weight:
                return ix
            left -= weight
    return last  # by rounding
