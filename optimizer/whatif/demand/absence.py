"""Who is ill on a day and who comes late: the same people on the same days in all variants."""

from datetime import date, timedelta
from functools import lru_cache
from math import ceil, log
from typing import Final

from optimizer.domain.demand_model import DemandModel
from optimizer.domain.time import DateRange
from optimizer.whatif.demand.chain import Chain

LONGEST_ILLNESS_DAYS: Final = 30
"""No illness lasts longer."""
LATEST_MIN: Final = 240
"""Nobody comes later than this, in minutes."""


def sick(model: DemandModel, chain: Chain, technician_id: str, day: date) -> bool:
    """Tell whether somebody is ill on a day.

    Parameters
    ----------
    model : what chance does
    chain : source of chance
    technician_id : who
    day : local date
    """
    return illness(model, chain, technician_id, day) is not None


def illness(model: DemandModel, chain: Chain, technician_id: str, day: date) -> DateRange | None:
    """Return the illness somebody has on a day, from its first day to its last; none: is well.

    Illnesses begin on any day with the same chance and last a number of days that is geometric but cut at thirty;
    where two overlap, the one that began first is told until it ends. The chance to begin is such that the share of
    people who are ill on a day is the model's.

    Parameters
    ----------
    model : what chance does
    chain : source of chance
    technician_id : who
    day : local date
    """
    absences = model.absences
    if absences.sick == 0:
        return None
    begins = _begins(absences.sick, absences.sick_days)
    for back in range(LONGEST_ILLNESS_DAYS - 1, -1, -1):
        first = day - timedelta(days=back)
        name = technician_id, first.isoformat()
        if chain.uniform("falls ill", *name) >= begins:
            continue
        days = _length(absences.sick_days, chain.uniform("ill for", *name))
        if days > back:
            return DateRange(
                first_day=first, last_day=first + timedelta(days=days - 1), reason="acute illness"
            )
    return None


def late_start(model: DemandModel, chain: Chain, technician_id: str, day: date) -> int:
    """Return how many minutes late somebody begins a day; 0: on time.

    Parameters
    ----------
    model : what chance does
    chain : source of chance
    technician_id : who
    day : local date
    """
    absences, name = model.absences, (technician_id, day.isoformat())
    if chain.uniform("late", *name) >= absences.late:
        return 0
    return min(LATEST_MIN, ceil(absences.late_min * chain.exponential("minutes late", *name)))


def _length(mean_days: float, u: float) -> int:
    """Return how many days an illness lasts: j more than one with the chance (1 − 1 ÷ mean)^j."""
    if mean_days == 1:
        return 1
    return min(LONGEST_ILLNESS_DAYS, 1 + int(log(u) / log(1 - 1 / mean_days)))


@lru_cache(maxsize=64)  # because it is asked for every person and day
def _begins(share: float, mean_days: float) -> float:
    """Return the chance that an illness begins on a day, so that this share is ill on any day.

    Somebody is well when no illness of the last thirty days that began lasts until now:
    1 − share = ∏ (1 − chance × P(longer than j days)), solved by halving.
    """
    low, high = 0.0, share
    for _ in range(60):
        middle = (low + high) / 2
        well = 1.0
        for back in range(LONGEST_ILLNESS_DAYS):
            well *= 1 - middle * (1 - 1 / mean_days) ** back
        low, high = (middle, high) if 1 - well < share else (low, middle)
    return high
