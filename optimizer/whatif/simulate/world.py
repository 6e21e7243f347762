"""What really happens in one chain of days; nobody who plans knows it beforehand."""

from collections import Counter
from datetime import date, datetime
from typing import NamedTuple

from optimizer.domain.demand_model import DemandModel
from optimizer.domain.job import Job
from optimizer.domain.plan import ShiftPlan, Stop
from optimizer.domain.policy import Policy
from optimizer.domain.technician import Technician
from optimizer.replan.progress import Drive
from optimizer.whatif.demand.absence import late_start
from optimizer.whatif.demand.chain import Chain
from optimizer.whatif.demand.real_travel import travel_factor
from optimizer.whatif.demand.truth import Outcome, Truth, duration_s, outcome, truth_of

AT_THE_DOOR_S = 900
"""Seconds until somebody leaves whom nobody opens, or who finds that the site is not ready (assumption)."""
LOOKED_AT = 0.5
"""Share of the work after which it shows that a part is missing (assumption)."""


class Work(NamedTuple):
    """What comes of a visit."""

    seconds: int
    """Time on site."""
    outcome: Outcome
    """How it ends."""


class World:
    """One chain of days as it really is.

    Parameters
    ----------
    model : what chance does
    policy : the policy with the job table
    chain : source of chance
    began : the chain's first moment
    """

    def __init__(self, model: DemandModel, policy: Policy, chain: Chain, began: datetime) -> None:
        self.model = model
        self.chain = chain
        self._policy = policy
        self._began = began
        self._reported: dict[str, datetime] = {}
        self._visited: set[str] = set()
        self._in_vain: Counter[str] = Counter()
        self._truths: dict[tuple[str, int, datetime], Truth] = {}

    def truth(self, job: Job) -> Truth:
        """Return what will come of the next visit of a job.

        Parameters
        ----------
        job : the job
        """
        visit, since = self.visit(job.job_id), self._reported.get(job.job_id, self._began)
        key = job.job_id, visit, since
        if key not in self._truths:  # because it is asked for whenever the day is planned again
            self._truths[key] = truth_of(self.model, self._policy, self.chain, job, since=since, visit=visit)
        return self._truths[key]

    def reported(self, job_id: str, at: datetime) -> None:
        """Take note of when a job was reported; of all others that is the chain's first moment."""
        self._reported[job_id] = at

    def cancelled_at(self, job: Job) -> datetime | None:
        """Return when the customer takes a report back; none: not at all, or somebody was there already."""
        return None if job.job_id in self._visited else self.truth(job).cancelled_at

    def visited(self, job_id: str) -> None:
        """Take note that somebody was there."""
        self._visited.add(job_id)

    def visit(self, job_id: str) -> int:
        """Return which visit of a job is the next one, from 1."""
        return 1 + self._in_vain[job_id]

    def failed(self, job_id: str) -> None:
        """Take note of a visit in vain."""
        self._in_vain[job_id] += 1

    def work(self, job: Job, planned_s: int, leads: Technician, *, part: int = 0) -> Work:
        """Return how long a visit takes and how it ends.

        Parameters
        ----------
        job : the job
        planned_s : planned time on site
        leads : who leads
        part : which day of the job; only the first can be in vain
        """
        truth = self.truth(job)
        real_s = duration_s(self.model, planned_s, truth, leads.level)
        if part:
            return Work(real_s, "done")
        ends = outcome(self.model, truth, leads.level)
        if ends in ("no_access", "site_not_ready"):
            return Work(AT_THE_DOOR_S, ends)
        return Work(round(LOOKED_AT * real_s) if ends == "part_missing" else real_s, ends)

    def travel_s(self, day: date, from_place: str, to_place: str, planned_s: int) -> int:
        """Return how long a way really takes, in seconds.

        Parameters
        ----------
        day : local date
        from_place, to_place : names of the places
        planned_s : as it is planned
        """
        return round(planned_s * travel_factor(self.model, self.chain, day, from_place, to_place))

    def real(self, drive: Drive) -> Drive:
        """Return how long ways really take which the plan does not have.

        Parameters
        ----------
        drive : how long they take as far as is known
        """

        def really(shift: ShiftPlan, start: str, end: str) -> int:
            return self.travel_s(shift.day, start, end, drive(shift, start, end))

        return really

    def late_s(self, technician_id: str, day: date) -> int:
        """Return how many seconds late somebody begins a day."""
        return 60 * late_start(self.model, self.chain, technician_id, day)


def planned_s(stop: Stop) -> int:
    """Return the planned time on site of a visit in seconds."""
    return stop.setup_s + stop.service_s
