"""Reasons: why a plan leaves a job out, slot by slot."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.base import Count, Id, Name, Record, is_unset
from optimizer.domain.technician import Means
from optimizer.domain.time import Instant, Window


class Shortfall(Record):
    """One thing a technician lacks to take a job in a slot, with the amount."""

    kind: Literal[
        "jobs_a_day",
        "jobs_a_week",
        "hours",
        "parts",
        "load",
        "unreachable",
        "own_window",
        "later_stop",
        "rest",
        "time",
        "nobody_along",
        "seat",
        "cover",
        "no_tool",
        "tool_out",
        "left_out_before",
        "after",
        "gap",
        "apart",
        "days",
        "together",
        "tied_stop",
        "trip",
    ]
    """What is lacking: a further job in the day or week, hours of work, parts, room on the van; then time: it cannot
    be reached at all, its own time has passed, a later stop or the rest would come too late, the day is too short.
    Then what ties it to others: enough people at the same time, anybody for one place in the crew, something the crew
    has to have between them, a shared tool that the branch does not have or that is out; a job that comes before it is
    left out, is not done yet, or was done too long ago; another visit to the customer is under way; days for its
    later parts; or all of that at one and the same time; or others would be late who are tied to a later
    stop. And last: the technician is away on a trip, or rests after it."""
    lack_s: Annotated[int, Field(ge=0)] = 0
    """Seconds lacking at least, where time is lacking."""
    jobs: Count = 0
    """Jobs the technician has that day already, where these are as many as a day allows."""
    code: Name | None = None
    """What fixes the job's own time, where that has passed: ``PINNED``, ``APPROVED``, ``PROMISE``, or none: an
    agreed window."""
    job_id: Id | None = None
    """The first stop that may be reached too late; none: the end of the day."""
    rests: tuple[Literal["break", "absence", "night"], ...] = ()
    """Kinds of rests that may come too late; on a trip the nights are among them."""
    seat: Annotated[Count, Field(exclude_if=is_unset)] = 0
    """The place in the crew that nobody can take; absent from a file where it is 0."""
    able: Annotated[tuple[Id, ...], Field(exclude_if=is_unset)] = ()
    """Who may take that place, or who else may lead; absent from a file where it is empty."""
    names: Annotated[tuple[Name, ...], Field(exclude_if=is_unset)] = ()
    """The shared tool, or what nobody in the crew has; absent from a file where it is empty."""
    count: Annotated[Count, Field(exclude_if=is_unset)] = 0
    """People, pieces or days that are needed; absent from a file where it is 0."""
    at: Annotated[Instant | None, Field(exclude_if=is_unset)] = None
    """The first moment after that at which somebody, a piece or the job before it would be free; none: never that
    day. Absent from a file where it is none."""
    first_day: Annotated[date | None, Field(exclude_if=is_unset)] = None
    """The first day of the trip on which somebody is; absent from a file where there is none."""
    last_day: Annotated[date | None, Field(exclude_if=is_unset)] = None
    """The last day of that trip; absent from a file where there is none."""


class Obstacle(Record):
    """What stops a job in one slot of a technician who may do it."""

    technician_id: Id
    """The technician."""
    day: date
    """The day, of a trip the first one."""
    until: Annotated[date | None, Field(exclude_if=is_unset)] = None
    """The last day of a trip; absent from a file where it is one day."""
    window: Window | None = None
    """The agreed window; none: any time of the shift."""
    codes: tuple[Name, ...]
    """The rules that stop it, each by itself; empty: the job could simply be put in."""
    over_min: float | None = None
    """Minutes lacking at least: at the best place in the order of stops, where time is lacking."""
    cents: int | None = None
    """What the cheapest insertion adds to the bill, where there is room."""
    unserved_cents: int | None = None
    """What leaving the job out costs, where that is less."""
    shortfalls: tuple[Shortfall, ...] = ()
    """What is lacking, with the amounts; empty: there is room."""
    sentence: str
    """In words."""


class RuledOut(Record):
    """Technicians who may not do a job on a day, all for the same reasons."""

    day: date
    """The day."""
    technician_ids: tuple[Id, ...]
    """The technicians."""
    codes: tuple[Name, ...]
    """The rules that forbid it."""


class Block(Record):
    """How often one rule stops a job.

    What time lacks is looked at in the place of the day where least is lacking, and the first lack there counts.
    So a rule of time that stops a slot `alone` may not be all that would be broken by force.
    """

    code: Name
    """The rule."""
    alone: Count
    """Slots that nothing else stops."""
    jointly: Count
    """Slots that other rules stop as well."""
    names: tuple[Name, ...] = ()
    """What is missing in all these slots: skills with their least level (``repair ≥ 3``), certificates, tools or parts;
    empty: it is not the same in all of them, or the rule is about something else."""


class SeatReason(Record):
    """Who may take one place in the crew of a job."""

    seat: Count
    """Which place, 0 leads."""
    technician_ids: tuple[Id, ...] = ()
    """Some of those who may."""
    count: Count = 0
    """How many may."""


class StayingOut(Record):
    """Whether somebody could do a far job who stays out overnight, or who goes by other means than usual."""

    far_s: Count = 0
    """Seconds that the way there and back and the work take at least, where nobody's day is that long; else 0."""
    looked_at: bool = True
    """Whether trips were looked at; they are not for a job that is tied to others."""
    trips: Count = 0
    """Trips that somebody who may do the job could make."""
    busy: Count = 0
    """Those of them on whose days that technician has other work, or rests."""
    technician_id: Id | None = None
    """Who could make the cheapest one; none: no trip has room."""
    day: date | None = None
    """Its first day."""
    until: date | None = None
    """Its last day."""
    means: Means | None = None
    """By which means of transport."""
    cents: int = 0
    """What it adds to the bill."""
    unserved_cents: int = 0
    """What leaving the job out costs."""


