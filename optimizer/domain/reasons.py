"""Reasons: why a plan leaves a job out, slot by slot."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.base import Count, Id, Name, Record
from optimizer.domain.time import Window


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
    ]
    """What is lacking: a further job in the day or week, hours of work, parts, room on the van; then time: it cannot
    be reached at all, its own time has passed, a later stop or the rest would come too late, the day is too short."""
    lack_s: Annotated[int, Field(ge=0)] = 0
    """Seconds lacking at least, where time is lacking."""
    jobs: Count = 0
    """Jobs the technician has that day already, where these are as many as a day allows."""
    code: Name | None = None
    """What fixes the job's own time, where that has passed: ``PINNED``, ``PROMISE``, or none: an agreed window."""
    job_id: Id | None = None
    """The first stop that may be reached too late; none: the end of the day."""
    rests: tuple[Literal["break", "absence"], ...] = ()
    """Kinds of rests that may come too late."""


class Obstacle(Record):
    """What stops a job in one slot of a technician who may do it."""

    technician_id: Id
    """The technician."""
    day: date
    """The day."""
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


class UnservedReason(Record):
    """Why a job is left out.

    A slot is a technician's shift and one agreed window that lies in it; a job without windows has one slot a
    shift. Every slot is looked at: `slots` = the sum of `alone` over `blocks` + `jointly` + `free`.
    """

    job_id: Id
    """The job."""
    sentence: str
    """The main reason in words."""
    no_slot: Literal["nobody_works", "no_common_moment", "pin", "promise", "windows"] | None = None
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
