"""Makes room for orders that no timing keeps within the hard limits, as little of it as possible.

What gives way, in this order, each only where what stands before it is not enough: the limits of jobs and hours; the
shift's latest end; the windows of the jobs that are reached late; the end and the windows together; the windows of
the rests. The end moves by the fewest minutes that do, windows by the fewest minutes in all; then the usual timing
rule sets the times, and the checker finds how far the plan goes beyond what is allowed.

Jobs that are tied to others start when all routes agree (`agreement`, `lending`); then each route is looked at alone.
On a trip the end of a day is the moment at which its night begins: nights give way with the ends of shifts.
A window of a later day than the shift's is no reason to wait overnight: a job that has only such windows is served
when it is reached.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled
from optimizer.problem import UNLIMITED, Problem, Routes, tied
from optimizer.retime.agreement import agreement
from optimizer.retime.give_way import (
    EVER,
    last_rest_windows,
    late_for_a_price,
    night_windows,
    of_the_day,
    put,
    with_a_window_each,
    with_hours_enough,
)
from optimizer.retime.hours import DayBounds
from optimizer.retime.lending import lent, tool_rows, with_ways
from optimizer.retime.night_room import nights_between, nights_moved
from optimizer.retime.trials import Trials
from optimizer.retime.trip_days import ends_of_days, on_their_days
from optimizer.schedule.lanes import RouteTimes, Timekeeper


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


def with_room(compiled: Compiled, routes: Routes, asked: Mapping[int, int] | None = None) -> Room:
    """Return the problem in which every route can be timed; the same problem where they all can be already.

    Parameters
    ----------
    compiled : the question
    routes : any orders of stops
    asked : visits on trips → the shift of the day on which they are to be made; none: on any day of the trip

    Raises
    ------
    InvalidInput
        When the orders make people wait for each other for ever.
    """
    until: dict[int, int] = {}
    if asked:
        until = ends_of_days(compiled, asked)
        compiled = compiled._replace(problem=on_their_days(compiled, asked))
    problem = compiled.problem
    routes = _agreed(compiled, routes, asked or {}, until)
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
        nights = nights_between(compiled, problem, row, routes.stops[row], asked or {})
        moved = nights_moved(problem, row, routes, nights)
        if moved is None:
            problem = _Route(row, routes, STEPS).with_room(problem)
        else:  # nothing less was enough
            steps = STEPS[-1:] if moved.rests_give else STEPS[-2:]
            problem = _Route(row, routes, steps, nights_stay=True).with_room(moved.problem)
    return Room(problem, routes)


def _agreed(compiled: Compiled, routes: Routes, asked: Mapping[int, int], until: Mapping[int, int]) -> Routes:
    """Return the routes with shared tools and the starts of all tied visits."""
    served = [row for stops in routes.stops for row in stops]
    if not tied(compiled.problem)[compiled.problem.lead[served]].any():
        return routes
    at_home: list[tuple[int, ...]] = [()] * len(tool_rows(compiled))
    without_tools = routes._replace(stops=with_ways(compiled, routes.stops, at_home))
    found = agreement(compiled, without_tools, until, asked)
    if compiled.tools:
        return lent(compiled, routes, found, asked)
    return routes._replace(agreed=found.starts)


class _Route:
    """One route that cannot be timed; its tied visits start when they have agreed to."""

    def __init__(
        self, row: int, routes: Routes, steps: Sequence[_Gives], *, nights_stay: bool = False
    ) -> None:
        self._row = row
        self._steps = steps
        self._nights_stay = nights_stay
        self._jobs = routes.stops[row]
        self._trials = Trials(row, routes.stops[row], routes.agreed)

    def with_room(self, problem: Problem) -> Problem:
        """Return the problem in which it can be timed."""
        row, jobs = self._row, self._jobs
        for name in ("max_jobs", "max_work_s", "max_travel_s"):
            problem = put(problem, name, row, UNLIMITED)
        priced = late_for_a_price(problem, jobs)
        for gives in self._steps:
            trial = priced if gives.windows else problem
            if gives.end:
                trial = put(trial, "latest_end_s", row, EVER)
                trial = put(trial, "rest_close", self._nights(problem), EVER)
            if gives.rests:
                trial = put(trial, "rest_close", self._rests(problem), EVER)
            times = self._times(trial)
            if times is None:
                continue
            if gives.windows:
                problem = _stretched(problem, jobs, times)
            if gives.rests:
                problem = self._rested_early(problem, times, self._rests(problem))
            elif gives.end:
                problem = self._rested_early(problem, times, self._nights(problem))
            return self._ended_early(problem, times) if gives.end else problem
        return problem

    def _nights(self, problem: Problem) -> NDArray[np.int32]:
        """Return the windows of the nights that may begin later."""
        nights = night_windows(problem, self._row)
        return nights[:0] if self._nights_stay else nights

    def _rests(self, problem: Problem) -> NDArray[np.int32]:
        """Return the last windows of the rests that may begin later, nights among them."""
        stay = np.setdiff1d(night_windows(problem, self._row), self._nights(problem))
        return np.setdiff1d(last_rest_windows(problem, self._row), stay)

    def _times(self, problem: Problem) -> RouteTimes | None:
        return self._trials.times(problem)

    def _ended_early(self, problem: Problem, times: RouteTimes) -> Problem:
        """Move the latest end by as little as the route needs, at most to where `times` end."""
        ends = self._over_s(problem, times)
        if self._times(put(problem, "latest_end_s", self._row, ends)) is None:
            # With rests earlier than in `times` the way home can be later.
            found = self._times(put(problem, "latest_end_s", self._row, EVER))
            ends = EVER if found is None else self._over_s(problem, found)
        return self._barely(problem, "latest_end_s", self._row, ends)

    def _over_s(self, problem: Problem, times: RouteTimes) -> int:
        """Return when the route is over: somebody is back and has rested."""
        rests = slice(problem.rest_ptr[self._row], problem.rest_ptr[self._row + 1])
        return int(max(times.arrive[-1], *(times.rest_begin + problem.rest_s[rests]), 0))

    def _rested_early(self, problem: Problem, times: RouteTimes, last: NDArray[np.int32]) -> Problem:
        """Keep the last window of some rests open for as little longer as the route needs, at most as in `times`."""
        if not len(last):
            return problem
        ends = problem.latest_end_s[self._row]
        begins = times.rest_begin[np.isin(last_rest_windows(problem, self._row), last)]
        open_longer = np.maximum(problem.rest_close[last], begins)
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


def _stretched(problem: Problem, jobs: tuple[int, ...], times: RouteTimes) -> Problem:
    """Keep the last window of each job open until its service starts."""
    last = problem.window_ptr[np.array(jobs) + 1] - 1
    return put(problem, "window_close", last, np.maximum(problem.window_close[last], times.start))
