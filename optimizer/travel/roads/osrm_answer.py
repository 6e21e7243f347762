"""Reads the answers of OSRM's table and route services, and believes nothing in them.

References
----------
OSRM's HTTP API, services ``table`` and ``route``: project-osrm.org/docs. Coordinates are lon,lat in WGS-84, times
seconds, lengths metres; null stands where no road leads.
"""

from typing import Annotated, Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from optimizer.domain.route_shape import ShapePoint
from optimizer.domain.travel import LONGEST_DRIVE_M, LONGEST_DRIVE_S
from optimizer.travel.roads.source import RoadsUnavailable, RoadTable

LONGEST_S: Final = float(LONGEST_DRIVE_S)
"""No drive takes longer than a week."""

LONGEST_M: Final = float(LONGEST_DRIVE_M)
"""No drive is longer than 50,000 km."""

# Between two points of one piece of road OSRM itself may answer -0.3 m: what is so little below 0 counts as 0.
_Seconds = Annotated[float, Field(ge=-1, le=LONGEST_S, allow_inf_nan=False)]
_Metres = Annotated[float, Field(ge=-10, le=LONGEST_M, allow_inf_nan=False)]
_OffRoad = Annotated[float, Field(ge=0, le=LONGEST_M, allow_inf_nan=False)]
_Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class _Answer(BaseModel):
    # Strict: a number in quotes is no number. Other fields of OSRM are of no interest.
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


_Kind = TypeVar("_Kind", bound=_Answer)


class _Refusal(_Answer):
    code: Annotated[str, Field(max_length=100)] = ""


class _Waypoint(_Answer):
    distance: _OffRoad = 0.0


class _Table(_Answer):
    code: str
    durations: list[list[_Seconds | None]]
    distances: list[list[_Metres | None]]
    sources: list[_Waypoint] | None = None
    destinations: list[_Waypoint] | None = None


class _Line(_Answer):
    coordinates: list[Annotated[list[_Degrees], Field(min_length=2, max_length=3)]]


class _Route(_Answer):
    geometry: _Line


class _Routes(_Answer):
    code: str
    routes: list[_Route]


def read_table(
    content: bytes | dict[str, Any], rows: int, columns: int
) -> tuple[RoadTable, NDArray[np.float32]]:
    """Read a table of times and lengths.

    Parameters
    ----------
    content : JSON, or what JSON would hold
    rows : how many points were asked for from
    columns : how many were asked for to

    Returns
    -------
    The (row, column) table, with the rows' way to the road, and that of the columns.

    Raises
    ------
    RoadsUnavailable : it is no such table
    """
    answer = _read(_Table, content)
    return (
        RoadTable(
            seconds=_square("durations", answer.durations, rows, columns),
            metres=_square("distances", answer.distances, rows, columns),
            off_road_m=_off_road("sources", answer.sources, rows),
        ),
        _off_road("destinations", answer.destinations, columns),
    )


def read_line(content: bytes | dict[str, Any]) -> tuple[ShapePoint, ...]:
    """Read the line of the first route.

    Parameters
    ----------
    content : JSON, or what JSON would hold, with ``geometries=geojson``

    Raises
    ------
    RoadsUnavailable : it holds no such line
    """
    answer = _read(_Routes, content)
    if not answer.routes:
        raise RoadsUnavailable("its answer holds no route")
    points = answer.routes[0].geometry.coordinates
    if any(abs(point[1]) > 90 for point in points):
        raise RoadsUnavailable("its route leaves the map")
    return tuple(ShapePoint(lat=point[1], lon=point[0]) for point in points)


def refusal(content: bytes) -> str:
    """Return OSRM's own word for why it refused a request, e.g. ``TooBig``; empty where it gave none."""
    try:
        code = _Refusal.model_validate_json(content).code
    except ValidationError:
        return ""
    return code if code.isalnum() and code.isascii() else ""


def _read(kind: type[_Kind], content: bytes | dict[str, Any]) -> _Kind:
    try:
        if isinstance(content, dict):
            return kind.model_validate(content)
        return kind.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        cause = "is no JSON" if first["type"] == "json_invalid" else f"is wrong at {where or 'its top'}"
        raise RoadsUnavailable(f"its answer {cause}") from None


def _square(name: str, table: list[list[float | None]], rows: int, columns: int) -> NDArray[np.float32]:
    if len(table) != rows or any(len(row) != columns for row in table):
        raise RoadsUnavailable(f"its {name} are not {rows} rows of {columns}")
    square = np.array(table, dtype=np.float32).reshape(rows, columns)
    return np.asarray(np.maximum(square, np.float32(0)))  # keeps what is no number


def _off_road(name: str, points: list[_Waypoint] | None, count: int) -> NDArray[np.float32]:
    if points is None:  # a server that does not say how far points are from its roads
        return np.zeros(count, np.float32)
    if len(points) != count:
        raise RoadsUnavailable(f"its {name} are not {count}")
    return np.array([point.distance for point in points], dtype=np.float32)
