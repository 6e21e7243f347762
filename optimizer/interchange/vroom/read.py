"""Reads a request: text to plain values to records and matrices; all that is wrong is listed at once."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pydantic_core
from pydantic import ValidationError

from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.record_issues import record_issues
from optimizer.interchange.source_text import SourceText, Value
from optimizer.interchange.vroom.legs import Legs, read_legs
from optimizer.interchange.vroom.refused import refused_issues
from optimizer.interchange.vroom.request import Request, Vehicle, Window, delivery, pickup

MOST_PAIRS = 20_000_000
"""Requests with more pairs of a job and a vehicle are refused."""


class Asked(NamedTuple):
    """A request that can be answered."""

    request: Request
    """Jobs and vehicles."""
    legs: Legs
    """Places and the ways between them."""


def plain_values(text: bytes) -> dict[str, Any]:
    """Return the values of a JSON text.

    Parameters
    ----------
    text : a JSON object, UTF-8

    Raises
    ------
    InvalidInput
        The text is not a JSON object.
    """
    try:
        values = pydantic_core.from_json(text.removeprefix(b"\xef\xbb\xbf"), allow_inf_nan=False)
    except ValueError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else None
        cause = f"This is not valid JSON: {error}."
        action = "Check commas, quotes and brackets there."
        raise InvalidInput((Issue("json-syntax", "", cause, action, line),)) from None
    if not isinstance(values, dict):
        action = "Write an object with the keys vehicles and jobs."
        raise InvalidInput((Issue("not-a-mapping", "", "The request is not a JSON object.", action),))
    return values


def read_request(raw: dict[str, Any]) -> Asked:
    """Return the request's records and matrices.

    Parameters
    ----------
    raw : plain values as in the JSON text; a matrix may also be an array

    Raises
    ------
    InvalidInput
        Something is wrong or not taken; carries every such thing.
    """
    issues = list(refused_issues(raw))
    small: dict[str, Value] = {key: raw[key] for key in ("jobs", "shipments", "vehicles") if key in raw}
    try:
        request = Request.model_validate(small)
    except ValidationError as error:
        issues += record_issues(error, SourceText(value=small), Request)
        raise InvalidInput(tuple(issues)) from None
    issues += _contradictions(request, raw)
    legs = read_legs(request, raw, issues)
    if issues or legs is None:
        raise InvalidInput(tuple(issues))
    return Asked(request, legs)


def _contradictions(request: Request, raw: dict[str, Any]) -> Iterator[Issue]:
    if not request.tasks:
        cause = "There is neither a job nor a shipment."
        yield Issue("missing", "jobs", cause, "Add at least one.")
    yield from _twice("jobs", [job.id for job in request.jobs])
    yield from _twice("shipments", [one.pickup.id for one in request.shipments], ".pickup")
    yield from _twice("shipments", [one.delivery.id for one in request.shipments], ".delivery")
    yield from _twice("vehicles", [vehicle.id for vehicle in request.vehicles])
    pairs = len(request.tasks) * len(request.vehicles)
    if pairs > MOST_PAIRS:
        cause = f"{len(request.tasks)} visits and {len(request.vehicles)} vehicles make {pairs} pairs."
        yield Issue("too-large", "jobs", cause, f"Split the request; at most {MOST_PAIRS} pairs are taken.")
    for row, job in enumerate(request.jobs):
        yield from _windows(f"jobs[{row}].time_windows", job.time_windows or ())
    for row, one in enumerate(request.shipments):
        yield from _windows(f"shipments[{row}].pickup.time_windows", one.pickup.time_windows or ())
        yield from _windows(f"shipments[{row}].delivery.time_windows", one.delivery.time_windows or ())
    for row, vehicle in enumerate(request.vehicles):
        yield from _vehicle(f"vehicles[{row}]", vehicle)
    yield from _amounts(request)
    matrices = raw.get("matrices")
    for row, vehicle in enumerate(request.vehicles):
        own = matrices.get(vehicle.profile) if isinstance(matrices, dict) else None
        own = own if isinstance(own, dict) else {}
        costs = vehicle.costs
        if own.get("costs") is not None and (costs.per_hour != 3600 or costs.per_km):
            cause = "The profile has a matrix of costs, so prices by hour or kilometre say nothing."
            yield Issue("contradiction", f"vehicles[{row}].costs", cause, "Keep one of the two.")
        elif costs.per_km and own.get("durations") is not None and own.get("distances") is None:
            cause = "A price by kilometre needs the profile's matrix of distances."
            yield Issue("missing", f"matrices.{vehicle.profile}.distances", cause, "Add it.")


def _twice(path: str, ids: Sequence[int], part: str = "") -> Iterator[Issue]:
    count = Counter(ids)
    for row, one in enumerate(ids):
        if count[one] > 1 and one in ids[:row]:
            cause = f"The id {one} is taken already."
            yield Issue("duplicate-id", f"{path}[{row}]{part}.id", cause, "Choose another.")


def _windows(path: str, windows: Sequence[Window]) -> Iterator[Issue]:
    for place, (opens, closes) in enumerate(windows):
        if opens > closes:
            cause = f"The window closes at {closes}, before it opens at {opens}."
            yield Issue("empty-window", f"{path}[{place}]", cause, "Swap or correct the two.")
    ordered = sorted(windows)
    if any(later[0] <= sooner[1] for sooner, later in pairwise(ordered)):
        yield Issue("overlapping-windows", path, "Two windows overlap or touch.", "Write them as one.")


def _vehicle(path: str, vehicle: Vehicle) -> Iterator[Issue]:
    if all(one is None for one in (vehicle.start, vehicle.start_index, vehicle.end, vehicle.end_index)):
        cause = "The vehicle has neither a start nor an end."
        yield Issue("missing", f"{path}.start", cause, "Add one of them.")
    opens, closes = vehicle.time_window or (0, 0)
    if opens > closes:
        cause = f"The working hours end at {closes}, before they begin at {opens}."
        yield Issue("empty-window", f"{path}.time_window", cause, "Swap or correct the two.")
    yield from _twice(f"{path}.breaks", [one.id for one in vehicle.breaks])
    for place, one in enumerate(vehicle.breaks):
        yield from _windows(f"{path}.breaks[{place}].time_windows", one.time_windows)
    if opens <= closes and not _breaks_fit(vehicle):
        cause = "Even without any job the breaks do not fit into the working hours one after the other."
        yield Issue("breaks-do-not-fit", f"{path}.breaks", cause, "Shorten them, or widen their windows.")


def _breaks_fit(vehicle: Vehicle) -> bool:
    at, latest = vehicle.time_window or (0, 2**64)
    for one in vehicle.breaks_in_order():
        windows = sorted(one.time_windows) or [(0, 2**64)]
        at = next((max(at, opens) for opens, closes in windows if closes >= at), 2**65) + one.service
    return at <= latest


def _amounts(request: Request) -> Iterator[Issue]:
    dimensions = request.dimensions()
    said = [(f"vehicles[{row}].capacity", one.capacity) for row, one in enumerate(request.vehicles)]
    for row, job in enumerate(request.jobs):
        name = "delivery" if job.delivery is not None or job.pickup is not None else "amount"
        said.append((f"jobs[{row}].{name}", delivery(job, dimensions)))
        said.append((f"jobs[{row}].pickup", pickup(job, dimensions)))
    for row, one in enumerate(request.shipments):
        said.append((f"shipments[{row}].amount", (0,) * dimensions if one.amount is None else one.amount))
    for path, amounts in said:
        if len(amounts) != dimensions:
            cause = f"There are {len(amounts)} amounts, but the first vehicle's capacity has {dimensions}."
            yield Issue("unequal-amounts", path, cause, "Write the same number of amounts everywhere.")
