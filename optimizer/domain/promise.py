"""What was already told or decided: promises to customers and pins by the dispatcher."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from optimizer.domain.base import Id, Record, is_unset
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
    asked: Annotated[bool, Field(exclude_if=is_unset)] = False
    """The customer is asked for another time: the window binds the plan no more, moving it has its price."""


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
    mates: Annotated[
        dict[Id, Annotated[int, Field(ge=1, le=7)]], Field(max_length=7, exclude_if=is_unset)
    ] = {}
    """Technician → place in the crew beside the one who leads, from 1; absent from a file without any."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.technician_id is None and self.day is None and self.start is None and not self.mates:
            raise ValueError("the pin names neither technician, day nor start; give one or drop the pin")
        return self


def counting_promises(promises: Iterable[Promise]) -> dict[str, Promise]:
    """Return the promise that counts for each job: the last one its customer was told, else the last internal one.

    Parameters
    ----------
    promises : in the order in which they were made
    """
    found: dict[str, Promise] = {}
    for promise in promises:
        before = found.get(promise.job_id)
        if promise.told or before is None or not before.told:
            found[promise.job_id] = promise
    return found


def asked_jobs(promises: Iterable[Promise]) -> frozenset[str]:
    """Return the jobs whose customer is asked for another time: neither promise nor appointment binds them.

    Parameters
    ----------
    promises : in the order in which they were made
    """
    return frozenset(job_id for job_id, one in counting_promises(promises).items() if one.asked)
