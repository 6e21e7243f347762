"""Walks through a plan with its technicians and jobs at hand, as the checks of the rules need it."""

from collections.abc import Iterator
from typing import NamedTuple

from optimizer.domain.job import Job
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
