"""Makes room for orders that no timing keeps within the hard limits, as little of it as possible.

What gives way, in this order, each only where what stands before it is not enough: the limits of jobs and hours; the
shift's latest end; the windows of the jobs that are reached late; the end and the windows together; the windows of
the rests. The end moves by the fewest minutes that do, windows by the fewest minutes in all; then the usual timing
rule sets the times, and the checker finds how far the plan goes beyond what is allowed.

A window of a later day than the shift's is no reason to wait overnight: a job that has only such windows is served
when it is reached.
"""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled
from optimizer.problem import FAR, SLOT_S, UNLIMITED, Problem, Routes
from optimizer.rules.hours import working_hours
from optimizer.schedule.lanes import RouteTimes, Timekeeper

EVER = FAR // 2
"""Later than any moment of a plan, and far enough from `FAR` to be added to."""

SLOWEST_PERCENT = 10
"""Congestion slows a drive down to this part of its speed at most."""

LATE_HOUR_CENTS = 10**11
"""Price of an hour beyond a window while room is sought: a second of it outweighs every real price."""


class _Gives(NamedTuple):
    """What gives way besides the limits of jobs and hours."""

    end: bool
    windows: bool
    rests: bool = False


STEPS = (
    _Gives(end=False, windows=False),
    _Gives(end=True, windows=False),
    _Gives(end=False, windows=True),
    _Gives(end=True, windows=True),
    _Gives(end=True, windows=True, rests=True),
)
"""What gives way, tried in this order."""


def with_room(compiled: Compiled, routes: Routes) -> Problem:
    """Return the problem in which every route can be timed; the same problem where they all can be already.

    Parameters
    ----------
    compiled : the question
    routes : any orders of stops
    """
    problem = compiled.problem
    keeper = Timekeeper(problem)
    stuck = [row for row, stops in enumerate(routes.stops) if stops and keeper.time(row, stops) is None]
    if not stuck:
        return problem
    problem = _with_hours_enough(compiled, _with_a_window_each(problem), [routes.stops[row] for row in stuck])
    starts = working_hours(compiled.scenario, 0)
    for row in stuck:
        # A shift that is over is compiled with its end as its start; its work would begin before now.
        start_s = max(int(problem.start_s[row]), starts[compiled.shifts[row].key].start_s)
        problem = _put(problem, "start_s", row, start_s)
        last_s = max(start_s, int(problem.latest_end_s[row]))
        tomorrow = compiled.timeline.moment(last_s).date() + timedelta(days=1)
        problem = _of_the_day(problem, routes.stops[row], compiled.timeline.at(tomorrow, time()))
        problem = _make_room(problem, row, routes.stops[row])
    return problem


def _make_room(problem: Problem, row: int, jobs: tuple[int, ...]) -> Problem:
    for name in ("max_jobs", "max_work_s", "max_travel_s"):
        problem = _put(problem, name, row, UNLIMITED)
    for gives in STEPS:
        trial = problem
        if gives.windows:
            trial = _late_for_a_price(trial, jobs)
        if gives.end:
            trial = _put(trial, "latest_end_s", row, EVER)
        if gives.rests:
            trial = _put(trial, "rest_close", _last_rest_windows(problem, row), EVER)
        times = Timekeeper(trial).time(row, jobs)
        if times is None:
            continue
        if gives.windows:
            problem = _stretched(problem, jobs, times)
        if gives.rests:
            problem = _rested_early(problem, row, jobs, times)
        return _ended_early(problem, row, jobs, times) if gives.end else problem
    return problem


def _late_for_a_price(problem: Problem, jobs: tuple[int, ...]) -> Problem:
    """Let service start after the last window too, at a price that makes the fewest minutes the cheapest."""
    rows = np.array(sorted(jobs))
    last = problem.window_ptr[rows + 1] - 1
    at = problem.late_ptr[rows + 1]
    more = np.zeros(len(problem.late_ptr), np.int32)
    more[rows + 1] = 1
    problem = _changed(
        problem,
        late_ptr=problem.late_ptr + np.cumsum(more, dtype=np.int32),
        late_after=np.insert(problem.late_after, at, problem.window_close[last]),
        late_cents=np.insert(problem.late_cents, at, 0),
        late_hour_cents=np.insert(problem.late_hour_cents, at, LATE_HOUR_CENTS),
        late_on_end=np.insert(problem.late_on_end, at, False),
    )
    return _put(problem, "window_close", last, EVER)


def _stretched(problem: Problem, jobs: tuple[int, ...], times: RouteTimes) -> Problem:
    """Keep the last window of each job open until its service starts."""
    last = problem.window_ptr[np.array(jobs) + 1] - 1
    return _put(problem, "window_close", last, np.maximum(problem.window_close[last], times.start))


def _ended_early(problem: Problem, row: int, jobs: tuple[int, ...], times: RouteTimes) -> Problem:
    """Move the latest end by as little as the route needs, at most to where `times` end."""
    rests = slice(problem.rest_ptr[row], problem.rest_ptr[row + 1])
    ends = max(int(times.arrive[-1]), *(times.rest_begin + problem.rest_s[rests]), 0)
    return _barely(problem, "latest_end_s", row, ends, row, jobs)


