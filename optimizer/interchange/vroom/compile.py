"""Compiles a request: VROOM's words become rows, seconds and prices of a problem."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.build import ProblemBuilder, ProfileLegs
from optimizer.build.ties import Link
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.vroom.clock import LATEST, Clock, clock_of
from optimizer.interchange.vroom.legs import Legs, Matrices
from optimizer.interchange.vroom.read import Asked
from optimizer.interchange.vroom.request import Request, Vehicle, delivery, pickup, times_on_site
from optimizer.problem import BEFORE, FAR, SAME, Names, Problem

MOST_LEGS = 120_000_000
"""Requests that need more ways, over all distinct profiles, speeds and prices, are refused: 1 GB."""

_MOST_CENTS = 2**28
_UNITS = (36_000, 3_600, 1_000, 100, 10, 1)


class Driving(NamedTuple):
    """All that makes two vehicles drive at the same times and prices."""

    profile: str
    """Which matrices."""
    percent: int
    """Durations in percent of the matrices'."""
    speed_factor: float
    """As given; prices are not rounded with it."""
    per_hour: int
    """Cost of an hour."""
    per_km: int
    """Cost of a kilometre."""


class Compiled(NamedTuple):
    """A problem and what its rows mean."""

    problem: Problem
    """The arrays; a shift is a vehicle."""
    names: Names
    """What the rows are called."""
    clock: Clock
    """Turns the request's seconds into the problem's."""
    units: int
    """Cents of the problem that make one unit of VROOM's cost."""


def compile_request(asked: Asked) -> Compiled:
    """Compile a request.

    Parameters
    ----------
    asked : the request, already read

    Raises
    ------
    InvalidInput
        Times lie too far apart, costs are too high, or vehicles are too different for the memory.
    """
    request, legs = asked
    clock = clock_of(request, legs)
    kinds = tuple(dict.fromkeys(driving(vehicle) for vehicle in request.vehicles))
    places = len(legs.row)
    if len(kinds) * places * places > MOST_LEGS:
        cause = f"{len(kinds)} kinds of vehicles and {places} places need more memory than is given."
        raise InvalidInput((Issue("too-large", "vehicles", cause, "Let more vehicles drive alike."),))
    costs = [_leg_costs(legs.matrices[kind.profile], kind) for kind in kinds]
    units = _units(request, legs, kinds, costs)
    builder = ProblemBuilder(
        job_places=[legs.row_of(job.location_index, job.location) for job in request.tasks],
        shift_places=[
            (legs.row_of(one.start_index, one.start), legs.row_of(one.end_index, one.end))
            for one in request.vehicles
        ],
        shift_profiles=[kinds.index(driving(vehicle)) for vehicle in request.vehicles],
        legs=[
            _profile(legs.matrices[kind.profile], kind, cost, units)
            for kind, cost in zip(kinds, costs, strict=True)
        ],
        horizon_s=LATEST,
    )
    _say_jobs(builder, request, clock)
    _say_vehicles(builder, request, clock, units)
    _say_skills(builder, request)
    _say_loads(builder, request)
    _say_shipments(builder, request)
    names = Names(
        jobs=tuple(str(job.id) for job in request.tasks),
        shifts=tuple(f"vehicle {vehicle.id}" for vehicle in request.vehicles),
        places=(*(str(key) for key in legs.row), "nowhere"),
        codes=tuple(builder.codes),
    )
    return Compiled(builder.build(), names, clock, units)


def driving(vehicle: Vehicle) -> Driving:
    """Return what the vehicle's drives depend on."""
    costs = vehicle.costs
    percent = vehicle.duration_percent()
    return Driving(vehicle.profile, percent, vehicle.speed_factor, costs.per_hour, costs.per_km)