class UnservedReason(Record):
    """Why a job is left out.

    A slot is a technician's shift and one agreed window that lies in it; a job without windows has one slot a
    shift. Every slot is looked at: `slots` = the sum of `alone` over `blocks` + `jointly` + `free`.
    """

    job_id: Id
    """The job."""
    sentence: str
    """The main reason in words."""
    no_slot: Literal["nobody_works", "no_common_moment", "pin", "approval", "promise", "windows"] | None = (
        None
    )
    """Why there is no slot at all: nobody works; pin, promise and windows contradict each other; or the pinned start,
    the promised time or the agreed windows lie in nobody's shift. None: there are slots."""
    slots: Count = 0
    """Slots there are."""
    shifts: Count = 0
    """Shifts they lie in."""
    jointly: Count = 0
    """Slots that several rules stop at once."""
    free: Count = 0
    """Slots that nothing stops: the plan could simply be made better."""
    blocks: tuple[Block, ...] = ()
    """The rules that stop it, the most frequent first."""
    obstacles: tuple[Obstacle, ...]
    """One for each slot of those who may do the job."""
    ruled_out: tuple[RuledOut, ...] = ()
    """Everybody else: who may not do it, and where no agreed window lies in the shift."""
    seats: Annotated[tuple[SeatReason, ...], Field(exclude_if=is_unset)] = ()
    """Of a job for several people: who may take each place; its slots are those of who leads. Absent from a file for
    all other jobs."""
    after: Annotated[tuple[Id, ...], Field(exclude_if=is_unset)] = ()
    """Jobs that must come before it and are left out as well; absent from a file where there are none."""
    out: Annotated[StayingOut | None, Field(exclude_if=is_unset)] = None
    """Whether a trip would help; absent from a file where nobody may make one, or there is nothing to say."""
    days: Annotated[Count, Field(exclude_if=is_unset)] = 0
    """Of a job that no shift can hold: on how many days it would have to be done, more than there are shifts on.
    Absent from a file for all others."""
