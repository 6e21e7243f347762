"""What stands on a dispatch order and on a picking list, as facts: no words, no layout.

Moments are local times of the scenario. Free text is one line and has nothing that steers a printer or terminal.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimizer.dispatch_orders.night_records import NightLine
from optimizer.dispatch_orders.restock_records import Pieces, RestockLine
from optimizer.dispatch_orders.ride_records import RideLine
from optimizer.dispatch_orders.tied_records import ChainLine, CrewLine, ToolIssue, ToolLine, ToolWayLine
from optimizer.domain.base import Count, Id, Record, is_unset
from optimizer.domain.job import Priority
from optimizer.domain.technician import Means, WorkKind
from optimizer.domain.time import Instant

SafetyCode = Literal["belt", "rope", "high_voltage", "power_supply", "fire", "flammable"]
"""Safety belt, rope, high voltage, work on the power supply, work with a flame, flammable refrigerant."""

SiteGap = Literal["power_supply_fit", "property_consent", "confirmations_signed"]
"""What a site lacks before an installation."""

PlaceKind = Literal["branch", "home", "elsewhere"]
"""Where a day starts or ends."""


class SafetyNote(Record):
    """A danger at one job and what the technician must heed."""

    code: SafetyCode
    """Which danger."""
    amount: float | None = None
    """Height in metres for the belt, floor for the rope; none for the others."""


class PartLine(Record):
    """A spare part to take along."""

    part: str
    """Which part."""
    pieces: Count
    """Pieces in all."""
    from_van: Count
    """Pieces that are on the van already."""
    to_load: Count
    """Pieces to load at the branch in the morning."""
    on_the_way: Annotated[Count, Field(exclude_if=is_unset)] = 0
    """Pieces to load at a branch in mid-route; absent where there are none."""


class OwedCall(Record):
    """The first call that the technician still owes the customer."""

    due: Instant
    """When it must be made at the latest."""
    planned: Instant | None
    """When the plan has room for it; none: not within the planned days."""
    before_duty: bool
    """It is due before the technician is on duty."""
    late: bool
    """It cannot be made in time any more."""


class Appointment(Record):
    """A span of time in which service starts, as agreed with or told to the customer."""

    start: Instant
    """First moment."""
    end: Instant
    """Last moment."""


class ReworkLine(Record):
    """An earlier installation that is mended."""

    fault: Literal["water_leak", "refrigerant_leak", "other"]
    """What went wrong."""
    installed_on: date
    """Day of the installation."""
    installer: str
    """Name of the original installer, else the id."""
    own: bool
    """The technician of this sheet installed it."""
    installer_failed: bool
    """The original installer came and could not mend it."""


class PlaceLine(Record):
    """Where a day starts or ends. A home has no address here."""

    kind: PlaceKind
    """What kind of place."""
    name: str
    """The branch's name, or the address of another place; empty for a home."""


class OrderStop(Record):
    """One job on a dispatch order."""

    number: Count
    """Place in the day's order, from 1."""
    job_id: Id
    """The job."""
    seat: Count
    """The technician's place in the crew, 0 leads."""
    crew: tuple[CrewLine, ...]
    """The others of the crew, the one who leads first; empty: alone."""
    day_of_job: Count
    """Which of the job's days this is, from 1."""
    days_of_job: Count
    """How many days the job takes."""
    chain: tuple[ChainLine, ...]
    """Jobs that come before and after."""
    type: str
    """Job type of the policy."""
    kind: WorkKind
    """Kind of work."""
    product: str
    """Product line, or empty."""
    units: Count
    """Units on site."""
    priority: Priority
    """Priority class."""
    fault: str
    """What was reported or ordered."""
    wishes: str
    """What the customer asks for."""
    address: str
    """Where: the address, else latitude and longitude."""
    customer: str
    """The customer's name, or empty."""
    phone: str
    """The customer's telephone, or empty."""
    departure: Instant
    """Leaving the place before."""
    arrival: Instant
    """Arriving at the customer's."""
    start: Instant
    """Service starts."""
    end: Instant
    """Service ends."""
    travel_s: Count
    """Seconds of driving from the place before."""
    distance_m: Count
    """Metres from the place before; what a train or a ship covers is not in it."""
    rides: Annotated[tuple[RideLine, ...], Field(exclude_if=is_unset)] = ()
    """Trains and ships on the way there, in order."""
    fare_cents: Annotated[Count, Field(exclude_if=is_unset)] = 0
    """Their fares in cents."""
    call_at: Instant | None
    """When the customer is called before the visit at the latest, not before the technician is on duty; none: who
    leads calls."""
    call_first: bool
    """The technician comes on duty after the usual moment for that call: it is the first thing to do."""
    owed_call: OwedCall | None
    """The first call that is still owed; none: made, or not asked for."""
    unreachable: bool
    """The customer could not be reached; the agreed time stands."""
    window: Appointment | None
    """The appointment window in which service starts; none: no appointment."""
    promised: Appointment | None
    """What the customer was told, from the start behind it; none: nothing that still stands."""
    tools: tuple[str, ...]
    """Tools needed that are not in the technician's everyday kits; of a crew those that this technician brings."""
    shared_tools: tuple[str, ...]
    """Scarce tools needed that a branch issues, where the plan does not say which way they take."""
    tool_ways: tuple[ToolWayLine, ...]
    """Scarce tools needed, with where each comes from and where it goes."""
    parts: tuple[PartLine, ...]
    """Spare parts needed."""
    certificates: tuple[str, ...]
    """Certificates to carry along."""
    safety: tuple[SafetyNote, ...]
    """Dangers to heed."""
    site_gaps: tuple[SiteGap, ...]
    """What must be cleared before work starts."""
    complaint: Literal["none", "complaint", "strong"]
    """A complaint, and how strong."""
    second_visit: Literal["none", "tools", "parts", "fault_back"]
    """Why somebody was there before."""
    rework: ReworkLine | None
    """The earlier installation that is mended."""
    warranty: Literal["unknown", "free", "expired"]
    """Under warranty on this day, or not any more."""
    warranty_until: date | None
    """Last day under warranty."""
    test_run_min: Count | None
    """Minutes of test run at the end; none: none asked for."""
    report: tuple[str, ...]
    """What the report on the finished job must have."""