def scaled_seconds(durations: NDArray[np.uint32], percent: int) -> NDArray[np.int32]:
    """Return durations in percent of the given ones, whole seconds rounded half up; `FAR` is never."""
    if percent == 100:
        return np.minimum(durations, FAR).astype(np.int32)
    return np.minimum((durations.astype(np.int64) * percent + 50) // 100, FAR).astype(np.int32)


def _leg_costs(ways: Matrices, kind: Driving) -> NDArray[np.float64] | None:
    """Return the exact costs of the ways, or none where they are the durations."""
    if ways.costs is not None:
        return ways.costs.astype(np.float64)
    if kind.per_hour == 3600 and kind.per_km == 0 and kind.speed_factor == 1.0:
        return None
    # A tiny factor would give infinity, and infinity times a way of no seconds is no number.
    a_second = min(kind.per_hour / (3600 * kind.speed_factor), float(2**62))
    costs = ways.durations.astype(np.float64) * a_second
    if kind.per_km and ways.distances is not None:
        costs += ways.distances.astype(np.float64) * (kind.per_km / 1000)
    return costs


def _units(
    request: Request, legs: Legs, kinds: Sequence[Driving], costs: Sequence[NDArray[np.float64] | None]
) -> int:
    """Return how finely costs are counted: 1 where all are whole numbers, else as finely as fits."""
    highest = 1.0
    whole = True
    for kind, cost in zip(kinds, costs, strict=True):
        ways = legs.matrices[kind.profile]
        possible = scaled_seconds(ways.durations, kind.percent) < LATEST
        paid = ways.durations if cost is None else cost
        highest = max(highest, float(paid.max(initial=0, where=possible)))
        whole = whole and (cost is None or bool((cost == np.rint(cost)).all()))
    fitting = [units for units in _UNITS if highest * units <= _MOST_CENTS]
    if not fitting:
        cause = f"A single way costs {highest:.0f}; at most {_MOST_CENTS} is taken."
        raise InvalidInput((Issue("cost-too-high", "vehicles", cause, "Count in a larger unit."),))
    return 1 if whole else fitting[0]


def _profile(ways: Matrices, kind: Driving, cost: NDArray[np.float64] | None, units: int) -> ProfileLegs:
    seconds = scaled_seconds(ways.durations, kind.percent)
    if cost is None:
        cents = np.minimum(seconds.astype(np.int64) * units if units > 1 else seconds, _MOST_CENTS)
    else:
        cents = np.minimum(np.floor(cost * units + 0.5), _MOST_CENTS)
    return ProfileLegs(seconds=seconds, cents=cents.astype(np.int32))


def _say_jobs(builder: ProblemBuilder, request: Request, clock: Clock) -> None:
    by_type: dict[str, list[int]] = defaultdict(list)
    for row, vehicle in enumerate(request.vehicles):
        by_type[vehicle.type].append(row)
    for vehicle_type, vehicles in by_type.items():
        alike: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row, job in enumerate(request.tasks):
            alike[times_on_site(job, vehicle_type)].append(row)
        for (setup, service), jobs in alike.items():
            builder.serve(jobs, vehicles, min(service, LATEST + 1), min(setup, LATEST + 1))
    for row, job in enumerate(request.tasks):
        # The sum of priorities decides, then the number of visits: a priority is worth more than all visits.
        builder.price_unserved(row, job.priority * (len(request.tasks) + 1) + 1, 0)
        if job.time_windows:
            builder.narrow(row, clock.windows(job.time_windows))


def _say_vehicles(builder: ProblemBuilder, request: Request, clock: Clock, units: int) -> None:
    opens, closes, owner = _job_windows(request)
    out_of_hours: dict[tuple[int, int] | None, list[int]] = {}
    for row, vehicle in enumerate(request.vehicles):
        begins, ends = vehicle.time_window or (0, 2**63)
        builder.bound(row, clock.at(begins), clock.at(ends), clock.at(ends))
        breaks = vehicle.breaks_in_order()
        builder.rest(row, [(min(one.service, LATEST + 1), clock.windows(one.time_windows)) for one in breaks])
        builder.limit([row], jobs=vehicle.max_tasks, travel_s=vehicle.max_travel_time)
        builder.price_use(row, vehicle.costs.fixed * units)
        if vehicle.time_window not in out_of_hours:
            within = np.zeros(len(request.tasks), np.bool_)
            within[owner[(closes >= begins) & (opens <= ends)]] = True
            pickups = np.array(request.pairs(), np.int64)
            within[pickups] = within[pickups + 1] = within[pickups] & within[pickups + 1]
            out_of_hours[vehicle.time_window] = np.flatnonzero(~within).tolist()
        builder.forbid("TIME_WINDOW", out_of_hours[vehicle.time_window], [row])
    idle = [row for row, vehicle in enumerate(request.vehicles) if vehicle.max_tasks == 0]
    builder.forbid("MAX_TASKS", range(len(request.tasks)), idle)


def _job_windows(request: Request) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return opening, closing and job row of every window; a job without windows is always open."""
    spans = [
        (opens, closes, row)
        for row, job in enumerate(request.tasks)
        for opens, closes in job.time_windows or ((0, 2**62),)
    ]
    opens, closes, owner = np.array(spans, np.int64).T
    return opens, closes, owner


def _say_skills(builder: ProblemBuilder, request: Request) -> None:
    asking: dict[frozenset[int], list[int]] = defaultdict(list)
    having: dict[frozenset[int], list[int]] = defaultdict(list)
    for row, job in enumerate(request.tasks):
        asking[frozenset(job.skills)].append(row)
    for row, vehicle in enumerate(request.vehicles):
        having[frozenset(vehicle.skills)].append(row)
    for skills, jobs in asking.items():
        lacking = [row for held, vehicles in having.items() if not skills <= held for row in vehicles]
        builder.forbid("SKILL", jobs, lacking)


def _say_loads(builder: ProblemBuilder, request: Request) -> None:
    dimensions = request.dimensions()
    if not dimensions:
        return
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for row, vehicle in enumerate(request.vehicles):
        builder.capacity(row, vehicle.capacity)
        alike[vehicle.capacity].append(row)
    for row, job in enumerate(request.tasks):
        builder.load(row, delivery(job, dimensions), pickup(job, dimensions))
    needed = np.array(
        [[delivery(job, dimensions), pickup(job, dimensions)] for job in request.tasks], np.int64
    )
    for capacity, vehicles in alike.items():
        too_big = np.flatnonzero((needed > np.array(capacity, np.int64)).any(axis=(1, 2))).tolist()
        both = [row + 1 for row in too_big if row in request.pairs()]
        builder.forbid("CAPACITY", [*too_big, *both], vehicles)


def _say_shipments(builder: ProblemBuilder, request: Request) -> None:
    """Let one vehicle serve both ends of a shipment, the pickup first, or nobody either."""
    for row in request.pairs():
        builder.ties.parts([row, row + 1])
        builder.ties.link(Link(row, row + 1, order=BEFORE, who=SAME))
