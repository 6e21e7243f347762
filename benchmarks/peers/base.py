"""What every solver of a day answers, and the protocol it is driven through."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from benchmarks.days import Day


class Route(NamedTuple):
    """One vehicle's day, in the order driven."""

    vehicle: int
    """The vehicle's id in the request."""

    jobs: tuple[tuple[int, int], ...]
    """Job id and start of its service, seconds after midnight."""

    break_start: int | None
    """Start of the break, seconds after midnight; None if the route has none."""


class Answer(NamedTuple):
    """What a solver hands back for one day."""

    routes: tuple[Route, ...]
    """Routes of the vehicles that serve a job; every job not named is unserved."""

    clock_s: float | None = None
    """The solver's own clock from the parsed request, seconds; None: the measuring process's clock counts."""

    peak_mb: float | None = None
    """Peak memory of a process of the solver's own, MiB; None lets the measuring process's peak count."""


class Peer(Protocol):
    """A solver of days."""

    @property
    def name(self) -> str:
        """The solver's name in the results."""

    def prepare(self) -> None:
        """Import and warm up; not on the clock."""

    def solve(self, day: Day, seconds: float, seed: int) -> Answer:
        """Plan the day within so many seconds, model building included."""


def vroom_routes(answer: Mapping[str, Any]) -> tuple[Route, ...]:
    """Read routes out of an answer in VROOM's format."""
    routes = []
    for route in answer["routes"]:
        jobs = tuple((step["id"], _service_start(step)) for step in route["steps"] if step["type"] == "job")
        breaks = [_service_start(step) for step in route["steps"] if step["type"] == "break"]
        if jobs:
            routes.append(Route(route["vehicle"], jobs, breaks[0] if breaks else None))
    return tuple(routes)


def _service_start(step: Mapping[str, Any]) -> int:
    return int(step["arrival"]) + int(step.get("waiting_time", 0)) + int(step.get("setup", 0))
