"""What a variant of a study changes: one record for each kind of change.

What a change does to a scenario stands in `optimizer/whatif/variants`, one file for each kind.
"""

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, model_validator

from optimizer.domain.base import Cents, Id, Name, Record
from optimizer.domain.branch import Branch
from optimizer.domain.policy import Preset
from optimizer.domain.technician import Level, Means
from optimizer.domain.time import WallClock

MAX_PEOPLE = 200
"""A change adds or takes away so many people at most."""

Weekday = Annotated[int, Field(ge=1, le=7)]
"""ISO weekday: 1 Monday, 7 Sunday."""

Pieces = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
"""A number of pieces that are added, or below 0 taken away."""


class Hours(Record):
    """The regular hours of a shift."""

    start: WallClock
    """Earliest leaving, local time."""
    end: WallClock
    """Regular end, local time; not after `start`: on the next day."""


class Who(Record):
    """People: all who fit everything that is said here. Who is lent by another branch is never meant."""

    technician_ids: tuple[Id, ...] = ()
    """These; empty: anybody."""
    branch_ids: tuple[Id, ...] = ()
    """People of these branches; empty: of any."""
    skills: dict[Name, Level] = {}
    """People with all these skills: skill → least level."""
    least_level: Level | None = None
    """People of this general proficiency at least; none: of any."""
    certificates: tuple[Name, ...] = ()
    """People who hold all these certificates, valid on the first planned day."""
    hours: Hours | None = None
    """People whose shifts on the planned days all have these regular hours; none: any."""
    count: Annotated[int, Field(ge=1, le=2_000)] | None = None
    """So many of them, the first in the scenario's order; who are taken away: the last. None: all of them."""

    @property
    def says_nothing(self) -> bool:
        """Whether everybody is meant."""
        return self == EVERYBODY


EVERYBODY = Who()
"""All technicians, but those who are lent."""


class AddStaff(Record):
    """More people: like a technician there is, or as described."""

    kind: Literal["add_staff"]
    """Which change."""
    count: Annotated[int, Field(ge=1, le=MAX_PEOPLE)] = 1
    """How many."""
    like: Id | None = None
    """They are like this technician where nothing else is said; none: give `branch_id` and `skills`."""
    branch_id: Id | None = None
    """Their branch, where their day starts and ends then; none: as `like`."""
    skills: dict[Name, Level] | None = None
    """All their skills; none: as `like`."""
    level: Level | None = None
    """General proficiency; none: as `like`, else 3."""
    certificates: tuple[Name, ...] | None = None
    """All their certificates, without end; none: as `like`, else no certificate."""
    kits: tuple[Name, ...] | None = None
    """Their tool kits; none: as `like`, else every kit of the policy."""
    means: Means | None = None
    """Means of transport; none: as `like`, else by car."""
    hours: Hours | None = None
    """Regular hours of all their shifts; none: as `like`, else the policy's usual shift."""
    wage_cents_per_hour: Cents | None = None
    """Regular wage; none: as `like`, else the policy's rate."""

    @model_validator(mode="after")
    def _described(self) -> Self:
        if self.like is None and (self.branch_id is None or not self.skills):
            raise ValueError("it does not say who comes; give like, or branch_id and skills")
        return self


class RemoveStaff(Record):
    """Fewer people."""

    kind: Literal["remove_staff"]
    """Which change."""
    who: Who
    """Who goes: of those who fit the last in the scenario's order, everybody who fits if no count is given."""

    @model_validator(mode="after")
    def _names_some(self) -> Self:
        if self.who.says_nothing:
            raise ValueError("everybody would go; say who, or how many in count")
        return self


class Train(Record):
    """Cross-training: people learn skills."""

    kind: Literal["train"]
    """Which change."""
    who: Who = EVERYBODY
    """Who is trained."""
    skills: Annotated[dict[Name, Level], Field(min_length=1)]
    """Skill → level afterwards; who was better stays so."""
    kits: tuple[Name, ...] = ()
    """Tool kits they get for the new work."""


class Certify(Record):
    """People get certificates."""

    kind: Literal["certify"]
    """Which change."""
    who: Who = EVERYBODY
    """Who gets them."""
    certificates: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Which, valid without end from then on."""


class ShiftTimes(Record):
    """Shifts begin or end at other times."""

    kind: Literal["shift_times"]
    """Which change."""
    who: Who = EVERYBODY
    """Whose shifts."""
    start: WallClock | None = None
    """Their start, local time; none: as before."""
    end: WallClock | None = None
    """Their regular end, local time; none: as before."""
    weekdays: tuple[Weekday, ...] = ()
    """Only on these ISO weekdays; empty: on all."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.start is None and self.end is None:
            raise ValueError("no time is given; give start, end or both")
        return self


