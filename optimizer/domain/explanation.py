"""Explanations: what would have to change, what it would cost, and the days of a checked plan that prove it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.assessment import Finding
from optimizer.domain.base import Count, Id, Name, Record, is_unset
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.reasons import Block, UnservedReason
from optimizer.domain.time import Instant, Window

ChangeKind = Literal[
    "serve",
    "move",
    "part",
    "tool",
    "territory",
    "window",
    "overtime",
    "certificate",
    "gap",
    "anyone",
    "shared_tool",
    "helper",
    "leave_out",
]
"""What is changed: nothing but the plan itself (``serve``, ``move``), one fact of the scenario (also the longest gap
after another job, who may do it, one more piece of a shared tool, one more person for a crew), or one job less."""


class Widening(Record):
    """How a territory is widened so that it takes a job in."""

    any_area: bool = False
    """Every area is served."""
    area: Name | None = None
    """This area is served as well."""
    branch_id: Id | None = None
    """Jobs of this branch are served as well."""
    radius_km: float | None = None
    """The personal radius becomes so many kilometres."""


class Way(Record):
    """One change and what it does; the plan with it has passed the independent checker."""

    kind: ChangeKind
    """What is changed."""
    job_id: Id
    """The job that is served, served at another place, or left out."""
    technician_id: Id
    """Who serves it then, or served it before."""
    day: date
    """On which day."""
    after: Id | None = None
    """The stop before it; none: it is the first."""
    start: Instant | None = None
    """When its service starts then; none: it is left out."""
    minutes: Count = 0
    """Minutes of overtime granted in addition."""
    limit_min: Count = 0
    """The overtime limit in minutes that comes of it."""
    window: Window | None = None
    """Another window to agree on with the customer."""
    names: tuple[Name, ...] = ()
    """Tools lent, certificates, or what the territory is widened by."""
    territory: Widening | None = None
    """How the territory is widened, where it is."""
    parts: dict[Name, Count] = {}
    """Parts to fetch: part → pieces."""
    branch_id: Id | None = None
    """The branch they go to; none: the technician's van."""
    along: Annotated[tuple[Id, ...], Field(exclude_if=is_unset)] = ()
    """Who comes along, in the order of their places in the crew; absent where the job is for one."""
    granted_to: Annotated[Id | None, Field(exclude_if=is_unset)] = None
    """Whom the change is for, where that is not who serves the job or leads its crew; else absent."""
    tied_to: Annotated[tuple[Id, ...], Field(exclude_if=is_unset)] = ()
    """Jobs to which a tie is loosened; else absent."""
    nights: Annotated[int, Field(exclude_if=is_unset)] = 0
    """How the number of nights away changes; absent where it does not."""
    left_out: tuple[Id, ...] = ()
    """Jobs that are left out for it."""
    taken_in: tuple[Id, ...] = ()
    """Further jobs that are served then and are left out in the plan."""
    weight: int
    """How the unserved priority weight changes; below 0: less is left out."""
    cents: int
    """How the bill changes, in whole cents; below 0: it falls."""
    sentence: str
    """The change in words."""
    days: tuple[ShiftPlan, ...]
    """The days that are not as before in the plan with the change."""


class Forced(Record):
    """The cheapest way to put a job in against what stands in the way, all other stops kept in order."""

    technician_id: Id
    """Who would serve it."""
    day: date
    """On which day."""
    after: Id | None
    """The stop before it; none: it would be the first."""
    start: Instant
    """When its service would start."""
    cents: int
    """How the bill would change, in whole cents."""
    findings: tuple[Finding, ...]
    """The hard rules it would break, with the amounts; none: it is only not worth it."""
    sentence: str
    """In words."""


class ButFor(Record):
    """Who would have time for a job and is stopped by one rule alone that no single change is there for."""

    code: Name
    """The rule."""
    technician_ids: tuple[Id, ...]
    """Some of those whom nothing else stops."""


class LeftOut(Record):
    """Why a job is left out, what it would break by force, and the smallest change that helps."""

    reason: UnservedReason
    """Every slot and what stops the job there."""
    forced: Forced | None
    """The cheapest insertion by force; none: no timing of any kind has it, or the job is tied to others."""
    fix: Way | None
    """The single change that adds least to the bill; none: no single change suffices."""
    shifts: Count = 0
    """Shifts that were tried."""
    places: Count = 0
    """Places in their orders of stops that were tried."""
    but_for: tuple[ButFor, ...] = ()
    """Who would have time for it but for one rule, where no single change suffices."""
    tied: Annotated[bool, Field(exclude_if=is_unset)] = False
    """Whether it takes several visits or is tied to other jobs; absent where not."""
    proof: str
    """What was looked at, in words."""


class WhyNot(Record):
    """What it would mean to let a certain technician do a job."""

    job_id: Id
    """The job."""
    technician_id: Id
    """The technician asked for."""
    now_with: Id | None
    """Who does it in the plan; none: nobody."""
    possible: bool = True
    """Whether the technician could take it as the plan stands, all other stops kept in order."""
    way: Way | None
    """The cheapest way, all other stops in order; where it is not possible, the cheapest change or jobs left out."""
    better: Way | None = None
    """What a short search makes of it, the job kept with that technician; none: nothing better."""
    slots: Count = 0
    """Slots of that technician, where it is impossible as the plan stands."""
    blocks: tuple[Block, ...] = ()
    """What stops the job in them."""
    sentence: str
    """The answer in words."""


class LateReason(Record):
    """Why a clock of a served job is missed, and how it could be met."""

    job_id: Id
    """The job."""
    code: Name
    """The clock's rule."""
    label: str = ""
    """Which of the rule's clocks."""
    due: Instant
    """When it should have happened."""
    at: Instant
    """When it happens."""
    late_s: Annotated[int, Field(ge=0)]
    """Seconds late."""
    before: tuple[Id, ...]
    """The stops before it on that day, in order."""
    way: Way | None
    """The cheapest way to be in time; none: no single move, even with one lesser job left out, is."""
    earliest: Instant | None
    """When somebody could be there at the earliest if it came first; none: nobody may do it."""
    sentence: str
    """In words."""


class OvertimeReason(Record):
    """Why a day is longer than the shift, and how that could be avoided."""

    technician_id: Id
    """Who."""
    day: date
    """The day."""
    overtime_s: Annotated[int, Field(ge=0)]
    """Seconds after the regular end at which the end place is reached."""
    job_ids: tuple[Id, ...]
    """The stops that end after the regular end; none: only the way back does."""
    way: Way | None
    """The cheapest way to be back in time; none: no single move and no single job left out is enough."""
    sentence: str
    """In words."""
