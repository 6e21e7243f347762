"""Approved days: who agreed to which day of a plan, and what that day holds."""

from datetime import date
from typing import Annotated

from pydantic import Field

from optimizer.domain.base import Id, Name, Record, is_unset
from optimizer.domain.technician import Means
from optimizer.domain.time import Instant


class ApprovedVisit(Record):
    """One technician's presence at one job, as it was approved."""

    job_id: Id
    """The job."""
    technician_id: Id
    """Who goes there."""
    start: Instant
    """Service starts exactly then."""
    seat: Annotated[int, Field(ge=0, le=7, exclude_if=is_unset)] = 0
    """Place in the crew, 0 leads."""
    part: Annotated[int, Field(ge=0, le=13, exclude_if=is_unset)] = 0
    """Which day of a job that is split over days, from 0."""


class ApprovedTool(Record):
    """One shared tool's presence at one job, as it was approved."""

    job_id: Id
    """The job."""
    branch_id: Id
    """The branch that issues the tool."""
    tool: Name
    """Which tool."""
    piece: Annotated[int, Field(ge=1)]
    """Which of the branch's pieces, from 1."""
    part: Annotated[int, Field(ge=0, le=13, exclude_if=is_unset)] = 0
    """Which day of a job that is split over days, from 0."""


class ApprovedOuting(Record):
    """What is unusual about one technician's ways on the day: planning again begins with it, but may end it."""

    technician_id: Id
    """Who."""
    away: bool = False
    """Whether the night after that day is spent away."""
    means: Means | None = None
    """How the technician travels; none: the usual way."""


class Approval(Record):
    """One day of a plan that a manager has approved: it stays as it is when the other days are planned again."""

    day: date
    """The approved day, local date."""
    by: Name
    """Who approved it."""
    at: Instant
    """When."""
    visits: tuple[ApprovedVisit, ...] = ()
    """Who goes where when."""
    tools: tuple[ApprovedTool, ...] = ()
    """Which shared tool goes where."""
    outings: Annotated[tuple[ApprovedOuting, ...], Field(exclude_if=is_unset)] = ()
    """Who spends the night after it away, or travels otherwise than usual."""
