"""DURATION: a job gets the time on site that its type, its units and the technician's level ask for.

Minutes at level 3 are the job's own, or the type's for the first unit plus those for each further unit. They
are scaled by the technician's general level and rounded up to whole minutes. Set-up (parking, walking in) is
not scaled and is paid only when the technician comes from another place.
"""

from collections import defaultdict
from collections.abc import Iterator
from math import ceil
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.policy import Policy
from optimizer.domain.roster import ShiftKey, place_book
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.visits import Visit, visits
from optimizer.words.numbers import exact_time

LONGEST_MIN = 14 * 24 * 60
"""No horizon is longer than a fortnight."""

Percent = Annotated[int, Field(ge=10, le=1000)]


class DurationParams(Params):
    """Parameters of `DURATION`; the minutes stand in the policy's job table."""

    active: Literal[True] = True
    """Always applies: without it no job would take any time."""
    level_percent: tuple[Percent, Percent, Percent, Percent, Percent] = (125, 110, 100, 95, 90)
    """Time on site in percent of the table's, for technicians of level 1 to 5."""


class Duration(Rule[DurationParams]):
    """A job gets the time it takes."""

    code = "DURATION"
    title = "A job gets the time on site that its type, its units and the technician's level ask for."
    section = "when"
    hard = True
    source = (Source("assumption", "durations by type, units and level"),)
    params = DurationParams

    def validate(self, scenario: Scenario, params: DurationParams) -> Iterator[Issue]:
        """Yield jobs that would take longer on site than the longest horizon."""
        slowest = max(params.level_percent)
        for i, job in enumerate(scenario.jobs):
            minutes = _minutes(job, scenario.policy) * slowest // 100
            if minutes > LONGEST_MIN:
                cause = f"{job.job_id} would take up to {minutes // 60} h on site; nobody can plan that."
                action = "Split it into jobs with fewer units, or give its time on site in duration_min."
                yield Issue("too-long", f"jobs[{i}].units", cause, action)

    def compile(self, scenario: Scenario, params: DurationParams, draft: Draft) -> None:
        """Say service and set-up time of all jobs of equal length to all shifts of equal level at once."""
        alike: dict[tuple[int, int], list[str]] = defaultdict(list)
        for job in scenario.jobs:
            alike[_minutes(job, scenario.policy), _setup_min(job, scenario.policy)].append(job.job_id)
        shifts: dict[int, list[ShiftKey]] = defaultdict(list)
        for one in draft.shifts:
            shifts[one.technician.level].append(one.key)
        for (minutes, setup_min), jobs in alike.items():
            for level, keys in shifts.items():
                service_s = 60 * -(-minutes * params.level_percent[level - 1] // 100)
                draft.serve(jobs, keys, service_s=service_s, setup_s=60 * setup_min)

    def check(self, scenario: Scenario, params: DurationParams, plan: Plan) -> Iterator[Finding]:
        """Yield stops with less time for service or set-up than the job takes."""
        places = place_book(scenario)
        for visit in visits(scenario, plan):
            job, stop = visit.job, visit.stop
            percent = params.level_percent[visit.technician.level - 1]
            minutes = ceil(_minutes(job, scenario.policy) * percent / 100)
            before = places.get(stop.leg.from_place)
            there = before is not None and (before.lat, before.lon) == (job.place.lat, job.place.lon)
            setup_min = 0 if there else _setup_min(job, scenario.policy)
            yield from _short(visit, "service", stop.service_s, 60 * minutes)
            yield from _short(visit, "set-up", stop.setup_s, 60 * setup_min)

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return "Give the job its full time, or send a technician of a higher level who needs less."


RULE = Duration()


def _minutes(job: Job, policy: Policy) -> int:
    """Return the minutes on site at level 3."""
    if job.duration_min is not None:
        return job.duration_min
    job_type = policy.job_types[job.type]
    return job_type.base_min + (job.units - 1) * job_type.per_unit_min


def _setup_min(job: Job, policy: Policy) -> int:
    return job.setup_min if job.setup_min is not None else policy.job_types[job.type].setup_min


def _short(visit: Visit, what: str, measured_s: int, limit_s: int) -> Iterator[Finding]:
    if measured_s < limit_s:
        yield Finding(
            code="DURATION",
            job_id=visit.job.job_id,
            technician_id=visit.technician.technician_id,
            day=visit.shift.day,
            measured=measured_s / 60,
            limit=limit_s / 60,
            over=(limit_s - measured_s) / 60,
            unit="min",
            sentence=f"{visit.job.job_id} gets {exact_time(measured_s)} of {what}; it takes {exact_time(limit_s)}.",
        )
