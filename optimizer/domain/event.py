"""Events: what happens in the course of a day, as the dispatcher hears of it.

Each has its moment: when it happened, or when it was reported. What was heard before `at` of the plan's making stands
in the scenario already.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Count, Id, Name, Record
from optimizer.domain.job import Job
from optimizer.domain.slow_area import SlowArea
from optimizer.domain.time import Instant, WallClock, Window


class _Event(Record):
    """The parent of all events."""

    at: Instant
    """When it happened, or was reported."""


class _OfTechnician(_Event):
    """The parent of events that happen to a technician."""

    technician_id: Id
    """Who."""


class _OfJob(_Event):
    """The parent of events that happen to a job."""

    job_id: Id
    """Which job."""


class CallOff(_OfTechnician):
    """Somebody drops out: for the rest of the day, for some hours, or for whole days to come."""

    kind: Literal["call_off"]
    """Which event."""
    away_from: WallClock | None = None
    """Away from this local time of the day on; none: at once, or from the shift's start if it has not begun."""
    back_at: WallClock | None = None
    """Back at this local time; none: not on that day."""
    last_day: date | None = None
    """Last day away, where it is more than the day of `at`."""
    approved: bool = False
    """Leave that was approved, or illness; who reports another absence in time stays on call."""
    reason: str = ""
    """Why, in a few words."""

    @model_validator(mode="after")
    def _one_or_many(self) -> Self:
        if self.last_day is not None and self.back_at is not None:
            raise ValueError("who is back on the same day is not away for days; drop back_at or last_day")
        return self


class NoShow(_OfTechnician):
    """Somebody has not appeared."""

    kind: Literal["no_show"]
    """Which event."""


class LateStart(_OfTechnician):
    """Somebody begins the day later."""

    kind: Literal["late_start"]
    """Which event."""
    start: WallClock
    """Local time from which on the technician works."""


class Back(_OfTechnician):
    """Somebody who was away works again, from `at` on."""

    kind: Literal["back"]
    """Which event."""


class OrderRefused(_OfTechnician):
    """Somebody refuses an order."""

    kind: Literal["order_refused"]
    """Which event."""
    job_id: Id
    """The order that was refused."""
    suspended_days: Annotated[int, Field(ge=1, le=60)] = 3
    """Days under suspension, this one included."""


class NewJob(_Event):
    """A customer calls: a repair, an emergency, a strong complaint."""

    kind: Literal["new_job"]
    """Which event."""
    job: Job
    """The job."""


class SolvedRemotely(_OfJob):
    """The customer could be helped without a visit."""

    kind: Literal["solved_remotely"]
    """Which event."""


class Cancelled(_OfJob):
    """The customer does not want the visit any more."""

    kind: Literal["cancelled"]
    """Which event."""


class Postponed(_OfJob):
    """The customer asks for another time: the order is given back with the new wish."""

    kind: Literal["postponed"]
    """Which event."""
    windows: Annotated[tuple[Window, ...], Field(min_length=1)]
    """When the customer wants the visit instead."""


class Contacted(_OfJob):
    """The technician called the customer."""

    kind: Literal["contacted"]
    """Which event."""
    reached: bool = True
    """Whether somebody answered."""


class OnTheWay(_OfJob):
    """A technician has set out for the job."""

    kind: Literal["on_the_way"]
    """Which event."""
    technician_id: Id | None = None
    """Who; none: all who are planned for it."""


class Arrived(_OfJob):
    """A technician is there."""

    kind: Literal["arrived"]
    """Which event."""
    technician_id: Id | None = None
    """Who; none: all who are planned for it."""


class Started(_OfJob):
    """Work has begun."""

    kind: Literal["started"]
    """Which event."""


class Overrun(_OfJob):
    """Work takes longer than planned; also what the check at three quarters of its time has found."""

    kind: Literal["overrun"]
    """Which event."""
    ends_at: Instant
    """When it is expected to be done now."""


class Finished(_OfJob):
    """The job is done."""

    kind: Literal["finished"]
    """Which event."""


class NoAccess(_OfJob):
    """Nobody opened; a second visit follows."""

    kind: Literal["no_access"]
    """Which event."""
    windows: tuple[Window, ...] = ()
    """When the customer wants the second visit; none: any time."""


class SiteNotReady(_OfJob):
    """Power supply, consent or signatures are missing: the job waits until they are there."""

    kind: Literal["site_not_ready"]
    """Which event."""
    lacks: Annotated[
        tuple[Literal["power_supply_fit", "property_consent", "confirmations_signed"], ...],
        Field(min_length=1),
    ]
    """What is missing."""


class SiteReady(_OfJob):
    """What a site lacked is there now."""

    kind: Literal["site_ready"]
    """Which event."""


class PartMissing(_OfJob):
    """A part turned out to be needed and is not along; a second visit follows."""

    kind: Literal["part_missing"]
    """Which event."""
    parts: Annotated[dict[Name, Count], Field(min_length=1)]
    """What the second visit needs: part → pieces."""
    windows: tuple[Window, ...] = ()
    """When the customer wants the second visit; none: any time."""


class ToolMissing(_OfJob):
    """A tool is missing or broke; a second visit follows, and its technician lacks it until it is replaced."""

    kind: Literal["tool_missing"]
    """Which event."""
    tools: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Which."""
    windows: tuple[Window, ...] = ()
    """When the customer wants the second visit; none: any time."""


class ToolReplaced(_OfTechnician):
    """Somebody has all tools again."""

    kind: Literal["tool_replaced"]
    """Which event."""


class PartArrived(_Event):
    """Parts came in at a branch."""

    kind: Literal["part_arrived"]
    """Which event."""
    branch_id: Id
    """Where."""
    parts: Annotated[dict[Name, Count], Field(min_length=1)]
    """What: part → pieces."""


class SlowTraffic(_Event):
    """Traffic is slow in a district: a jam, a storm, road works."""

    kind: Literal["slow_traffic"]
    """Which event."""
    area: SlowArea
    """Where, from when to when and how slow; one of the same name that is known already is replaced."""


Event = Annotated[
    CallOff
    | NoShow
    | LateStart
    | Back
    | OrderRefused
    | NewJob
    | SolvedRemotely
    | Cancelled
    | Postponed
    | Contacted
    | OnTheWay
    | Arrived
    | Started
    | Overrun
    | Finished
    | NoAccess
    | SiteNotReady
    | SiteReady
    | PartMissing
    | ToolMissing
    | ToolReplaced
    | PartArrived
    | SlowTraffic,
    Field(discriminator="kind"),
]
"""Any of them."""


class Events(Record):
    """What has happened on a day, in any order."""

    format: Literal["paigong-events-1"] = "paigong-events-1"
    """Name and version of this format."""
    events: tuple[Event, ...]
    """What happened."""
