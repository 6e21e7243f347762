"""What a study answers, made of its samples: figures of each variant, how surely it differs, which targets it meets."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

import numpy as np

from optimizer import __version__
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import BASE, MEASURES, MORE_IS_BETTER, SHARES, Measure, Study, Target, Variant
from optimizer.domain.study_result import (
    MOST_CHAINS_LISTED,
    ClockResult,
    Difference,
    Estimate,
    MeasureRanking,
    MeasureResult,
    Placed,
    Spread,
    StudyResult,
    TargetResult,
    TargetState,
    VariantResult,
)
from optimizer.domain.study_sample import Sample
from optimizer.whatif.comparison import Comparison, compared, divides
from optimizer.whatif.measures import Clock, clock_samples, clocks_of, values_by_chain
from optimizer.whatif.ranking import ranked
from optimizer.whatif.second_opinion import queueing_estimates
from optimizer.whatif.statistics import CONFIDENCE, Interval, Paired, mean_interval
from optimizer.whatif.variants.apply import variant_scenario

_USUAL_SHARE: Final = 0.9
"""In time for queueing, where no target says how many are to be."""


def answers(study: Study, base: Scenario, samples: Mapping[str, Sequence[Sample]]) -> StudyResult:
    """Return what a study answers; the questions beside the comparison are left open.

    Parameters
    ----------
    study : the study
    base : the scenario it starts from
    samples : variant → its chains, ``base`` among them; the same chains for all, two or more

    Raises
    ------
    ValueError
        A variant has no samples, not those of the same chains as the base, or not of as many days.
    InvalidInput
        A variant's scenario cannot be made of the base.
    """
    found = compared(study, samples)
    everybody = [one for mine in found.chains.values() for one in mine]
    clocks = [(desk, one) for desk in (False, True) for one in clocks_of(everybody, desk=desk)]
    days = [day.day for one in found.chains[BASE] for day in one.days]
    return StudyResult(
        study=study.name,
        story=study.story,
        base=base.name,
        seed=study.seed,
        first_day=min(days),
        last_day=max(days),
        days=study.days,
        warm_up_days=study.warm_up_days,
        chains=len(found.chains[BASE]),
        confidence=CONFIDENCE,
        effort=study.effort,
        ended=found.ended,
        variants=tuple(
            _variant(one, study, variant_scenario(base, one.changes), found, clocks)
            for one in (Variant(name=BASE), *study.variants)
        ),
        rankings=tuple(_rankings(found)),
        version=__version__,
    )


def estimate(interval: Interval, measure: Measure | None = None) -> Estimate:
    """Return an interval as it stands in a result: cut to what is possible.

    Parameters
    ----------
    interval : of a value, or of a difference where no measure is given
    measure : which measure it is a value of
    """
    if measure in SHARES:
        interval = interval.within(0, np.inf if measure == "done" else 1)
    return Estimate(
        mean=interval.mean,
        low=interval.low,
        high=interval.high,
        half_width=interval.half_width,
        chains=interval.samples,
    )


def difference(measure: Measure, pair: Paired, *, clear: bool) -> Difference:
    """Return a difference as it stands in a result.

    Parameters
    ----------
    measure : what differs
    pair : how much
    clear : it is surely not 0
    """
    better = (pair.difference.mean > 0) == (measure in MORE_IS_BETTER)
    return Difference(
        estimate=estimate(pair.difference),
        clear=clear,
        better=better if clear else None,
        correlation=pair.correlation,
        variance_left=pair.variance_left,
    )


def target_state(target: Target, value: Interval | None) -> TargetState:
    """Return whether a value surely reaches a target.

    Parameters
    ----------
    target : what is to be reached
    value : of its measure; none: there is none
    """
    if value is None:
        return "not_decided"
    if target.at_least is not None:
        return _side(value.low >= target.at_least, value.high < target.at_least)
    limit = target.at_most if target.at_most is not None else np.inf
    return _side(value.high <= limit, value.low > limit)


def _side(met: bool, missed: bool) -> TargetState:
    return "met" if met else "not_met" if missed else "not_decided"


def _variant(
    variant: Variant,
    study: Study,
    scenario: Scenario,
    found: Comparison,
    clocks: Sequence[tuple[bool, Clock]],
) -> VariantResult:
    chains, values = found.chains[variant.name], found.values[variant.name]
    asked = [one.at_least for one in study.targets if one.measure == "on_time" and one.at_least is not None]
    wanted = asked[0] if asked and 0 < asked[0] < 1 else _USUAL_SHARE
    targets = (
        TargetResult(target=target, state=target_state(target, values.get(target.measure)))
        for target in study.targets
    )
    return VariantResult(
        name=variant.name,
        story=variant.story,
        people=len(chains[0].people),
        measures=tuple(_measure(measure, variant.name, found) for measure in MEASURES),
        targets=tuple(targets),
        clocks=tuple(_clock(one, chains, desk=desk) for desk, one in clocks),
        queueing=queueing_estimates(scenario, chains, wanted),
    )


def _measure(measure: Measure, name: str, found: Comparison) -> MeasureResult:
    value = found.values[name].get(measure)
    pair = found.pairs.get(name, {}).get(measure)
    single = values_by_chain(found.samples[name][measure])
    known = [one for one in single if one is not None]
    return MeasureResult(
        measure=measure,
        value=None if value is None else estimate(value, measure),
        difference=None if pair is None else difference(measure, pair, clear=(name, measure) in found.clear),
        spread=_spread(known) if known else None,
        by_chain=single if len(single) <= MOST_CHAINS_LISTED else (),
    )


def _spread(values: Sequence[float]) -> Spread:
    least, lower, middle, upper, most = np.quantile(values, (0, 0.25, 0.5, 0.75, 1))
    return Spread(least=least, lower_quarter=lower, middle=middle, upper_quarter=upper, most=most)


def _clock(clock: Clock, chains: Sequence[Sample], *, desk: bool) -> ClockResult:
    counted = clock_samples(clock, chains, desk=desk)
    kept = mean_interval(counted).within(0, 1) if divides(counted) else None
    return ClockResult(
        code=clock.code,
        label=clock.label,
        desk=desk,
        ended_a_day=float(np.sum(counted.denominators)) / sum(len(one.days) for one in chains),
        kept=None if kept is None else estimate(kept),
    )


def _rankings(found: Comparison) -> Iterator[MeasureRanking]:
    if len(found.values) < 2:
        return
    for measure in MEASURES:
        if any(measure not in row for row in found.values.values()):
            continue
        best: Literal["highest", "lowest"] = "highest" if measure in MORE_IS_BETTER else "lowest"
        order = ranked({name: row[measure] for name, row in found.samples.items()}, best=best)
        places = (
            Placed(name=one.name, best_place=one.best_place, worst_place=one.worst_place)
            for one in order.rows
        )
        yield MeasureRanking(measure=measure, best=best, places=tuple(places), groups=order.groups)
