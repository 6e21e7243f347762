"""Measures of samples, each a sum over days divided by another: on time ÷ clocks, kilometres ÷ jobs, money ÷ days."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from optimizer.domain.study import Measure
from optimizer.domain.study_sample import ClocksEnded, DayFigures, Sample
from optimizer.whatif.statistics import Ratios


class Parts(NamedTuple):
    """What a measure is made of in one sample."""

    above: float
    """What is counted, over all days."""
    below: float
    """Of what, over all days; 0 where there was nothing of it."""


_Of = Callable[[DayFigures], float]


def parts(measure: Measure, sample: Sample) -> Parts:
    """Return what a measure is made of in one sample.

    Parameters
    ----------
    measure : which measure
    sample : one chain of days
    """
    above, below = _MEASURES[measure]
    return Parts(sum(above(day) for day in sample.days), sum(below(day) for day in sample.days))


def ratios(found: Iterable[Parts]) -> Ratios:
    """Return a measure of several samples, for `optimizer.whatif.statistics`.

    Parameters
    ----------
    found : its parts in each sample, in the order of the chains
    """
    rows = tuple(found)
    return Ratios([one.above for one in rows], [one.below for one in rows])


def _kept(clocks: Iterable[ClocksEnded]) -> int:
    return sum(one.kept for one in clocks)


def _ended(clocks: Iterable[ClocksEnded]) -> int:
    return sum(one.kept + one.missed for one in clocks)


def _one(day: DayFigures) -> float:
    return 1


_MEASURES: Final[dict[Measure, tuple[_Of, _Of]]] = {
    "on_time": (lambda day: _kept(day.service_clocks), lambda day: _ended(day.service_clocks)),
    "appointments_kept": (lambda day: day.told_kept, lambda day: day.told),
    "done": (lambda day: day.done, lambda day: day.reported),
    "first_visit_fix": (lambda day: day.fixed_first, lambda day: day.done),
    "jobs_a_technician_day": (lambda day: day.done, lambda day: day.on_duty),
    "km_a_job": (lambda day: day.distance_m / 1000, lambda day: day.done),
    "travel_share": (lambda day: day.driven_s, lambda day: day.worked_s),
    "overtime_h_a_day": (lambda day: day.overtime_s / 3600, _one),
    "open_jobs": (lambda day: day.open_jobs, _one),
    "bill_cents_a_day": (lambda day: sum(day.bill_cents.values()), _one),
}
# The desk's own clocks are not the customer's service, as in the assessment of a plan.
