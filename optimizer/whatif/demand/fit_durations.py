"""How long work really took, by type and level of the technician."""

from collections import Counter
from collections.abc import Sequence
from math import exp, log, sqrt
from typing import NamedTuple

import numpy as np

from optimizer.domain.demand_chances import Durations, RealDuration
from optimizer.domain.demand_fit import Estimate
from optimizer.domain.policy import Policy
from optimizer.rules.duration import RULE as DURATION
from optimizer.rules.settings import params_of
from optimizer.whatif.demand.history import Visit
from optimizer.whatif.demand.intervals import KS_LIMIT, Z, distance_from_normal
from optimizer.whatif.demand.told import LEAST, estimated, kept


class _Done(NamedTuple):
    """A visit that was done, and how long it took beside what was planned."""

    type: str
    level: int | None
    ratio: float
    """ln(real ÷ planned)."""


def fit_durations(
    history: Sequence[Visit], policy: Policy, base: Durations
) -> tuple[Durations, list[Estimate]]:
    """Estimate real ÷ planned times on site from the visits that were done.

    The logarithm is a sum of what the type does and what the level does (least squares), and a normal spread for each
    type. Planned is what the line says, else the job table's time for one unit at the technician's level. Levels are
    measured against level 3, or the one with the most visits where there are too few of that; theirs stays as it is.

    Parameters
    ----------
    history : all visits
    policy : the policy with the job table
    base : the values before, kept where the history has too little
    """
    done = _done(history, policy)
    counts = Counter(one.type for one in done)
    types = sorted(name for name, count in counts.items() if count >= LEAST)
    said = [
        kept(f"durations.by_type.{name}", base.of(name).median, count, LEAST, "visits that were done")
        for name, count in sorted(counts.items())
        if count < LEAST
    ]
    if not types:
        return base, said or [
            kept("durations.usual.median", base.usual.median, 0, LEAST, "visits that were done")
        ]
    used = [one for one in done if one.type in types]
    at_level = Counter(one.level for one in used if one.level is not None)
    reference = 3 if at_level[3] >= LEAST or not at_level else at_level.most_common(1)[0][0]
    levels = [level for level in range(1, 6) if level != reference and at_level[level] >= LEAST]
    effects, errors, left = _least_squares(used, types, levels, base)
    by_type, by_level = dict(base.by_type), list(base.by_level)
    for ix, name in enumerate(types):
        mine = [rest for one, rest in zip(used, left, strict=True) if one.type == name]
        by_type[name], about = _of_type(name, float(effects[ix]), float(errors[ix]), mine)
        said += about
    for ix, level in enumerate(levels, start=len(types)):
        effect, error = float(effects[ix]), float(errors[ix])
        value = min(max(exp(effect), 0.01), 100.0)
        by_level[level - 1] = value
        ends = exp(effect - Z * error), exp(effect + Z * error)
        said.append(estimated(_level(level), value, ends, at_level[level], "visits"))
    for level in sorted(set(range(1, 6)).difference(levels)):
        value, count = base.by_level[level - 1], at_level[level]
        if level == reference:
            sentence = f"Kept at {value:.3g}: the other levels are measured against this one."
            said.append(
                Estimate(parameter=_level(level), value=value, count=count, kept=True, sentence=sentence)
            )
        else:
            said.append(kept(_level(level), value, count, LEAST, "visits"))
    first, second, third, fourth, fifth = by_level
    levels_fitted = (first, second, third, fourth, fifth)
    return base.model_copy(update={"by_type": by_type, "by_level": levels_fitted}), said


def _done(history: Sequence[Visit], policy: Policy) -> list[_Done]:
    percent = params_of(DURATION, policy).level_percent
    found = []
    for one in history:
        if one.end != "done" or one.minutes is None:
            continue
        planned = one.planned_min
        if planned is None:
            planned = policy.job_types[one.type].base_min * percent[(one.level or 3) - 1] / 100
        found.append(_Done(one.type, one.level, log(one.minutes / planned)))
    return found


def _least_squares(
    used: Sequence[_Done], types: list[str], levels: list[int], base: Durations
) -> tuple[
    "np.ndarray[tuple[int], np.dtype[np.float64]]",
    "np.ndarray[tuple[int], np.dtype[np.float64]]",
    list[float],
]:
    """Return the effects of types and levels, their standard errors whatever the types' spreads, and what is left."""
    columns = len(types) + len(levels)
    facts = np.zeros((len(used), columns))
    ratios = np.empty(len(used))
    for row, one in enumerate(used):
        facts[row, types.index(one.type)] = 1
        if one.level in levels:
            facts[row, len(types) + levels.index(one.level)] = 1
        known = 0.0 if one.level is None or one.level in levels else log(base.by_level[one.level - 1])
        ratios[row] = one.ratio - known
    # The pseudo-inverse copes with a level that only one type has: its share is then split between the two.
    inverse = np.linalg.pinv(facts.T @ facts)
    effects = inverse @ facts.T @ ratios
    left = ratios - facts @ effects
    spread = inverse @ (facts.T * left**2) @ facts @ inverse  # White 1980, doi:10.2307/1912934
    return effects, np.sqrt(np.diagonal(spread)), [float(rest) for rest in left]


def _of_type(
    name: str, effect: float, error: float, left: list[float]
) -> tuple[RealDuration, list[Estimate]]:
    count, path = len(left), f"durations.by_type.{name}"
    spread = sqrt(sum(rest * rest for rest in left) / (count - 1))
    median = min(max(exp(effect), 0.01), 100.0)
    ends = exp(effect - Z * error), exp(effect + Z * error)
    wide = exp(Z / sqrt(2 * (count - 1)))
    about = [
        estimated(f"{path}.median", median, ends, count, "visits that were done"),
        estimated(f"{path}.spread", spread, (spread / wide, spread * wide), count, "visits", _how_well(left)),
    ]
    return RealDuration(median=median, spread=min(spread, 2.0)), about


def _how_well(left: list[float]) -> str:
    """Return a sentence on whether the log-normal fits."""
    if max(left) - min(left) < 1e-9:
        return "All visits took the same share of their planned time."
    distance = distance_from_normal(left)
    if distance <= KS_LIMIT:
        return f"A log-normal fits: its distance is {distance:.2f}, and chance alone exceeds {KS_LIMIT} in 5 of 100."
    return (
        f"A log-normal does not fit well: its distance is {distance:.2f}, and chance alone exceeds {KS_LIMIT} in 5 of "
        "100. Look for visits of two sorts in this type, or times that were written down later."
    )


def _level(level: int) -> str:
    return f"durations.by_level[{level - 1}]"
