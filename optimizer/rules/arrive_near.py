"""ARRIVE_NEAR: inside a branch's service radius somebody is on site within a day of the user's report.

The radius is a great circle around the branch in charge and includes its edge. Drive-line faults and jobs
that need a supplier have clocks of their own. On site means that service starts: waiting at the door is not
service.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import ClockState, Finding
from optimizer.domain.base import Cents, Minutes, Name
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.policy import WorkKind
from optimizer.domain.requirements import branch_in_charge, great_circle_m, kind
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Timeline
from optimizer.rules.base import Params, Source
from optimizer.rules.draft import LateStep
from optimizer.rules.lateness import Deadline, LatenessRule, clock_state, stands


class ArriveNearParams(Params):
    """Parameters of `ARRIVE_NEAR`; kinds, products and radius also say which jobs `REPLY_FAR` is for."""

    kinds: tuple[WorkKind, ...] = ("repair", "complaint")
    """Kinds of work with this clock."""
    products: tuple[Name, ...] | None = None
    """Product lines with this clock; none: all."""
    service_radius_km: Annotated[float, Field(gt=0, le=2000)] = 100.0
    """Great-circle radius in km, included, of branches without one of their own."""
    within_h: Annotated[int, Field(ge=1, le=14 * 24)] = 24
    """Hours from the user's report to the start of service at most."""
    missed_cents: Cents = 5_000
    """Price of missing the clock."""
    cents_per_hour_late: Cents = 1_000
    """Price of every hour beyond it, so that later is worse."""
    at_risk_margin_min: Minutes = 60
    """A clock met with less than these minutes to spare is at risk."""


class ArriveNear(LatenessRule[ArriveNearParams]):
    """On site within a day inside the service radius."""

    code = "ARRIVE_NEAR"
    title = "Inside a branch's service radius somebody is on site within 24 h of the user's report."
    section = "clock"
    hard = False
    source = (Source("000", "§3.2.2"), Source("assumption", "other products than vehicle bodies; prices"))
    params = ArriveNearParams
    event = "start"

    def deadlines(self, scenario: Scenario, params: ArriveNearParams) -> Iterator[Deadline]:
        """Yield the jobs inside the radius."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        for job, near in concerned(scenario, params):
            if near and job.intake_at is not None and (params.missed_cents or params.cents_per_hour_late):
                after = timeline.moment(timeline.seconds(job.intake_at) + 3600 * params.within_h)
                yield Deadline(job, (LateStep(after, params.missed_cents, params.cents_per_hour_late),))

    def clocks(self, scenario: Scenario, params: ArriveNearParams, plan: Plan) -> Iterator[ClockState]:
        """Yield how the clock of each job inside the radius stands."""
        timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
        seen = stands(scenario, plan)
        for job, near in concerned(scenario, params):
            if near and job.intake_at is not None:
                visit = seen.get(job.job_id)
                yield clock_state(
                    self.code,
                    job,
                    "arriving",
                    timeline,
                    due_s=timeline.seconds(job.intake_at) + 3600 * params.within_h,
                    at_s=None if visit is None else timeline.seconds(visit.stop.start),
                    margin_min=params.at_risk_margin_min,
                )

    def advise(self, finding: Finding) -> str:
        """Return the next best action."""
        return (
            "Put the job earlier into a route nearby, or tell the customer at once when somebody will come."
        )


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
    for job in scenario.jobs:
        if job.intake_at is None or job.drive_line or kind(job, scenario.policy) not in params.kinds:
            continue
        if params.products is not None and job.product not in params.products:
            continue
        branch = branch_in_charge(job, scenario)
        radius_km = params.service_radius_km if branch.service_radius_km is None else branch.service_radius_km
        near = great_circle_m(branch.place, job.place) <= 1000 * radius_km
        yield job, near and not job.supplier_needed
