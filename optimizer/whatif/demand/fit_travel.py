"""How long driving really took, from day to day and from leg to leg."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from math import exp, log, sqrt
from typing import Final

from optimizer.domain.demand_chances import TravelChances
from optimizer.domain.demand_fit import Estimate
from optimizer.whatif.demand.history import Visit
from optimizer.whatif.demand.intervals import Z
from optimizer.whatif.demand.told import estimated, kept

LEAST_DAYS: Final = 15
"""Fewer days than this tell nothing of how days differ (a rule of thumb)."""


def fit_travel(history: Sequence[Visit], base: TravelChances) -> tuple[TravelChances, list[Estimate]]:
    """Estimate real ÷ planned travel time from the legs of a history.

    The logarithm is a mean, a normal part of the day and a normal part of the leg; the two spreads come from the mean
    squares between and within days (analysis of variance with one random factor: Searle, Casella and McCulloch 1992,
    Variance Components, ch. 3).

    Parameters
    ----------
    history : all visits
    base : the values before, kept where the history has too little
    """
    by_day: dict[date, list[float]] = defaultdict(list)
    for one in history:
        if one.travel_planned_min is not None and one.travel_real_min is not None:
            day = one.day if one.started_at is None else one.started_at.date()
            by_day[day].append(log(one.travel_real_min / one.travel_planned_min))
    legs, days = sum(len(logs) for logs in by_day.values()), len(by_day)
    if days < LEAST_DAYS or legs < 2 * days:
        needed = f"days with legs, of {legs:,} legs in all"
        return base, [
            kept("travel.median", base.median, days, LEAST_DAYS, needed),
            kept("travel.day_spread", base.day_spread, days, LEAST_DAYS, needed),
            kept("travel.leg_spread", base.leg_spread, days, LEAST_DAYS, needed),
        ]
    mean = sum(sum(logs) for logs in by_day.values()) / legs
    means = {day: sum(logs) / len(logs) for day, logs in by_day.items()}
    between = sum(len(by_day[day]) * (value - mean) ** 2 for day, value in means.items()) / (days - 1)
    within = sum((one - means[day]) ** 2 for day, logs in by_day.items() for one in logs) / (legs - days)
    squares = sum(len(logs) ** 2 for logs in by_day.values())
    a_day = (legs - squares / legs) / (days - 1)  # legs a day, as the mean squares weigh them
    of_days = max(0.0, (between - within) / a_day)
    error = sqrt(2 * (between**2 / (days - 1) + within**2 / (legs - days))) / a_day
    of_mean = sqrt(of_days * squares / legs**2 + within / legs)
    wide = exp(Z / sqrt(2 * (legs - days)))
    day_spread, leg_spread = min(sqrt(of_days), 2.0), min(sqrt(within), 2.0)
    median = min(max(exp(mean), 0.01), 100.0)
    day_ends = sqrt(max(0.0, of_days - Z * error)), sqrt(of_days + Z * error)
    said = [
        estimated("travel.median", median, (exp(mean - Z * of_mean), exp(mean + Z * of_mean)), legs, "legs"),
        estimated("travel.day_spread", day_spread, day_ends, days, "days"),
        estimated("travel.leg_spread", leg_spread, (leg_spread / wide, leg_spread * wide), legs, "legs"),
    ]
    return TravelChances(median=median, day_spread=day_spread, leg_spread=leg_spread), said
