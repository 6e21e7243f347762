"""What commands print with ``--json``: one document each, whose fields are documented here and in the domain.

`paigong schema NAME` prints the JSON Schema of each; `DOCUMENTS` is the table of contents.
"""

from datetime import date
from typing import Any, Final, Literal

from optimizer.cli.report import ErrorReport
from optimizer.dispatch_orders.records import DispatchOrders
from optimizer.domain.answers import Explanation
from optimizer.domain.assessment import Bill, ClockState, DeskTask, Finding, Kpis
from optimizer.domain.base import Count, Id, Name, Record
from optimizer.domain.day_report import DayReport
from optimizer.domain.day_script import DayScript
from optimizer.domain.document import PlanDocument
from optimizer.domain.event import Events
from optimizer.domain.offer import OfferList, SuitabilityList
from optimizer.domain.orders import Orders
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.plan_diff import PlanDiff
from optimizer.domain.policy import Preset
from optimizer.domain.proposal import Proposals
from optimizer.domain.study import Study
from optimizer.domain.study_result import StudyResult
from optimizer.domain.technician import Means
from optimizer.domain.travel import SpeedProfile
from optimizer.interchange.hhcrsp.instance import Instance
from optimizer.interchange.hhcrsp.records import HhcrspAnswer
from optimizer.policy_words import PolicyWords


class CheckReport(Record):
    """What `paigong check --json` prints; with ``--retime`` there are also the times that were set."""

    findings: tuple[Finding, ...]
    """Broken hard rules, with amounts; empty: every rule is kept."""
    differences: tuple[str, ...] = ()
    """Where the figures in the file are not the plan's; empty: they are right."""
    bill_in_file_is_right: bool | None = None
    """Whether the file's bill is the plan's; none: the plan belongs to another scenario."""
    total_cents: int | None = None
    """What the plan owes in whole cents; none: the plan belongs to another scenario."""
    bill: Bill | None = None
    """The bill, with ``--retime``."""
    clocks: tuple[ClockState, ...] = ()
    """How the clocks stand, with ``--retime``."""
    desk: tuple[DeskTask, ...] = ()
    """What the desk has to do, with ``--retime``."""
    kpis: Kpis | None = None
    """Key figures, with ``--retime``."""
    shifts: tuple[ShiftPlan, ...] = ()
    """The orders with their times, with ``--retime``."""
    unserved: tuple[Id, ...] = ()
    """Jobs in nobody's order, with ``--retime``."""


class Validated(Record):
    """What `paigong validate --json` prints of a scenario that is fine."""

    scenario: Name
    """Name of the scenario."""
    first_day: date
    """First planned day."""
    days: Count
    """Planned days."""
    branches: Count
    """Number of branches."""
    technicians: Count
    """Number of technicians."""
    jobs: Count
    """Number of jobs."""
    notes: tuple[str, ...]
    """What is worth knowing but is no mistake."""


class RuleSource(Record):
    """Where a rule is written."""

    document: str
    """Number of the document, or ``assumption``."""
    section: str
    """Chapter and article."""


class RuleParameter(Record):
    """A number or word of a rule that a policy may set."""

    value: Any
    """Its value under the preset."""
    meaning: str
    """What it means, with its unit."""


class RuleEntry(Record):
    """One rule of the book."""

    code: Name
    """Permanent code."""
    title: str
    """The rule in one sentence."""
    section: Literal["who", "when", "clock", "price"]
    """Chapter of the rule book."""
    hard: bool
    """Never broken in a plan; others are priced."""
    source: tuple[RuleSource, ...]
    """Where it is written."""
    parameters: dict[Name, RuleParameter]
    """Parameters by name."""


class RulePages(Record):
    """What `paigong rules --json` prints."""

    preset: Preset
    """The preset whose values are shown."""
    rules: tuple[RuleEntry, ...]
    """The rules, in the order of the book."""


class SettingEntry(Record):
    """One setting of the installation."""

    variable: str
    """Environment variable."""
    meaning: str
    """What it does."""
    default: str
    """Value where nothing is set; empty: none."""
    value: str
    """Value now; secrets are hidden."""
    is_set: bool
    """Whether the environment sets it."""


class SettingsList(Record):
    """What `paigong settings --json` prints."""

    settings: tuple[SettingEntry, ...]
    """Every setting."""


class ErrorsOfTimes(Record):
    """How far predicted driving times are off those observed, in minutes."""

    trips: Count
    """Trips compared."""
    median_min: float
    """Half of the trips are off by at most this much."""
    p90_min: float
    """Nine of ten trips are off by at most this much."""
    bias_min: float
    """Predicted less observed, in the middle: above 0 too slow, below 0 too fast."""


class BandErrors(Record):
    """The errors in one length band."""

    up_to_km: float
    """The band's upper end in km."""
    before: ErrorsOfTimes
    """With the speeds as they were."""
    after: ErrorsOfTimes
    """With the fitted speeds."""


class FittedBand(Record):
    """What became of a speed band."""

    up_to_km: float
    """The band's upper end in km."""
    trips: Count
    """Trips that say something about its speed."""
    fitted: bool
    """Whether there were enough; otherwise the speed is as before, or as its neighbours need it."""


class MeansFit(Record):
    """Speeds of one means of transport, fitted to trips or given by hour."""

    means: Means
    """The means of transport."""
    observations: Count
    """Trips, or observed speeds."""
    held_out_before: ErrorsOfTimes | None
    """Errors with the speeds as they were, by trips that were kept aside; none: too few, or speeds were given."""
    held_out_after: ErrorsOfTimes | None
    """Errors on the same trips with speeds fitted to all other trips."""
    held_out_by_band: tuple[BandErrors, ...]
    """The same by length band."""
    detour_trips: Count | None
    """Trips with a known length, by which the detour was fitted; none: speeds were given."""
    bands: tuple[FittedBand, ...] | None
    """What became of each speed band; none: speeds were given."""
    trips_by_hour: tuple[Count, ...] | None
    """Trips by hour of departure; none: speeds were given."""
    profile: SpeedProfile
    """The new speeds."""


class Calibration(Record):
    """What `paigong calibrate --json` prints."""

    fits: tuple[MeansFit, ...]
    """One for each means of transport."""


DOCUMENTS: Final[dict[str, type[Record]]] = {
    "plan": PlanDocument,
    "orders": Orders,
    "events": Events,
    "day-script": DayScript,
    "day-report": DayReport,
    "study": Study,
    "study-result": StudyResult,
    "check": CheckReport,
    "explain": Explanation,
    "offer": OfferList,
    "offer-technicians": SuitabilityList,
    "diff": PlanDiff,
    "proposals": Proposals,
    "policy": PolicyWords,
    "dispatch-orders": DispatchOrders,
    "rules": RulePages,
    "validate": Validated,
    "settings": SettingsList,
    "calibrate": Calibration,
    "hhcrsp-instance": Instance,
    "hhcrsp": HhcrspAnswer,
    "errors": ErrorReport,
}
"""Every document by the name under which `paigong schema` prints its format, beside that of a scenario."""
