"""VROOM's request format: jobs and vehicles as records; matrices are arrays and live in `legs`."""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from optimizer.domain.base import Record

Uint = Annotated[int, Field(strict=True, ge=0, le=2**32 - 1)]
"""A whole number as VROOM takes it, 0 to 4294967295."""

Uint64 = Annotated[int, Field(strict=True, ge=0, le=2**64 - 1)]
"""An id: a whole number, 0 to 2^64 - 1."""

Degrees = Annotated[float, Field(strict=True)]
"""A coordinate in degrees; its range is looked at only where travel times are made from it."""

Point = tuple[Degrees, Degrees]
"""Longitude and latitude in degrees, in this order, as VROOM writes them."""

Window = tuple[Uint, Uint]
"""First and last allowed start in seconds, both included."""


class VroomRecord(Record, extra="ignore"):
    """A part of a request; keys that VROOM does not know are ignored."""


class Job(VroomRecord):
    """One piece of work at one place."""

    id: Uint64
    """Its id, unique among jobs."""
    description: str = ""
    """Any text; comes back in the answer."""
    location: Point | None = None
    """Where it is on the map."""
    location_index: Uint | None = None
    """Row and column in the matrices."""
    setup: Uint = 0
    """Seconds of set-up when the vehicle comes from another place."""
    service: Uint = 0
    """Seconds of service."""
    setup_per_type: dict[str, Uint] = {}
    """Set-up for vehicles of a type, instead of `setup`."""
    service_per_type: dict[str, Uint] = {}
    """Service for vehicles of a type, instead of `service`."""
    delivery: tuple[Uint, ...] | None = None
    """Amounts loaded at the vehicle's start."""
    pickup: tuple[Uint, ...] | None = None
    """Amounts kept until the vehicle's end."""
    amount: tuple[Uint, ...] | None = None
    """Old name of `delivery`; counts where neither `delivery` nor `pickup` is given."""
    skills: tuple[Uint, ...] = ()
    """Skills a vehicle must have, all of them."""
    priority: Annotated[Uint, Field(le=100)] = 0
    """0 to 100; high ones are left out last."""
    time_windows: Annotated[tuple[Window, ...], Field(min_length=1)] | None = None
    """When work may start; none: at any time."""


class ShipmentStep(VroomRecord):
    """One end of a shipment: where and when it is picked up or delivered."""

    id: Uint64
    """Its id, unique among pickups or among deliveries."""
    description: str = ""
    """Any text; comes back in the answer."""
    location: Point | None = None
    """Where it is on the map."""
    location_index: Uint | None = None
    """Row and column in the matrices."""
    setup: Uint = 0
    """Seconds of set-up when the vehicle comes from another place."""
    service: Uint = 0
    """Seconds of service."""
    setup_per_type: dict[str, Uint] = {}
    """Set-up for vehicles of a type, instead of `setup`."""
    service_per_type: dict[str, Uint] = {}
    """Service for vehicles of a type, instead of `service`."""
    time_windows: Annotated[tuple[Window, ...], Field(min_length=1)] | None = None
    """When work may start; none: at any time."""


class Shipment(VroomRecord):
    """Something that one vehicle picks up at one place and later delivers at another."""

    pickup: ShipmentStep
    """Where it is picked up."""
    delivery: ShipmentStep
    """Where it is delivered, by the same vehicle."""
    amount: tuple[Uint, ...] | None = None
    """Amounts on the vehicle in between."""
    skills: tuple[Uint, ...] = ()
    """Skills a vehicle must have, all of them."""
    priority: Annotated[Uint, Field(le=100)] = 0
    """0 to 100; high ones are left out last."""


class Task(Job):
    """One visit: a job, or one end of a shipment. It is made, never read."""

    kind: Literal["job", "pickup", "delivery"] = "job"
    """What it is, as answers call it."""


class Break(VroomRecord):
    """A rest of a vehicle's driver."""

    id: Uint64
    """Its id, unique in the vehicle."""
    description: str = ""
    """Any text; comes back in the answer."""
    service: Uint = 0
    """Length in seconds."""
    time_windows: tuple[Window, ...] = ()
    """When it may start; none: at any time."""


class Costs(VroomRecord):
    """What using a vehicle costs."""

    fixed: Uint = 0
    """Owed when the vehicle is used at all."""
    per_hour: Uint = 3600
    """Price of an hour driven."""
    per_km: Uint = 0
    """Price of a kilometre driven."""


