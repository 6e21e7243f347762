"""One door to all explanations of a plan: loaded once, asked many times."""

from functools import cached_property

from optimizer.compile import Compiled
from optimizer.control import Iterations, Stop
from optimizer.domain.assessment import Assessment
from optimizer.domain.explanation import Way
from optimizer.domain.plan import Plan
from optimizer.domain.reasons import UnservedReason
from optimizer.explain import late, left_out, overtime, why_not
from optimizer.explain.reasons import reasons_on
from optimizer.explain.subject import Subject
from optimizer.problem import Routes

SHORT = Iterations(300)
"""How long a search tries to make the best of a job that is given to another technician."""


class Explainer:
    """Explains one plan; every change it names is proven by a plan that the independent checker accepts.

    Parameters
    ----------
    compiled : the question
    routes : the plan's routes, feasible

    Raises
    ------
    BrokenPlan
        The routes are not feasible.
    """

    def __init__(self, compiled: Compiled, routes: Routes) -> None:
        self.subject = Subject(compiled, routes)

    @property
    def plan(self) -> Plan:
        """The plan as it is timed here."""
        return self.subject.plan

    @property
    def assessment(self) -> Assessment:
        """What the plan is worth."""
        return self.subject.assessment

    @cached_property
    def reasons(self) -> tuple[UnservedReason, ...]:
        """Why each left-out job is left out, every slot looked at, in scenario order."""
        return reasons_on(self.subject.loose, self.subject.bench, self.subject.routes.unserved)

    def left_out(self, job_id: str) -> left_out.Explained:
        """Return why a job is left out, and the single change that adds least to the bill.

        Raises
        ------
        KeyError
            The job is not in the scenario.
        ValueError
            The job is served.
        """
        job = self.subject.job_row[job_id]
        if job in self.subject.shift_of:
            raise ValueError(f"{job_id} is served.")
        return left_out.left_out(self.subject, job)

    def why_not(self, job_id: str, technician_id: str, *, search: Stop | None = SHORT) -> why_not.Answered:
        """Return what it would mean to let a certain technician do a job.

        Parameters
        ----------
        job_id : the job
        technician_id : who should do it
        search : how long a search tries to make the best of it; none: not at all
        """
        return why_not.why_not(self.subject, self.subject.job_row[job_id], technician_id, search=search)

    def next_best(self, job_id: str) -> Way | None:
        """Return the cheapest move of a served job to another technician; none: left out, or nobody else has room."""
        job = self.subject.job_row[job_id]
        proven = why_not.next_best(self.subject, job) if job in self.subject.shift_of else None
        return proven[0] if proven else None

    def late(self, job_id: str) -> tuple[late.Explained, ...]:
        """Return why each missed clock of a served job is missed; nothing for a job that is left out."""
        job = self.subject.job_row[job_id]
        return late.late(self.subject, job) if job in self.subject.shift_of else ()

    def overtime(self, technician_id: str) -> tuple[overtime.Explained, ...]:
        """Return why each of a technician's days with overtime is too long."""
        return overtime.overtime(self.subject, technician_id)
