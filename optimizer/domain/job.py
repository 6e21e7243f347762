"""Jobs: one piece of work at one place, and the facts its clocks run from."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Count, Id, Minutes, Name, Record, is_unset
from optimizer.domain.place import Place
from optimizer.domain.technician import Level
from optimizer.domain.ties import After, Seat
from optimizer.domain.time import Instant, Window

Priority = Literal["emergency", "vip", "contract", "normal", "flexible"]
"""Priority classes from the most to the least urgent."""

PRIORITIES: tuple[Priority, ...] = ("emergency", "vip", "contract", "normal", "flexible")


class Customer(Record):
    """Whom the job is for. Personal data."""

    customer_id: Id
    """The customer's id; several jobs may share it."""
    name: str = ""
    """Name."""
    phone: str = ""
    """Telephone."""
    key_customer: bool = False
    """Key customer (VIP)."""
    known_technicians: tuple[Id, ...] = ()
    """Technicians the customer knows and likes to see again."""
    refused_technicians: tuple[Id, ...] = ()
    """Technicians the customer does not want again."""
    warranty_until: date | None = None
    """Last day under warranty; none: no warranty known."""
    last_call_on: date | None = None
    """Day of the last courtesy call."""
    last_visit_on: date | None = None
    """Day of the last visit."""


class Rework(Record):
    """The job mends an earlier installation."""

    installed_by: Id
    """The original installer, who may have left."""
    installed_on: date
    """Day of the installation."""
    fault: Literal["water_leak", "refrigerant_leak", "other"]
    """What went wrong."""
    inverter: bool = False
    """An inverter unit (dearer to mend)."""
    installation_fault: bool = True
    """The installation is to blame, not the unit."""
    installer_failed: bool = False
    """The original installer came and could not mend it."""
    noticed_at: Instant | None = None
    """When the installer was told; none: the job's intake."""


class SiteFacts(Record):
    """What is known about the site before the visit."""

    power_supply_fit: bool = True
    """The power supply can carry the unit."""
    property_consent: bool = True
    """The property management agrees."""
    confirmations_signed: bool = True
    """The customer signed the confirmations."""
    working_height_m: Annotated[float, Field(ge=0, le=500)] = 0.0
    """Height of outside work above ground in metres."""
    outdoor_unit_floor: Annotated[int, Field(ge=0, le=200)] = 0
    """Floor of the outdoor unit, ground floor 1; 0: none."""


class DeskFacts(Record):
    """What the desk has done for the job so far."""

    answered_at: Instant | None = None
    """When the customer's report was answered; none: when the dispatch order was written, else not yet."""
    contacted_at: Instant | None = None
    """When the technician called the customer; none: not yet."""
    unreachable: bool = False
    """The customer could not be reached, and the dispatcher knew at once."""
    replied_in_writing_at: Instant | None = None
    """When a drive-line fault was taken up in writing; none: not yet."""
    confirmed_at: Instant | None = None
    """When remote help had failed and the customer confirmed a visit; none: not yet."""
    reached_manufacturer: bool = False
    """The customer has complained to the manufacturer."""


class UnderWay(Record):
    """Somebody is on the way to the job, is there, or has begun."""

    state: Literal["on_the_way", "arrived", "started"]
    """How far it is; what was started stays as it is."""
    at: Instant
    """When that began."""
    day: date
    """The day of their shifts, local date."""
    technicians: Annotated[tuple[Id, ...], Field(min_length=1, max_length=8)]
    """Who, the one who leads first."""
    minutes: Annotated[int, Field(ge=1, le=14 * 24 * 60)] | None = None
    """Time on site in minutes from beginning to end, as it is now expected; set once it was started."""
    days: Annotated[int, Field(ge=1, le=14)] = 1
    """On how many working days it is done, this one included."""

    @model_validator(mode="after")
    def _expected(self) -> Self:
        if (self.state == "started") != (self.minutes is not None):
            raise ValueError("minutes go with work that was started, and only with that; add or drop them")
        return self


class Job(Record):
    """One piece of work at one place (工单)."""

    job_id: Id
    """The job's id, unique in the scenario."""
    type: Name
    """A job type of the policy, e.g. ``repair``."""
    product: Name | None = None
    """Product line, e.g. ``aircon``; the skill asked for is then kind/product."""
    customer: Customer | None = None
    """Whom it is for."""
    place: Place
    """Where it is."""
    area: Name | None = None
    """Name of the area, for territories and statistics."""
    branch_id: Id | None = None
    """The branch in charge; none: the nearest."""
    fault: str = ""
    """What was reported or ordered, in words; printed on the dispatch order."""
    wishes: str = ""
    """What the customer asks for, in words; printed on the dispatch order, read by no rule."""
    units: Annotated[int, Field(ge=1, le=1000)] = 1
    """Units on site."""
    duration_min: Annotated[int, Field(ge=1, le=14 * 24 * 60)] | None = None
    """Time on site in minutes, instead of the policy's table; what no shift can hold is split over days."""
    seats: Annotated[int, Field(ge=1, le=8)] | None = None
    """People needed at the same time, instead of the type's number."""
    mates: tuple[Seat, ...] | None = None
    """What those beside the one who leads must be able to do, instead of the type's list."""
    after: tuple[After, ...] = ()
    """Jobs that come before this one."""
    setup_min: Minutes | None = None
    """Once per place: parking, walking in; instead of the type's value."""
    windows: tuple[Window, ...] = ()
    """Agreed appointment windows, in order, not overlapping: service starts inside one; none: any time."""
    priority: Priority = "normal"
    """Priority class."""
    skills: dict[Name, Level] = {}
    """Skills asked for beyond the type's: skill → least level."""
    certificates: tuple[Name, ...] = ()
    """Certificates asked for beyond the type's."""
    tools: tuple[Name, ...] = ()
    """Tools needed beyond the type's."""
    shared_tools: tuple[Name, ...] = ()
    """Scarce branch tools needed."""
    parts: dict[Name, Count] = {}
    """Spare parts needed: part → pieces."""
    site: SiteFacts = SiteFacts()
    """What is known about the site."""
    intake_at: Instant | None = None
    """When the customer's report came in; the intake clocks start."""
    dispatched_at: Instant | None = None
    """When the dispatch order was written; none: the intake."""
    contract: bool = False
    """Sold with a service commitment."""
    complaint: Literal["none", "complaint", "strong"] = "none"
    """A complaint, and how strong."""
    rework: Rework | None = None
    """Mends an earlier installation."""
    second_visit: Literal["none", "tools", "parts", "fault_back"] = "none"
    """A visit before this one was in vain for want of tools or parts, or a mended fault came back."""
    desk: DeskFacts = DeskFacts()
    """What the desk has done for it so far."""
    drive_line: bool = False
    """A drive-line fault (engine, chassis)."""
    supplier_needed: bool = False
    """A supplier has to help."""
    delay_agreed: bool = False
    """The dispatcher was told in time and the customer agreed to wait beyond the completion clock."""
    on_site_at: Annotated[Instant | None, Field(exclude_if=is_unset)] = None
    """When somebody was first on site, though in vain: that meets the clocks of arriving."""
    late_told_at: Annotated[Instant | None, Field(exclude_if=is_unset)] = None
    """The last close of a day whose report has clocks of it as missed: what ran out by then is not told once more."""
    under_way: Annotated[UnderWay | None, Field(exclude_if=is_unset)] = None
    """Who is on the way to it or at work; absent from a file where nobody is."""

    @property
    def has_started(self) -> bool:
        """Whether work on it has begun: that is a fact that no rule undoes."""
        return self.under_way is not None and self.under_way.state == "started"
