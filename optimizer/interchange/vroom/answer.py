"""Writes VROOM's answer: the summary, the routes with their steps, and the jobs left out."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from optimizer.interchange.vroom.compile import Compiled
from optimizer.interchange.vroom.legs import Matrices
from optimizer.interchange.vroom.read import Asked
from optimizer.interchange.vroom.request import Break, Job, Point, Vehicle, delivery, pickup, times_on_site
from optimizer.problem import Routes
from optimizer.schedule.lanes import RouteTimes

Json = dict[str, Any]

_SUMS = ("cost", "setup", "service", "duration", "waiting_time", "priority")


class TimedRoute(NamedTuple):
    """One vehicle's jobs with their times."""

    vehicle: int
    """Row of the vehicle."""
    jobs: tuple[int, ...]
    """Job rows in order of service, at least one."""
    times: RouteTimes
    """Their times in the problem's seconds."""


def answer_json(
    asked: Asked,
    compiled: Compiled,
    routes: Routes,
    timed: Sequence[TimedRoute],
    reasons: Mapping[int, str],
) -> Json:
    """Return the answer in VROOM's form, without the computing times.

    Parameters
    ----------
    asked : the request
    compiled : its problem
    routes : the engine's answer
    timed : its routes that have any job
    reasons : for each job row left out, one sentence that says why
    """
    with_metres = all(ways.distances is not None for ways in asked.legs.matrices.values())
    written = [_RouteWriter(asked, compiled, route, with_metres).route() for route in timed]
    left_out = [(lead, row) for lead in routes.unserved for row in _visits(asked, lead)]
    summary: Json = {"cost": 0, "routes": len(written), "unassigned": len(left_out)}
    dimensions = asked.request.dimensions()
    if dimensions:
        for name in ("delivery", "amount", "pickup"):
            summary[name] = [sum(one[name][column] for one in written) for column in range(dimensions)]
    for name in (*_SUMS, "distance") if with_metres else _SUMS:
        summary[name] = sum(one[name] for one in written)
    summary["violations"] = []
    return {
        "code": 0,
        "summary": summary,
        "unassigned": [_left_out(asked, row, reasons[lead]) for lead, row in left_out],
        "routes": written,
    }


def _visits(asked: Asked, lead: int) -> tuple[int, ...]:
    """Return the rows of all visits that are left out with one: both ends of a shipment."""
    return (lead, lead + 1) if asked.request.tasks[lead].kind == "pickup" else (lead,)


def _left_out(asked: Asked, row: int, reason: str) -> Json:
    job = asked.request.tasks[row]
    place = _location(asked, job.location_index, job.location)
    return {"id": job.id, **_description(job), **place, "type": job.kind, "reason": reason}


def _description(one: Job | Break | Vehicle) -> Json:
    return {"description": one.description} if one.description else {}


def _location(asked: Asked, index: int | None, point: Point | None) -> Json:
    said: Json = {}
    if point is not None:
        said["location"] = list(point)
    if index is not None and asked.legs.by_index:
        said["location_index"] = index
    return said


def _events(
    times: RouteTimes, rest_s: Sequence[int]
) -> Iterator[tuple[Literal["break", "drive", "job"], int]]:
    """Yield what happens on a route in order: breaks by row, drives to a position, jobs by position."""
    jobs = len(times.start)
    rest = 0
    for position in range(jobs + 1):
        begin = rest
        while rest < len(rest_s) and (
            position == jobs or times.rest_begin[rest] + rest_s[rest] <= times.start[position]
        ):
            rest += 1
        here = range(begin, rest)
        before = [one for one in here if times.rest_begin[one] + rest_s[one] <= times.leave[position]]
        yield from (("break", one) for one in before)
        yield "drive", position
        yield from (("break", one) for one in here if one not in before)
        if position < jobs:
            yield "job", position


