"""What turns one plan document into another: only what was taken away and what was put in."""

from typing import Annotated, Generic, TypeVar

from pydantic import Field

from optimizer.domain.assessment import BillLine, ClockState, DeskTask, Finding, Kpis
from optimizer.domain.base import Id, Name, Record
from optimizer.domain.plan import Provenance, ShiftPlan, ToolPlan, TravelLeg
from optimizer.domain.policy import Preset
from optimizer.domain.reasons import UnservedReason

T = TypeVar("T")

Position = Annotated[int, Field(ge=0)]
"""Place in a list, from 0."""


class Placed(Record, Generic[T]):
    """A new or changed entry of a list and where it goes."""

    position: Position
    """Its place in the new list."""
    entry: T
    """The entry."""


class ListEdit(Record, Generic[T]):
    """What turns one list into another; entries not named stay, in their order."""

    removed: tuple[Position, ...] = ()
    """Places in the old list of entries that are gone or changed, ascending."""
    added: tuple[Placed[T], ...] = ()
    """New and changed entries, by their place in the new list, ascending."""


def _is_nothing(edit: ListEdit[ToolPlan]) -> bool:
    return not edit.removed and not edit.added


class BillSums(Record):
    """The sums of a bill."""

    outlay_cents: int
    """Sum of the outlay lines."""
    transfer_cents: int
    """Sum of the transfer lines."""
    service_cents: int
    """Sum of the service-price lines."""
    total_cents: int
    """Sum of all lines."""


class PlanEdit(Record):
    """What turns one plan into another; none or an empty edit: as before. Horizon and time zone are the same."""

    scenario: Name | None = None
    """New name of the scenario."""
    scenario_sha256: str | None = None
    """New hash of the scenario."""
    preset: Preset | None = None
    """New preset."""
    provenance: Provenance | None = None
    """New provenance."""
    shifts: ListEdit[ShiftPlan] = ListEdit[ShiftPlan]()
    """Shifts that are gone, new or changed."""
    tools: Annotated[ListEdit[ToolPlan], Field(exclude_if=_is_nothing)] = ListEdit[ToolPlan]()
    """Days of shared tools that are gone, new or changed; absent from a file where there are none."""
    unserved: ListEdit[Id] = ListEdit[Id]()
    """Jobs left out anew or no more."""
    travel_source: str | None = None
    """New source of the travel data."""
    travel_sha256: str | None = None
    """New hash of the travel data."""
    travel_warnings: Annotated[tuple[str, ...] | None, Field(exclude_if=lambda new: new is None)] = None
    """New warnings of the travel data."""
    travel_legs: ListEdit[TravelLeg] = ListEdit[TravelLeg]()
    """Legs driven anew or no more."""


class AssessmentEdit(Record):
    """What turns one assessment into another; none or an empty edit: as before."""

    bill_lines: ListEdit[BillLine] = ListEdit[BillLine]()
    """Lines of the bill that are gone, new or changed."""
    bill_sums: BillSums | None = None
    """New sums of the bill."""
    findings: ListEdit[Finding] = ListEdit[Finding]()
    """Breaches that are gone, new or changed."""
    clocks: ListEdit[ClockState] = ListEdit[ClockState]()
    """Clocks that are gone, new or changed."""
    desk: ListEdit[DeskTask] = ListEdit[DeskTask]()
    """Desk tasks that are gone, new or changed."""
    kpis: Kpis | None = None
    """New key figures."""
    unserved: ListEdit[UnservedReason] = ListEdit[UnservedReason]()
    """Reasons that are gone, new or changed."""


class DocumentEdit(Record):
    """What turns one plan document into another."""

    plan: PlanEdit = PlanEdit()
    """Changes of the plan."""
    assessment: AssessmentEdit = AssessmentEdit()
    """Changes of what it is worth."""
