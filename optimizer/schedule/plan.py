"""Makes a plan in business words of any engine's routes: one timing rule, no engine sets a time."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from optimizer.compile import Compiled
from optimizer.compile.layout import means_of_tools
from optimizer.domain.fingerprint import scenario_sha256, travel_sha256
from optimizer.domain.plan import (
    Leg,
    Night,
    Plan,
    Provenance,
    Rest,
    ShiftPlan,
    Stop,
    ToolPlan,
    ToolStop,
    TravelLeg,
    TravelSnapshot,
)
from optimizer.domain.roster import place_book
from optimizer.domain.technician import Means
from optimizer.domain.trips import night_at
from optimizer.errors import BrokenPlan
from optimizer.problem import Routes
from optimizer.rules.lodging import RULE as LODGING
from optimizer.rules.settings import params_of
from optimizer.schedule.days import Way, days_of
from optimizer.schedule.lanes import RouteTimes, Timekeeper
from optimizer.schedule.parts import Pieces, pick_ups
from optimizer.schedule.restocks import halts_of, is_halt, restocks

Driven = dict[tuple[Means, str, str], TravelLeg]


class Timetable(NamedTuple):
    """When everybody is where."""

    shifts: tuple[ShiftPlan, ...]
    """People's days, in the scenario's order."""
    tools: tuple[ToolPlan, ...]
    """The ways of shared tools."""
    ways: Driven
    """The travel data of what is driven."""


def make_plan(compiled: Compiled, routes: Routes, provenance: Provenance) -> Plan:
    """Return the plan of these routes.

    Parameters
    ----------
    compiled : the question
    routes : orders of stops and the starts on which tied routes have agreed, feasible
    provenance : how they were found

    Raises
    ------
    BrokenPlan
        When no timing of a route keeps the hard limits: the engine that made it is wrong.
    """
    times = timetable(compiled, routes)
    legs = tuple(times.ways[key] for key in sorted(times.ways))
    scenario = compiled.scenario
    return Plan(
        scenario=scenario.name,
        scenario_sha256=scenario_sha256(scenario),
        horizon=scenario.horizon,
        time_zone=scenario.time_zone,
        preset=scenario.policy.preset,
        shifts=times.shifts,
        tools=times.tools,
        unserved=tuple(compiled.names.jobs[row] for row in routes.unserved),
        travel=TravelSnapshot(
            source=compiled.travel.source, legs=legs, sha256=travel_sha256(compiled.travel.source, legs)
        ),
        provenance=provenance,
    )


def timetable(compiled: Compiled, routes: Routes) -> Timetable:
    """Return when everybody is where: every stop with its times, the rests where they are cheapest.

    Parameters
    ----------
    compiled : the question
    routes : orders of stops and the starts on which tied routes have agreed, feasible

    Raises
    ------
    BrokenPlan
        When no timing of a route keeps the hard limits: the engine that made it is wrong.
    """
    driven: Driven = {}
    timekeeper = Timekeeper(compiled.problem, routes.agreed)
    loaded = pick_ups(compiled.problem, routes)
    people, tools = len(compiled.shifts), len(compiled.tools)
    shifts: dict[int, ShiftPlan] = {}
    tool_plans = []
    for row, stops in enumerate(routes.stops):
        if not stops:
            continue
        times = _times(compiled, timekeeper, row, stops)
        if people <= row < people + tools:
            tool_plans.append(_tool_plan(compiled, row, stops, times, driven))
        else:
            shifts.update(_shift_plans(compiled, row, stops, times, loaded.get(row, {}), driven))
    return Timetable(tuple(shifts[day] for day in sorted(shifts)), tuple(tool_plans), driven)


def _times(compiled: Compiled, timekeeper: Timekeeper, row: int, stops: tuple[int, ...]) -> RouteTimes:
    times = timekeeper.time(row, stops)
    if times is None:
        raise BrokenPlan((f"The route of {compiled.names.shifts[row]} cannot be timed.",))
    return times


def _shift_plans(
    compiled: Compiled,
    row: int,
    stops: tuple[int, ...],
    times: RouteTimes,
    loaded: Pieces,
    driven: Driven,
) -> Iterator[tuple[int, ShiftPlan]]:
    """Yield the days of a route, each with the row of its shift."""
    rows, means = compiled.days_of(row)
    begins_s = [int(compiled.problem.start_s[day]) for day in rows]
    for number, day in enumerate(days_of(compiled.problem, row, stops, times, begins_s)):
        shift = compiled.shifts[rows[day.number]]
        halts = [
            (halt, _leg(compiled, means, way, driven)) for halt, way in halts_of(compiled, stops, day, times)
        ]
        last_leg = _leg(compiled, means, day.ways[-1], driven)
        yield (
            rows[day.number],
            ShiftPlan(
                technician_id=shift.technician.technician_id,
                day=shift.shift.day,
                means=means,
                departure=(halts[0][1] if halts else last_leg).departure,
                stops=tuple(
                    _stop(compiled, row, stops[halt[0]], leg, times, halt[0])
                    for halt, leg in halts
                    if not is_halt(compiled, stops[halt[0]])
                ),
                picked_up={} if number else {compiled.names.parts[part]: n for part, n in loaded.items()},
                restocks=tuple(restocks(compiled, stops, halts, times)),
                rests=_rests(compiled, row, day.rests, times),
                last_leg=last_leg,
                night=_night(compiled, day.ways[-1]) if day.away else None,
            ),
        )


def _night(compiled: Compiled, way: Way) -> Night:
    """Return how the night at the end of a way is spent, or on it."""
    if way.ridden:
        return "transit"
    at = place_book(compiled.scenario)[compiled.names.places[way.there]]
    return night_at(compiled.scenario, at, params_of(LODGING, compiled.scenario.policy).housing_km)


def _stop(compiled: Compiled, row: int, job: int, leg: Leg, times: RouteTimes, i: int) -> Stop:
    visit = compiled.visits.rows[job]
    service_s = int(compiled.problem.service_s[job, compiled.problem.service_class[row]])
    return Stop(
        job_id=compiled.names.jobs[visit.job],
        leg=leg,
        start=compiled.timeline.moment(int(times.start[i])),
        end=compiled.timeline.moment(int(times.end[i])),
        setup_s=int(times.end[i] - times.start[i] - service_s),
        service_s=service_s,
        seat=visit.seat,
        part=visit.part,
    )


def _tool_plan(
    compiled: Compiled, row: int, stops: tuple[int, ...], times: RouteTimes, driven: Driven
) -> ToolPlan:
    tool = compiled.tools[row - len(compiled.shifts)]
    means = means_of_tools(compiled.travel.legs)
    (day,) = days_of(compiled.problem, row, stops, times, [int(compiled.problem.start_s[row])])
    legs = [_leg(compiled, means, way, driven) for way in day.ways]
    return ToolPlan(
        branch_id=tool.branch_id,
        tool=tool.tool,
        piece=tool.piece,
        day=tool.day,
        means=means,
        stops=tuple(_tool_stop(compiled, job, legs[i], times, i) for i, job in enumerate(stops)),
        last_leg=legs[-1],
    )


def _tool_stop(compiled: Compiled, job: int, leg: Leg, times: RouteTimes, i: int) -> ToolStop:
    visit = compiled.visits.rows[job]
    return ToolStop(
        job_id=compiled.names.jobs[visit.job],
        part=visit.part,
        leg=leg,
        start=compiled.timeline.moment(int(times.start[i])),
        end=compiled.timeline.moment(int(times.end[i])),
    )


def _leg(compiled: Compiled, means: Means, way: Way, driven: Driven) -> Leg:
    matrix = compiled.travel.legs[means]
    a, b = way.here, way.there
    here, there = compiled.names.places[a], compiled.names.places[b]
    driven[means, here, there] = TravelLeg(
        from_place=here,
        to_place=there,
        means=means,
        base_s=int(matrix.base_s[a, b]),
        distance_m=int(matrix.metres[a, b]),
        hour_percent=matrix.speeds(a, b),
        fare_cents=int(matrix.fare_cents[a, b]) if matrix.fare_cents.size else 0,
        rides=matrix.rides(a, b),
        slow_hours=matrix.slow(a, b),
    )
    return Leg(
        from_place=here,
        to_place=there,
        departure=compiled.timeline.moment(way.leave_s),
        arrival=compiled.timeline.moment(way.reach_s),
        travel_s=int(matrix.base_s[a, b]) if way.ridden else way.reach_s - way.leave_s,
        distance_m=int(matrix.metres[a, b]),
    )


def _rests(compiled: Compiled, row: int, rests: Sequence[int], times: RouteTimes) -> tuple[Rest, ...]:
    problem = compiled.problem
    first = int(problem.rest_ptr[row])
    moment = compiled.timeline.moment

    def rest(i: int) -> Rest:
        kind = compiled.rest_kinds[first + i]
        assert kind != "night"
        end_s = int(times.rest_begin[i] + problem.rest_s[first + i])
        return Rest(kind=kind, start=moment(int(times.rest_begin[i])), end=moment(end_s))

    return tuple(rest(i) for i in rests)