class OrderRest(Record):
    """A rest within the day."""

    kind: Literal["break", "absence"]
    """Midday rest, or away."""
    start: Instant
    """Begin."""
    end: Instant
    """End."""


class OrderSheet(Record):
    """The dispatch order (派工单) of one technician and day."""

    technician_id: Id
    """Who."""
    technician: str
    """Name, or empty."""
    day: date
    """Which day."""
    issued_at: Instant | None
    """The present time of the scenario; none: not given."""
    plan_mark: str
    """Eight signs that tell one plan from another."""
    branch: str
    """Name of the technician's branch, else its id."""
    hotline: str
    """The branch's telephone, or empty."""
    means: Means
    """Means of transport."""
    leave_at: Instant
    """Leaving the start place."""
    start_place: PlaceLine
    """Where the day starts."""
    stops: tuple[OrderStop, ...]
    """Jobs in order."""
    restocks: Annotated[tuple[RestockLine, ...], Field(exclude_if=is_unset)] = ()
    """Halts at branches to load parts, in order; absent where there are none."""
    rests: tuple[OrderRest, ...]
    """Rests in order of time."""
    last_departure: Instant
    """Leaving the last job."""
    back_at: Instant
    """Arriving at the end place."""
    end_place: PlaceLine
    """Where the day ends."""
    back_travel_s: Count
    """Seconds of the drive back."""
    back_distance_m: Count
    """Metres of the drive back; what a train or a ship covers is not in it."""
    back_rides: Annotated[tuple[RideLine, ...], Field(exclude_if=is_unset)] = ()
    """Trains and ships on the way back, in order."""
    back_fare_cents: Annotated[Count, Field(exclude_if=is_unset)] = 0
    """Their fares in cents."""
    overtime_s: Count
    """Seconds after the regular end of the shift."""
    woken_at: Annotated[str, Field(exclude_if=is_unset)] = ""
    """The job near which the night before was spent; absent where the day starts as usual."""
    night: Annotated[NightLine | None, Field(exclude_if=is_unset)] = None
    """The night after the day; absent where the technician is back in the evening."""
    load_at: str
    """Branch at which parts are loaded; empty: nothing to load."""
    parts: tuple[PartLine, ...]
    """All parts of the day."""
    tools: tuple[ToolLine, ...]
    """Tools of the day that are not in the everyday kits, the belt and rope that heights ask for included."""
    shared_tools: tuple[ToolLine, ...]
    """Scarce tools to fetch."""
    tools_from: str
    """Branch that issues the scarce tools; empty: none needed."""


class StockLine(Record):
    """A part to take from a branch's shelf."""

    part: str
    """Which part."""
    pieces: Count
    """Pieces to take on this day."""
    before: int
    """Pieces on the shelf before."""
    after: int
    """Pieces on the shelf afterwards."""


class Handout(Record):
    """What one technician leaves the branch with, in the morning or after loading on the way."""

    technician_id: Id
    """Who."""
    technician: str
    """Name, or empty."""
    comes_at: Annotated[Instant | None, Field(exclude_if=is_unset)] = None
    """When the technician begins to load on the way; absent: the day starts here."""
    leave_at: Instant
    """When the technician leaves."""
    parts: tuple[Pieces, ...]
    """Parts in order of their names."""
    shared_tools: tuple[ToolLine, ...]
    """Scarce tools; to be brought back."""
    own_tools: tuple[ToolLine, ...]
    """The technician's own tools that are no everyday ones, to be checked before leaving; nothing is handed out."""


class SharedToolLine(Record):
    """A scarce tool that somebody asks for."""

    tool: str
    """Which tool."""
    technicians: Count
    """How many technicians ask for one."""
    available: Count
    """How many the branch has."""


class PickingList(Record):
    """What leaves a branch's store on one day: in the morning, and to those who load on the way."""

    branch_id: Id
    """Which branch."""
    branch: str
    """Its name, else its id."""
    day: date
    """Which day."""
    plan_mark: str
    """Eight signs that tell one plan from another."""
    parts: tuple[StockLine, ...]
    """Parts in order of their names."""
    shared_tools: tuple[SharedToolLine, ...]
    """Scarce tools in order of their names, where the plan does not say which way they take."""
    tool_issues: tuple[ToolIssue, ...]
    """Scarce tools that leave the branch on this day, in order of time."""
    handouts: tuple[Handout, ...]
    """Who takes what, in the order in which they leave."""


class DispatchOrders(Record):
    """All sheets of a plan."""

    sheets: tuple[OrderSheet, ...]
    """Dispatch orders, by day, then in the plan's order of technicians."""
    picking_lists: tuple[PickingList, ...]
    """Picking lists, by day, then in the scenario's order of branches; none where nothing is handed out or checked."""
