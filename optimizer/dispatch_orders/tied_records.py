"""What a dispatch order says about crew mates, shared tools, and jobs before and after, as facts."""

from typing import Literal

from optimizer.domain.base import Count, Id, Record
from optimizer.domain.time import Instant


class CrewLine(Record):
    """Somebody else of the crew."""

    technician_id: Id
    """Who."""
    technician: str
    """Name, or empty."""
    leads: bool
    """Leads and answers for safety."""
    arrival: Instant
    """Arriving at the customer's."""


class JobAndPerson(Record):
    """A job with who leads there."""

    job_id: Id
    """The job."""
    technician: str
    """Name, else id; empty: nobody."""


class ToolWayLine(Record):
    """Where a shared tool is before and after a job."""

    tool: str
    """Which tool."""
    number: Count
    """Which of the branch's pieces; 0: there is one only."""
    branch: str
    """The branch that issues it: its name, else its id."""
    from_job: JobAndPerson | None
    """The job it comes from; none: from the branch."""
    kept_from: bool
    """Who leads has it from that job on already."""
    leaves: Instant
    """Leaving there."""
    there: Instant
    """Being here."""
    until: Instant
    """Handed over by then."""
    to_job: JobAndPerson | None
    """The job it goes on to; none: back to the branch."""
    kept_for: bool
    """Who leads keeps it for that job."""
    onwards: Instant
    """Being there."""
    brought_by: str
    """Name of who takes it along from the branch in the morning; empty: it comes at its own time."""
    taken_along: bool
    """That is the technician of this sheet."""


class ChainLine(Record):
    """A job that comes before or after this one."""

    job: JobAndPerson
    """Which job, and who leads there."""
    comes: Literal["before", "after"]
    """Before this job or after it."""
    at: Instant
    """When it ends, or starts where gaps count from there or where it comes after."""
    gap_min: Count
    """Minutes at least between; 0 where it comes after."""
    gap_from: Literal["start", "end"]
    """Where the gap counts from."""


class ToolLine(Record):
    """A tool to take along that is no everyday one."""

    tool: str
    """Which tool."""
    job_ids: tuple[Id, ...]
    """The jobs it is for, in order of time."""
    number: Count = 0
    """Which of the branch's pieces; 0: no shared tool, or there is one only."""


class ToolIssue(Record):
    """A shared tool that leaves a branch on a day and comes back."""

    tool: str
    """Which tool."""
    number: Count
    """Which of the branch's pieces; 0: there is one only."""
    technician_id: str
    """Who takes it along in the morning; empty: nobody who starts here, so it is brought."""
    technician: str
    """Name, or empty."""
    leaves: Instant
    """Leaving the branch; with a technician who takes it along, when the technician leaves."""
    job_ids: tuple[Id, ...]
    """The jobs it goes to, in order."""
    there: Instant
    """Being at the first one."""
    back: Instant
    """Coming back."""
