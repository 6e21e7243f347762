"""Moves the nights of a trip that has too much to do: each behind the last stop of its day.

The ends of the days give way first, then the windows, and last the rests. With its nights moved a trip can be timed
like a day that is too long (`room`).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled
from optimizer.problem import FAR, UNLIMITED, Problem, Routes
from optimizer.retime.give_way import EVER, changed, last_rest_windows, late_for_a_price, night_windows, put
from optimizer.schedule.lanes import RouteTimes, Timekeeper


class Night(NamedTuple):
    """A night of a trip."""

    window: int
    """Row of its window."""
    rest: int
    """Which of the trip's rests it is, from 0."""
    before: tuple[int, ...]
    """The stops before it."""
    after: tuple[int, ...]
    """The stops after it."""


def nights_between(
    compiled: Compiled, problem: Problem, row: int, jobs: tuple[int, ...], asked: Mapping[int, int]
) -> list[Night]:
    """Return the nights of a trip with the stops of the days before and after each.

    Parameters
    ----------
    compiled : the question
    problem : its problem, maybe with room already
    row : a day or trip
    jobs : its stops
    asked : stop → the shift of the day on which it is to be made

    Returns
    -------
    nothing for a day, or where days are not said for all stops
    """
    if not all(job in asked for job in jobs):
        return []
    days, rests = compiled.days_of(row)[0], last_rest_windows(problem, row).tolist()
    found = []
    for number, window in enumerate(night_windows(problem, row).tolist()):
        before = tuple(job for job in jobs if days.index(asked[job]) <= number)
        found.append(Night(window, rests.index(window), before, jobs[len(before) :]))
    return found


class Moved(NamedTuple):
    """A problem in which the nights of a trip stand behind their days' last stops."""

    problem: Problem
    rests_give: bool
    """Rests have to be late as well."""


def nights_moved(problem: Problem, row: int, routes: Routes, nights: Sequence[Night]) -> Moved | None:
    """Return the problem in which each night begins behind the last stop of its day, none where that cannot be.

    Parameters
    ----------
    problem : in which the trip cannot be timed
    row : the trip
    routes : its stops, and what they have agreed on
    nights : its nights, see `nights_between`
    """
    others = np.setdiff1d(last_rest_windows(problem, row), [one.window for one in nights])
    for late in (others[:0], others) if nights else ():
        moved = _Mover(row, routes, late).moved(problem, nights)
        if moved is not None:
            return Moved(moved, rests_give=len(late) > 0)
    return None


class _Mover:
    """Moves the nights of one trip, one after the other; `late`: windows of rests that may be late."""

    def __init__(self, row: int, routes: Routes, late: NDArray[np.int32]) -> None:
        self._row = row
        self._jobs = routes.stops[row]
        self._agreed = routes.agreed
        self._late = late

    def moved(self, problem: Problem, nights: Sequence[Night]) -> Problem | None:
        """Return the problem with all nights moved, none where the trip cannot be timed that way."""
        for night in nights:
            begin = int(problem.rest_open[night.window])
            if night.before:
                # What comes after this night does not matter yet.
                later = last_rest_windows(problem, self._row)[night.rest + 1 :]
                today = put(problem, "rest_close", later, EVER)
                free = self._times(put(today, "rest_close", night.window, EVER), night.before)
                if free is None:
                    return None
                begin = self._begin(today, night, free)
            ends = int(problem.rest_open[night.window]) + self._lasts_s(problem, night.rest)
            problem = _behind(self._at(problem, night, begin), night, max(begin, ends))
        return None if self._times(problem, self._jobs) is None else problem

    def _begin(self, problem: Problem, night: Night, free: RouteTimes) -> int:
        """Return the earliest moment at which a night can begin behind its day's last stop and rests."""
        begin = max(int(problem.rest_open[night.window]), int(free.end[-1]))
        rests = [int(free.rest_begin[one]) + self._lasts_s(problem, one) for one in range(night.rest)]
        too_early, enough = begin - 1, max(begin, *rests, begin)
        while too_early < enough - 1:
            middle = (too_early + enough) // 2
            times = self._times(self._at(problem, night, middle), night.before)
            if times is None or times.end[-1] > middle:
                too_early = middle
            else:
                enough = middle
        return enough

    def _at(self, problem: Problem, night: Night, begin: int) -> Problem:
        """Let a night begin at one moment; it still ends when the next day begins, unless it is over by then."""
        rest = int(problem.rest_ptr[self._row]) + night.rest
        ends = int(problem.rest_open[night.window] + problem.rest_s[rest])
        problem = put(problem, "rest_s", rest, max(0, ends - begin))
        return put(put(problem, "rest_open", night.window, begin), "rest_close", night.window, begin)

    def _lasts_s(self, problem: Problem, rest: int) -> int:
        return int(problem.rest_s[problem.rest_ptr[self._row] + rest])

    def _times(self, problem: Problem, jobs: tuple[int, ...]) -> RouteTimes | None:
        """Time some of the stops without an end or caps, late for a price."""
        free = put(late_for_a_price(problem, jobs), "rest_close", self._late, EVER)
        free = put(free, "latest_end_s", self._row, EVER)
        for name in ("max_jobs", "max_work_s", "max_travel_s"):
            free = put(free, name, self._row, UNLIMITED)
        return Timekeeper(free, self._agreed).time(self._row, jobs)


def _behind(problem: Problem, night: Night, ends: int) -> Problem:
    """Open the windows of what is done after a night when it is over; the last one of each stays."""
    opens, closes = problem.window_open.copy(), problem.window_close.copy()
    for job in night.after:
        last = int(problem.window_ptr[job + 1]) - 1
        for window in range(int(problem.window_ptr[job]), last + 1):
            if window < last and closes[window] < ends:
                opens[window], closes[window] = 0, -FAR  # a window that is never open
            else:
                opens[window] = max(int(opens[window]), ends)
    return changed(problem, window_open=opens, window_close=closes)
