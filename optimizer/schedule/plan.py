"""Makes a plan in business words of any engine's routes: one timing rule, no engine sets a time."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from optimizer.compile import Compiled
from optimizer.compile.layout import means_of_tools
from optimizer.domain.fingerprint import scenario_sha256, travel_sha256
from optimizer.domain.plan import (
    Leg,
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
from optimizer.domain.technician import Means
from optimizer.errors import BrokenPlan
from optimizer.problem import Routes
from optimizer.schedule.lanes import RouteTimes, Timekeeper
from optimizer.schedule.parts import Pieces, pick_ups
from optimizer.travel.base import LegMatrix

Driven = dict[tuple[Means, str, str], TravelLeg]


def make_plan(compiled: Compiled, routes: Routes, provenance: Provenance) -> Plan:
    """Return the plan of these routes: every stop with its times, the rests where they are cheapest.

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
    driven: Driven = {}
    timekeeper = Timekeeper(compiled.problem, routes.agreed)
    loaded = pick_ups(compiled.problem, routes)
    timed = {row: _times(compiled, timekeeper, row, stops) for row, stops in enumerate(routes.stops) if stops}
    people = len(compiled.shifts)
    shifts = tuple(
        _shift_plan(compiled, row, routes.stops[row], times, loaded.get(row, {}), driven)
        for row, times in timed.items()
        if row < people
    )
    tools = tuple(
        _tool_plan(compiled, row, routes.stops[row], times, driven)
        for row, times in timed.items()
        if row >= people
    )
    legs = tuple(driven[key] for key in sorted(driven))
    scenario = compiled.scenario
    return Plan(
        scenario=scenario.name,
        scenario_sha256=scenario_sha256(scenario),
        horizon=scenario.horizon,
        time_zone=scenario.time_zone,
        preset=scenario.policy.preset,
        shifts=shifts,
        tools=tools,
        unserved=tuple(compiled.names.jobs[row] for row in routes.unserved),
        travel=TravelSnapshot(
            source=compiled.travel.source, legs=legs, sha256=travel_sha256(compiled.travel.source, legs)
        ),
        provenance=provenance,
    )


def _times(compiled: Compiled, timekeeper: Timekeeper, row: int, stops: tuple[int, ...]) -> RouteTimes:
    times = timekeeper.time(row, stops)
    if times is None:
        raise BrokenPlan((f"The route of {compiled.names.shifts[row]} cannot be timed.",))
    return times


def _shift_plan(
    compiled: Compiled,
    row: int,
    stops: tuple[int, ...],
    times: RouteTimes,
    loaded: Pieces,
    driven: Driven,
) -> ShiftPlan:
    shift = compiled.shifts[row]
    legs = _legs(compiled, shift.technician.means, row, stops, times, driven)
    return ShiftPlan(
        technician_id=shift.technician.technician_id,
        day=shift.shift.day,
        means=shift.technician.means,
        departure=legs[0].departure,
        stops=tuple(_stop(compiled, row, job, legs[i], times, i) for i, job in enumerate(stops)),
        picked_up={compiled.names.parts[part]: pieces for part, pieces in loaded.items()},
        rests=_rests(compiled, row, times),
        last_leg=legs[-1],
    )


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
    legs = _legs(compiled, means, row, stops, times, driven)
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


def _legs(
    compiled: Compiled, means: Means, row: int, stops: Iterable[int], times: RouteTimes, driven: Driven
) -> list[Leg]:
    problem = compiled.problem
    places = [problem.start_place[row], *(problem.place[job] for job in stops), problem.end_place[row]]
    return [
        _leg(compiled, means, int(a), int(b), times, i, driven) for i, (a, b) in enumerate(pairwise(places))
    ]


def _leg(compiled: Compiled, means: Means, a: int, b: int, times: RouteTimes, i: int, driven: Driven) -> Leg:
    matrix = compiled.travel.legs[means]
    here, there = compiled.names.places[a], compiled.names.places[b]
    driven[means, here, there] = TravelLeg(
        from_place=here,
        to_place=there,
        means=means,
        base_s=int(matrix.base_s[a, b]),
        distance_m=int(matrix.metres[a, b]),
        hour_percent=_hour_percent(matrix, a, b),
    )
    return Leg(
        from_place=here,
        to_place=there,
        departure=compiled.timeline.moment(int(times.leave[i])),
        arrival=compiled.timeline.moment(int(times.arrive[i])),
        travel_s=int(times.arrive[i] - times.leave[i]),
        distance_m=int(matrix.metres[a, b]),
    )


def _hour_percent(matrix: LegMatrix, a: int, b: int) -> tuple[int, ...]:
    return (
        tuple(int(percent) for percent in matrix.hour_percent[matrix.band[a, b]]) if matrix.band.size else ()
    )


def _rests(compiled: Compiled, row: int, times: RouteTimes) -> tuple[Rest, ...]:
    problem = compiled.problem
    first = int(problem.rest_ptr[row])
    moment = compiled.timeline.moment

    def rest(i: int) -> Rest:
        begin: datetime = moment(int(times.rest_begin[i]))
        end = moment(int(times.rest_begin[i] + problem.rest_s[first + i]))
        return Rest(kind=compiled.rest_kinds[first + i], start=begin, end=end)

    return tuple(rest(i) for i in range(len(times.rest_begin)))
