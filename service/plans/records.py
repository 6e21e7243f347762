"""What the service says of plans."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from optimizer.domain.assessment import Bill, ClockState, DeskTask, Finding, Kpis
from optimizer.domain.base import Record
from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import Orders
from optimizer.domain.plan import ShiftPlan, ToolPlan
from optimizer.domain.policy import Preset
from optimizer.domain.reasons import UnservedReason
from service.door.words import OwnId

if TYPE_CHECKING:  # programs that call the service use these records without a database
    from service.store import tables


class PlanSummary(Record):
    """A plan in a few figures."""

    engine: str
    """Engine that made it, or who put the jobs in order by hand."""
    preset: Preset
    """Preset in force."""
    jobs: int
    """Jobs of the scenario."""
    served: int
    """Jobs it serves."""
    unserved_weight: int
    """Priority weight of the jobs it leaves out."""
    on_time_share: float
    """Share of the clocks it keeps, 0 to 1."""
    total_cents: int
    """Its bill, in cents."""
    findings: int
    """Hard rules it breaks; always 0 for plans of runs."""


class PlanInfo(Record):
    """A plan without what it says."""

    plan_id: str
    """The plan's id."""
    scenario_id: str
    """The scenario it answers."""
    revision: int
    """The revision it answers."""
    run_id: str | None
    """The run it came of; none: made by hand."""
    made_by: str
    """Id of the key that asked for it."""
    made_at: datetime
    """When it was stored."""
    sha256: str
    """Hash of the plan document; its ETag."""
    summary: PlanSummary
    """Its figures."""


class PlanPage(Record):
    """Some of the plans, the newest first."""

    plans: tuple[PlanInfo, ...]
    """The plans."""
    after: str | None
    """Send it as `after` for the next page; none: this is the last."""


class Timetable(Record):
    """Who is where when."""

    shifts: tuple[ShiftPlan, ...]
    """Technicians' days, by technician in the scenario's order, then by day."""
    tools: tuple[ToolPlan, ...]
    """Where shared tools are; empty when only one technician is asked for."""


class Clocks(Record):
    """How the clocks stand."""

    clocks: tuple[ClockState, ...]
    """The clocks, by job in the scenario's order."""


class DeskTasks(Record):
    """What the desk has to do for the plan to hold."""

    tasks: tuple[DeskTask, ...]
    """The tasks in order of time."""


class LeftOut(Record):
    """Jobs that a plan leaves out, and why."""

    reasons: tuple[UnservedReason, ...]
    """One for each, in the scenario's order."""


Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""Number of a revision."""


class HandMade(Record):
    """Orders made by a person or another program, to be timed, checked and stored as a plan."""

    scenario_id: OwnId
    """The scenario they are for."""
    revision: Number | None = None
    """Which revision; none: the newest."""
    orders: Orders
    """Who does what in which order, without times."""


class CheckRequest(Record):
    """A plan made elsewhere, to be held against a scenario."""

    scenario_id: OwnId
    """The scenario it is for."""
    revision: Number | None = None
    """Which revision; none: the newest."""
    document: PlanDocument
    """The plan with its assessment."""


class PlanCheck(Record):
    """What the independent checker and the bill say of a plan."""

    sound: bool
    """No hard rule is broken."""
    findings: tuple[Finding, ...]
    """Broken hard rules, with amounts."""
    differences: tuple[str, ...]
    """Where the figures in the document are not the plan's; empty: they are right."""
    bill: Bill
    """What the plan owes."""
    clocks: tuple[ClockState, ...]
    """How the clocks stand."""
    kpis: Kpis
    """Key figures."""


def plan_info(row: "tables.Plan") -> PlanInfo:
    """Return what the service says of a stored plan."""
    return PlanInfo(
        plan_id=row.plan_id,
        scenario_id=row.scenario_id,
        revision=row.revision,
        run_id=row.run_id,
        made_by=row.made_by,
        made_at=row.made_at,
        sha256=row.sha256,
        summary=PlanSummary.model_validate(row.summary),
    )
