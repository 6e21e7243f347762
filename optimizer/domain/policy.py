"""The policy: everything a company may set differently, with our defaults."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Minutes, Name, Record
from optimizer.domain.technician import Level, WorkKind
from optimizer.domain.ties import Seat
from optimizer.domain.time import WallClock

Preset = Literal["service-first", "balanced", "economy"]
"""How the plan weighs service against money."""

INSTALLER_KIT = ("brazing torch", "multimeter", "pressure gauge", "thermometer", "hand drill", "safety belt")
REPAIRER_KIT = (
    "gas torch",
    "clamp ammeter",
    "multimeter",
    "refrigerant gauge",
    "tube expander",
    "thermometer",
    "safety belt",
    "spanners",
    "tube cutter",
    "screwdrivers",
)


class JobType(Record):
    """A row of the policy's job table: what this type of work takes."""

    kind: WorkKind
    """What kind of work it is; also the skill asked for (kind, or kind/product)."""
    min_level: Level = 1
    """Least level of that skill."""
    base_min: Annotated[int, Field(ge=1, le=24 * 60)] = 60
    """Minutes on site for the first unit, at level 3."""
    per_unit_min: Minutes = 0
    """Minutes for each further unit."""
    setup_min: Minutes = 0
    """Once per place: parking, walking in."""
    certificates: tuple[Name, ...] = ()
    """Statutory certificates."""
    tools: tuple[Name, ...] = ()
    """Tools needed."""
    parts: dict[Name, Annotated[int, Field(ge=1, le=10_000)]] = {}
    """Parts needed: part → pieces."""
    seats: Annotated[int, Field(ge=1, le=8)] = 1
    """People needed at the same time; one of them leads and has the type's skill."""
    mates: tuple[Seat, ...] = ()
    """What the others must be able to do, in order; who is not named here needs the job's skills too."""


DEFAULT_JOB_TYPES: dict[str, JobType] = {
    "installation": JobType(
        kind="installation",
        base_min=120,
        per_unit_min=90,
        setup_min=5,
        certificates=("welding",),
        tools=("brazing torch", "multimeter", "pressure gauge", "hand drill"),
    ),
    "repair": JobType(
        kind="repair", base_min=60, per_unit_min=40, setup_min=5, tools=("multimeter", "refrigerant gauge")
    ),
    "complaint": JobType(kind="complaint", base_min=45, per_unit_min=20, setup_min=5, tools=("multimeter",)),
    "maintenance": JobType(
        kind="maintenance", base_min=40, per_unit_min=25, setup_min=5, tools=("multimeter",)
    ),
    "survey": JobType(kind="survey", base_min=30, setup_min=5),
}


class Desk(Record):
    """The people who call, answer and write; desk clocks run and desk tasks are planned in their hours."""

    opens: WallClock = time(9)
    """First call, local time of every working day."""
    closes: WallClock = time(18)
    """End of the last call, local time, at least one task's minutes after `opens`."""
    people: Annotated[int, Field(ge=1, le=1000)] = 2
    """How many work side by side."""
    task_min: Annotated[int, Field(ge=1, le=240)] = 5
    """Minutes a task takes."""
    call_before_min: Minutes = 30
    """So long before arriving a technician calls the customer; printed on the dispatch order."""

    @model_validator(mode="after")
    def _open(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError("the desk closes before it opens; give hours within one day")
        open_for = datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)
        if open_for < timedelta(minutes=self.task_min):
            raise ValueError("the desk closes before one task is done; open it longer or shorten task_min")
        return self


class Policy(Record):
    """A company's rules and prices."""

    preset: Preset = "service-first"
    """How the plan weighs service against money."""
    job_types: dict[Name, JobType] = DEFAULT_JOB_TYPES
    """The job table; a given table replaces the default one."""
    kits: dict[Name, tuple[Name, ...]] = {"installer": INSTALLER_KIT, "repairer": REPAIRER_KIT}
    """Tool kits; a given table replaces the default one."""
    desk: Desk = Desk()
    """Who calls and answers, and when."""
    rules: dict[Name, dict[Name, Any]] = {}
    """Rule code → parameter → value, where it differs from the preset; `paigong rules` lists them."""
