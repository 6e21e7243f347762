"""The base and its variants side by side: every measure's interval, every difference, and which are clear of zero.

Differences are judged in two families by Holm's rule: those in the measures that the study asks for (its targets and
what its exactness is held to), and those in all others. So looking at everything else costs the question nothing, and
each family errs in one study of twenty at most.

A study that ends because its intervals are narrow tends to end when they look narrow by luck. Intervals that decided
that are told as wide as was asked for (`stopping`): values, and differences that are wider than the two values they
are made of. Other differences are far narrower than what the end hung on, and stay so.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np

from optimizer.domain.study import BASE, MEASURES, Measure, Study
from optimizer.domain.study_result import Ended
from optimizer.domain.study_sample import Sample
from optimizer.whatif.measures import samples_of
from optimizer.whatif.ranking import clear_of_zero
from optimizer.whatif.statistics import (
    Interval,
    Paired,
    Ratios,
    Samples,
    mean_interval,
    paired_difference,
)
from optimizer.whatif.stopping import enough


class Comparison(NamedTuple):
    """What is known of the base and each variant, by name, then by measure."""

    chains: Mapping[str, Sequence[Sample]]
    """Their samples, in order of the chains."""
    samples: Mapping[str, Mapping[Measure, Samples]]
    """Each measure, one entry a chain."""
    values: Mapping[str, Mapping[Measure, Interval]]
    """Each measure that has a value."""
    pairs: Mapping[str, Mapping[Measure, Paired]]
    """How each variant differs from the base, where both have a value."""
    clear: frozenset[tuple[str, Measure]]
    """Which differences are surely not 0."""
    ended: Ended
    """Why no more chains were simulated."""


def compared(study: Study, samples: Mapping[str, Sequence[Sample]]) -> Comparison:
    """Return the base and the variants of a study side by side.

    Parameters
    ----------
    study : the study
    samples : variant → its chains, ``base`` among them; the same chains for all, two or more

    Raises
    ------
    ValueError
        A variant has no samples, not those of the same chains as the base, or not of as many days.
    """
    names = (BASE, *(one.name for one in study.variants))
    chains = {name: _in_order(name, samples, study) for name in names}
    table = {
        name: {measure: samples_of(measure, mine) for measure in MEASURES} for name, mine in chains.items()
    }
    values = {
        name: {measure: mean_interval(one) for measure, one in row.items() if divides(one)}
        for name, row in table.items()
    }
    pairs = {
        name: {
            measure: paired_difference(table[BASE][measure], row[measure])
            for measure in MEASURES
            if measure in values[BASE] and measure in values[name]
        }
        for name, row in table.items()
        if name != BASE
    }
    ended = _ended(study, [row[study.stop.measure] for row in table.values()], len(chains[BASE]))
    if ended.why == "exact_enough":
        _as_wide_as_asked(study, values, pairs)
    return Comparison(chains, table, values, pairs, _clear(study, pairs), ended)


def deciding(samples: Sequence[Samples]) -> tuple[Interval, ...] | None:
    """Return the intervals on whose width the end of a study hangs; none: somebody has nothing to divide by.

    They are those of the base and of each variant, and of each variant's difference from the base.

    Parameters
    ----------
    samples : of the measure that is to be known exactly enough, the base first
    """
    if not all(map(divides, samples)):
        return None
    base, *others = samples
    differences = (paired_difference(base, other).difference for other in others)
    return (*map(mean_interval, samples), *differences)


def divides(samples: Samples) -> bool:
    """Tell whether samples have an interval: numbers do, ratios with two denominators above 0.

    Parameters
    ----------
    samples : of two chains or more
    """
    return not isinstance(samples, Ratios) or int(np.count_nonzero(samples.denominators)) >= 2


def _in_order(name: str, samples: Mapping[str, Sequence[Sample]], study: Study) -> list[Sample]:
    mine = sorted(samples.get(name, ()), key=lambda one: one.chain)
    numbers = [one.chain for one in mine]
    wanted = sorted(one.chain for one in samples.get(BASE, ()))
    if len(mine) < 2 or numbers != wanted or len(set(numbers)) < len(numbers):
        raise ValueError(
            f"{name} has chains {numbers} and the base {wanted}; give the same, two or more, each once"
        )
    if any(len(one.days) != study.days for one in mine):
        raise ValueError(f"a chain of {name} has not {study.days} days that count, as the study asks for")
    return mine


def _ended(study: Study, samples: Sequence[Samples], have: int) -> Ended:
    asked, most = study.stop, max(study.chains.most, study.chains.least)
    intervals = deciding(samples)
    if intervals is None:
        why: Literal["most_chains", "broken_off"] = "most_chains" if have >= most else "broken_off"
        return Ended(why=why, asked=asked, widest=None, chains_needed=0)
    looked = enough(intervals, asked.half_width, least=study.chains.least, most=most)
    return Ended(
        why="exact_enough" if looked.narrow else "most_chains" if looked.stop else "broken_off",
        asked=asked,
        widest=max(one.half_width for one in intervals),
        chains_needed=looked.likely,
    )


def _as_wide_as_asked(
    study: Study, values: dict[str, dict[Measure, Interval]], pairs: dict[str, dict[Measure, Paired]]
) -> None:
    measure, width = study.stop.measure, study.stop.half_width
    for name, row in pairs.items():
        pair = row.get(measure)
        if pair is None:
            continue
        if pair.difference.half_width > max(one[measure].half_width for one in (values[BASE], values[name])):
            row[measure] = pair._replace(difference=pair.difference.at_least(width))
    for one in values.values():
        if measure in one and one[measure].standard_error > 0:
            one[measure] = one[measure].at_least(width)


def _clear(study: Study, pairs: dict[str, dict[Measure, Paired]]) -> frozenset[tuple[str, Measure]]:
    """Return which differences are surely not 0, those that are asked for judged apart from all others."""
    asked = {study.stop.measure, *(one.measure for one in study.targets)}
    found = set[tuple[str, Measure]]()
    for family in (asked, set(MEASURES) - asked):
        told = [
            ((name, measure), pair.difference)
            for name, row in pairs.items()
            for measure, pair in row.items()
            if measure in family
        ]
        clear = clear_of_zero([interval for _, interval in told])
        found.update(
            what
            for (what, interval), surely in zip(told, clear, strict=True)
            if surely and not interval.low <= 0 <= interval.high
        )
    return frozenset(found)
