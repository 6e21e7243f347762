"""From places on the Earth to points on paper: equirectangular, true to scale at one latitude.

References
----------
J. P. Snyder (1987), "Map Projections: A Working Manual", USGS Professional Paper 1395, §12 (equirectangular):
at the mean latitude of a city or a province lengths are right within a few per mille.
"""

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

from optimizer.domain.route_shape import ShapePoint

KM_PER_DEGREE: Final = 111.195
"""Length of a degree of latitude on the sphere of mean radius, in km."""


class Flat(NamedTuple):
    """A point in kilometres east and south of a map's centre."""

    x: float
    y: float


class Projection(NamedTuple):
    """Where the map is true to scale."""

    lat: float
    """Latitude of the centre, degrees."""
    lon: float
    """Longitude of the centre, degrees."""

    def flat(self, point: ShapePoint) -> Flat:
        """Return a point in kilometres from the centre; south is positive, as on a screen."""
        # The shorter way round the Earth, so that a map across the date line holds together.
        east = (point.lon - self.lon + 540) % 360 - 180
        return Flat(
            east * KM_PER_DEGREE * math.cos(math.radians(self.lat)), (self.lat - point.lat) * KM_PER_DEGREE
        )


class Box(NamedTuple):
    """A rectangle in kilometres."""

    west: float
    north: float
    east: float
    south: float

    @property
    def width(self) -> float:
        """From west to east in km."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """From north to south in km."""
        return self.south - self.north

    def holds(self, point: Flat) -> bool:
        """Tell whether a point lies in the rectangle."""
        return self.west <= point.x <= self.east and self.north <= point.y <= self.south

    def nearest(self, point: Flat) -> Flat:
        """Return the point of the rectangle that is nearest to another point."""
        return Flat(min(max(point.x, self.west), self.east), min(max(point.y, self.north), self.south))


def centred(points: Iterable[ShapePoint]) -> Projection:
    """Return the projection whose centre is the middle one of some points, by latitude and by longitude."""
    known = tuple(points)
    if not known:
        return Projection(0.0, 0.0)
    middle = len(known) // 2
    return Projection(sorted(one.lat for one in known)[middle], sorted(one.lon for one in known)[middle])


def box_of(
    points: Iterable[Flat], *, margin: float, least_km: float, flattest: float, steepest: float
) -> Box:
    """Return a rectangle around some points, not smaller, flatter or steeper than allowed.

    Parameters
    ----------
    points : what is to be seen
    margin : share of the width and height left free on each side
    least_km : width and height at least, in km
    flattest : height ÷ width at least
    steepest : height ÷ width at most
    """
    known = tuple(points) or (Flat(0.0, 0.0),)
    west, east = min(one.x for one in known), max(one.x for one in known)
    north, south = min(one.y for one in known), max(one.y for one in known)
    width = max((east - west) * (1 + 2 * margin), least_km)
    height = max((south - north) * (1 + 2 * margin), least_km)
    height = max(height, width * flattest)
    width = max(width, height / steepest)
    x, y = (west + east) / 2, (north + south) / 2
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
