"""VROOM's answers, for the documentation; they are written by `optimizer.interchange.vroom`."""

from typing import Annotated, Any, Literal

from pydantic import Field

from optimizer.domain.base import Record

Whole = Annotated[int, Field(ge=0)]
"""A whole number from 0."""

Point = Annotated[list[float], Field(min_length=2, max_length=2)]
"""Longitude and latitude in degrees, in this order, as VROOM writes them."""


class VroomTimes(Record):
    """How long each part took, in milliseconds."""

    reading: Whole
    """Reading the text, ms."""
    loading: Whole
    """From its values to the compiled problem, ms."""
    solving: Whole
    """Search, ms."""
    routing: Whole
    """Times and check of the routes, ms."""
    reasons: Whole
    """Why jobs are left out, ms."""


class VroomAmounts(Record):
    """What routes and the summary have in common: sums over their stops."""

    cost: Whole
    """What the driving and the vehicles' use cost, in the request's unit."""
    setup: Whole
    """Set-up times, s."""
    service: Whole
    """Service times and breaks, s."""
    duration: Whole
    """Driving, s."""
    waiting_time: Whole
    """Waiting, s."""
    priority: Whole
    """Sum of the priorities of the jobs and ends of shipments served."""
    distance: Whole | None = None
    """Driving, m; only where distances are known."""
    delivery: list[Whole] | None = None
    """Amounts delivered; only where vehicles have capacities."""
    amount: list[Whole] | None = None
    """The same, under VROOM's old name."""
    pickup: list[Whole] | None = None
    """Amounts picked up; only where vehicles have capacities."""
    violations: list[Any]
    """Always empty: nothing is violated."""


class VroomSummary(VroomAmounts):
    """The whole answer in figures."""

    routes: Whole
    """Routes in use."""
    unassigned: Whole
    """Jobs and ends of shipments left out."""
    computing_times: VroomTimes
    """How long it took."""


class VroomStep(Record):
    """One step of a route."""

    type: Literal["start", "job", "pickup", "delivery", "break", "end"]
    """What happens."""
    id: Whole | None = None
    """Id of the job, of the shipment's end or of the break."""
    job: Whole | None = None
    """The same under VROOM's old name; not for breaks."""
    description: str | None = None
    """Its own words."""
    location: Point | None = None
    """Where, where coordinates are known: longitude, latitude."""
    location_index: Whole | None = None
    """Where, as a row of the matrices."""
    setup: Whole
    """Set-up, s."""
    service: Whole
    """Service or break, s."""
    waiting_time: Whole
    """Waiting before, s."""
    load: list[int] | None = None
    """Load after the step, where vehicles have capacities."""
    arrival: Whole
    """Arrival, s, counted as in the request."""
    duration: Whole
    """Driving since the start, s."""
    distance: Whole | None = None
    """Driving since the start, m; only where distances are known."""
    violations: list[Any]
    """Always empty."""


class VroomRoute(VroomAmounts):
    """One vehicle's route."""

    vehicle: Whole
    """Id of the vehicle."""
    description: str | None = None
    """The vehicle's own words."""
    steps: list[VroomStep]
    """Its steps from start to end."""


class VroomUnassigned(Record):
    """One job, or one end of a shipment, left out."""

    id: Whole
    """Its id."""
    type: Literal["job", "pickup", "delivery"]
    """What it is."""
    description: str | None = None
    """Its own words."""
    location: Point | None = None
    """Where, where coordinates are known: longitude, latitude."""
    location_index: Whole | None = None
    """Where, as a row of the matrices."""
    reason: str
    """Why it is left out, one sentence; VROOM itself does not say."""


class VroomAnswer(Record):
    """VROOM's answer."""

    code: Literal[0]
    """0: answered."""
    summary: VroomSummary
    """The figures."""
    unassigned: list[VroomUnassigned]
    """Jobs and ends of shipments left out."""
    routes: list[VroomRoute]
    """The routes in use."""


class VroomIssue(Record):
    """One thing that is wrong with the request; VROOM itself names one only."""

    code: str
    """Short stable name of the kind of mistake."""
    path: str
    """Where, e.g. `vehicles[0].capacity`."""
    cause: str
    """What is wrong."""
    action: str
    """What to do about it."""


class VroomError(Record):
    """VROOM's answer to a request that it does not serve."""

    code: Literal[1, 2, 3, 4]
    """1: internal error; 2: mistake in the request; 3: no travel times; 4: too large."""
    error: str
    """What is wrong, in words."""
    issues: list[VroomIssue] | None = None
    """Everything that is wrong with the request."""
