"""Keeps the jobs of a trip on the days on which the orders have them."""

from collections.abc import Mapping

import numpy as np

from optimizer.compile import Compiled
from optimizer.problem import FAR, Problem
from optimizer.retime.give_way import changed
from optimizer.retime.hours import DayBounds


def ends_of_days(compiled: Compiled, asked: Mapping[int, int]) -> dict[int, int]:
    """Return the last second of the day on which each visit of a trip is to start, for all of its crew.

    Parameters
    ----------
    compiled : the question
    asked : visit → the shift of the day
    """
    problem, bounds = compiled.problem, DayBounds(compiled)
    return {
        row: _last_s(compiled, bounds, day)
        for visit, day in asked.items()
        for row in np.flatnonzero(problem.lead == problem.lead[visit]).tolist()
    }


def _last_s(compiled: Compiled, bounds: DayBounds, day: int) -> int:
    """Return the last second of a shift's day; that of a night's work ends where the next shift begins."""
    last_s = bounds.tomorrow_s(day) - 1
    mine = compiled.shifts[day].key.technician_id
    if day + 1 < len(compiled.shifts) and compiled.shifts[day + 1].key.technician_id == mine:
        last_s = min(last_s, bounds.begins_s(day + 1) - 1)
    return last_s


def on_their_days(compiled: Compiled, asked: Mapping[int, int]) -> Problem:
    """Return the problem in which some visits start on a certain day; one without any window on it at any time of it.

    The route of a trip alone says in which order its jobs are done: without this a job would be done on the evening
    before where there is time.

    Parameters
    ----------
    compiled : the question
    asked : visit → the shift of the day; all of its crew start with it
    """
    problem, bounds = compiled.problem, DayBounds(compiled)
    opens, closes = problem.window_open.copy(), problem.window_close.copy()
    for visit, day in asked.items():
        first_s, last_s = bounds.begins_s(day), _last_s(compiled, bounds, day)
        for row in np.flatnonzero(problem.lead == problem.lead[visit]).tolist():
            windows = range(int(problem.window_ptr[row]), int(problem.window_ptr[row + 1]))
            cut = [(max(int(opens[w]), first_s), min(int(closes[w]), last_s)) for w in windows]
            kept = [span for span in cut if span[0] <= span[1]] or [(first_s, last_s)][: len(cut)]
            shut = [(0, -FAR)] * (len(cut) - len(kept))  # a window that is never open
            for window, span in zip(windows, [*shut, *kept], strict=True):
                opens[window], closes[window] = span
    return changed(problem, window_open=opens, window_close=closes)
