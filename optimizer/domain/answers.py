"""Answers to questions about a plan: why is a job left out, late or where it is, why is a day so long?"""

from typing import Literal

from optimizer.domain.base import Id, Name, Record
from optimizer.domain.explanation import LateReason, LeftOut, OvertimeReason, Way, WhyNot
from optimizer.domain.idle import IdleDay
from optimizer.domain.plan import ShiftPlan, Stop
from optimizer.domain.reasons import UnservedReason


class Answer(Record):
    """What is said to a question about a plan; beside `about` and `sentences` it has the records behind it."""

    about: Literal["unserved", "why_not", "late", "served", "overtime", "day"]
    """What it is about: a job left out, why not somebody else, a clock missed, where a job is, a long day, a day."""
    sentences: tuple[str, ...]
    """In words, the main sentence first."""
    job_id: Id | None = None
    """The job it is about."""
    technician_id: Id | None = None
    """The technician it is about."""
    reason: UnservedReason | None = None
    """Why the job is left out, where no change was looked for because too many jobs are."""
    left_out: LeftOut | None = None
    """Why the job is left out and what would help."""
    why_not: WhyNot | None = None
    """What it would mean to let the technician do the job."""
    late: LateReason | None = None
    """Why the clock is missed and how it could be met."""
    stop: Stop | None = None
    """Where the job stands in the plan."""
    next_best: Way | None = None
    """The best other place for the job with somebody else; none: nobody else has room."""
    overtime: OvertimeReason | None = None
    """Why the day is longer than the shift."""
    day: ShiftPlan | None = None
    """The technician's day."""
    idle: IdleDay | None = None
    """Why the technician has no stop on a day."""


class Explanation(Record):
    """Answers to questions about a plan; `paigong explain --json` prints it."""

    scenario: Name
    """Name of the scenario."""
    answers: tuple[Answer, ...]
    """One for each thing asked."""
