"""ARRIVE_NEAR: inside a branch's service radius somebody is on site within a day of the user's report.

The radius is a great circle around the branch in charge, in whole metres, and includes its edge. Drive-line
faults and jobs that need a supplier have clocks of their own. On site means that service starts: waiting at the
door is not service.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Name
from optimizer.domain.job import Job
from optimizer.domain.requirements import branches_in_charge, kind, within
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import WorkKind
from optimizer.domain.time import Timeline
from optimizer.rules.base import Source
from optimizer.rules.visit_clock import Due, VisitClock, VisitClockParams


class ArriveNearParams(VisitClockParams):
    """Parameters of `ARRIVE_NEAR`; kinds, products and radius also say which jobs `REPLY_FAR` is for."""

    kinds: tuple[WorkKind, ...] = ("repair", "complaint")
    """Kinds of work with this clock."""
    products: tuple[Name, ...] | None = None
    """Product lines with this clock; none: all."""
    service_radius_km: Annotated[float, Field(gt=0, le=2000)] = 100.0
    """Great-circle radius in km, included, of branches without one of their own."""
    within_h: Annotated[int, Field(ge=1, le=14 * 24)] = 24
    """Hours from the user's report to the start of service at most."""


class ArriveNear(VisitClock[ArriveNearParams]):
    """On site within a day inside the service radius."""

    code = "ARRIVE_NEAR"
    title = "Inside a branch's service radius somebody is on site within 24 h of the user's report."
    section = "clock"
    hard = False
    source = (Source("000", "§3.2.2"), Source("assumption", "other products than vehicle bodies; prices"))
    params = ArriveNearParams
    event = "start"

    def dues(self, scenario: Scenario, params: ArriveNearParams, timeline: Timeline) -> Iterator[Due]:
        """Yield the jobs inside the radius."""
        for job, near in concerned(scenario, params):
            if near and job.intake_at is not None:
                yield Due(job, timeline.seconds(job.intake_at) + 3600 * params.within_h)


RULE = ArriveNear()


def concerned(scenario: Scenario, params: ArriveNearParams) -> Iterator[tuple[Job, bool]]:
    """Yield the reported faults that somebody must go to or answer soon.

    Parameters
    ----------
    scenario : the question
    params : parameters of `ARRIVE_NEAR`

    Returns
    -------
    jobs with a known intake; True: the arrival clock runs, False: the answer clock (beyond the radius, or a
    supplier is needed)
    """
    jobs = [job for job in scenario.jobs if _concerns(job, scenario, params)]
    in_charge = branches_in_charge(jobs, scenario)
    for job in jobs:
        branch = in_charge[job.job_id]
        radius_km = params.service_radius_km if branch.service_radius_km is None else branch.service_radius_km
        yield job, not job.supplier_needed and within(branch.place, job.place, radius_km)


def _concerns(job: Job, scenario: Scenario, params: ArriveNearParams) -> bool:
    if job.intake_at is None or job.drive_line or kind(job, scenario.policy) not in params.kinds:
        return False
    return params.products is None or job.product in params.products
