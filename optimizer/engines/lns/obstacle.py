"""What keeps a left-out job out of a route: the least lack over all places in its order."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.lns.insertion import exact_delta, fits_between, fits_load
from optimizer.engines.lns.labels import step_forward
from optimizer.engines.lns.search import Search
from optimizer.engines.lns.state import NEVER, State
from optimizer.engines.lns.tables import Tables, make_tables
from optimizer.problem import FAR, Problem, Routes
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
    """The shift or week has as many jobs as it may."""
    LOAD = 4
    """The load would exceed the capacity."""
    LIMIT = 5
    """The shift's or week's hours would exceed their limit."""
    REST = 6
    """A rest could not be taken any more."""
    NO_WINDOW = 7
    """No agreed window lies in the shift."""
    WORTH = 8
    """It fits, but adds more than leaving the job out costs."""


class Obstacle(NamedTuple):
    """Why a shift without a forbidding code does not take a job."""

    lack: Lack
    lack_s: int
    """Seconds lacking, 0 where time is not what is lacking."""
    cents: int | None
    """Cents the cheapest insertion adds, where it is possible."""
    after: int
    """How many jobs of the route come before the best place."""


def obstacles(problem: Problem, routes: Routes) -> dict[tuple[int, int], Obstacle]:
    """Return, for every left-out job and every shift that no code forbids to it, what is lacking.

    Parameters
    ----------
    problem : the compiled question
    routes : a plan of it
    """
    rows = [
        (job, int(shift)) for job in routes.unserved for shift in np.flatnonzero(problem.forbidden[job] == 0)
    ]
    if not rows:
        return {}
    search = Search(problem, make_tables(problem), 0)
    search.load(routes)
    found = np.zeros((len(rows), 4), np.int64)
    _examine(*search.kernel, np.array(rows, np.int32), found)
    return {
        row: Obstacle(Lack(int(lack)), int(lack_s), int(cents) if cents < NEVER else None, int(after))
        for row, (lack, lack_s, cents, after) in zip(rows, found, strict=True)
    }


@kernel
def _examine(p: Problem, t: Tables, s: State, rows: NDArray[np.int32], found: NDArray[np.int64]) -> None:
    for i in range(len(rows)):
        job, route = rows[i, 0], rows[i, 1]
        found[i, 2] = NEVER
        if first_start(p, job, p.start_s[route]) > p.latest_end_s[route]:
            found[i, 0] = Lack.NO_WINDOW.value
            continue
        if s.now.length[route] >= p.max_jobs[route]:
            found[i, 0] = Lack.JOBS.value
            continue
        _least_lack(p, s, job, route, found[i])
        if found[i, 1] > 0:
            continue
        delta = exact_delta(p, t, s, job, route)
        if delta < NEVER:
            found[i, 0] = Lack.WORTH.value
            found[i, 2] = delta
            found[i, 3] = s.slot[job, route]
        else:
            found[i, 0] = Lack.LIMIT.value
            if not _any_load_fits(p, s, job, route):
                found[i, 0] = Lack.LOAD.value


@kernel
def _least_lack(p: Problem, s: State, job: int, route: int, found: NDArray[np.int64]) -> None:
    """Write kind, seconds and place of the least lack of time; 0 seconds where there is none."""
    found[1] = FAR
    for pos in range(s.now.length[route] + 1):
        if fits_between(p, s, job, route, pos):
            found[1] = 0
            found[3] = pos
            return
        kind, lack = _lack_at(p, s, job, route, pos)
        if lack < found[1]:
            found[0] = kind
            found[1] = lack
            found[3] = pos


@kernel
def _lack_at(p: Problem, s: State, job: int, route: int, pos: int) -> tuple[int, int]:
    """Return what is lacking behind a position where the job does not fit, and how many seconds."""
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
    lack = FAR
    arrival = FAR
    for lane in range(lanes):
        arrival = min(arrival, s.lane_b[lane])
        if s.lane_b[lane] < FAR and now.due[route, pos + 1, lane] > -FAR:
            lack = min(lack, s.lane_b[lane] - now.due[route, pos + 1, lane])
    if late > 0 and late >= lack:
        return Lack.OWN_WINDOW.value, late
    lack = max(lack, 1)
    remaining = _least_remaining(p, s, route, pos + 1)
    if arrival + remaining > p.latest_end_s[route]:
        return Lack.DAY.value, lack
    return Lack.LATER_WINDOW.value if _misses_window(p, s, route, pos + 1, arrival) else Lack.REST.value, lack


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
    last = p.window_ptr[job + 1] - 1
    return max(1, earliest - p.window_close[last]) if last >= p.window_ptr[job] else FAR


@kernel
def _least_remaining(p: Problem, s: State, route: int, pos: int) -> int:
    """Return the seconds of service and driving from arriving at a position to the end place, without waiting."""
    now = s.now
    seconds = 0
    for x in range(pos, now.length[route] + 1):
        seconds += p.service_s[now.jobs[route, x - 1], p.service_class[route]]
        seconds += p.travel[p.profile[route], now.place[route, x], now.place[route, x + 1], 0]
    return seconds


@kernel
def _any_load_fits(p: Problem, s: State, job: int, route: int) -> bool:
    for pos in range(s.now.length[route] + 1):
        if fits_between(p, s, job, route, pos) and fits_load(p, s, job, route, pos):
            return True
    return False
