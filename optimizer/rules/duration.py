"""DURATION: a job gets the time on site that its type, its units and the technician's level ask for.

Minutes at level 3 are the job's own, or the type's for the first unit plus those for each further unit. They
are scaled by the technician's general level and rounded up to whole minutes. Set-up (parking, walking in) is
not scaled and is paid only when the technician comes from another place.

Where several people come together, or somebody with a shared tool, all stay until the job is done: it takes what the
table says whoever they are, and set-up is part of the service for everybody, once a job. Of a job that takes several
days the parts add up to its time.
"""

from collections import defaultdict
from collections.abc import Iterator
from math import ceil
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan
from optimizer.domain.requirements import minutes_on_site, setup_min, takes_several
from optimizer.domain.roster import ShiftKey, site_book
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue
from optimizer.rules.base import Params, Rule, Source
from optimizer.rules.draft import Draft
from optimizer.rules.teams import by_seat
from optimizer.rules.visits import Visit
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
        for i, job in enumerate(scenario.jobs):
            slowest = 100 if takes_several(job, scenario.policy) else max(params.level_percent)
            minutes = minutes_on_site(job, scenario.policy) * slowest // 100
            if minutes > LONGEST_MIN:
                cause = f"{job.job_id} would take up to {minutes // 60} h on site; nobody can plan that."
                action = "Split it into jobs with fewer units, or give its time on site in duration_min."
                yield Issue("too-long", f"jobs[{i}].units", cause, action)

    def compile(self, scenario: Scenario, params: DurationParams, draft: Draft) -> None:
        """Say service and set-up time of all jobs of equal length to all shifts of equal level at once."""
        policy = scenario.policy
        alike: dict[tuple[int, int], list[str]] = defaultdict(list)
        together: dict[int, list[str]] = defaultdict(list)
        for job in scenario.jobs:
            if takes_several(job, policy):
                together[minutes_on_site(job, policy)].append(job.job_id)
            else:
                alike[minutes_on_site(job, policy), setup_min(job, policy)].append(job.job_id)
        shifts: dict[int, list[ShiftKey]] = defaultdict(list)
        for one in draft.shifts:
            shifts[one.technician.level].append(one.key)
        for (minutes, preparing_min), jobs in alike.items():
            for level, keys in shifts.items():
                service_s = 60 * -(-minutes * params.level_percent[level - 1] // 100)
                draft.serve(jobs, keys, service_s=service_s, setup_s=60 * preparing_min)
        for minutes, jobs in together.items():
            draft.serve(jobs, [one.key for one in draft.shifts], service_s=60 * minutes)

    def check(self, scenario: Scenario, params: DurationParams, plan: Plan) -> Iterator[Finding]:
        """Yield who has less time for service, all parts together, or for set-up than the job takes."""
        sites, policy = site_book(scenario), scenario.policy
        for mine in by_seat(scenario, plan):
            job = mine[0].job
            minutes, together = minutes_on_site(job, policy), takes_several(job, policy)
            if not together:
                minutes = ceil(minutes * params.level_percent[mine[0].technician.level - 1] / 100)
            yield from _short(mine[0], "service", sum(one.stop.service_s for one in mine), 60 * minutes)
            for visit in () if together else mine:
                before, here = (
                    sites.get(one) for one in (visit.stop.leg.from_place, visit.stop.leg.to_place)
                )
                due_s = 0 if before == here else 60 * setup_min(job, policy)
                yield from _short(visit, "set-up", visit.stop.setup_s, due_s)

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return "Give the job its full time, or send a technician of a higher level who needs less."


RULE = Duration()


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
