"""The demand model without a history: the scenario's own jobs, taken as the demand of its days."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import time
from heapq import nlargest
from operator import itemgetter
from typing import Final
from zoneinfo import ZoneInfo

from optimizer.domain.calendar import WorkingDays
from optimizer.domain.demand_chances import Appointments, Weights, WindowShape
from optimizer.domain.demand_model import DemandModel
from optimizer.domain.job import Job
from optimizer.domain.policy import Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.season import Season
from optimizer.whatif.demand.rates import Kind, sources_and_mixes

SEASON_OF_MONTH: Final[tuple[Season, ...]] = (
    *("winter", "winter"),
    *("spring", "spring", "spring"),
    *("summer", "summer", "summer"),
    *("autumn", "autumn", "autumn"),
    "winter",
)
"""The part of the year that January to December belong to."""
MOST_SHAPES: Final = 500
"""So many kinds of windows at most; the rarest are left out."""
BOOKED_AHEAD: Final[Weights] = (5.0, 30.0, 30.0, 20.0, 10.0, 5.0)
"""How often who orders work for which no clock runs agrees on the same working day, the next, … (assumption)."""


def default_model(
    scenario: Scenario, *, seasons: Mapping[Season, Mapping[str, float]] | None = None
) -> DemandModel:
    """Return a demand model that is fitted to the scenario's own jobs; the rest are documented assumptions.

    - Jobs a day by area, product and type: the scenario's jobs ÷ its days on which people work.
    - Installed units: as many as bring these jobs at `rates.FAILURES_PER_DAY`; only the product of the two counts.
    - Free weekdays of the calendar bring no reports: who needs something calls on the next worked day.
    - Priorities: as often as among the jobs a new one is like.
    - Appointments: the share of jobs with a window; windows of the same local times, as often as the scenario has
      them. Work for which no clock runs (no `intake_at`) is booked further ahead.
    - Everything else: the defaults of `DemandModel`.

    Parameters
    ----------
    scenario : the study's base scenario
    seasons : demand by part of the year for each kind of work, such as `optimizer.generate.season.FACTORS` for air
        conditioners; the scenario's days are then taken as days of their season. None: the same all year
    """
    months = {} if seasons is None else _months(scenario.policy, seasons)
    weekdays = tuple(0.0 if day in scenario.calendar.free_weekdays else 1.0 for day in range(1, 8))
    if not any(weekdays):
        weekdays = (1.0,) * 7
    days = [day for day in scenario.horizon.dates() if day in WorkingDays(scenario.calendar)]
    days = days or list(scenario.horizon.dates())
    bare = DemandModel(months=months, weekdays=weekdays)
    counts = Counter(Kind(job.area, job.product, job.type) for job in scenario.jobs)
    exposure = {
        # A season in which nothing of a type would come is contradicted by the jobs: it counts like any other.
        job_type: sum(bare.season(job_type, day) for day in days) or float(len(days))
        for job_type in {one.type for one in counts}
    }
    sources, mixes = sources_and_mixes(counts, exposure, units={})
    return bare.model_copy(
        update={"sources": sources, "mixes": mixes, "appointments": _appointments(scenario)}
    )


def _months(policy: Policy, seasons: Mapping[Season, Mapping[str, float]]) -> dict[str, tuple[float, ...]]:
    return {
        name: tuple(seasons[season].get(row.kind, 1.0) for season in SEASON_OF_MONTH)
        for name, row in policy.job_types.items()
    }


def _appointments(scenario: Scenario) -> Appointments:
    zone = ZoneInfo(scenario.time_zone)
    shapes: dict[tuple[time, time], float] = defaultdict(float)
    with_window = 0
    for job in scenario.jobs:
        local = [(one.start.astimezone(zone), one.end.astimezone(zone)) for one in job.windows]
        found = {
            (start.time(), end.time()) for start, end in local if start.date() == end.date() and start < end
        }
        with_window += bool(found)
        for shape in found:
            shapes[shape] += 1 / len(found)
    if not shapes:
        return Appointments()
    booked = _booked(scenario.jobs)
    return Appointments(
        share=with_window / len(scenario.jobs),
        shapes=tuple(
            WindowShape(start=start, end=end, weight=weight)
            for (start, end), weight in sorted(nlargest(MOST_SHAPES, shapes.items(), key=itemgetter(1)))
        ),
        days_ahead_by_type=dict.fromkeys(booked, BOOKED_AHEAD),
    )


def _booked(jobs: tuple[Job, ...]) -> list[str]:
    """Return the types for most of whose jobs no clock runs."""
    clocked = Counter(job.type for job in jobs if job.intake_at is not None)
    every = Counter(job.type for job in jobs)
    return sorted(name for name, count in every.items() if 2 * clocked[name] < count)
