"""Reasons: why a plan leaves a job out, slot by slot."""

from datetime import date

from optimizer.domain.base import Count, Id, Name, Record
from optimizer.domain.time import Window


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


class UnservedReason(Record):
    """Why a job is left out.

    A slot is a technician's shift and one agreed window that lies in it; a job without windows has one slot a
    shift. Every slot is looked at: `slots` = the sum of `alone` over `blocks` + `jointly` + `free`.
    """

    job_id: Id
    """The job."""
    sentence: str
    """The main reason in words."""
    slots: Count = 0
    """Slots there are."""
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
