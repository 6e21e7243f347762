"""What was already told or decided: promises to customers and pins by the dispatcher."""

from datetime import date
from typing import Self

from pydantic import model_validator

from optimizer.domain.base import Id, Record
from optimizer.domain.time import Instant, Window


class Promise(Record):
    """What a customer and a technician were already told."""

    job_id: Id
    """The job."""
    technician_id: Id
    """Who was announced."""
    window: Window
    """The window the customer was told."""
    start: Instant
    """The planned start behind it: service does not slide before it."""
    told: bool = True
    """Told to the customer; false: internal only."""
    told_at: Instant | None = None
    """When the customer was told; none: not known."""


class Pin(Record):
    """A decision of the dispatcher that the search keeps: person, day, or exact time."""

    job_id: Id
    """The job."""
    technician_id: Id | None = None
    """This technician does it."""
    day: date | None = None
    """On this day, local date."""
    start: Instant | None = None
    """Service starts exactly then."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.technician_id is None and self.day is None and self.start is None:
            raise ValueError("the pin names neither technician, day nor start; give one or drop the pin")
        return self
