"""A plan as a map: GeoJSON with the days' ways, stops, branches with their radius, and jobs left out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from optimizer.domain.job import Job
from optimizer.domain.plan import Leg, Restock, ShiftPlan, Stop, ToolPlan
from optimizer.domain.route_shape import ROADS_ATTRIBUTION, RouteShapes, ShapeKey, ShapePoint
from optimizer.domain.technician import Means
from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.on_the_globe import circle, line, point
from optimizer.rules.arrive_near import RULE as ARRIVE_NEAR
from optimizer.rules.settings import params_of
from optimizer.travel.coordinates import to_wgs84
from optimizer.words.free_text import harmless
from optimizer.words.line_words import leg_rides_words
from optimizer.words.names import MEANS_NAMES, PRIORITY_NAMES
from optimizer.words.nights import evening_words, morning_words
from optimizer.words.reasons import reason_words
from optimizer.words.tied_stops import company_words, stop_day_words, tool_lines
from optimizer.words.trade_words import pieces_words, trade_word

COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#882255", "#44aa99")
"""One for each technician in turn; people who see fewer colours can tell them apart (Okabe & Ito; Tol)."""

_BRANCH: Final = "#000000"
_LEFT_OUT: Final = "#cc3311"
_TOOL: Final = "#555555"

_Feature = dict[str, Any]


def plan_geojson(facts: PlanFacts, shapes: RouteShapes | None = None) -> str:
    """Return the plan as a GeoJSON text (RFC 7946): WGS-84, longitude first.

    Of a day on a trip, ``woken`` and ``night`` say where it begins and ends; its ``back`` is when that is reached.
    A feature's ``kind`` is ``day`` (the way of a technician's day), ``stop``, ``restock`` (parts are loaded at a
    branch on the way), ``tool day`` (the way of a shared tool's day), ``left out``, ``branch`` or ``radius``.
    ``stroke`` and ``marker-color`` are colours that many map programs understand.

    Parameters
    ----------
    facts : the plan with its scenario
    shapes : lines of drives on roads; a drive without one is drawn straight
    """
    points = _points(facts)
    order = {one.technician_id: row for row, one in enumerate(facts.scenario.technicians)}
    features: list[_Feature] = [*_branches(facts, points)]
    for shift in facts.document.plan.shifts:
        colour = COLOURS[order[shift.technician_id] % len(COLOURS)]
        features.append(_day(shift, colour, facts, points, shapes or {}))
        stops = enumerate(shift.stops, 1)
        features += [_stop(number, stop, shift, colour, facts, points) for number, stop in stops]
        features += [_restock(one, shift, colour, facts, points) for one in shift.restocks]
    features += [_tool_day(route, facts, points, shapes or {}) for route in facts.document.plan.tools]
    features += _left_out(facts, points)
    content: dict[str, Any] = {"type": "FeatureCollection"}
    if shapes:
        content["attribution"] = ROADS_ATTRIBUTION[facts.language]
    content["features"] = features
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _points(facts: PlanFacts) -> dict[str, ShapePoint]:
    """Return every place by name in WGS-84, whatever map it was taken from."""
    places = facts.places.values()
    there = to_wgs84(
        [place.lat for place in places], [place.lon for place in places], facts.scenario.coordinate_system
    )
    pairs = zip(facts.places, there.lat.tolist(), there.lon.tolist(), strict=True)
    return {name: ShapePoint(lat, lon) for name, lat, lon in pairs}


def _branches(facts: PlanFacts, points: dict[str, ShapePoint]) -> Iterator[_Feature]:
    usual_km = params_of(ARRIVE_NEAR, facts.scenario.policy).service_radius_km
    for branch in facts.scenario.branches:
        at = points[f"branch:{branch.branch_id}"]
        radius_km = branch.service_radius_km or usual_km
        said = {"branch": branch.branch_id, "name": branch.name, "address": branch.place.address}
        said["hotline"] = branch.hotline
        yield _feature(point(at), "branch", said, {"marker-color": _BRANCH})
        area = circle(at, 1000 * radius_km)
        if area is not None:
            style: dict[str, str | int] = {"stroke": _BRANCH, "stroke-width": 1, "fill-opacity": 0}
            yield _feature(
                area,
                "radius",
                {"branch": branch.branch_id, "name": branch.name, "radius_km": radius_km},
                style,
            )


def _day(
    shift: ShiftPlan, colour: str, facts: PlanFacts, points: dict[str, ShapePoint], shapes: RouteShapes
) -> _Feature:
    legs = shift.legs
    way: list[ShapePoint] = []
    for leg in legs:
        way += _way(leg, shift.means, points, shapes)
    on_roads = any(_key(leg, shift.means) in shapes for leg in legs)
    said = {
        "technician": shift.technician_id,
        "name": facts.technicians[shift.technician_id].name,
        "day": shift.day.isoformat(),
        "means": MEANS_NAMES[shift.means][facts.language],
        "stops": len(shift.stops),
        "km": sum(leg.distance_m for leg in legs) / 1000,
        "drive_minutes": round(sum(leg.travel_s for leg in shift.work_legs) / 60, 1),
        **_day_rides(legs, shift, facts),
        "leaves": shift.departure.astimezone(facts.zone).isoformat(),
        "back": shift.last_leg.arrival.astimezone(facts.zone).isoformat(),
        "woken": morning_words(shift, facts.language),
        "night": evening_words(shift, facts.language),
        "on_roads": on_roads,
        # Many programs keep nothing but the features.
        "attribution": ROADS_ATTRIBUTION[facts.language] if on_roads else "",
        "colour": colour,
    }
    return _feature(line(_without_repeats(way)), "day", said, {"stroke": colour, "stroke-width": 3})


def _day_rides(legs: Sequence[Leg], shift: ShiftPlan, facts: PlanFacts) -> dict[str, str]:
    """Return all trains and ships of a day, where it has any."""
    said = [words for leg in legs if (words := leg_rides_words(facts, shift.means, leg))]
    return {"rides": "; ".join(said)} if said else {}


def _way(
    leg: Leg, means: Means, points: dict[str, ShapePoint], shapes: RouteShapes
) -> tuple[ShapePoint, ...]:
    """Return the points of a drive: through its two places, and along the road between where that is known."""
    road = shapes.get(_key(leg, means), ())
    return (points[leg.from_place], *road, points[leg.to_place])


def _without_repeats(way: list[ShapePoint]) -> list[ShapePoint]:
    """Return a way without standing still, but with two points at least."""
    moved = [after for before, after in zip([None, *way[:-1]], way, strict=True) if after != before]
    return moved if len(moved) > 1 else way[:2]


def _key(leg: Leg, means: Means) -> ShapeKey:
    return ShapeKey(means, leg.from_place, leg.to_place)


def _stop(
    number: int,
    stop: Stop,
    shift: ShiftPlan,
    colour: str,
    facts: PlanFacts,
    points: dict[str, ShapePoint],
) -> _Feature:
    said = {
        "technician": shift.technician_id,
        "name": facts.technicians[shift.technician_id].name,
        "day": shift.day.isoformat(),
        "order": number,
        **_work(facts.jobs[stop.job_id], facts),
        "arrival": stop.leg.arrival.astimezone(facts.zone).isoformat(),
        "start": stop.start.astimezone(facts.zone).isoformat(),
        "end": stop.end.astimezone(facts.zone).isoformat(),
        **_tied(stop, facts),
        "drive_minutes": round(stop.leg.travel_s / 60, 1),
        "km": stop.leg.distance_m / 1000,
        **_rides(stop.leg, shift, facts),
        "colour": colour,
    }
    style = {"marker-color": colour, "marker-symbol": str(number % 100)}
    return _feature(point(points[f"job:{stop.job_id}"]), "stop", said, style)


def _restock(
    restock: Restock, shift: ShiftPlan, colour: str, facts: PlanFacts, points: dict[str, ShapePoint]
) -> _Feature:
    said = {
        "technician": shift.technician_id,
        "name": facts.technicians[shift.technician_id].name,
        "day": shift.day.isoformat(),
        "branch": restock.branch_id,
        "loads": pieces_words(restock.picked_up, facts.language),
        "arrival": restock.leg.arrival.astimezone(facts.zone).isoformat(),
        "start": restock.start.astimezone(facts.zone).isoformat(),
        "end": restock.end.astimezone(facts.zone).isoformat(),
        "drive_minutes": round(restock.leg.travel_s / 60, 1),
        "km": restock.leg.distance_m / 1000,
        **_rides(restock.leg, shift, facts),
        "colour": colour,
    }
    style = {"marker-color": colour, "marker-symbol": "warehouse"}
    return _feature(point(points[f"branch:{restock.branch_id}"]), "restock", said, style)


def _rides(leg: Leg, shift: ShiftPlan, facts: PlanFacts) -> dict[str, str]:
    """Return the trains and ships of a drive, where it has any."""
    said = leg_rides_words(facts, shift.means, leg)
    return {"rides": said} if said else {}


def _tied(stop: Stop, facts: PlanFacts) -> dict[str, str | int]:
    """Return place in the crew, day of the job and shared tools, of stops that have them."""
    said: dict[str, str | int] = {}
    if company := company_words(facts, stop):
        said |= {"seat": stop.seat, "crew": company}
    if day := stop_day_words(facts, stop):
        said |= {"part": stop.part, "day_of_job": day}
    if tools := tool_lines(facts, stop):
        said["shared_tools"] = "\n".join(tools)
    return said


def _tool_day(
    route: ToolPlan, facts: PlanFacts, points: dict[str, ShapePoint], shapes: RouteShapes
) -> _Feature:
    legs = route.legs
    way = [one for leg in legs for one in _way(leg, route.means, points, shapes)]
    on_roads = any(_key(leg, route.means) in shapes for leg in legs)
    said = {
        "tool": trade_word(route.tool, facts.language),
        "piece": route.piece,
        "branch": route.branch_id,
        "day": route.day.isoformat(),
        "jobs": ", ".join(stop.job_id for stop in route.stops),
        "km": sum(leg.distance_m for leg in legs) / 1000,
        "leaves": route.stops[0].leg.departure.astimezone(facts.zone).isoformat(),
        "back": route.last_leg.arrival.astimezone(facts.zone).isoformat(),
        "on_roads": on_roads,
        "attribution": ROADS_ATTRIBUTION[facts.language] if on_roads else "",
    }
    style: dict[str, str | int] = {"stroke": _TOOL, "stroke-width": 1}
    return _feature(line(_without_repeats(way)), "tool day", said, style)


def _left_out(facts: PlanFacts, points: dict[str, ShapePoint]) -> Iterator[_Feature]:
    told = facts.document.assessment.unserved
    reasons = {reason.job_id: reason_words(reason, facts.language) for reason in told}
    for job_id in facts.document.plan.unserved:
        said = {**_work(facts.jobs[job_id], facts), "reason": reasons.get(job_id, "")}
        style = {"marker-color": _LEFT_OUT, "marker-symbol": "cross"}
        yield _feature(point(points[f"job:{job_id}"]), "left out", said, style)


def _work(job: Job, facts: PlanFacts) -> dict[str, str | int]:
    customer = job.customer
    said: dict[str, str | int] = {
        "job": job.job_id,
        "type": facts.job_type(job),
        "product": facts.product(job) or "",
        "units": job.units,
        "priority": PRIORITY_NAMES[job.priority][facts.language],
        "customer": customer.name if customer is not None else "",
        "address": job.place.address,
    }
    if facts.phones and customer is not None:
        said["phone"] = customer.phone
    return said


def _feature(
    geometry: dict[str, Any], kind: str, said: dict[str, Any], style: Mapping[str, str | int]
) -> _Feature:
    known = {name: value for name, value in said.items() if value != ""}
    shown = {
        name: harmless(value, keep_lines=True) if isinstance(value, str) else value
        for name, value in known.items()
    }
    properties = {"kind": kind, **shown, **style}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
