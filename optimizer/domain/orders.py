"""Orders of stops made by a person or another program: who does which jobs in which order, without times."""

from datetime import date
from typing import Literal

from optimizer.domain.base import Id, Name, Record


class OrderedDay(Record):
    """One technician's jobs of one day, in the order in which they are to be done."""

    technician_id: Id
    """Who."""
    day: date
    """Which day, local date; the technician has a shift on it."""
    jobs: tuple[Id, ...]
    """Jobs in order of service."""


class Orders(Record):
    """Who goes where in which order; the times are set by the program, and jobs not named are left out."""

    format: Literal["paigong-orders-1"] = "paigong-orders-1"
    """Name and version of this format."""
    made_by: Name = "by hand"
    """Who or what put the jobs in order; stands in the timed plan as its engine."""
    routes: tuple[OrderedDay, ...]
    """The days that have jobs, each at most once; a job stands in one of them at most."""
