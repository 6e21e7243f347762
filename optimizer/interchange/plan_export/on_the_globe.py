"""Lines and circles as GeoJSON wants them: counter-clockwise, cut where they cross the 180th meridian.

References
----------
H. Butler et al. (2016), "The GeoJSON Format", RFC 7946, https://doi.org/10.17487/RFC7946, sections 3.1.6
(right-hand rule), 3.1.9 (cutting at the antimeridian) and 11.2 (six decimals are enough).
"""

from collections.abc import Sequence
from itertools import pairwise
from math import asin, atan2, cos, degrees, pi, radians, sin
from typing import Any, Final

from optimizer.domain.requirements import EARTH_RADIUS_M
from optimizer.domain.route_shape import ShapePoint

_DECIMALS: Final = 6  # 11 cm on the ground
_CORNERS: Final = 64

Position = list[float]
"""Longitude, then latitude, in degrees: GeoJSON's order."""


def point(at: ShapePoint) -> dict[str, Any]:
    """Return a point as a GeoJSON geometry.

    Parameters
    ----------
    at : where, WGS-84
    """
    return {"type": "Point", "coordinates": _position(at.lon, at.lat)}


def line(points: Sequence[ShapePoint]) -> dict[str, Any]:
    """Return a line through two points or more as a GeoJSON geometry, the short way around the globe.

    Parameters
    ----------
    points : in order, WGS-84
    """
    parts: list[list[Position]] = [[_position(points[0].lon, points[0].lat)]]
    for before, after in pairwise(points):
        turn = _turn(before.lon, after.lon)
        if turn:  # to +180° and on from -180°, or the other way round
            lat = _crossing(before, after, turn)
            parts[-1].append(_position(180.0 * turn, lat))
            parts.append([_position(-180.0 * turn, lat)])
        parts[-1].append(_position(after.lon, after.lat))
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def circle(centre: ShapePoint, radius_m: float) -> dict[str, Any] | None:
    """Return a circle on the ground as a GeoJSON polygon of 64 corners, or none when a pole lies in it.

    Parameters
    ----------
    centre : its centre, WGS-84
    radius_m : its great-circle radius in metres, above 0
    """
    angle = radius_m / EARTH_RADIUS_M
    if abs(radians(centre.lat)) + angle >= pi / 2:
        return None
    # Counter-clockwise as seen from above: the bearing falls from north by west.
    ring = [_corner(centre, angle, -2 * pi * step / _CORNERS) for step in range(_CORNERS)]
    parts = [_clipped(ring, turns) for turns in (-1, 0, 1)]
    polygons = [[_closed(part)] for part in parts if part]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _corner(centre: ShapePoint, angle: float, bearing: float) -> tuple[float, float]:
    """Return longitude and latitude of a corner; the longitude may lie beyond ±180°."""
    lat = radians(centre.lat)
    there = asin(sin(lat) * cos(angle) + cos(lat) * sin(angle) * cos(bearing))
    east = atan2(sin(bearing) * sin(angle) * cos(lat), cos(angle) - sin(lat) * sin(there))
    return centre.lon + degrees(east), degrees(there)


def _clipped(ring: Sequence[tuple[float, float]], turns: int) -> list[tuple[float, float]]:
    """Return what of a ring lies in one turn of the globe, shifted to -180°…180° (Sutherland–Hodgman)."""
    shifted = [(lon - 360.0 * turns, lat) for lon, lat in ring]
    for edge, side in ((-180.0, 1), (180.0, -1)):
        kept: list[tuple[float, float]] = []
        for before, after in zip([shifted[-1], *shifted[:-1]], shifted, strict=True) if shifted else ():
            inside, was_inside = side * (after[0] - edge) >= 0, side * (before[0] - edge) >= 0
            if inside != was_inside:
                share = (edge - before[0]) / (after[0] - before[0])
                kept.append((edge, before[1] + share * (after[1] - before[1])))
            if inside:
                kept.append(after)
        shifted = kept
    return shifted if any(abs(lon) < 180.0 for lon, _ in shifted) else []  # not what only touches the edge


def _closed(ring: Sequence[tuple[float, float]]) -> list[Position]:
    positions = [_position(lon, lat) for lon, lat in ring]
    apart = [
        one for before, one in zip([positions[-1], *positions[:-1]], positions, strict=True) if one != before
    ]
    return [*apart, apart[0]]


def _turn(lon: float, then: float) -> int:
    """Return 1 where the short way crosses the 180th meridian to the east, -1 to the west, else 0."""
    return -1 if then - lon > 180 else 1 if then - lon < -180 else 0


def _crossing(before: ShapePoint, after: ShapePoint, turn: int) -> float:
    east = after.lon + 360.0 * turn
    share = (180.0 * turn - before.lon) / (east - before.lon)
    return before.lat + share * (after.lat - before.lat)


def _position(lon: float, lat: float) -> Position:
    return [round(lon, _DECIMALS) + 0.0, round(lat, _DECIMALS) + 0.0]  # + 0.0: never -0.0
