"""The independent checker: is an answer true to its request?

It reads the request's records and matrices and the answer, nothing else: no problem, no compiled seconds. It
takes VROOM's own answers too, where a break may fall into the middle of a drive.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from optimizer.interchange.vroom.read import Asked
from optimizer.interchange.vroom.request import Break, Job, Task, Vehicle, Window

Json = dict[str, Any]

_HALF = Fraction(1, 2)
_KINDS = ("job", "pickup", "delivery")
_SUMS = ("cost", "setup", "service", "duration", "waiting_time", "priority", "distance")


def findings(asked: Asked, answer: Json, *, slack_s: Fraction = _HALF) -> tuple[str, ...]:
    """Return one sentence for each thing in the answer that does not hold.

    Parameters
    ----------
    asked : the request
    answer : an answer in VROOM's form, with code 0
    slack_s : how far a drive may be from its exact length, seconds; only speed factors break whole seconds
    """
    return tuple(_answer(asked, answer, slack_s))


def _answer(asked: Asked, answer: Json, slack_s: Fraction) -> Iterator[str]:
    tasks: dict[tuple[str, int], Task] = {(task.kind, task.id): task for task in asked.request.tasks}
    vehicles = {vehicle.id: vehicle for vehicle in asked.request.vehicles}
    routes, unassigned = answer["routes"], answer["unassigned"]
    steps = [step for route in routes for step in _visits(route)]
    seen = Counter((step.get("type", "job"), step["id"]) for step in [*steps, *unassigned])
    yield from (f"{_titled(one)} is not in the request." for one in seen if one not in tasks)
    for one in tasks:
        if seen[one] != 1:
            yield f"{_titled(one)} stands {seen[one]} times in routes and unassigned together, not once."
    for one, count in Counter(route["vehicle"] for route in routes).items():
        if one not in vehicles or count > 1:
            yield f"Vehicle {one} has {count} routes, or is not in the request."
    for route in routes:
        if route["vehicle"] in vehicles and all((one["type"], one["id"]) in tasks for one in _visits(route)):
            walk = _Walk(asked, vehicles[route["vehicle"]], tasks, route, slack_s)
            yield from (f"Vehicle {route['vehicle']}: {found}" for found in walk.findings())
    yield from _shipments(asked, routes)
    yield from _summary(answer["summary"], routes, len(unassigned))


def _shipments(asked: Asked, routes: list[Json]) -> Iterator[str]:
    at = {
        (step["type"], step["id"]): (row, place)
        for row, route in enumerate(routes)
        for place, step in enumerate(_visits(route))
    }
    for one in asked.request.shipments:
        taken, given = at.get(("pickup", one.pickup.id)), at.get(("delivery", one.delivery.id))
        if (taken is None) != (given is None):
            yield f"Only one end of the shipment of pickup {one.pickup.id} is served."
        elif taken is not None and given is not None and (taken[0] != given[0] or taken[1] > given[1]):
            yield f"Delivery {one.delivery.id} does not follow pickup {one.pickup.id} with the same vehicle."


def _summary(summary: Json, routes: list[Json], unassigned: int) -> Iterator[str]:
    if (summary["routes"], summary["unassigned"]) != (len(routes), unassigned):
        yield "The summary counts routes or unassigned jobs wrongly."
    for name in _SUMS:
        if name in summary and summary[name] != sum(route[name] for route in routes):
            yield f"The summary's {name} is not the sum of the routes'."
    for name in ("delivery", "pickup"):
        if name in summary and summary[name] != [
            sum(route[name][column] for route in routes) for column in range(len(summary[name]))
        ]:
            yield f"The summary's {name} is not the sum of the routes'."


class _Walk:
    """Follows one route step by step."""

    def __init__(
        self,
        asked: Asked,
        vehicle: Vehicle,
        tasks: dict[tuple[str, int], Task],
        route: Json,
        slack_s: Fraction,
    ) -> None:
        self._asked = asked
        self._vehicle = vehicle
        self._ways = asked.legs.matrices[vehicle.profile]
        self._route = route
        self._steps: list[Json] = route["steps"]
        self._jobs = [tasks[step["type"], step["id"]] for step in _visits(route)]
        self._amounts = {
            end: shipment.amount or ()
            for shipment in asked.request.shipments
            for end in (("pickup", shipment.pickup.id), ("delivery", shipment.delivery.id))
        }
        self._slack_s = slack_s
        self._driven = 0
        self._metres = 0
        self._cost = Fraction(vehicle.costs.fixed)

    def findings(self) -> Iterator[str]:
        """Yield what does not hold on the route."""
        kinds = [step["type"] for step in self._steps]
        if kinds[:1] != ["start"] or kinds[-1:] != ["end"] or set(kinds[1:-1]) - {*_KINDS, "break"}:
            yield "the steps do not go from start over jobs and breaks to end."
            return
        if not self._jobs:
            yield "the route has no job."
            return
        yield from self._places()
        yield from self._times()
        yield from self._jobs_done()
        yield from self._breaks()
        yield from self._loads()
        yield from self._limits()
        yield from self._sums()

    def _places(self) -> Iterator[str]:
        vehicle, first, last = self._vehicle, self._jobs[0], self._jobs[-1]
        starts = vehicle.start is not None or vehicle.start_index is not None
        ends = vehicle.end is not None or vehicle.end_index is not None
        expected = [
            (vehicle.start_index, vehicle.start) if starts else (first.location_index, first.location),
            *((job.location_index, job.location) for job in self._jobs),
            (vehicle.end_index, vehicle.end) if ends else (last.location_index, last.location),
        ]
        stops = [step for step in self._steps if step["type"] != "break"]
        for step, (index, point) in zip(stops, expected, strict=True):
            said = step.get("location")
            if self._asked.legs.by_index and step.get("location_index") != index:
                yield f"the {_name(step)} is at row {step.get('location_index')}, not {index}."
            if (None if said is None else tuple(said)) != point:
                yield f"the {_name(step)} is at {said}, not {point}."

    def _rows(self) -> list[int | None]:
        legs = self._asked.legs

        def row(index: int | None, point: tuple[float, float] | None) -> int | None:
            key = index if legs.by_index else point
            return None if key is None else legs.row[key]

        vehicle = self._vehicle
        return [
            row(vehicle.start_index, vehicle.start),
            *(row(job.location_index, job.location) for job in self._jobs),
            row(vehicle.end_index, vehicle.end),
        ]

    def _times(self) -> Iterator[str]:
        """Follow the clock: each step begins when the one before has ended and the way between is driven."""
        rows = self._rows()
        percent = int(1 / self._vehicle.speed_factor * 100 + 0.5)  # VROOM keeps two digits, no more
        free = self._steps[0]["arrival"]
        on_road = 0
        leg = 0
        for step in self._steps[1:]:
            drive = step["arrival"] - free
            if drive < 0 or step["waiting_time"] < 0:
                yield f"the {_name(step)} begins before the step before it has ended."
            on_road += drive
            self._driven += drive
            if step["duration"] != self._driven:
                yield f"the {_name(step)} says {step['duration']} s driven, not {self._driven}."
            if step["type"] != "break":
                here, there = rows[leg], rows[leg + 1]
                exact = Fraction(0)
                if here is not None and there is not None:
                    exact = Fraction(int(self._ways.durations[here, there]) * percent, 100)
                    self._pay(here, there)
                if abs(on_road - exact) > self._slack_s:
                    yield f"the drive to the {_name(step)} takes {on_road} s, not {float(exact):g}."
                if step.get("distance", self._metres) != self._metres:
                    yield f"the {_name(step)} says {step['distance']} m driven, not {self._metres}."
                on_road = 0
                leg += 1
            free = step["arrival"] + step["waiting_time"] + step["setup"] + step["service"]
        begins, ends = self._vehicle.time_window or (0, free)
        if self._steps[0]["arrival"] < begins or free > ends:
            yield f"it works from {self._steps[0]['arrival']} to {free}, outside {begins} to {ends}."

    def _pay(self, here: int, there: int) -> None:
        ways, costs = self._ways, self._vehicle.costs
        if ways.distances is not None:
            self._metres += int(ways.distances[here, there])
        if ways.costs is not None:
            self._cost += int(ways.costs[here, there])
            return
        hours = Fraction(int(ways.durations[here, there]), 3600) / Fraction(self._vehicle.speed_factor)
        self._cost += hours * costs.per_hour
        if ways.distances is not None:
            self._cost += Fraction(int(ways.distances[here, there]), 1000) * costs.per_km

    def _jobs_done(self) -> Iterator[str]:
        rows = self._rows()
        skills = set(self._vehicle.skills)
        for position, (job, step) in enumerate(zip(self._jobs, _visits(self._route), strict=True)):
            missing = sorted(set(job.skills) - skills)
            if missing:
                yield f"job {job.id} needs skills {missing}, which the vehicle has not."
            yield from _in_window(step, job.time_windows)
            setup, service = job.setup, job.service
            for vehicle_type, seconds in job.setup_per_type.items():
                setup = seconds if vehicle_type == self._vehicle.type else setup
            for vehicle_type, seconds in job.service_per_type.items():
                service = seconds if vehicle_type == self._vehicle.type else service
            if rows[position] == rows[position + 1]:
                setup = 0
            if (step["setup"], step["service"]) != (setup, service):
                yield f"the {_name(step)} takes {step['setup']} + {step['service']} s, not {setup} + {service}."

    def _breaks(self) -> Iterator[str]:
        owed: dict[int, Break] = {one.id: one for one in self._vehicle.breaks}
        for step in _of(self._route, "break"):
            one = owed.pop(step["id"], None)
            if one is None:
                yield f"break {step['id']} is not the vehicle's, or is taken twice."
                continue
            yield from _in_window(step, one.time_windows)
            if (step["setup"], step["service"]) != (0, one.service):
                yield f"break {one.id} takes {step['service']} s, not {one.service}."
        yield from (f"break {one} is not taken." for one in owed)

    def _loads(self) -> Iterator[str]:
        dimensions = len(self._vehicle.capacity)
        for column in range(dimensions):
            # What jobs get is on the vehicle from its start; what a shipment is, from its pickup.
            load = sum(given[column] for kind, _, given in self._moved() if kind == "job" and given)
            moved = iter(self._moved())
            for step in self._steps:
                if step["type"] in _KINDS:
                    _, taken, given = next(moved)
                    load += (taken[column] if taken else 0) - (given[column] if given else 0)
                if step["load"][column] != load:
                    yield f"the {_name(step)} says load {step['load'][column]}, not {load}."
                if load > self._vehicle.capacity[column]:
                    yield f"at the {_name(step)} the load is {load}, over {self._vehicle.capacity[column]}."

    def _moved(self) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
        """Return what each visit is, what it puts onto the vehicle and what it takes off."""
        moved: list[tuple[str, tuple[int, ...], tuple[int, ...]]] = []
        for task in self._jobs:
            if task.kind == "job":
                moved.append(("job", task.pickup or (), _delivered(task)))
            elif task.kind == "pickup":
                moved.append(("pickup", self._amounts["pickup", task.id], ()))
            else:
                moved.append(("delivery", (), self._amounts["delivery", task.id]))
        return moved

    def _limits(self) -> Iterator[str]:
        most, longest = self._vehicle.max_tasks, self._vehicle.max_travel_time
        if most is not None and len(self._jobs) > most:
            yield f"it has {len(self._jobs)} jobs, over max_tasks {most}."
        if longest is not None and self._driven > longest:
            yield f"it drives {self._driven} s, over max_travel_time {longest}."

    def _sums(self) -> Iterator[str]:
        route = self._route
        own = ("setup", "service", "waiting_time")
        expected = {name: sum(step[name] for step in self._steps) for name in own}
        expected |= {"duration": self._driven, "priority": sum(job.priority for job in self._jobs)}
        if "distance" in route:
            expected["distance"] = self._metres
        for name, amount in expected.items():
            if route[name] != amount:
                yield f"the route's {name} is {route[name]}, not {amount}."
        if abs(route["cost"] - self._cost) >= 1:
            yield f"the route's cost is {route['cost']}, not {float(self._cost):g}."
        for name, amounts in (
            ("delivery", [given for _, _, given in self._moved()]),
            ("pickup", [taken for _, taken, _ in self._moved()]),
        ):
            for column in range(len(self._vehicle.capacity)):
                amount = sum(one[column] for one in amounts if one)
                if route[name][column] != amount:
                    yield f"the route's {name} is {route[name][column]}, not {amount}."


def _of(route: Json, kind: str) -> list[Json]:
    return [step for step in route["steps"] if step["type"] == kind]


def _visits(route: Json) -> list[Json]:
    return [step for step in route["steps"] if step["type"] in _KINDS]


def _titled(one: tuple[str, int]) -> str:
    return f"{one[0].capitalize()} {one[1]}"


def _name(step: Json) -> str:
    return f"{step['type']} {step['id']}" if "id" in step else str(step["type"])


def _in_window(step: Json, windows: tuple[Window, ...] | None) -> Iterator[str]:
    begin = step["arrival"] + step["waiting_time"]
    if windows and not any(opens <= begin <= closes for opens, closes in windows):
        yield f"the {_name(step)} begins at {begin}, outside its time windows."


def _delivered(job: Job) -> tuple[int, ...]:
    if job.delivery is None and job.pickup is None:
        return job.amount or ()
    return job.delivery or ()
