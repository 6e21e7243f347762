"""Days whose luck is written down: two repairs one behind the other, and what will come of each is known beforehand."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from optimizer.domain.demand_chances import Failures
from optimizer.domain.demand_model import DemandModel
from optimizer.domain.job import Job
from optimizer.domain.plan import Leg, Plan, ShiftPlan
from optimizer.domain.policy import Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Shift, Technician
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.demand.truth import Truth
from optimizer.whatif.simulate.world import World
from tests.unit.rules.build import DAY, at, job, leg, north, plan, scenario, shift_plan, stop, technician

PLAIN = Truth(
    duration_factor=1.0, cancelled_at=None, no_access=False, site_not_ready=False, part_u=0.9, fix_u=0.9
)
"""Everything goes as planned."""
SHARES = (0.5,) * 5
"""A part is missing, or the fault still there, where the draw is below a half."""


class Fate(World):
    """A world in which it stands written what comes of each job; travel takes what is planned.

    Parameters
    ----------
    truths : job → what comes of its visits, where it is not plain
    late_min : technician → minutes late in the morning
    """

    def __init__(
        self, truths: Mapping[str, Truth] | None = None, late_min: Mapping[str, int] | None = None
    ) -> None:
        model = DemandModel().certain()
        model = model.model_copy(
            update={"failures": Failures(cancelled=0, part_missing=SHARES, not_fixed=SHARES)}
        )
        super().__init__(model, Policy(), Chain(1, 0), at("06:30"))
        self._written, self._late_min = dict(truths or {}), dict(late_min or {})

    def truth(self, job: Job) -> Truth:
        """Return what stands written."""
        return self._written.get(job.job_id, PLAIN)

    def late_s(self, technician_id: str, day: date) -> int:
        """Return what stands written."""
        return 60 * self._late_min.get(technician_id, 0)


def takes(factor: float) -> Truth:
    """Return that a job takes so many times as long as planned."""
    return PLAIN._replace(duration_factor=factor)


def worker(technician_id: str = "T1", **more: object) -> Technician:
    """Return somebody at work from nine to six, without a rest, for 36 yuan an hour."""
    given: dict[str, Any] = {"shifts": (Shift(day=DAY, rest="none"),), "wage_cents_per_hour": 3_600}
    return technician(technician_id=technician_id, **(given | more))


def two_repairs(**more: object) -> Scenario:
    """Return a day of one repairer with J1 6 km and J2 12 km north, each of an hour, seen at half past six."""
    jobs = [job(job_id="J1", place=north(6)), job(job_id="J2", place=north(12))]
    given: dict[str, Any] = {"technicians": [worker()], "jobs": jobs, "now": at("06:30")}
    return scenario(**(given | more))


def one_behind_the_other(of: Scenario) -> Plan:
    """Return T1's day: 09:00 away, 09:10 to 10:10 at J1, 10:20 to 11:20 at J2, 11:40 back."""
    return plan(of, [behind_each_other()])


def behind_each_other() -> ShiftPlan:
    stops = (
        stop("J1", at("09:10"), at("10:10")),
        stop("J2", at("10:20"), at("11:20"), from_place="job:J1"),
    )
    return shift_plan(stops, last_leg=home("J2", at("11:40"), 1_200))


def home(job_id: str, arrival: datetime, travel_s: int) -> Leg:
    """Return the way back to the branch."""
    return leg(f"job:{job_id}", "branch:B1", arrival, travel_s=travel_s)
