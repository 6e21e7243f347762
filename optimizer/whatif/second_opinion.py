"""What queueing expects of each branch of a variant, beside what was simulated.

From the simulation it takes what was asked for and how long visits took, never how well it went: demand, minutes on
site and the roster are the same for both, and everything about queues, ways and lateness comes from formulas. A branch
has its share of the scenario's jobs and of its technicians. Its jobs are taken to lie evenly in an ellipse with the
spread that they have on the map, and a job is in time if somebody leaves for it within the hours of `ARRIVE_NEAR`, of
which each 24 make one working day.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from optimizer.domain.branch import Branch
from optimizer.domain.job import Job
from optimizer.domain.requirements import branches_in_charge, great_circle_m
from optimizer.domain.scenario import Scenario
from optimizer.domain.study_result import QueueingEstimate
from optimizer.domain.study_sample import DayFigures, Sample
from optimizer.rules.arrive_near import RULE as ARRIVE_NEAR
from optimizer.rules.settings import params_of
from optimizer.whatif.density import minutes_each, ways
from optimizer.whatif.queueing import (
    offered_load,
    quality_for,
    share_served_within,
    smallest_staff,
    square_root_staffing,
)

_LEAST_JOBS: Final = 10
"""Of fewer jobs nobody can say how far they are spread."""
_LEAST_KM2: Final = 0.01
"""Jobs on less ground are one place, or lie on a line."""
_DAY_H: Final = 24


class Seen(NamedTuple):
    """What the simulation says of all branches together."""

    visits_a_day: float
    """Visits that are asked for, also those that were not made: jobs × visits that a job takes."""
    visit_min: float
    """Person-minutes on site."""
    shift_min: float
    """Working minutes of a person's day by the roster."""
    present: float
    """Technicians at work on a day."""


def queueing_estimates(
    scenario: Scenario, chains: Sequence[Sample], wanted: float
) -> tuple[QueueingEstimate, ...]:
    """Return what queueing expects of each branch that has people and some jobs, in the scenario's order.

    Parameters
    ----------
    scenario : the variant's scenario
    chains : the variant's samples
    wanted : share of the jobs that is to be in time, above 0 and below 1
    """
    seen = _seen([day for one in chains for day in one.days])
    if seen is None or not scenario.technicians:
        return ()
    jobs = defaultdict[str, list[Job]](list)
    in_charge = branches_in_charge(scenario.jobs, scenario)
    for job in scenario.jobs:
        jobs[in_charge[job.job_id].branch_id].append(job)
    found = (
        _of_branch(branch, jobs[branch.branch_id], scenario, seen, wanted) for branch in scenario.branches
    )
    return tuple(one for one in found if one is not None)


def area_km2(jobs: Sequence[Job]) -> float:
    """Return the area over which jobs are spread: of the ellipse with their variances, were they evenly in it.

    Points that lie evenly in an ellipse have a quarter of the squared half axes as variances: π·a·b = 4π·√det.

    Parameters
    ----------
    jobs : two or more
    """
    middle = math.radians(sum(job.place.lat for job in jobs) / len(jobs))
    degree_km = math.radians(1) * 6371.0088
    points = np.array(
        [(job.place.lat * degree_km, job.place.lon * degree_km * math.cos(middle)) for job in jobs]
    )
    return 4 * math.pi * math.sqrt(max(float(np.linalg.det(np.cov(points.T))), 0.0))


def _seen(days: Sequence[DayFigures]) -> Seen | None:
    """Return what was seen; none: nothing was done or nobody worked."""
    visits = sum(day.done + day.in_vain for day in days)
    done = sum(day.done for day in days)
    on_duty = sum(day.on_duty for day in days)
    asked = sum(day.reported - day.given_up for day in days)
    on_site_s = sum(day.worked_s - day.driven_s for day in days)
    if min(done, on_duty, asked, on_site_s) <= 0:
        return None
    return Seen(
        visits_a_day=asked / len(days) * visits / done,
        visit_min=on_site_s / 60 / visits,
        shift_min=sum(day.rostered_s for day in days) / 60 / on_duty,
        present=(on_duty - sum(day.absent for day in days)) / len(days),
    )


def _of_branch(
    branch: Branch, jobs: Sequence[Job], scenario: Scenario, seen: Seen, wanted: float
) -> QueueingEstimate | None:
    mine = [one for one in scenario.technicians if one.branch_id == branch.branch_id]
    means = Counter(one.means for one in mine).most_common(1)
    profile = scenario.travel.profiles.get(means[0][0]) if means else None
    if profile is None or len(jobs) < _LEAST_JOBS or (area := area_km2(jobs)) < _LEAST_KM2:
        return None
    visits = seen.visits_a_day * len(jobs) / len(scenario.jobs)
    start_km = sum(great_circle_m(branch.place, job.place) for job in jobs) / len(jobs) / 1000
    way = ways(area, visits, profile, start_km=start_km)
    if seen.shift_min < seen.visit_min + 2 * way.start_min:
        return None  # a visit takes more than a day: no queue of visits
    each = minutes_each(seen.visit_min, way, seen.shift_min)
    load = offered_load(visits, each, seen.shift_min)
    people = seen.present * len(mine) / len(scenario.technicians)
    within = params_of(ARRIVE_NEAR, scenario.policy).within_h / _DAY_H * seen.shift_min
    servers = max(math.floor(people + 0.5), 1)
    return QueueingEstimate(
        branch_id=branch.branch_id,
        jobs_a_day=visits,
        minutes_each=each,
        driving_min=max(each - seen.visit_min, 0),
        load=load,
        people=people,
        within_min=within,
        in_time=share_served_within(load, servers, within, each),
        wanted=wanted,
        smallest_staff=smallest_staff(load, wanted, within=within, service=each),
        square_root_staff=square_root_staffing(load, quality_for(1 - wanted)),
    )
