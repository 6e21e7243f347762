"""What the door does not take, by name; nothing is dropped in silence."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from optimizer.errors import Issue


class Refused(NamedTuple):
    """One feature of VROOM that is not taken."""

    where: str
    """Part of the request it belongs to: request, vehicle or break."""
    path: tuple[str, ...]
    """Keys from that part to the feature."""
    asked: Callable[[Any], bool]
    """Whether this value asks for anything."""
    action: str
    """What the user can do instead."""


REFUSED = (
    Refused("request", ("options", "g"), bool, "Leave it out; the answer has no geometry."),
    Refused("request", ("options", "c"), bool, "Leave it out; routes are planned, not checked."),
    Refused("vehicle", ("steps",), bool, "Leave them out; routes are planned from nothing."),
    Refused("vehicle", ("max_distance",), lambda value: value is not None, "Use max_travel_time instead."),
    Refused("vehicle", ("costs", "per_task_hour"), bool, "Leave it out, or write 0."),
    Refused("vehicle", ("service_factor",), lambda value: value != 1, "Use service_per_type instead."),
    Refused("break", ("max_load",), lambda value: value is not None, "Leave it out."),
)
"""Every feature of VROOM that is not taken."""


def refused_issues(raw: dict[str, Any]) -> Iterator[Issue]:
    """Yield one issue for each place where the request asks for something that is not taken.

    Parameters
    ----------
    raw : the request's plain values, of any shape
    """
    yield from _in_part("request", "", raw)
    for row, vehicle in enumerate(_list(raw.get("vehicles"))):
        yield from _in_part("vehicle", f"vehicles[{row}].", vehicle)
        breaks = vehicle.get("breaks") if isinstance(vehicle, dict) else None
        for place, one in enumerate(_list(breaks)):
            yield from _in_part("break", f"vehicles[{row}].breaks[{place}].", one)


def _in_part(where: str, prefix: str, part: Any) -> Iterator[Issue]:
    for feature in REFUSED:
        if feature.where != where:
            continue
        value = part
        for key in feature.path:
            value = value.get(key, _ABSENT) if isinstance(value, dict) else _ABSENT
        if value is not _ABSENT and feature.asked(value):
            name = ".".join(feature.path)
            cause = f"VROOM's feature {name!r} is not taken here."
            yield Issue("not-taken", prefix + name, cause, feature.action)


_ABSENT = object()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
