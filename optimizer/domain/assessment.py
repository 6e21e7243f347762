"""The assessment: the bill, the breaches, the clocks, the key figures, the reasons."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.base import Count, Id, Name, Record, is_unset
from optimizer.domain.reasons import UnservedReason
from optimizer.domain.time import Instant

BillKind = Literal["outlay", "transfer", "service"]
"""Money the company spends, money that moves between people, or the price put on poor service."""


class BillLine(Record):
    """One part of the bill."""

    code: Name
    """The rule that prices it."""
    kind: BillKind
    """Outlay, transfer or service price."""
    job_id: Id | None = None
    """The job it is for."""
    batch_id: Id | None = None
    """The batch on a branch's bench it is for."""
    customer_id: Id | None = None
    """The customer it is for, where it belongs to no job or batch."""
    technician_id: Id | None = None
    """The technician it is for."""
    day: date | None = None
    """The day it is for."""
    quantity: float
    """How much, in `unit`."""
    unit: Name
    """Unit of the quantity, e.g. ``km``, ``h``, ``job``."""
    cents: int
    """Price in whole cents."""
    sentence: str
    """The line in words."""


class Bill(Record):
    """Every soft rule priced; the parts sum to the totals exactly."""

    lines: tuple[BillLine, ...]
    """The parts, in rule order."""
    outlay_cents: int
    """Sum of the outlay lines."""
    transfer_cents: int
    """Sum of the transfer lines."""
    service_cents: int
    """Sum of the service-price lines."""
    total_cents: int
    """Sum of all lines."""


class Finding(Record):
    """A hard rule that a plan breaks, with the amount."""

    code: Name
    """The rule."""
    job_id: Id | None = None
    """The job concerned."""
    technician_id: Id | None = None
    """The technician concerned."""
    day: date | None = None
    """The day concerned."""
    measured: float
    """What was measured, in `unit`."""
    limit: float
    """What is allowed, in `unit`."""
    over: float
    """By how much the limit is broken, in `unit`, above 0."""
    unit: Name
    """Unit, e.g. ``min``, ``level``, ``missing``."""
    sentence: str
    """The finding in words, made from the numbers."""
    advice: str = ""
    """The next best action."""


Event = Literal["arriving", "finishing", "answering", "calling", "dispatching"]
"""What meets a clock: service starts, service ends, an answer, a call, a dispatch order."""


class ClockState(Record):
    """A service-level clock of a job and how it stands in the plan."""

    code: Name
    """The clock's rule."""
    label: str = ""
    """Which of the rule's clocks, where a job has several: ``target`` or ``limit``."""
    job_id: Id | None = None
    """The job, where the clock belongs to one."""
    batch_id: Id | None = None
    """The batch on a branch's bench, where it belongs to one."""
    customer_id: Id | None = None
    """The customer, where it belongs to neither."""
    due: Instant
    """When the event must have happened."""
    event: Event
    """What meets it."""
    at: Instant | None
    """When the event happens in the plan; none: not at all."""
    state: Literal["met", "at_risk", "missed", "open"]
    """Met, met with less than the policy's margin, missed, or open: not in this plan, but not due before the
    horizon's end either."""
    slack_s: int | None
    """Seconds left until due (negative: late); none when the event does not happen."""

    @property
    def subject(self) -> str:
        """The id of the job, batch or customer the clock belongs to."""
        return self.job_id or self.batch_id or self.customer_id or ""


class DeskTask(Record):
    """Something the desk or a technician has to call, answer or write, and when it is planned."""

    code: Name
    """The clock's rule."""
    job_id: Id | None = None
    """The job it is for."""
    batch_id: Id | None = None
    """The batch on a branch's bench it is for."""
    customer_id: Id | None = None
    """The customer it is for, where it belongs to no job; of a batch, where known."""
    technician_id: Id | None = None
    """The technician who is asked, where one is."""
    owner: Name
    """Who does it: ``desk``, ``manager``, or a technician's id."""
    release: Instant
    """When it can be done at the earliest."""
    due: Instant
    """When it must be done."""
    start: Instant | None
    """When it is planned; none: not within the horizon's desk hours."""
    sentence: str
    """What to do, in words."""


class Kpis(Record):
    """The numbers a plan is judged by."""

    jobs: Count
    """Jobs in the horizon."""
    served: Count
    """Jobs in the plan."""
    served_share: float
    """Served ÷ jobs, 0 to 1."""
    unserved_weight: Count
    """Priority weight left out."""
    clocks: Count
    """Service clocks (arriving, finishing, and the answers of `REPLY_FAR`) that end in the horizon; open ones
    are not counted."""
    clocks_met: Count
    """Service clocks met, at risk included."""
    on_time_share: float
    """Service clocks met ÷ service clocks, 0 to 1; 1 without clocks."""
    desk_clocks: Count = 0
    """Clocks of the desk that end in the horizon: dispatch orders, calls and all other answers."""
    desk_clocks_met: Count = 0
    """Clocks of the desk met, at risk included."""
    technicians_used: Count
    """Technicians with at least one stop."""
    jobs_per_shift: float
    """Stops ÷ shifts with work; every day of a trip is one."""
    distance_km: float
    """Kilometres driven."""
    travel_h: float
    """Hours driven."""
    service_h: float
    """Hours on site, and of loading at branches on the way."""
    waiting_h: float
    """Hours waited between stops, rests not counted."""
    overtime_h: float
    """Hours after regular shift ends."""
    largest_load_h: float
    """Longest day: hours of service and travel of one shift."""
    smallest_load_h: float
    """Shortest day with work: hours of service and travel of one shift."""
    nights_away: Annotated[int, Field(ge=0, exclude_if=is_unset)] = 0
    """Nights that technicians spend away; absent from a file where it is 0."""


class Assessment(Record):
    """What a plan is worth and why it is as it is."""

    format: Literal["paigong-assessment-1"] = "paigong-assessment-1"
    """Name and version of this format."""
    bill: Bill
    """The bill."""
    findings: tuple[Finding, ...]
    """Breaches of hard rules; empty in every plan that is handed out."""
    clocks: tuple[ClockState, ...]
    """Clocks by job, then those of batches and customers."""
    desk: tuple[DeskTask, ...] = ()
    """What the desk has to do, in order of time."""
    kpis: Kpis
    """Key figures."""
    unserved: tuple[UnservedReason, ...] = ()
    """Why each unserved job is left out."""
