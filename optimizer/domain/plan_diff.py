"""How two plans of the same days differ: job by job, shift by shift, on the bill, in the clocks and key figures."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.assessment import BillKind, Finding
from optimizer.domain.base import Count, Id, Name, Record, is_unset
from optimizer.domain.plan import Night
from optimizer.domain.plan_edit import DocumentEdit
from optimizer.domain.policy import Preset
from optimizer.domain.time import Instant

Standing = Literal["served", "left out", "unknown"]
"""How a job stands in a plan; unknown: the plan names it nowhere."""

JobEvent = Literal[
    "new",
    "gone",
    "served now",
    "left out now",
    "other technician",
    "other seat",
    "other day",
    "other time",
    "other order",
]
"""What has become of a job, from what matters most to what matters least."""


class PlannedVisit(Record):
    """One visit at a job as a plan has it."""

    technician_id: Id
    """Who comes."""
    day: date
    """The day of the technician's shift."""
    position: Annotated[int, Field(ge=1)]
    """Which stop of the shift, from 1."""
    start: Instant
    """Service starts."""
    end: Instant
    """Service ends."""
    seat: Annotated[int, Field(ge=0, le=7, exclude_if=is_unset)] = 0
    """Place in the crew, 0 leads; absent from a file where it is 0."""
    part: Annotated[int, Field(ge=0, le=13, exclude_if=is_unset)] = 0
    """Which day of a job that is split over days, from 0; absent from a file where it is 0."""
    on_trip: Annotated[bool, Field(exclude_if=is_unset)] = False
    """Whether the day is part of a trip with nights away; absent from a file where it is not."""


class JobChange(Record):
    """What has become of one job."""

    job_id: Id
    """The job."""
    customer_id: Id | None = None
    """Whom it is for; none: not known without the scenario."""
    events: Annotated[tuple[JobEvent, ...], Field(min_length=1)]
    """What has happened to it, the most important first."""
    was: Standing
    """How it stood in the old plan."""
    now: Standing
    """How it stands in the new plan."""
    old: tuple[PlannedVisit, ...] = ()
    """Visits in the old plan by day and seat; empty where it was not served."""
    new: tuple[PlannedVisit, ...] = ()
    """Visits in the new plan."""
    start_moved_s: int | None = None
    """Seconds by which its first start is later (negative: earlier); none: not served in both."""
    sentence: str
    """In words."""


class DayFigures(Record):
    """One technician's day in figures."""

    stops: Count
    """Stops."""
    travel_s: Annotated[int, Field(ge=0)]
    """Seconds of driving; a ride through the night is none."""
    distance_m: Annotated[int, Field(ge=0)]
    """Metres driven."""
    overtime_s: Annotated[int, Field(ge=0)]
    """Seconds of overtime on the bill; 0 also where the rule OVERTIME is switched off."""
    departure: Instant
    """Leaving the start place."""
    back: Instant
    """Reaching the end place, or where the night is spent; of a night in transit boarding."""
    night: Annotated[Night | None, Field(exclude_if=is_unset)] = None
    """How the night after it is spent away; absent from a file where it is not."""
    near: Annotated[Id | None, Field(exclude_if=is_unset)] = None
    """The job or the branch near which that night is spent, or to which it is ridden; absent from a file where there is
    none."""
    restocks: Annotated[tuple[Id, ...], Field(exclude_if=is_unset)] = ()
    """Branches at which parts are loaded on the way, in order; absent from a file without any."""


class ShiftChange(Record):
    """What has become of one technician's day."""

    technician_id: Id
    """Who."""
    day: date
    """Which day."""
    old: DayFigures | None
    """The day in the old plan; none: no work."""
    new: DayFigures | None
    """The day in the new plan; none: no work."""
    sentence: str
    """In words."""


class ToolChange(Record):
    """What has become of one shared tool's day."""

    branch_id: Id
    """The branch that issues it."""
    tool: Name
    """Which tool."""
    piece: Annotated[int, Field(ge=1)]
    """Which of the branch's pieces, from 1."""
    day: date
    """Which day."""
    old: tuple[Id, ...] = ()
    """Its jobs in the old plan, in order; empty: it stayed at the branch."""
    new: tuple[Id, ...] = ()
    """Its jobs in the new plan, in order; empty: it stays at the branch."""
    sentence: str
    """In words."""