class OvertimeLimit(Record):
    """Another limit of overtime a day."""

    kind: Literal["overtime_limit"]
    """Which change."""
    who: Who = EVERYBODY
    """Whose limit."""
    minutes: Annotated[int, Field(ge=0, le=480)]
    """Minutes beyond the regular end at most."""


class OnCall(Record):
    """People are on call: nothing is planned for them in the morning, and they may be called in later."""

    kind: Literal["on_call"]
    """Which change."""
    who: Who
    """Who; people who are added first can be named as well."""

    @model_validator(mode="after")
    def _names_some(self) -> Self:
        if self.who.says_nothing:
            raise ValueError("everybody would be on call; say who, or how many in count")
        return self


class PartTime(Record):
    """People work on some weekdays only, or shorter days."""

    kind: Literal["part_time"]
    """Which change."""
    who: Who
    """Who; people who are added first can be named as well."""
    weekdays: tuple[Weekday, ...] = ()
    """They work on these ISO weekdays only; empty: on all their days."""
    hours: Hours | None = None
    """Regular hours on these days; none: as before."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.weekdays and self.hours is None:
            raise ValueError("it does not say when they work; give weekdays, hours or both")
        return self


class ServiceRadius(Record):
    """Another service radius of branches."""

    kind: Literal["service_radius"]
    """Which change."""
    branch_ids: tuple[Id, ...] = ()
    """Which branches; empty: all."""
    radius_km: Annotated[float, Field(gt=0, le=2000)]
    """Great-circle radius in km inside which the 24 h arrival clock runs."""


class OpenBranch(Record):
    """A branch more."""

    kind: Literal["open_branch"]
    """Which change."""
    branch: Branch
    """The new branch, with its stock and tools."""
    technician_ids: tuple[Id, ...] = ()
    """Who moves there from other branches."""


class CloseBranch(Record):
    """A branch less."""

    kind: Literal["close_branch"]
    """Which change."""
    branch_id: Id
    """Which."""
    people_to: Id
    """The branch that takes over its people, stock, tools, bench and the jobs in its charge."""


class ToolStock(Record):
    """More or fewer pieces of a shared tool."""

    kind: Literal["tool_stock"]
    """Which change."""
    tool: Name
    """Which tool."""
    branch_ids: tuple[Id, ...] = ()
    """At which branches, each; empty: at all."""
    more: Pieces
    """Pieces more; below 0: fewer."""


class PartStock(Record):
    """More or fewer pieces of a spare part on the shelves."""

    kind: Literal["part_stock"]
    """Which change."""
    part: Name
    """Which part."""
    branch_ids: tuple[Id, ...] = ()
    """At which branches, each; empty: at all."""
    more: Pieces
    """Pieces more; below 0: fewer."""


class Demand(Record):
    """More or less demand."""

    kind: Literal["demand"]
    """Which change."""
    factor: Annotated[float, Field(ge=0, le=10)]
    """Jobs asked for, in multiples of the demand without this change."""
    types: tuple[Name, ...] = ()
    """Only of these job types; empty: of all."""
    areas: tuple[Name, ...] = ()
    """Only in these areas; empty: in all."""


class Windows(Record):
    """Longer or shorter appointment windows for the jobs that come in."""

    kind: Literal["windows"]
    """Which change."""
    minutes: Annotated[int, Field(ge=15, le=24 * 60)]
    """Length of the windows in minutes, whatever it was; they keep their middle as far as the day allows."""
    types: tuple[Name, ...] = ()
    """Only for these job types; empty: for all."""


class UsePreset(Record):
    """Another preset of the policy."""

    kind: Literal["preset"]
    """Which change."""
    preset: Preset
    """How the plan weighs service against money."""


class Price(Record):
    """Another price, or another parameter of a rule."""

    kind: Literal["price"]
    """Which change."""
    rule: Name
    """The rule's code, e.g. ``OVERTIME``; `paigong rules` lists them."""
    values: Annotated[dict[Name, Any], Field(min_length=1)]
    """Parameter → value."""


Patch = Annotated[
    AddStaff
    | RemoveStaff
    | Train
    | Certify
    | ShiftTimes
    | OvertimeLimit
    | OnCall
    | PartTime
    | ServiceRadius
    | OpenBranch
    | CloseBranch
    | ToolStock
    | PartStock
    | Demand
    | Windows
    | UsePreset
    | Price,
    Field(discriminator="kind"),
]
"""A change of any kind."""

PATCHES: tuple[type[Record], ...] = get_args(get_args(Patch)[0])
"""The kinds of changes."""
