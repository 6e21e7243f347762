"""Which variants can be told apart, with allowance for how many are compared.

Each interval is told at its own 95 %. Whoever looks at many of them sees about one in twenty miss 0 by chance; so
beside them stands which are clear of 0 after allowing for all that are compared, by Holm's step-down rule: never less
sure than Bonferroni's, and it finds more.

References
----------
S. Holm (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics
6(2), 65–70.
H.-P. Piepho (2004), "An algorithm for a letter-based representation of all-pairwise comparisons", Journal of
Computational and Graphical Statistics 13(2), 456–466, doi:10.1198/1061860043515: groups by insertion and absorption.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from optimizer.whatif.statistics import CONFIDENCE, Interval, Samples, mean_interval, paired_difference


class Ranked(NamedTuple):
    """One variant in a ranking."""

    name: str
    """The variant."""
    value: Interval
    """Its key figure."""
    best_place: int
    """From 1: behind all that are surely better."""
    worst_place: int
    """Before all that are surely worse."""


class Ranking(NamedTuple):
    """Variants in the order of their means, and which of them cannot be told apart."""

    rows: tuple[Ranked, ...]
    """The best mean first."""
    groups: tuple[tuple[str, ...], ...]
    """Largest sets in which no two can be told apart, the best first. A variant may be in several: the first and
    the second may be as good, the second and the third too, and still the first better than the third."""


def clear_of_zero(intervals: Sequence[Interval]) -> tuple[bool, ...]:
    """Return which of some differences are surely not 0, all of them together with the confidence of one.

    Parameters
    ----------
    intervals : all differences that are compared, of one confidence

    Raises
    ------
    ValueError
        The intervals have several confidences.
    """
    levels = {1 - one.confidence for one in intervals}
    if len(levels) > 1:
        raise ValueError("the intervals have several confidences; compare them at one")
    clear = [False] * len(intervals)
    for passed, place in enumerate(sorted(range(len(intervals)), key=lambda place: intervals[place].p_value)):
        if intervals[place].p_value * (len(intervals) - passed) >= max(levels):
            break
        clear[place] = True
    return tuple(clear)


def ranked(
    variants: Mapping[str, Samples],
    *,
    best: Literal["highest", "lowest"] = "highest",
    confidence: float = CONFIDENCE,
) -> Ranking:
    """Return the variants in order with the places each may have, compared pair by pair over the same chains.

    That all places and groups hold has at least the given confidence. The first of many tends to be lucky as well as
    good: what it is worth is to be estimated anew, from chains that had no part in the ranking.

    Parameters
    ----------
    variants : name → its samples; the same chains for all
    best : which end is the best
    confidence : above 0 and below 1

    Raises
    ------
    ValueError
        The samples of a variant have no interval or are not of the same chains as another's.
    """
    sign = -1 if best == "highest" else 1
    value = {name: mean_interval(samples, confidence) for name, samples in variants.items()}
    order = sorted(variants, key=lambda name: sign * value[name].mean)
    pairs = list(combinations(order, 2))
    differences = [paired_difference(variants[a], variants[b], confidence).difference for a, b in pairs]
    apart = [pair for pair, clear in zip(pairs, clear_of_zero(differences), strict=True) if clear]
    rows = (
        Ranked(
            name,
            value[name],
            best_place=1 + sum(worse == name for _, worse in apart),
            worst_place=len(order) - sum(better == name for better, _ in apart),
        )
        for name in order
    )
    return Ranking(tuple(rows), _groups(order, apart))


def _groups(order: Sequence[str], apart: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Return the largest sets without a pair that is told apart (Piepho 2004): split by pair, absorb subsets."""
    groups = {frozenset(order)}
    for pair in apart:
        split = {group - {name} for group in groups if group.issuperset(pair) for name in pair}
        whole = {group for group in groups if not group.issuperset(pair)}
        groups = whole | {one for one in split if not any(one < other for other in whole | split)}
    place = {name: number for number, name in enumerate(order)}
    listed = (tuple(sorted(group, key=place.__getitem__)) for group in groups if group)
    return tuple(sorted(listed, key=lambda group: [place[name] for name in group]))
