"""What can give way in a problem: other values in some rows of its arrays, everything else as it was."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled
from optimizer.compile.layout import means_of_tools
from optimizer.compile.pace import pace, slowest
from optimizer.problem import FAR, SLOT_S, Problem

EVER = FAR // 2
"""Later than any moment of a plan, and far enough from `FAR` to be added to."""

LATE_HOUR_CENTS = 10**11
"""Price of an hour beyond a window while room is sought: a second of it outweighs every real price."""


def put(problem: Problem, name: str, rows: Any, values: Any) -> Problem:
    """Return the problem with other values in some rows of one array.

    Parameters
    ----------
    problem : the compiled question
    name : the array
    rows, values : as in an assignment to a numpy array
    """
    array: NDArray[Any] = getattr(problem, name).copy()
    array[rows] = values
    return changed(problem, **{name: array})


def changed(problem: Problem, **arrays: NDArray[Any]) -> Problem:
    """Return the problem with other arrays; they must be of the same kind, or every kernel is compiled anew."""
    for array in arrays.values():
        array.flags.writeable = False
    return problem._replace(**arrays)


def last_windows(problem: Problem, jobs: Iterable[int]) -> NDArray[np.int32]:
    """Return the row of the last window of each of these jobs, which must have one."""
    return problem.window_ptr[np.array(sorted(set(jobs)), np.int64) + 1] - 1


def last_rest_windows(problem: Problem, shift: int) -> NDArray[np.int32]:
    """Return the row of the last window of each rest of a shift."""
    return problem.rest_window_ptr[problem.rest_ptr[shift] + 1 : problem.rest_ptr[shift + 1] + 1] - 1


def night_windows(problem: Problem, shift: int) -> NDArray[np.int32]:
    """Return the row of the last window of each night away of a shift or trip."""
    rests = slice(problem.rest_ptr[shift], problem.rest_ptr[shift + 1])
    windows = last_rest_windows(problem, shift)
    return windows[problem.night[rests]] if problem.night.size else windows[:0]


def of_the_day(problem: Problem, jobs: Iterable[int], tomorrow_s: int) -> Problem:
    """Close the windows that open on a later day; a job without any other is served at any time.

    Parameters
    ----------
    problem : the compiled question
    jobs : job rows
    tomorrow_s : when the next day begins
    """
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
    return changed(problem, window_open=opens, window_close=closes)


def opened_from(problem: Problem, begins: Mapping[int, int]) -> Problem:
    """Open the windows of some jobs at a moment or later; the last one of each is open then at least.

    Parameters
    ----------
    problem : the compiled question
    begins : job row → the moment in seconds
    """
    opens, closes = problem.window_open.copy(), problem.window_close.copy()
    for job, begins_s in begins.items():
        windows = range(int(problem.window_ptr[job]), int(problem.window_ptr[job + 1]))
        for window in windows:
            if closes[window] < begins_s and window < windows[-1]:
                opens[window], closes[window] = 0, -FAR  # a window that is never open
            else:
                opens[window] = max(int(opens[window]), begins_s)
                closes[window] = max(int(closes[window]), begins_s)
    return changed(problem, window_open=opens, window_close=closes)


def with_a_window_each(problem: Problem) -> Problem:
    """Give a window that is never open to every job whose windows contradict each other, so that it can give way."""
    counts = np.diff(problem.window_ptr)
    at = problem.window_ptr[:-1][counts == 0]
    more = np.concatenate([[0], np.cumsum(counts == 0)]).astype(np.int32)
    return changed(
        problem,
        window_ptr=problem.window_ptr + more,
        window_open=np.insert(problem.window_open, at, 0),
        window_close=np.insert(problem.window_close, at, -FAR),
    )


def with_hours_enough(compiled: Compiled, problem: Problem, routes: Sequence[tuple[int, ...]]) -> Problem:
    """Continue the congestion tables for as long as the longest of these routes can last, with all who wait for it.

    Parameters
    ----------
    compiled : the question
    problem : its problem, maybe with room already
    routes : job rows in order
    """
    if not problem.pace.size:
        return problem
    rows = [row for stops in routes for row in stops]
    there = np.unique(problem.place[rows])
    places = np.unique(np.concatenate([there, problem.start_place, problem.end_place]))
    ways = (problem.travel[:, there[:, None], places, 0], problem.travel[:, places[:, None], there, 0])
    paces = [slowest(one) for one in compiled.travel.legs.values()]
    slowest_s = -(-100 * max(int(drive_s.max()) for drive_s in ways) // min([100, *paces]))
    on_site_s = int((problem.service_s[rows] + problem.setup_s[rows]).max())
    stops = len(rows)
    ends = (problem.start_s, problem.latest_end_s, problem.rest_close)
    waits_s = max(int(end.max()) for end in ends if end.size) + 24 * SLOT_S
    rested = np.concatenate([[0], np.cumsum(problem.rest_s)])
    rests_s = len(routes) * int(np.diff(rested[problem.rest_ptr]).max())
    most_s = min(waits_s + rests_s + stops * on_site_s + (stops + len(routes)) * slowest_s, EVER)
    known = problem.pace.shape[2]
    slots = range(known, max(known, -(-most_s // SLOT_S)))
    speeds = np.full((*problem.pace.shape[:2], slots.stop), 100, np.int64)
    speeds[..., :known] = problem.pace
    legs = compiled.travel.legs
    matrices = list(legs.values())
    if len(speeds) > len(matrices):
        matrices.append(legs[means_of_tools(legs)])  # the ways of shared tools
    for profile, matrix in enumerate(matrices):
        if matrix.band.size:
            more = pace(matrix, compiled.timeline, slots)
            speeds[profile, : len(more), known:] = more
    pace_sum = np.zeros((*speeds.shape[:2], speeds.shape[2] + 1), np.int64)
    pace_sum[..., 1:] = np.cumsum(speeds * SLOT_S, axis=2)
    return changed(problem, pace=speeds, pace_sum=pace_sum)


def late_for_a_price(problem: Problem, jobs: tuple[int, ...]) -> Problem:
    """Let service start after the last window too, at a price that makes the fewest minutes the cheapest.

    Parameters
    ----------
    problem : the compiled question
    jobs : job rows
    """
    rows = np.array(sorted(jobs))
    last = last_windows(problem, jobs)
    at = problem.late_ptr[rows + 1]
    more = np.zeros(len(problem.late_ptr), np.int32)
    more[rows + 1] = 1
    problem = changed(
        problem,
        late_ptr=problem.late_ptr + np.cumsum(more, dtype=np.int32),
        late_after=np.insert(problem.late_after, at, problem.window_close[last]),
        late_cents=np.insert(problem.late_cents, at, 0),
        late_hour_cents=np.insert(problem.late_hour_cents, at, LATE_HOUR_CENTS),
        late_on_end=np.insert(problem.late_on_end, at, False),
    )
    return put(problem, "window_close", last, EVER)
