"""The format of an instance: patients with their services, caregivers with their abilities, and the distances."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import Field

from optimizer.domain.base import Id, Record

Amount = Annotated[float, Field(ge=0, le=500_000)]
"""A time or a distance in the instance's own unit, 0 to half a million."""

THOUSAND = 1000
"""Whole numbers inside are thousandths of the instance's unit."""


def thousandths(amount: float) -> int:
    """Return an amount in whole thousandths, rounded half up as it is written."""
    return int((Decimal(repr(amount)) * THOUSAND).quantize(Decimal(1), rounding=ROUND_HALF_UP))


class Required(Record):
    """One service that a patient needs."""

    service: Id
    """Which."""
    duration: Amount
    """How long it takes."""


class Synchronization(Record):
    """How the two services of a patient are tied."""

    type: Literal["simultaneous", "sequential"]
    """They start together, or the second starts after the first."""
    distance: tuple[Amount, Amount] | None = None
    """Least and longest gap from the start of the first to the start of the second; for sequential ones only."""


class Patient(Record):
    """Somebody to visit."""

    id: Id
    """The patient's id, unique."""
    location: tuple[float, float] | None = None
    """Where on the map; the distances are what counts."""
    time_window: tuple[Amount, Amount]
    """Earliest start of a service, and from when on a start is tardy."""
    required_caregivers: Annotated[tuple[Required, ...], Field(min_length=1, max_length=2)]
    """One service, or two by two different caregivers."""
    synchronization: Synchronization | None = None
    """How two services are tied; none for one service."""


class Service(Record):
    """A kind of service."""

    id: Id
    """Its id, unique."""
    default_duration: Amount | None = None
    """How long it usually takes; each patient says how long really."""


class Caregiver(Record):
    """Somebody who visits patients."""

    id: Id
    """The caregiver's id, unique."""
    abilities: tuple[Id, ...]
    """The services the caregiver offers."""


class Office(Record):
    """Where everybody starts and ends."""

    id: Id
    """Its id."""
    location: tuple[float, float] | None = None
    """Where on the map."""


class Instance(Record):
    """An instance: who needs what, who offers it, how far everything is."""

    patients: Annotated[tuple[Patient, ...], Field(min_length=1, max_length=2000)]
    """The patients."""
    services: tuple[Service, ...]
    """All kinds of services."""
    caregivers: Annotated[tuple[Caregiver, ...], Field(min_length=1, max_length=1000)]
    """The caregivers."""
    central_offices: Annotated[tuple[Office, ...], Field(min_length=1, max_length=1)]
    """The office."""
    distances: tuple[tuple[Amount, ...], ...]
    """Distances, which are also driving times: row and column 0 are the office, i is the i-th patient."""
