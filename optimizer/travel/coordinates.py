"""Chinese map coordinates: Chinese maps show places some hundred metres away from where GPS finds them.

Chinese maps use GCJ-02, Baidu BD-09; GPS and every formula of ours use WGS-84. The shift is a published
formula in one direction only; the way back is found by iteration. Outside the box that holds China, GCJ-02 is
WGS-84.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from optimizer.domain.place import CoordinateSystem

Degrees = NDArray[np.float64]


class Coordinates(NamedTuple):
    """Points on the map, by name and never as a bare pair."""

    lat: Degrees
    """Latitudes in degrees."""
    lon: Degrees
    """Longitudes in degrees."""


CHINA_LAT: Final = (0.8293, 55.8271)
CHINA_LON: Final = (72.004, 137.8347)

_AXIS_M: Final = 6378245.0  # Krasovsky ellipsoid, as in the published formula
_ECCENTRICITY2: Final = 0.00669342162296594323
_BAIDU_PI: Final = np.pi * 3000 / 180
_CLOSE_ENOUGH_DEG: Final = 1e-9  # 0.1 mm on the ground
_ROUNDS: Final = 30
_XIAN: Final = Coordinates(np.array(34.3), np.array(108.9))  # stands in for points that the shift is not for


def to_wgs84(lat: ArrayLike, lon: ArrayLike, system: CoordinateSystem) -> Coordinates:
    """Turn map coordinates into GPS coordinates.

    Parameters
    ----------
    lat : latitudes in degrees, -90 to 90
    lon : longitudes in degrees, -180 to 180
    system : what they refer to

    Returns
    -------
    The same points in WGS-84, closer than 0.1 m.
    """
    points = _points(lat, lon)
    match system:
        case "WGS-84":
            return points
        case "GCJ-02":
            return wgs84_from_gcj02(points)
        case "BD-09":
            return wgs84_from_gcj02(gcj02_from_bd09(points))


def from_wgs84(lat: ArrayLike, lon: ArrayLike, system: CoordinateSystem) -> Coordinates:
    """Turn GPS coordinates into map coordinates.

    Parameters
    ----------
    lat : latitudes in degrees, -90 to 90, WGS-84
    lon : longitudes in degrees, -180 to 180, WGS-84
    system : what the answer shall refer to

    Returns
    -------
    The same points in `system`.
    """
    points = _points(lat, lon)
    match system:
        case "WGS-84":
            return points
        case "GCJ-02":
            return gcj02_from_wgs84(points)
        case "BD-09":
            return bd09_from_gcj02(gcj02_from_wgs84(points))


def gcj02_from_wgs84(points: Coordinates) -> Coordinates:
    """Shift GPS points to where Chinese maps draw them."""
    inside = _in_china(points)
    return _where(inside, _shifted(_where(inside, points, _XIAN)), points)


def wgs84_from_gcj02(points: Coordinates) -> Coordinates:
    """Find the GPS points that Chinese maps draw at `points`."""
    # The box is asked about the point found, not the point given: at its edge the shift may lead out of it.
    drawn = _where(_in_china(points, margin_deg=0.1), points, _XIAN)
    found = drawn
    for _ in range(_ROUNDS):
        found, close_enough = _nearer(found, drawn, _shifted(found))
        if close_enough:
            break
    return _where(_in_china(found) & _in_china(points, margin_deg=0.1), found, points)


def bd09_from_gcj02(points: Coordinates) -> Coordinates:
    """Shift points of Chinese maps to where Baidu draws them."""
    radius = np.hypot(points.lon, points.lat) + 2e-5 * np.sin(points.lat * _BAIDU_PI)
    angle = np.arctan2(points.lat, points.lon) + 3e-6 * np.cos(points.lon * _BAIDU_PI)
    return Coordinates(radius * np.sin(angle) + 0.006, radius * np.cos(angle) + 0.0065)


def gcj02_from_bd09(points: Coordinates) -> Coordinates:
    """Find the points of Chinese maps that Baidu draws at `points`."""
    found = Coordinates(points.lat - 0.006, points.lon - 0.0065)
    for _ in range(_ROUNDS):
        found, close_enough = _nearer(found, points, bd09_from_gcj02(found))
        if close_enough:
            break
    return found


def _nearer(found: Coordinates, wanted: Coordinates, reached: Coordinates) -> tuple[Coordinates, bool]:
    """Correct the points found by what their images still lack."""
    lat_error, lon_error = wanted.lat - reached.lat, wanted.lon - reached.lon
    largest = max(np.max(np.abs(lat_error), initial=0.0), np.max(np.abs(lon_error), initial=0.0))
    return Coordinates(found.lat + lat_error, found.lon + lon_error), bool(largest < _CLOSE_ENOUGH_DEG)


def _where(condition: NDArray[np.bool_], yes: Coordinates, no: Coordinates) -> Coordinates:
    return Coordinates(np.where(condition, yes.lat, no.lat), np.where(condition, yes.lon, no.lon))


def _points(lat: ArrayLike, lon: ArrayLike) -> Coordinates:
    return Coordinates(np.asarray(lat, dtype=np.float64), np.asarray(lon, dtype=np.float64))


def _in_china(points: Coordinates, margin_deg: float = 0.0) -> NDArray[np.bool_]:
    south, north = CHINA_LAT
    west, east = CHINA_LON
    lat_fits = (south - margin_deg <= points.lat) & (points.lat <= north + margin_deg)
    lon_fits = (west - margin_deg <= points.lon) & (points.lon <= east + margin_deg)
    return np.asarray(lat_fits & lon_fits)


def _shifted(points: Coordinates) -> Coordinates:
    """Apply the published GCJ-02 shift, inside China or not."""
    x, y = points.lon - 105.0, points.lat - 35.0
    root = 0.2 * np.sqrt(np.abs(x))
    waves = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + root
    north += (waves + _waves(y, (20.0, 1), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30))) * 2 / 3
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + root / 2
    east += (waves + _waves(x, (20.0, 1), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30))) * 2 / 3
    lat = np.radians(points.lat)
    curve = 1 - _ECCENTRICITY2 * np.sin(lat) ** 2
    lat_metres = np.radians(_AXIS_M * (1 - _ECCENTRICITY2) / (curve * np.sqrt(curve)))
    lon_metres = np.radians(_AXIS_M / np.sqrt(curve) * np.cos(lat))
    return Coordinates(points.lat + north / lat_metres, points.lon + east / lon_metres)


def _waves(degrees: Degrees, *terms: tuple[float, float]) -> Degrees:
    return np.asarray(sum(size * np.sin(degrees * np.pi * pace) for size, pace in terms))