class _RouteWriter:
    """Walks along one route and writes down its steps."""

    def __init__(self, asked: Asked, compiled: Compiled, route: TimedRoute, with_metres: bool) -> None:
        self._asked = asked
        self._vehicle = vehicle = asked.request.vehicles[route.vehicle]
        self._ways = asked.legs.matrices[vehicle.profile]
        self._seconds = compiled.problem.travel[compiled.problem.profile[route.vehicle], ..., 0]
        self._jobs = [asked.request.tasks[row] for row in route.jobs]
        self._breaks = vehicle.breaks_in_order()
        self._times = route.times
        row_of = asked.legs.row_of
        self._places = [
            row_of(vehicle.start_index, vehicle.start),
            *(row_of(job.location_index, job.location) for job in self._jobs),
            row_of(vehicle.end_index, vehicle.end),
        ]
        self._origin = compiled.clock.origin
        self._with_metres = with_metres
        self._steps: list[Json] = []
        self._now = 0
        self._metres = 0
        self._paid = Fraction(0)
        self._sums = {"setup": 0, "service": 0, "duration": 0, "waiting_time": 0, "priority": 0}
        dimensions = asked.request.dimensions()
        self._delivery = [delivery(job, dimensions) for job in self._jobs]
        self._pickup = [pickup(job, dimensions) for job in self._jobs]
        self._load = _column_sums(self._delivery)

    def route(self) -> Json:
        """Return the whole route."""
        events = list(_events(self._times, [one.service for one in self._breaks]))
        kind, first = events[0]
        self._now = int(self._times.rest_begin[first] if kind == "break" else self._times.leave[0])
        vehicle, last = self._vehicle, self._jobs[-1]
        at_start = _location(self._asked, vehicle.start_index, vehicle.start)
        at_end = _location(self._asked, vehicle.end_index, vehicle.end)
        first_place, last_place = (
            _location(self._asked, job.location_index, job.location) for job in (self._jobs[0], last)
        )
        self._step("start", at_start or first_place)
        for kind, row in events:
            if kind == "drive":
                self._drive(self._places[row], self._places[row + 1])
            elif kind == "break":
                self._rest(self._breaks[row], int(self._times.rest_begin[row]))
            else:
                self._serve(row)
        self._step("end", at_end or last_place)
        return self._whole()

    def _whole(self) -> Json:
        cost = self._vehicle.costs.fixed + int(self._paid + Fraction(1, 2))
        written: Json = {"vehicle": self._vehicle.id, "cost": cost, **_description(self._vehicle)}
        if self._load:
            taken = [tuple(max(one, 0) for one in amounts) for amounts in self._pickup]
            given = [tuple(max(-one, 0) for one in amounts) for amounts in self._pickup]
            delivered = _column_sums([*self._delivery, *given])
            written |= {"delivery": delivered, "amount": delivered, "pickup": _column_sums(taken)}
        written |= self._sums
        if self._with_metres:
            written["distance"] = self._metres
        return {**written, "steps": self._steps, "violations": []}

    def _drive(self, here: int, there: int) -> None:
        if here < 0 or there < 0:
            return
        seconds = int(self._seconds[here, there])
        self._now += seconds
        self._sums["duration"] += seconds
        self._paid += _leg_cost(self._ways, self._vehicle, here, there)
        if self._ways.distances is not None:
            self._metres += int(self._ways.distances[here, there])

    def _rest(self, one: Break, begin: int) -> None:
        self._step("break", {**_description(one), "id": one.id}, service=one.service, begin=begin)

    def _serve(self, position: int) -> None:
        job = self._jobs[position]
        setup, service = times_on_site(job, self._vehicle.type)
        if self._places[position] == self._places[position + 1]:
            setup = 0
        self._load = [
            load + more - less
            for load, more, less in zip(
                self._load, self._pickup[position], self._delivery[position], strict=True
            )
        ]
        self._sums["priority"] += job.priority
        said = {**_description(job), **_location(self._asked, job.location_index, job.location), "id": job.id}
        self._step(job.kind, said, setup=setup, service=service, begin=int(self._times.start[position]))

    def _step(
        self, kind: str, said: Json, *, setup: int = 0, service: int = 0, begin: int | None = None
    ) -> None:
        arrival = self._now
        waiting = 0 if begin is None else begin - arrival
        step: Json = {"type": kind, **said, "setup": setup, "service": service, "waiting_time": waiting}
        if kind not in ("start", "break", "end"):
            step["job"] = said["id"]
        if self._load:
            step["load"] = self._load
        step |= {"arrival": arrival + self._origin, "duration": self._sums["duration"], "violations": []}
        if self._with_metres:
            step["distance"] = self._metres
        self._steps.append(step)
        self._now = arrival + waiting + setup + service
        self._sums["setup"] += setup
        self._sums["service"] += service
        self._sums["waiting_time"] += waiting


def _leg_cost(ways: Matrices, vehicle: Vehicle, here: int, there: int) -> Fraction:
    """Return the exact cost of a way; the speed factor's rounding of durations does not touch it."""
    if ways.costs is not None:
        return Fraction(int(ways.costs[here, there]))
    cost = int(ways.durations[here, there]) * vehicle.costs.per_hour / (3600 * Fraction(vehicle.speed_factor))
    if vehicle.costs.per_km and ways.distances is not None:
        cost += Fraction(int(ways.distances[here, there]) * vehicle.costs.per_km, 1000)
    return cost


def _column_sums(rows: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]
