"""Route shapes: the line a drive follows on the map, where a road server knows it."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from optimizer.domain.technician import Means


class ShapePoint(NamedTuple):
    """A point of a route's line, WGS-84."""

    lat: float
    """Latitude in degrees."""
    lon: float
    """Longitude in degrees."""


class ShapeKey(NamedTuple):
    """Which drive a line belongs to."""

    means: Means
    """Means of transport."""
    from_place: str
    """Name of the place left, e.g. ``branch:B1``."""
    to_place: str
    """Name of the place reached, e.g. ``job:J7``."""


ROADS_ATTRIBUTION: Final[Mapping[str, str]] = {
    "en": "Roads © OpenStreetMap contributors",
    "zh": "道路数据 © OpenStreetMap 贡献者",
}
"""Whose roads the lines are, by language; the licence asks for it wherever such lines are drawn."""

RouteShapes = Mapping[ShapeKey, tuple[ShapePoint, ...]]
"""Lines of drives; a drive without one is drawn straight."""
