"""Why somebody has no stop on a day."""

from datetime import date
from typing import Literal

from optimizer.domain.base import Id, Name, Record

Paper = Literal["examination", "insurance", "safety agreement"]
"""What somebody needs before the first job."""


class IdleDay(Record):
    """A technician's day without a stop."""

    technician_id: Id
    """Who."""
    day: date | None
    """Which day; none: no shift on any planned day."""
    codes: tuple[Name, ...] = ()
    """Rules by which nobody could work that day, in the order of the rule book; empty: on duty, or without a shift."""
    details: tuple[str, ...] = ()
    """What these rules go by: missing papers (see `Paper`), missing tools, the reason of a leave."""
    inspected: date | None = None
    """When the tools were last inspected, where that is too long ago."""
