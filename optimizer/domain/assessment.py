"""The assessment: the bill, the breaches, the clocks, the key figures, the reasons."""

from datetime import date
from typing import Literal

from optimizer.domain.base import Count, Id, Name, Record
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


class ClockState(Record):
    """A service-level clock of a job and how it stands in the plan."""

    code: Name
    """The clock's rule."""
    label: str = ""
    """Which of the rule's clocks, where a job has several: ``target`` or ``limit``."""
    job_id: Id
    """The job."""
    due: Instant
    """When the event must have happened."""
    event: Literal["arriving", "finishing", "answering", "calling"]
    """What meets it."""
    at: Instant | None
    """When the event happens in the plan; none: not at all."""
    state: Literal["met", "at_risk", "missed"]
    """Met, met with less than the policy's margin, or missed."""
    slack_s: int | None
    """Seconds left until due (negative: late); none when the event does not happen."""


class Obstacle(Record):
    """Why one technician's shift does not take one job."""

    technician_id: Id
    """The technician."""
    day: date
    """The day."""
    codes: tuple[Name, ...]
    """The codes that forbid the pair, or the one that stops the cheapest insertion."""
    forbidden: bool
    """True: the pair is not eligible; false: eligible, but no room or not worth it."""
    over_min: float | None = None
    """Minutes lacking at the best place in the route, where time is lacking."""
    cents: int | None = None
    """Added bill of the cheapest insertion, where it is possible but not worth it."""
    sentence: str
    """In words."""


class UnservedReason(Record):
    """Why a job is left out."""

    job_id: Id
    """The job."""
    sentence: str
    """The main reason in words."""
    obstacles: tuple[Obstacle, ...]
    """One for each shift of the horizon."""


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
    """Clocks that run."""
    clocks_met: Count
    """Clocks met, at risk included."""
    on_time_share: float
    """Clocks met ÷ clocks, 0 to 1; 1 without clocks."""
    technicians_used: Count
    """Technicians with at least one stop."""
    jobs_per_shift: float
    """Stops ÷ shifts with work."""
    distance_km: float
    """Kilometres driven."""
    travel_h: float
    """Hours driven."""
    service_h: float
    """Hours on site."""
    waiting_h: float
    """Hours waited between stops, rests not counted."""
    overtime_h: float
    """Hours after regular shift ends."""
    largest_load_h: float
    """Longest day: hours of service and travel of one shift."""
    smallest_load_h: float
    """Shortest day with work: hours of service and travel of one shift."""


class Assessment(Record):
    """What a plan is worth and why it is as it is."""

    format: Literal["paigong-assessment-1"] = "paigong-assessment-1"
    """Name and version of this format."""
    bill: Bill
    """The bill."""
    findings: tuple[Finding, ...]
    """Breaches of hard rules; empty in every plan that is handed out."""
    clocks: tuple[ClockState, ...]
    """Clocks by job."""
    kpis: Kpis
    """Key figures."""
    unserved: tuple[UnservedReason, ...] = ()
    """Why each unserved job is left out."""
