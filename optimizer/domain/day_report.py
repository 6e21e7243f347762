"""The report of a day that is over: what was planned, what really was, and what both cost."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.assessment import Bill, BillKind, ClockState
from optimizer.domain.base import Count, Id, Name, Record
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.time import Instant, Window


class TechnicianDay(Record):
    """One technician's day as it was, beside what was planned."""

    technician_id: Id
    """Who."""
    day: date
    """Which day."""
    orders: Count
    """Orders done; of a job over several days, the part of this day."""
    in_vain: Count
    """Visits that ended in vain or were broken off."""
    hours: float
    """Hours worked: service, set-up, loading on the way and driving."""
    planned_hours: float
    """The same as planned."""
    distance_km: float
    """Kilometres driven, the way home included."""
    planned_km: float
    """The same as planned."""
    back_at: Instant | None
    """Back, or where the night is spent; none: did not set out."""


class ClocksKept(Record):
    """How many clocks of one rule and label have ended up to the close, kept or not."""

    code: Name
    """The clock's rule."""
    label: str = ""
    """Which of the rule's clocks, such as ``target`` and ``limit``; empty: it has one."""
    kept: Count
    """Met in time."""
    missed: Count
    """Not met in time."""


class PromiseChange(Record):
    """What was told to a customer for the day and came otherwise."""

    job_id: Id
    """The job."""
    customer_id: Id | None
    """Whom it was told; none: the job names no customer."""
    window: Window
    """The window the customer was told."""
    technician_id: Id
    """Who was announced."""
    start: Instant | None
    """When service really started; none: not on that day."""
    came: Id | None
    """Who really came; none: nobody whose visit succeeded."""
    change: Literal["early", "late", "other technician", "not served"]
    """What became of it; who came at another time and as another counts by the time."""


class RuleCents(Record):
    """What one rule costs in the plan and on the real day."""

    code: Name
    """The rule."""
    kind: BillKind
    """Outlay, transfer or service price."""
    planned_cents: int
    """As planned."""
    real_cents: int
    """As it was."""


class DayReport(Record):
    """The day as it was: jobs, people, clocks and promises, and the bill beside the planned one."""

    format: Literal["paigong-day-report-1"] = "paigong-day-report-1"
    """Name and version of this format."""
    scenario: Name
    """Name of the scenario."""
    day: date
    """The day that was closed, with all planned days before it."""
    closed_at: Instant
    """When."""
    done: tuple[Id, ...]
    """Jobs done."""
    left_over: tuple[Id, ...]
    """Jobs still to be done that the plan has on no later day."""
    second_visits: tuple[Id, ...]
    """Those of them at which somebody was in vain."""
    waiting: tuple[Job, ...]
    """Jobs whose agreed times all lie behind the next planned days: they are in no scenario until their day comes."""
    given_up: tuple[Id, ...]
    """Jobs that are no more: solved without a visit, or cancelled."""
    assumed: tuple[Id, ...]
    """Jobs of which nothing was reported: they are taken to have gone as planned."""
    technicians: tuple[TechnicianDay, ...]
    """Everybody who was planned, in the plan's order, then who came to work without a plan in the morning."""
    clocks: tuple[ClocksKept, ...]
    """Clocks that ended up to the close, by rule."""
    missed: tuple[ClockState, ...]
    """Those of them that were missed."""
    promises: tuple[PromiseChange, ...]
    """What came otherwise than the customer was told; what customers put off or cancelled is not among it."""
    planned_bill: Bill
    """The bill of the plan, of all its days."""
    real_bill: Bill
    """The bill by the same prices with this day as it was; later days as planned, jobs left over not served."""
    rules: tuple[RuleCents, ...]
    """Both bills rule by rule; the parts sum to the totals of the two."""
    as_it_was: Plan
    """The plan with the times of this day as they were: visits that succeeded, every way that was driven."""
    without_shift: tuple[Id, ...]
    """Technicians who have no shift on the next planned days."""
    notes: Annotated[tuple[str, ...], Field(max_length=100)]
    """What could not be known or priced, in sentences."""
