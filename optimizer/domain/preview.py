"""What it would mean to give a job to somebody else: the move that is tried, and what would come of it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.base import Id, Record, is_unset
from optimizer.domain.plan import ShiftPlan, ToolPlan
from optimizer.domain.plan_diff import BillDiff, ClockChange, JobChange
from optimizer.domain.time import Instant, Window


class Move(Record):
    """A job that is taken to another place in the plan, out of it, or into it."""

    job_id: Id
    """The job."""
    technician_id: Id | None = None
    """Who is to do it; none: it is left out."""
    day: date | None = None
    """On which day, local date; none: on the day on which it is done now, else on the technician's only day."""
    before: Id | None = None
    """The job of that day in front of which it is put; none: see `position`."""
    position: Annotated[int, Field(ge=0)] | None = None
    """How many of that day's other stops come before it, from 0; none, and no `before`: where it is cheapest among
    the places that are allowed."""
    from_technician_id: Id | None = None
    """Whose visit is moved, of a job that several do or that takes several days; none: it has one visit only, or all
    are left out."""
    from_day: date | None = None
    """The day of the visit that is moved, where the technician has several of the job; none: there is one only."""


class WorkDay(Record):
    """One technician's day."""

    technician_id: Id
    """Who."""
    day: date
    """Which day, local date."""


class PromisedStart(Record):
    """A start that moves although a time was agreed with the customer, or told."""

    job_id: Id
    """The job."""
    told: bool
    """True: the customer was told a time; false: an appointment was agreed."""
    window: Window | None
    """What was told; of agreed windows the one the new start is in, none where it is in none of them."""
    old: Instant | None
    """Service starts so far; none: the job is left out."""
    new: Instant | None
    """Service would start; none: the job would be left out."""
    kept: bool
    """Whether the new start is still inside what was told or agreed."""


class Preview(Record):
    """What a move would mean, compared with the plan as it is."""

    move: Move
    """The move, with the day and the place in the order where it was left to the program to find them."""
    allowed: bool
    """Whether it breaks no hard rule that the plan keeps so far."""
    timed: bool = True
    """Whether the orders can be timed at all; false: people would wait for each other for ever, as the findings say,
    and there is nothing to be said beyond."""
    exact: bool = True
    """Whether timing and checking the whole plan anew says just the same. False: the plan is timed otherwise than the
    program times it, or already has breaches among jobs that wait for each other; its other days are taken as they
    are."""
    sentence: str
    """The move and what comes of it in words."""
    findings: tuple[Finding, ...] = ()
    """The hard rules it would break, as the checker says it; empty where it is allowed."""
    mended: Annotated[tuple[Finding, ...], Field(exclude_if=is_unset)] = ()
    """Breaches of the plan so far that would be gone; absent where there are none."""
    bill: BillDiff
    """How the bill would change, rule by rule; the differences add up to that of the total."""
    unserved_weight: int = 0
    """By how much the priority weight of left-out jobs would change."""
    clocks: tuple[ClockChange, ...] = ()
    """Clocks that would stand differently."""
    days: tuple[ShiftPlan, ...] = ()
    """The days that would be otherwise, with their new times, by technician in the scenario's order, then by day."""
    free: tuple[WorkDay, ...] = ()
    """Days that would have no stops any more."""
    tools: Annotated[tuple[ToolPlan, ...], Field(exclude_if=is_unset)] = ()
    """Days of shared tools that would be otherwise; absent where there are none."""
    jobs: tuple[JobChange, ...] = ()
    """Jobs that would be done otherwise: by whom, when, and by how much their start moves."""
    promised: tuple[PromisedStart, ...] = ()
    """Starts among them that were told or agreed with the customer."""
