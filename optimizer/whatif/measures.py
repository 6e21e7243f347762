"""Each measure of a study as samples: what the days of a chain add up to, one entry a chain.

Days of a chain are added up before anything is divided, so a day with many jobs counts more than a quiet one. Measures
with a denominator that varies are `Ratios`; what is counted a day is a plain number, for all chains have as many days.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from optimizer.domain.study import Measure
from optimizer.domain.study_sample import DayFigures, Sample
from optimizer.whatif.statistics import Ratios, Samples

_Count = Callable[[DayFigures], float]

_HOUR_S: Final = 3600
_KM_M: Final = 1000


def _service(day: DayFigures) -> int:
    return sum(one.kept + one.missed for one in day.service_clocks if not one.free)


def _service_kept(day: DayFigures) -> int:
    return sum(one.kept for one in day.service_clocks if not one.free)


def _bill(day: DayFigures) -> int:
    return sum(day.bill_cents.values())


def _cost(day: DayFigures) -> int:
    return _bill(day) + day.wage_cents


def _done(day: DayFigures) -> int:
    return day.done


_RATIOS: Final[Mapping[Measure, tuple[_Count, _Count]]] = {
    "on_time": (_service_kept, _service),
    "appointments_kept": (lambda day: day.told_kept, lambda day: day.told),
    "done": (_done, lambda day: day.reported),
    "first_visit_fix": (lambda day: day.fixed_first, _done),
    "jobs_a_technician_day": (_done, lambda day: day.on_duty),
    "km_a_job": (lambda day: day.distance_m / _KM_M, _done),
    "travel_share": (lambda day: day.driven_s, lambda day: day.worked_s),
    "cost_cents_a_job": (_cost, _done),
}

_A_DAY: Final[Mapping[Measure, _Count]] = {
    "overtime_h_a_day": lambda day: day.overtime_s / _HOUR_S,
    "open_jobs": lambda day: day.open_jobs,
    "moved_a_day": lambda day: day.moved,
    "hours_uneven_h": lambda day: day.uneven_s / _HOUR_S,
    "bill_cents_a_day": _bill,
    "cost_cents_a_day": _cost,
}


def samples_of(measure: Measure, chains: Sequence[Sample]) -> Samples:
    """Return a measure of one variant, one entry a chain.

    Parameters
    ----------
    measure : which one
    chains : of one variant, each with at least a day
    """
    if measure in _RATIOS:
        above, below = _RATIOS[measure]
        return Ratios(_sums(above, chains), _sums(below, chains))
    a_day = _A_DAY[measure]
    return [total / len(one.days) for total, one in zip(_sums(a_day, chains), chains, strict=True)]


def values_by_chain(samples: Samples) -> tuple[float | None, ...]:
    """Return what each chain says by itself; none where it has nothing to divide by.

    Parameters
    ----------
    samples : of `samples_of` or `clock_samples`
    """
    if not isinstance(samples, Ratios):
        return tuple(float(value) for value in samples)
    pairs = zip(samples.numerators, samples.denominators, strict=True)
    return tuple(float(above / below) if below else None for above, below in pairs)


class Clock(NamedTuple):
    """Clocks of one rule and label."""

    code: str
    """The rule."""
    label: str = ""
    """Which of the rule's clocks; empty: it has one."""


def clock_samples(clock: Clock, chains: Sequence[Sample], *, desk: bool = False) -> Ratios:
    """Return how some clocks end, kept ÷ ended, one entry a chain.

    Parameters
    ----------
    clock : which ones
    chains : of one variant
    desk : clocks of the desk instead of those of service
    """

    def count(day: DayFigures, missed: bool) -> int:
        ended = day.desk_clocks if desk else day.service_clocks
        return sum(
            one.kept + (one.missed if missed else 0) for one in ended if (one.code, one.label) == clock
        )

    return Ratios(
        _sums(lambda day: count(day, missed=False), chains),
        _sums(lambda day: count(day, missed=True), chains),
    )


def clocks_of(chains: Sequence[Sample], *, desk: bool = False) -> tuple[Clock, ...]:
    """Return which clocks ended at all, in the order of their names.

    Parameters
    ----------
    chains : of any variants
    desk : clocks of the desk instead of those of service
    """
    ended = (
        one
        for chain in chains
        for day in chain.days
        for one in (day.desk_clocks if desk else day.service_clocks)
    )
    return tuple(sorted({Clock(one.code, one.label) for one in ended if one.kept + one.missed}))


def _sums(count: _Count, chains: Sequence[Sample]) -> list[float]:
    return [sum(count(day) for day in one.days) for one in chains]
