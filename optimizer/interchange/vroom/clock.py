"""The clock of a request: its seconds may be timestamps, the problem's begin near 0."""

from collections.abc import Sequence
from typing import NamedTuple

from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.vroom.legs import Legs
from optimizer.interchange.vroom.request import Request, Window, times_on_site
from optimizer.problem import FAR

LATEST = FAR // 2
"""Latest second of a problem, 17 years; later is never."""

_LONGEST_DAY = LATEST // 2


class Clock(NamedTuple):
    """Turns the request's seconds into the problem's."""

    origin: int
    """The request's second that is the problem's 0."""

    def at(self, moment: int) -> int:
        """Return a moment in the problem's seconds, kept within 0 and `LATEST`."""
        return min(max(moment - self.origin, 0), LATEST)

    def windows(self, windows: Sequence[Window] | None) -> list[tuple[int, int]]:
        """Return windows in the problem's seconds; none means always, those out of reach are dropped."""
        if not windows:
            return [(0, LATEST)]
        first, last = self.origin, self.origin + LATEST
        return [(self.at(a), self.at(b)) for a, b in sorted(windows) if b >= first and a <= last]


def clock_of(request: Request, legs: Legs) -> Clock:
    """Return the clock of a request.

    Its origin is the earliest working hour. Where that is too far from the rest, it lies so early that
    nothing is lost: all work of a route fits between it and the first moment at which a window closes or
    working hours end, so a route that begins earlier can as well begin later.

    Parameters
    ----------
    request : jobs and vehicles
    legs : ways between places

    Raises
    ------
    InvalidInput
        The request's times lie further apart than a problem can hold.
    """
    breaks = [one for vehicle in request.vehicles for one in vehicle.breaks]
    named = [one.time_windows for one in request.tasks if one.time_windows]
    named += [one.time_windows for one in breaks if one.time_windows]
    named += [(vehicle.time_window,) for vehicle in request.vehicles if vehicle.time_window]
    starts = [vehicle.time_window[0] if vehicle.time_window else 0 for vehicle in request.vehicles]
    work = _all_work(request, legs)
    first_close = min((closes for windows in named for _, closes in windows), default=0)
    last_open = max((opens for windows in named for opens, _ in windows), default=0)
    origin = min(starts)
    if last_open + work > origin + LATEST:
        origin = max(origin, first_close - work)
    if last_open + work > origin + LATEST:
        cause = "The request's times lie more than 17 years apart."
        action = "Write all times as timestamps, or all from the same midnight."
        raise InvalidInput((Issue("times-too-far-apart", "", cause, action),))
    return Clock(origin)


def _all_work(request: Request, legs: Legs) -> int:
    """Return more seconds than any route can need for work, drives and breaks."""
    types = {vehicle.type for vehicle in request.vehicles}
    on_site = sum(max(sum(times_on_site(job, one)) for one in types) for job in request.tasks)
    resting = max(sum(one.service for one in vehicle.breaks) for vehicle in request.vehicles)
    slowest = max(vehicle.duration_percent() for vehicle in request.vehicles)
    longest = 0
    for ways in legs.matrices.values():
        possible = ways.durations < _LONGEST_DAY * 100 // slowest
        longest = max(longest, int(ways.durations.max(initial=0, where=possible)) * slowest // 100 + 1)
    return min(on_site + resting + (len(request.tasks) + 1) * longest, _LONGEST_DAY)
