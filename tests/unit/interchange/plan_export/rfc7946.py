"""A strict reader of GeoJSON: whatever RFC 7946 says must or should be so is looked at."""

import json
from itertools import pairwise
from typing import Any

GEOMETRIES = {"Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}


def read(text: str) -> list[dict[str, Any]]:
    """Return the features of a collection; fails at the first thing that is not as the RFC wants it."""
    content = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
    assert set(content) - {"attribution"} == {"type", "features"}  # a foreign member is allowed: section 6.1
    assert content["type"] == "FeatureCollection"
    for feature in content["features"]:
        assert set(feature) == {"type", "geometry", "properties"}  # section 3.2
        assert feature["type"] == "Feature"
        geometry_is_sound(feature["geometry"])
        assert all(_plain(value) for value in feature["properties"].values()), feature["properties"]
    features: list[dict[str, Any]] = content["features"]
    return features


def geometry_is_sound(geometry: dict[str, Any]) -> None:
    """Fail where a geometry is not as the RFC wants it."""
    assert set(geometry) == {"type", "coordinates"}
    assert geometry["type"] in GEOMETRIES
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            _position(coordinates)
        case "LineString":
            _line(coordinates)
        case "MultiLineString":
            assert len(coordinates) > 1
            for line in coordinates:
                _line(line)
        case "Polygon":
            _polygon(coordinates)
        case "MultiPolygon":
            assert len(coordinates) > 1
            for polygon in coordinates:
                _polygon(polygon)


def _position(position: list[float]) -> None:
    lon, lat = position  # exactly two: section 3.1.1
    assert all(isinstance(one, float) for one in position)
    assert -180 <= lon <= 180
    assert -90 <= lat <= 90
    assert (round(lon, 6), round(lat, 6)) == (lon, lat)  # section 11.2


def _line(line: list[list[float]]) -> None:
    assert len(line) >= 2  # section 3.1.4
    for position in line:
        _position(position)
    assert all(abs(one[0] - other[0]) <= 180 for one, other in pairwise(line))  # section 3.1.9


def _polygon(rings: list[list[list[float]]]) -> None:
    (ring,) = rings  # ours have no holes
    assert len(ring) >= 4  # section 3.1.6
    assert ring[0] == ring[-1]
    _line(ring)
    assert len({tuple(position) for position in ring}) == len(ring) - 1
    # Section 3.1.6: the right-hand rule, an exterior ring runs counter-clockwise, so its signed area is positive.
    assert sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) > 0


def _plain(value: object) -> bool:
    return isinstance(value, str | int | float | bool) and value != ""


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names))
    assert all(value is not None for _, value in pairs)
    return dict(pairs)
