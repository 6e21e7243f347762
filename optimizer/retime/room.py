"""Makes room for orders that no timing keeps within the hard limits, as little of it as possible.

What gives way, in this order, each only where what stands before it is not enough: the limits of jobs and hours; the
shift's latest end; the windows of the jobs that are reached late; the end and the windows together; the windows of
the rests. The end moves by the fewest minutes that do, windows by the fewest minutes in all; then the usual timing
rule sets the times, and the checker finds how far the plan goes beyond what is allowed.

Jobs that are tied to others start when all routes agree (`agreement`, `lending`); then each route is looked at alone.
A window of a later day than the shift's is no reason to wait overnight: a job that has only such windows is served
when it is reached.
"""

from typing import NamedTuple

import numpy as np

from optimizer.compile import Compiled
from optimizer.problem import UNLIMITED, Problem, Routes, tied
from optimizer.retime.agreement import agreement
from optimizer.retime.give_way import (
    EVER,
    changed,
    last_rest_windows,
    last_windows,
    of_the_day,
    put,
    with_a_window_each,
    with_hours_enough,
)
from optimizer.retime.hours import DayBounds
from optimizer.retime.lending import lent
from optimizer.schedule.lanes import RouteTimes, Timekeeper

LATE_HOUR_CENTS = 10**11
"""Price of an hour beyond a window while room is sought: a second of it outweighs every real price."""


class Room(NamedTuple):
    """A problem in which routes can be timed, and the routes with what they have agreed on."""

    problem: Problem
    """The question, with room where it is needed."""
    routes: Routes
    """The orders, with shared tools and agreed starts."""


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


def with_room(compiled: Compiled, routes: Routes) -> Room:
    """Return the problem in which every route can be timed; the same problem where they all can be already.

    Parameters
    ----------
    compiled : the question
    routes : any orders of stops

    Raises
    ------
    InvalidInput
        When the orders make people wait for each other for ever.
    """
    problem = compiled.problem
    routes = _agreed(compiled, routes)
    keeper = Timekeeper(problem, routes.agreed)
    stuck = [row for row, stops in enumerate(routes.stops) if stops and keeper.time(row, stops) is None]
    if not stuck:
        return Room(problem, routes)
    longest = max((routes.stops[row] for row in stuck), key=len)
    waiting = [stops for stops in routes.stops if stops] if routes.agreed else [longest]
    problem = with_hours_enough(compiled, with_a_window_each(problem), waiting)
    bounds = DayBounds(compiled)
    for row in stuck:
        problem = put(problem, "start_s", row, bounds.begins_s(row))
        problem = of_the_day(problem, routes.stops[row], bounds.tomorrow_s(row))
        problem = _Route(row, routes).with_room(problem)
    return Room(problem, routes)


def _agreed(compiled: Compiled, routes: Routes) -> Routes:
    """Return the routes with shared tools and the starts of all tied visits."""
    served = [row for stops in routes.stops for row in stops]
    if not tied(compiled.problem)[compiled.problem.lead[served]].any():
        return routes
    people = routes.stops[: len(compiled.shifts)]
    without_tools = routes._replace(stops=(*people, *[()] * len(compiled.tools)))
    found = agreement(compiled, without_tools)
    if compiled.tools:
        return lent(compiled, routes, found)
    return routes._replace(agreed=found.starts)


class _Route:
    """One route that cannot be timed; its tied visits start when they have agreed to."""

    def __init__(self, row: int, routes: Routes) -> None:
        self._row = row
        self._jobs = routes.stops[row]
        self._agreed = routes.agreed

    def with_room(self, problem: Problem) -> Problem:
        """Return the problem in which it can be timed."""
        row, jobs = self._row, self._jobs
        for name in ("max_jobs", "max_work_s", "max_travel_s"):
            problem = put(problem, name, row, UNLIMITED)
        for gives in STEPS:
            trial = problem
            if gives.windows:
                trial = _late_for_a_price(trial, jobs)
            if gives.end:
                trial = put(trial, "latest_end_s", row, EVER)
            if gives.rests:
                trial = put(trial, "rest_close", last_rest_windows(problem, row), EVER)
            times = self._times(trial)
            if times is None:
                continue
            if gives.windows:
                problem = _stretched(problem, jobs, times)
            if gives.rests:
                problem = self._rested_early(problem, times)
            return self._ended_early(problem, times) if gives.end else problem
        return problem

    def _times(self, problem: Problem) -> RouteTimes | None:
        return Timekeeper(problem, self._agreed).time(self._row, self._jobs)

    def _ended_early(self, problem: Problem, times: RouteTimes) -> Problem:
        """Move the latest end by as little as the route needs, at most to where `times` end."""
        rests = slice(problem.rest_ptr[self._row], problem.rest_ptr[self._row + 1])
        ends = max(int(times.arrive[-1]), *(times.rest_begin + problem.rest_s[rests]), 0)
        return self._barely(problem, "latest_end_s", self._row, ends)

    def _rested_early(self, problem: Problem, times: RouteTimes) -> Problem:
        """Keep the last window of each rest open for as little longer as the route needs, at most as in `times`."""
        last = last_rest_windows(problem, self._row)
        ends = problem.latest_end_s[self._row]
        open_longer = np.maximum(problem.rest_close[last], times.rest_begin)
        trial = put(put(problem, "rest_close", last, open_longer), "latest_end_s", self._row, EVER)
        for window in last:
            enough = int(trial.rest_close[window])
            trial = put(trial, "rest_close", window, problem.rest_close[window])
            trial = self._barely(trial, "rest_close", window, enough)
        return put(trial, "latest_end_s", self._row, ends)

    def _barely(self, problem: Problem, name: str, at: int, enough: int) -> Problem:
        """Raise one entry of an array by as little as lets the route be timed; `enough` is known to do."""
        now = int(getattr(problem, name)[at])
        too_little = now - 1
        while too_little < enough - 1:
            middle = (too_little + enough) // 2
            if self._times(put(problem, name, at, middle)) is None:
                too_little = middle
            else:
                enough = middle
        return put(problem, name, at, max(now, enough))


def _late_for_a_price(problem: Problem, jobs: tuple[int, ...]) -> Problem:
    """Let service start after the last window too, at a price that makes the fewest minutes the cheapest."""
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


def _stretched(problem: Problem, jobs: tuple[int, ...], times: RouteTimes) -> Problem:
    """Keep the last window of each job open until its service starts."""
    last = problem.window_ptr[np.array(jobs) + 1] - 1
    return put(problem, "window_close", last, np.maximum(problem.window_close[last], times.start))
