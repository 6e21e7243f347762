"""How much time is lacking for a job that fits nowhere in a route, and what it is lacking for."""

from enum import IntEnum

from optimizer.engines.lns.labels import step_forward
from optimizer.engines.lns.state import State
from optimizer.problem import FAR, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.timing import arrive, first_start, visit_s


class Lack(IntEnum):
    """What is lacking at the best place of a route."""

    OWN_WINDOW = 0
    """The technician comes after the job's last window."""
    LATER_WINDOW = 1
    """A later customer would be reached too late."""
    DAY = 2
    """The day is too short."""
    JOBS = 3
    """The shift has as many jobs as it may."""
    LOAD = 4
    """The load would exceed the capacity."""
    LIMIT = 5
    """The shift's or week's hours, or the week's jobs, would exceed their limit."""
    REST = 6
    """A rest could not be taken any more."""
    NO_WINDOW = 7
    """No agreed window lies in the shift."""
    WORTH = 8
    """It fits, but adds more than leaving the job out costs."""
    PARTS = 9
    """Van and branch have not the parts."""
    TRIP = 10
    """The technician is away on a trip."""


@kernel
def least_lack(p: Problem, s: State, job: int, route: int, first: int, last: int) -> tuple[int, int, int]:
    """Return kind, seconds and place of the least lack of time of a job that fits nowhere from `first` to `last`."""
    least, place = FAR + 1, first
    for pos in range(first, last + 1):
        lack = _step(p, s, job, route, pos)[0]
        if lack < least:
            least, place = lack, pos
    return _kind(p, s, job, route, place)


@kernel
def _step(p: Problem, s: State, job: int, route: int, pos: int) -> tuple[int, int, int]:
    """Return the seconds lacking behind a position, how late the job itself is, and the seconds behind it."""
    now = s.now
    lanes = p.rest_ptr[route + 1] - p.rest_ptr[route] + 1
    here = p.place[job]
    for lane in range(lanes):
        s.lane_a[lane] = now.ready[route, pos, lane]
    step_forward(p, s, route, now.place[route, pos], here)
    stay = visit_s(p, job, route, now.place[route, pos])
    late = _lateness(p, s, job, lanes)
    for lane in range(lanes):
        start = first_start(p, job, s.lane_b[lane]) if late == 0 else s.lane_b[lane]
        s.lane_a[lane] = start + stay if start < FAR else FAR
    step_forward(p, s, route, here, now.place[route, pos + 1])
    behind = FAR
    for lane in range(lanes):
        if s.lane_b[lane] < FAR and now.due[route, pos + 1, lane] > -FAR:
            behind = min(behind, s.lane_b[lane] - now.due[route, pos + 1, lane])
    behind = max(behind, 1)
    return (late if late > 0 and late >= behind else behind), late, behind


@kernel
def _kind(p: Problem, s: State, job: int, route: int, pos: int) -> tuple[int, int, int]:
    """Return what is lacking behind a position, the seconds, and the position."""
    lack, late, behind = _step(p, s, job, route, pos)
    if late > 0 and late >= behind:
        return Lack.OWN_WINDOW.value, late, pos
    arrival = FAR
    for lane in range(p.rest_ptr[route + 1] - p.rest_ptr[route] + 1):
        arrival = min(arrival, s.lane_b[lane])
    if arrival + _least_remaining(p, s, route, pos + 1) > p.latest_end_s[route]:
        return Lack.DAY.value, lack, pos
    if _misses_window(p, s, route, pos + 1, arrival):
        return Lack.LATER_WINDOW.value, lack, pos
    return Lack.REST.value, min(lack, _rest_late(p, s, job, route, pos)), pos


@kernel
def _rest_late(p: Problem, s: State, job: int, route: int, pos: int) -> int:
    """Return how much too late the next rest would begin at once after the job; `FAR` where it would be in time."""
    now = s.now
    first = p.rest_ptr[route]
    lanes = p.rest_ptr[route + 1] - first + 1
    for lane in range(lanes):
        s.lane_a[lane] = now.ready[route, pos, lane]
    step_forward(p, s, route, now.place[route, pos], p.place[job])
    stay = visit_s(p, job, route, now.place[route, pos])
    least = FAR
    for lane in range(lanes - 1):
        start = first_start(p, job, s.lane_b[lane])
        late = start + stay - _last_begin(p, first + lane)
        if start < FAR and late > 0:
            least = min(least, late)
    return least


@kernel
def _last_begin(p: Problem, rest: int) -> int:
    """Return the latest allowed begin of a rest."""
    last = p.rest_window_ptr[rest + 1] - 1
    return p.rest_close[last] if last >= p.rest_window_ptr[rest] else -FAR


@kernel
def _misses_window(p: Problem, s: State, route: int, pos: int, arrival: int) -> bool:
    """Tell whether arriving at a position then is too late for a window from there on, rests to come not counted."""
    now = s.now
    at = arrival
    for x in range(pos, now.length[route] + 1):
        start = first_start(p, now.jobs[route, x - 1], at)
        if start >= FAR:
            return True
        at = start + p.service_s[now.jobs[route, x - 1], p.service_class[route]]
        at = arrive(p, p.profile[route], now.place[route, x], now.place[route, x + 1], at)
    return False


@kernel
def _lateness(p: Problem, s: State, job: int, lanes: int) -> int:
    """Return how long after its last window a job is reached by `lane_b`; 0 when it can be served."""
    earliest = FAR
    for lane in range(lanes):
        if first_start(p, job, s.lane_b[lane]) < FAR:
            return 0
        earliest = min(earliest, s.lane_b[lane])
    closes = -FAR
    for w in range(p.window_ptr[job], p.window_ptr[job + 1]):
        closes = max(closes, p.window_close[w])
    return max(1, earliest - closes) if closes > -FAR else FAR


@kernel
def _least_remaining(p: Problem, s: State, route: int, pos: int) -> int:
    """Return the seconds of service and driving from arriving at a position to the end place, without waiting."""
    now = s.now
    seconds = 0
    for x in range(pos, now.length[route] + 1):
        seconds += p.service_s[now.jobs[route, x - 1], p.service_class[route]]
        seconds += p.travel[p.profile[route], now.place[route, x], now.place[route, x + 1], 0]
    return seconds
