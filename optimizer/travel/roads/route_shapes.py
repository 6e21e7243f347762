"""The lines a plan's drives follow on the map, as far as a road source knows them.

References
----------
D. H. Douglas, T. K. Peucker (1973), "Algorithms for the reduction of the number of points required to represent a
digitized line or its caricature", Cartographica 10(2), 112–122, doi:10.3138/FM57-6770-U75U-7727.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.place import Place
from optimizer.domain.plan import Plan
from optimizer.domain.route_shape import RouteShapes, ShapeKey, ShapePoint
from optimizer.domain.scenario import Scenario
from optimizer.travel.gps_places import gps_places
from optimizer.travel.roads.router import Roads
from optimizer.travel.roads.source import Drive, Line
from optimizer.travel.snapshot import by_roads

CLOSE_ENOUGH_M: Final = 5.0
"""A line may pass its road at this distance: less than a road's width on any map that shows a whole day."""

_METRES_A_DEGREE: Final = 111_195.0


def route_shapes(scenario: Scenario, plan: Plan, roads: Roads | None) -> RouteShapes:
    """Return the line of every drive that the road data know; other drives are drawn straight.

    Parameters
    ----------
    scenario : the question the plan answers
    plan : its drives are drawn
    roads : the operator's road data; none: no line

    Returns
    -------
    Lines from place to place, WGS-84, within `CLOSE_ENOUGH_M` of the road; empty where the plan's times do not come
    from roads, so that no line shows a way that the times are not about.
    """
    if roads is None or not by_roads(plan.travel.source):
        return {}
    places = gps_places(scenario)
    keys = [
        ShapeKey(leg.means, leg.from_place, leg.to_place)
        for leg in plan.travel.legs
        if leg.distance_m
        and leg.means not in scenario.travel.matrices
        and roads.source.knows(leg.means)
        and {leg.from_place, leg.to_place} <= places.keys()
    ]
    lines: dict[ShapeKey, Line] = {}
    for means in sorted({key.means for key in keys}):
        asked = [key for key in keys if key.means == means]
        drives = [Drive(_point(places[key.from_place]), _point(places[key.to_place])) for key in asked]
        for key, drive, line in zip(asked, drives, roads.source.lines(means, drives), strict=True):
            if line:
                # The drive begins and ends at the places themselves, not where they were put on the road.
                lines[key] = (drive.here, *simplified(line), drive.there)
    return lines


def simplified(
    line: tuple[ShapePoint, ...], close_enough_m: float = CLOSE_ENOUGH_M
) -> tuple[ShapePoint, ...]:
    """Return a line with fewer points that is nowhere farther from the given one than allowed.

    Parameters
    ----------
    line : points in order
    close_enough_m : distance allowed, in metres
    """
    if len(line) <= 2:
        return line
    lat, lon = (np.array(column, dtype=np.float64) for column in zip(*line, strict=True))
    x = lon * _METRES_A_DEGREE * np.cos(np.radians(lat.mean()))
    y = lat * _METRES_A_DEGREE
    keep = np.zeros(len(line), dtype=np.bool_)
    keep[[0, -1]] = True
    open_parts = [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        if last - first < 2:
            continue
        away = _away(x[first : last + 1], y[first : last + 1])
        farthest = int(np.argmax(away))
        if away[farthest] > close_enough_m:
            middle = first + farthest
            keep[middle] = True
            open_parts += [(first, middle), (middle, last)]
    return tuple(point for point, kept in zip(line, keep.tolist(), strict=True) if kept)


def _point(place: Place) -> ShapePoint:
    return ShapePoint(lat=round(place.lat, 6), lon=round(place.lon, 6))


def _away(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each point is from the straight piece between the first and the last."""
    dx, dy = x[-1] - x[0], y[-1] - y[0]
    length_squared = dx * dx + dy * dy
    if length_squared == 0:
        return np.asarray(np.hypot(x - x[0], y - y[0]))
    along = np.clip(((x - x[0]) * dx + (y - y[0]) * dy) / length_squared, 0, 1)
    return np.asarray(np.hypot(x - x[0] - along * dx, y - y[0] - along * dy))