class Vehicle(VroomRecord):
    """One vehicle with its driver's working hours."""

    id: Uint64
    """Its id, unique among vehicles."""
    profile: str = "car"
    """Which matrices it drives by."""
    description: str = ""
    """Any text; comes back in the answer."""
    start: Point | None = None
    """Where it starts on the map; neither this nor `start_index`: at its first job."""
    start_index: Uint | None = None
    """Row and column of the start in the matrices."""
    end: Point | None = None
    """Where it ends on the map; neither this nor `end_index`: at its last job."""
    end_index: Uint | None = None
    """Row and column of the end in the matrices."""
    capacity: tuple[Uint, ...] = ()
    """Amounts it can carry at any moment."""
    costs: Costs = Costs()
    """What it costs."""
    skills: tuple[Uint, ...] = ()
    """Skills it has."""
    type: str = ""
    """Type for `Job.setup_per_type` and `Job.service_per_type`."""
    time_window: Window | None = None
    """Working hours, rests included; none: unlimited."""
    breaks: tuple[Break, ...] = ()
    """Rests, all of them taken if the vehicle is used."""
    speed_factor: Annotated[float, Field(gt=0, le=5)] = 1.0
    """How many times faster it drives than the matrices say."""
    max_tasks: Uint | None = None
    """Jobs at most."""
    max_travel_time: Uint | None = None
    """Seconds of driving at most."""

    def breaks_in_order(self) -> tuple[Break, ...]:
        """Return the breaks in the order in which they are taken: by their first window."""
        return tuple(sorted(self.breaks, key=lambda one: min(one.time_windows, default=(0, 2**63))))

    def duration_percent(self) -> int:
        """Return by how many percent of the matrices' durations it drives; VROOM knows no finer step."""
        return int(min(1 / self.speed_factor * 100 + 0.5, 2**31 - 1))  # a tiny factor gives infinity


class Request(VroomRecord):
    """Jobs and shipments to be done and vehicles to do them."""

    vehicles: Annotated[tuple[Vehicle, ...], Field(min_length=1)]
    """The vehicles, at least one."""
    jobs: tuple[Job, ...] = ()
    """The jobs."""
    shipments: tuple[Shipment, ...] = ()
    """The shipments; at least one job or shipment."""

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """All visits: the jobs, then the pickup and the delivery of each shipment."""
        jobs = [Task.model_construct(**dict(job)) for job in self.jobs]
        return (*jobs, *(end for one in self.shipments for end in _ends(one)))

    def pairs(self) -> range:
        """Return the rows of the shipments' pickups among the tasks; each one's delivery is the next row."""
        return range(len(self.jobs), len(self.tasks), 2)

    def profiles(self) -> tuple[str, ...]:
        """Return the profiles in use, each once."""
        return tuple(dict.fromkeys(vehicle.profile for vehicle in self.vehicles))

    def dimensions(self) -> int:
        """Return how many amounts are counted."""
        return len(self.vehicles[0].capacity)


def _ends(shipment: Shipment) -> tuple[Task, Task]:
    """Return the two visits of a shipment; what is delivered leaves the load, so its pickup counts below 0."""
    shared: dict[str, Any] = {"skills": shipment.skills, "priority": shipment.priority}
    amount = shipment.amount
    given = None if amount is None else tuple(-one for one in amount)
    taken: dict[str, Any] = dict(shipment.pickup)
    brought: dict[str, Any] = dict(shipment.delivery)
    return (
        Task.model_construct(**taken, **shared, kind="pickup", pickup=amount),
        Task.model_construct(**brought, **shared, kind="delivery", pickup=given),
    )


def delivery(job: Job, dimensions: int) -> tuple[int, ...]:
    """Return the amounts of a job that are loaded at the start, 0 where none are given."""
    said = job.delivery
    if said is None and job.pickup is None:
        said = job.amount
    return (0,) * dimensions if said is None else said


def pickup(job: Job, dimensions: int) -> tuple[int, ...]:
    """Return the amounts that a job adds to the load until the end, 0 where none are given."""
    return (0,) * dimensions if job.pickup is None else job.pickup


def times_on_site(job: Job, vehicle_type: str) -> tuple[int, int]:
    """Return the set-up and service seconds of a job with a vehicle of this type."""
    return (
        job.setup_per_type.get(vehicle_type, job.setup),
        job.service_per_type.get(vehicle_type, job.service),
    )