def _rested_early(problem: Problem, row: int, jobs: tuple[int, ...], times: RouteTimes) -> Problem:
    """Keep the last window of each rest open for as little longer as the route needs, at most as in `times`."""
    last = _last_rest_windows(problem, row)
    ends = problem.latest_end_s[row]
    open_longer = np.maximum(problem.rest_close[last], times.rest_begin)
    trial = _put(_put(problem, "rest_close", last, open_longer), "latest_end_s", row, EVER)
    for window in last:
        enough = int(trial.rest_close[window])
        trial = _put(trial, "rest_close", window, problem.rest_close[window])
        trial = _barely(trial, "rest_close", window, enough, row, jobs)
    return _put(trial, "latest_end_s", row, ends)


def _barely(problem: Problem, name: str, at: int, enough: int, row: int, jobs: tuple[int, ...]) -> Problem:
    """Raise one entry of an array by as little as lets the route be timed; `enough` is known to do."""
    now = int(getattr(problem, name)[at])
    too_little = now - 1
    while too_little < enough - 1:
        middle = (too_little + enough) // 2
        if Timekeeper(_put(problem, name, at, middle)).time(row, jobs) is None:
            too_little = middle
        else:
            enough = middle
    return _put(problem, name, at, max(now, enough))


def _of_the_day(problem: Problem, jobs: tuple[int, ...], tomorrow_s: int) -> Problem:
    """Close the windows that open on a later day; a job without any other is served at any time."""
    opens, closes = problem.window_open.copy(), problem.window_close.copy()
    for job in jobs:
        first, behind = problem.window_ptr[job], problem.window_ptr[job + 1]
        usable = [w for w in range(first, behind) if opens[w] < tomorrow_s and closes[w] >= opens[w]]
        if usable:
            # Its last usable window stands last, where the search for room looks for it.
            count = len(usable)
            moved = opens[usable], closes[usable]
            opens[first : behind - count], closes[first : behind - count] = 0, -FAR
            opens[behind - count : behind], closes[behind - count : behind] = moved
        else:
            opens[first:behind], closes[first:behind] = -FAR, EVER
    return _changed(problem, window_open=opens, window_close=closes)


def _with_a_window_each(problem: Problem) -> Problem:
    """Give a window that is never open to every job whose windows contradict each other, so that it can give way."""
    counts = np.diff(problem.window_ptr)
    at = problem.window_ptr[:-1][counts == 0]
    more = np.concatenate([[0], np.cumsum(counts == 0)]).astype(np.int32)
    return _changed(
        problem,
        window_ptr=problem.window_ptr + more,
        window_open=np.insert(problem.window_open, at, 0),
        window_close=np.insert(problem.window_close, at, -FAR),
    )


def _with_hours_enough(compiled: Compiled, problem: Problem, routes: Sequence[tuple[int, ...]]) -> Problem:
    """Continue the congestion tables for as long as the longest of these routes can last."""
    if not problem.pace.size:
        return problem
    slowest_s = 100 // SLOWEST_PERCENT * int(problem.travel[..., 0].max())
    on_site_s = int((problem.service_s + problem.setup_s).max())
    stops = max(len(stops) for stops in routes)
    ends = (problem.start_s.max(), problem.latest_end_s.max(), *problem.rest_close)
    waits_s = max(int(end) for end in ends) + 24 * SLOT_S
    most_s = waits_s + int(problem.rest_s.sum()) + stops * on_site_s + (stops + 1) * slowest_s
    known = problem.pace.shape[2]
    hours = [
        compiled.timeline.moment(slot * SLOT_S).hour
        for slot in range(known, max(known, -(-most_s // SLOT_S)))
    ]
    pace = np.full((*problem.pace.shape[:2], known + len(hours)), 100, np.int64)
    pace[..., :known] = problem.pace
    for profile, matrix in enumerate(compiled.travel.legs.values()):
        if matrix.band.size:
            pace[profile, : len(matrix.hour_percent), known:] = matrix.hour_percent[:, hours]
    pace_sum = np.zeros((*pace.shape[:2], pace.shape[2] + 1), np.int64)
    pace_sum[..., 1:] = np.cumsum(pace * SLOT_S, axis=2)
    return _changed(problem, pace=pace, pace_sum=pace_sum)


def _last_rest_windows(problem: Problem, row: int) -> NDArray[np.int32]:
    """Return the last window of each rest of a shift."""
    return problem.rest_window_ptr[problem.rest_ptr[row] + 1 : problem.rest_ptr[row + 1] + 1] - 1


def _put(problem: Problem, name: str, rows: Any, values: Any) -> Problem:
    """Return the problem with other values in some rows of one array."""
    array: NDArray[Any] = getattr(problem, name).copy()
    array[rows] = values
    return _changed(problem, **{name: array})


def _changed(problem: Problem, **arrays: NDArray[Any]) -> Problem:
    """Return the problem with other arrays; they must be of the same kind, or every kernel is compiled anew."""
    for array in arrays.values():
        array.flags.writeable = False
    return problem._replace(**arrays)
