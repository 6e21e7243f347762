"""Offers of an appointment: when a new job could be promised, who would come, what it adds, and the proof."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.assessment import ClockState
from optimizer.domain.base import Count, Id, Name, Record, is_unset
from optimizer.domain.plan import ShiftPlan, ToolPlan
from optimizer.domain.plan_diff import BillDiff, ClockChange, PlannedVisit
from optimizer.domain.preview import PromisedStart
from optimizer.domain.time import Instant, Window


class Slide(Record):
    """A planned start of another job that changes; its customer was told nothing that it would break."""

    job_id: Id
    """The job."""
    old: Instant
    """Service starts in the plan."""
    new: Instant
    """Service would start."""


class FurtherTechnician(Record):
    """Somebody else who could do the job in the same window."""

    technician_id: Id
    """Who; of a crew the one who leads."""
    start: Instant
    """Service would start."""
    end: Instant
    """Service would end."""
    added_cents: int
    """What it would add to the bill."""


class OfferWitness(Record):
    """The days of the plan that would be otherwise; with them the plan keeps every hard rule."""

    days: tuple[ShiftPlan, ...]
    """Days of technicians with their new times, by technician in the scenario's order, then by day."""
    tools: Annotated[tuple[ToolPlan, ...], Field(exclude_if=is_unset)] = ()
    """Days of shared tools; absent from a file where there are none."""


class Offer(Record):
    """A window that a customer can be promised for a new job, and what comes of it."""

    format: Literal["paigong-offer-1"] = "paigong-offer-1"
    """Name and version of this format."""
    job_id: Id
    """The new job."""
    window: Window
    """What the customer would be told: service starts inside it."""
    visits: Annotated[tuple[PlannedVisit, ...], Field(min_length=1)]
    """Who would come and when, as planned: by day, then by place in the crew; who leads first."""
    added_cents: int
    """What it adds to the bill of the plan without the job."""
    bill: BillDiff
    """The same rule by rule; the differences add up to it."""
    clocks: tuple[ClockState, ...] = ()
    """The job's own clocks as they would stand: met or missed, and by how much."""
    other_clocks: tuple[ClockChange, ...] = ()
    """Clocks of other jobs that would stand differently."""
    moves: tuple[PromisedStart, ...] = ()
    """Starts told to other customers that would move beyond the tolerance; empty unless that was allowed."""
    slides: tuple[Slide, ...] = ()
    """Planned starts of other jobs that change otherwise, in order of the new times."""
    further: tuple[FurtherTechnician, ...] = ()
    """Who else could do it in this window, the cheapest first."""
    witness: OfferWitness
    """What proves it."""
    sentence: str
    """The offer in words."""

    @property
    def technician_id(self) -> str:
        """Who would come; of a crew the one who leads."""
        return self.visits[0].technician_id

    @property
    def start(self) -> Instant:
        """When service would start."""
        return self.visits[0].start


class Suitability(Record):
    """Whether a technician could do a new job in a window, and what it would cost, or why not."""

    technician_id: Id
    """The technician; of a crew the one who leads."""
    able: bool
    """Whether the plan has room, all hard rules kept and nobody else's told start moved."""
    day: date | None = None
    """The day of the shift that is looked at; none: there is no shift in the window."""
    start: Annotated[Instant | None, Field(exclude_if=is_unset)] = None
    """Service would start; absent where the technician is not able."""
    end: Annotated[Instant | None, Field(exclude_if=is_unset)] = None
    """Service would end; absent where the technician is not able."""
    added_cents: Annotated[int | None, Field(exclude_if=is_unset)] = None
    """What it would add to the bill; absent where the technician is not able."""
    codes: Annotated[tuple[Name, ...], Field(exclude_if=is_unset)] = ()
    """The rules that stand against it; absent where nothing does."""
    sentence: str
    """In words."""


class OfferList(Record):
    """What a new job can be offered, as written to a file."""

    format: Literal["paigong-offers-1"] = "paigong-offers-1"
    """Name and version of this format."""
    scenario: Name
    """Name of the scenario."""
    job_id: Id
    """The new job."""
    looked_at: Count
    """How many windows were looked at."""
    offers: tuple[Offer, ...]
    """The offers, the cheapest first; empty: no window can be kept."""


class SuitabilityList(Record):
    """Who could do a new job in a window, as written to a file."""

    format: Literal["paigong-suitability-1"] = "paigong-suitability-1"
    """Name and version of this format."""
    scenario: Name
    """Name of the scenario."""
    job_id: Id
    """The new job."""
    window: Window
    """The window."""
    technicians: tuple[Suitability, ...]
    """All technicians, those who are able first, the cheapest before the others."""
