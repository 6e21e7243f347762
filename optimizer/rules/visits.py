"""Walks through a plan with its technicians and jobs at hand, as the checks of the rules need it.

A job has a visit for each person of its crew and each day it takes. What concerns everybody who goes there reads all
`visits`; what is said once of a job reads those of who leads: `leads`, or `led` by job.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from optimizer.domain.job import Job
from optimizer.domain.kept import Kept
from optimizer.domain.plan import Plan, ShiftPlan, Stop
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician


class Visit(NamedTuple):
    """A stop with the day it is part of, who makes it and for which job."""

    shift: ShiftPlan
    stop: Stop
    technician: Technician
    job: Job


def days_worked(scenario: Scenario, plan: Plan) -> Iterator[tuple[ShiftPlan, Technician]]:
    """Yield every day in the plan with its technician; passes over technicians the scenario does not know."""
    technicians = {technician.technician_id: technician for technician in scenario.technicians}
    for shift in plan.shifts:
        if shift.technician_id in technicians:
            yield shift, technicians[shift.technician_id]


def visits(scenario: Scenario, plan: Plan) -> Iterator[Visit]:
    """Yield every stop in the plan; passes over technicians and jobs the scenario does not know."""
    jobs = {job.job_id: job for job in scenario.jobs}
    for shift, technician in days_worked(scenario, plan):
        for stop in shift.stops:
            if stop.job_id in jobs:
                yield Visit(shift, stop, technician, jobs[stop.job_id])


def leads(scenario: Scenario, plan: Plan) -> Iterator[Visit]:
    """Yield one visit of each job in the plan: the one of who leads, on the job's first day."""
    return (visit for visit in visits(scenario, plan) if not (visit.stop.seat or visit.stop.part))


_LED: Final = Kept[Kept[dict[str, tuple[Visit, ...]]]]()
"""Of a scenario and a plan."""


def led(scenario: Scenario, plan: Plan) -> Mapping[str, tuple[Visit, ...]]:
    """Return the visits of who leads each job, one for each day the job takes, by job id."""
    return _LED.of(scenario, Kept[dict[str, tuple[Visit, ...]]]).of(plan, lambda: _led(scenario, plan))


def _led(scenario: Scenario, plan: Plan) -> dict[str, tuple[Visit, ...]]:
    found: defaultdict[str, list[Visit]] = defaultdict(list)
    for visit in visits(scenario, plan):
        if visit.stop.seat == 0:
            found[visit.job.job_id].append(visit)
    return {job_id: tuple(sorted(made, key=lambda visit: visit.stop.part)) for job_id, made in found.items()}
