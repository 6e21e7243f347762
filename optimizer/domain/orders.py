"""Orders of stops made by a person or another program: who does which jobs in which order, without times."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.base import Count, Id, Name, Record, is_unset
from optimizer.domain.technician import Means


class OrderedRestock(Record):
    """A halt at a branch on the way to load parts."""

    branch_id: Id
    """The branch."""
    before: Count
    """How many of the day's jobs come before it."""
    parts: Annotated[dict[Name, Annotated[int, Field(ge=1, le=1_000_000)]], Field(exclude_if=is_unset)] = {}
    """Parts to load: part → pieces. Absent from a file that says nothing of it: those of the next job behind it that
    takes some from there."""


class OrderedDay(Record):
    """One technician's jobs of one day, in the order in which they are to be done."""

    technician_id: Id
    """Who."""
    day: date
    """Which day, local date; the technician has a shift on it."""
    jobs: tuple[Id, ...]
    """Jobs in order of service."""
    seats: Annotated[dict[Id, Annotated[int, Field(ge=0, le=7)]], Field(exclude_if=is_unset)] = {}
    """Job with a crew → the technician's place in it, 0 leads; for the others the program finds places that
    their skills fit. Absent from a file that says nothing of it."""
    restocks: Annotated[tuple[OrderedRestock, ...], Field(exclude_if=is_unset)] = ()
    """Halts at branches on the way, in order; absent from a file without any."""
    away: Annotated[bool, Field(exclude_if=is_unset)] = False
    """Whether the technician stays out the night after it and goes on from there on the next day; a next day that is
    not named is the way home. Absent from a file where the technician is back in the evening."""
    means: Annotated[Means | None, Field(exclude_if=is_unset)] = None
    """Means of transport of the whole day, one of those granted; none: the usual one. Absent from a file that says
    nothing of it."""


class OrderedTool(Record):
    """One shared tool's jobs of one day, in the order in which it goes from one to the next."""

    branch_id: Id
    """The branch that issues it."""
    tool: Name
    """Which tool."""
    piece: Annotated[int, Field(ge=1)] = 1
    """Which of the branch's pieces, from 1."""
    day: date
    """Which day, local date."""
    jobs: tuple[Id, ...]
    """Jobs in order; somebody does them on this day."""


class Orders(Record):
    """Who goes where in which order; the times are set by the program, and jobs not named are left out.

    A job for a crew stands in the days of all who do it together, a job that is done in parts on each of its days.
    """

    format: Literal["paigong-orders-1"] = "paigong-orders-1"
    """Name and version of this format."""
    made_by: Name = "by hand"
    """Who or what put the jobs in order; stands in the timed plan as its engine."""
    routes: tuple[OrderedDay, ...]
    """The days that have jobs, each at most once."""
    tools: Annotated[tuple[OrderedTool, ...], Field(exclude_if=is_unset)] = ()
    """Which shared tool goes where, each day of a piece at most once; jobs that no tool is named for get the piece
    that is free first. Absent from a file that says nothing of it."""
