"""Places of a request and the ways between them: custom matrices, or estimates from coordinates."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.place import Place
from optimizer.domain.travel import Travel
from optimizer.errors import Issue
from optimizer.interchange.vroom.request import Point, Request
from optimizer.travel.great_circle import GreatCircle

MOST_PLACES = 20_000
"""Requests with more places are refused: their matrices would not fit into memory."""

Matrix = NDArray[np.uint32]


class Mention(NamedTuple):
    """One place that the request names."""

    path: str
    """Where it stands, up to the field's name without ``_index``."""
    matrix_row: int | None
    """Row in the matrices, where given."""
    point: Point | None
    """Longitude and latitude, where given."""


class Matrices(NamedTuple):
    """Ways of one profile between all places in use, as given: no speed factor yet."""

    durations: Matrix
    """(place, place) seconds."""
    distances: Matrix | None
    """(place, place) metres, where known."""
    costs: Matrix | None
    """(place, place) cost of the way, where given."""


class Legs(NamedTuple):
    """All places in use and the ways between them."""

    by_index: bool
    """Whether places are rows of custom matrices; else they are points on the map."""
    row: dict[int | Point, int]
    """Row of each place in the arrays."""
    matrices: dict[str, Matrices]
    """By profile; those in use."""

    def row_of(self, index: int | None, point: Point | None) -> int:
        """Return the row of a place, -1 for nowhere."""
        key = index if self.by_index else point
        return -1 if key is None else self.row[key]


def mentions(request: Request) -> Iterator[Mention]:
    """Yield every place that the request names; a vehicle's missing start or end is left out."""
    for row, job in enumerate(request.jobs):
        yield Mention(f"jobs[{row}].location", job.location_index, job.location)
    for row, shipment in enumerate(request.shipments):
        for end, step in (("pickup", shipment.pickup), ("delivery", shipment.delivery)):
            yield Mention(f"shipments[{row}].{end}.location", step.location_index, step.location)
    for row, vehicle in enumerate(request.vehicles):
        for name, index, point in (
            ("start", vehicle.start_index, vehicle.start),
            ("end", vehicle.end_index, vehicle.end),
        ):
            if index is not None or point is not None:
                yield Mention(f"vehicles[{row}].{name}", index, point)


def read_legs(request: Request, raw: dict[str, Any], issues: list[Issue]) -> Legs | None:
    """Return the places and the ways between them, or none where `issues` says why not.

    Parameters
    ----------
    request : jobs and vehicles
    raw : the request's plain values; a matrix may be lists of numbers or an array
    issues : takes what is wrong
    """
    known = len(issues)
    named = raw.get("matrices", {"car": {"durations": raw["matrix"]}} if "matrix" in raw else {})
    if not isinstance(named, dict):
        issues.append(Issue("not-a-mapping", "matrices", "This is not a mapping.", "Write {profile: {...}}."))
        return None
    by_point = all(one.point is not None for one in mentions(request))
    if any(profile in named for profile in request.profiles()) or (named and not by_point):
        legs = _given(request, named, issues)
    else:
        legs = _estimated(request, issues)
    return legs if len(issues) == known else None


def _given(request: Request, named: dict[str, Any], issues: list[Issue]) -> Legs:
    used: set[int] = set()
    for path, index, _ in mentions(request):
        if index is None:
            cause = "There are matrices, but this place has no row in them."
            issues.append(Issue("missing", f"{path}_index", cause, "Add it."))
        else:
            used.add(index)
    rows = np.array(sorted(used), np.int64)
    matrices = {}
    for profile in request.profiles():
        given = named.get(profile)
        given = given if isinstance(given, dict) else {}
        path = f"matrices.{profile}"
        if given.get("durations") is None:
            cause = f"A vehicle drives by {profile!r}, which has no matrix of durations."
            issues.append(Issue("missing", f"{path}.durations", cause, "Add it, for every profile in use."))
        durations, distances, costs = (
            _used_rows(_matrix(given.get(part), f"{path}.{part}", issues), rows, f"{path}.{part}", issues)
            for part in Matrices._fields
        )
        if durations is not None:
            matrices[profile] = Matrices(durations, distances, costs)
    return Legs(by_index=True, row={int(index): row for row, index in enumerate(rows)}, matrices=matrices)


def _matrix(value: Any, path: str, issues: list[Issue]) -> Matrix | None:
    """Return lists of numbers as a square array, or none where none are given or `issues` says why not."""
    if value is None:
        return None
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        array = np.zeros(0)
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        action = "Write as many columns as rows."
        issues.append(Issue("not-square", path, "The matrix is not square.", action))
    elif array.dtype.kind not in "iu" or array.min(initial=0) < 0 or array.max(initial=0) >= 2**32:
        cause = "The matrix holds something else than whole numbers from 0 to 4294967295."
        issues.append(Issue("not-whole-numbers", path, cause, "Round the numbers."))
    else:
        return array.astype(np.uint32)
    return None


def _used_rows(
    whole: Matrix | None, rows: NDArray[np.int64], path: str, issues: list[Issue]
) -> Matrix | None:
    if whole is None:
        return None
    beyond = rows[rows >= len(whole)].tolist()
    if beyond:
        cause = f"The matrix has {len(whole)} rows, but a place is row {beyond[-1]} (the first row is 0)."
        issues.append(Issue("row-beyond-matrix", path, cause, "Add the rows, or correct the place."))
        return None
    return whole if len(rows) == len(whole) else np.ascontiguousarray(whole[np.ix_(rows, rows)])


def _estimated(request: Request, issues: list[Issue]) -> Legs:
    points: dict[Point, Place] = {}
    for path, _, point in mentions(request):
        if point is None:
            cause = "There are no matrices for the profiles in use, so the place needs coordinates."
            issues.append(Issue("missing", path, cause, "Add [longitude, latitude], or add matrices."))
        elif not (abs(point[0]) <= 180 and abs(point[1]) <= 90):
            cause = f"{list(point)} is no longitude and latitude in degrees."
            issues.append(Issue("not-on-earth", path, cause, "Write longitude first, then latitude."))
        else:
            points[point] = Place(lat=point[1], lon=point[0])
    if len(points) > MOST_PLACES:
        cause = f"There are {len(points)} places; at most {MOST_PLACES} are taken."
        issues.append(Issue("too-many-places", "jobs", cause, "Split the request."))
        points = {}
    names = tuple(str(row) for row in range(len(points)))
    found = GreatCircle(Travel()).legs("car", names, tuple(points.values()))
    ways = Matrices(found.base_s.astype(np.uint32), found.metres.astype(np.uint32), None)
    return Legs(
        by_index=False,
        row={point: row for row, point in enumerate(points)},
        matrices=dict.fromkeys(request.profiles(), ways),
    )