class BillChange(Record):
    """What one rule costs in both plans."""

    code: Name
    """The rule."""
    kind: BillKind
    """Outlay, transfer or service price."""
    old_cents: int
    """In the old plan."""
    new_cents: int
    """In the new plan."""
    difference_cents: int
    """New minus old."""


class BillDiff(Record):
    """How the bills differ."""

    old_cents: int
    """Total of the old plan."""
    new_cents: int
    """Total of the new plan."""
    difference_cents: int
    """New minus old."""
    changes: tuple[BillChange, ...] = ()
    """Rules that cost another amount now, in rule order; their differences add up to the difference."""


ClockStanding = Literal["met", "at_risk", "missed", "open"]
"""How a clock stands, see `ClockState`."""


class ClockChange(Record):
    """A clock that stands differently."""

    code: Name
    """The clock's rule."""
    label: str = ""
    """Which of the rule's clocks."""
    job_id: Id | None = None
    """The job it belongs to, if to one."""
    batch_id: Id | None = None
    """The batch it belongs to, if to one."""
    customer_id: Id | None = None
    """The customer it belongs to, where it belongs to neither."""
    was: ClockStanding | None
    """How it stood in the old plan; none: it did not run."""
    now: ClockStanding | None
    """How it stands in the new plan; none: it does not run."""
    effect: Literal["gained", "lost", "other"]
    """Gained: missed before and not any more. Lost: missed now and not before."""
    sentence: str
    """In words."""


class KpiChange(Record):
    """A key figure that is another one."""

    name: Name
    """The figure, see `Kpis`."""
    old: float
    """In the old plan."""
    new: float
    """In the new plan."""
    difference: float
    """New minus old."""


class PriceChange(Record):
    """What makes two bills not comparable, and the comparison that is fair."""

    old_preset: Preset
    """The preset the old plan was made under."""
    new_preset: Preset
    """The preset the new plan was made under; the same one: the policies differ in values of their own."""
    bill: BillDiff | None = None
    """Both plans under the old plan's prices; none: the new plan's scenario is not at hand."""


class PlanDiff(Record):
    """How a new plan differs from an old one, to be read and to be applied."""

    format: Literal["paigong-plan-diff-1"] = "paigong-plan-diff-1"
    """Name and version of this format."""
    old_sha256: str
    """Hash of the old plan document."""
    new_sha256: str
    """Hash of the new plan document."""
    sentences: tuple[str, ...]
    """The differences in a few words."""
    jobs: tuple[JobChange, ...] = ()
    """Jobs that are done otherwise, in order of the new plan, then those it leaves out or does not know."""
    shifts: tuple[ShiftChange, ...] = ()
    """Days of technicians that are otherwise, in order of the new plan, then those without work now."""
    tools: Annotated[tuple[ToolChange, ...], Field(exclude_if=is_unset)] = ()
    """Days of shared tools that are otherwise, in order of the new plan, then those that stay at the branch now;
    absent from a file where there are none."""
    bill: BillDiff
    """What the difference costs; each plan by its own prices."""
    prices: PriceChange | None = None
    """Where the plans were made under different prices: how they compare under the same; none: they were not."""
    clocks: tuple[ClockChange, ...] = ()
    """Clocks that stand differently."""
    kpis: tuple[KpiChange, ...] = ()
    """Key figures that are others."""
    new_breaches: tuple[Finding, ...] = ()
    """Breaches of hard rules that only the new plan has, or has in this amount."""
    old_breaches: tuple[Finding, ...] = ()
    """Breaches of hard rules that only the old plan had, or had in this amount."""
    edit: DocumentEdit = DocumentEdit()
    """What turns the old plan document into the new one exactly, see `apply`."""

    @property
    def is_empty(self) -> bool:
        """Whether the two plan documents are the same."""
        return self.edit == DocumentEdit()
