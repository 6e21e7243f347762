"""Copies of a problem with single limits lifted or set; the arrays keep their types, so that kernels stay compiled."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from optimizer.problem import FAR, UNLIMITED, Problem

LATE_HOUR_CENTS = 100_000_000
"""So dear is an hour of delay where a job has to come as early as can be."""


def shown(array: Any) -> Any:
    """Return an array as kernels know it, read-only, while its owner may change it.

    Kernels are compiled anew for arrays that may be written to.

    Parameters
    ----------
    array : an array of a problem
    """
    view = array.view()
    view.flags.writeable = False
    return view


def without_limits(p: Problem, shift: int) -> Problem:
    """Return the problem without an end and without caps of one shift."""
    return p._replace(
        latest_end_s=_set(p.latest_end_s, shift, FAR // 2),
        max_jobs=_set(p.max_jobs, shift, UNLIMITED),
        max_work_s=_set(p.max_work_s, shift, UNLIMITED),
        max_travel_s=_set(p.max_travel_s, shift, UNLIMITED),
    )


def late_allowed(p: Problem, jobs: Sequence[int]) -> Problem:
    """Return the problem with the last windows of these jobs open without end, at a price that rises with time."""
    rows = np.array(sorted(job for job in jobs if p.window_ptr[job + 1] > p.window_ptr[job]), np.int64)
    last = p.window_ptr[rows + 1] - 1
    shut = p.window_close[last] < FAR // 2
    rows, last = rows[shut], last[shut]
    dear = _dear_after(p, rows, p.window_close[last])
    return dear._replace(window_close=_set(p.window_close, last, FAR // 2))


def early(p: Problem, job: int) -> Problem:
    """Return the problem in which nothing matters but that a job starts as early as it can."""
    return _dear_after(p, np.array([job]), np.zeros(1, np.int64))


def _dear_after(p: Problem, jobs: Any, moments: Any) -> Problem:
    """Return the problem with a very dear hour after a moment for each of these jobs, in ascending order."""
    at = p.late_ptr[jobs + 1]
    shifted = p.late_ptr + np.searchsorted(jobs, np.arange(len(p.late_ptr)))
    return p._replace(
        late_ptr=_frozen(shifted.astype(np.int32)),
        late_after=_frozen(np.insert(p.late_after, at, moments)),
        late_cents=_frozen(np.insert(p.late_cents, at, 0)),
        late_hour_cents=_frozen(np.insert(p.late_hour_cents, at, LATE_HOUR_CENTS)),
        late_on_end=_frozen(np.insert(p.late_on_end, at, False)),
    )


def spans_until(p: Problem, job: int, latest: int) -> list[tuple[int, int]]:
    """Return what is left of a job's windows until its latest start."""
    rows = range(int(p.window_ptr[job]), int(p.window_ptr[job + 1]))
    spans = [(int(p.window_open[row]), min(int(p.window_close[row]), latest)) for row in rows]
    return [span for span in spans if span[0] <= span[1]]


def starting_in(p: Problem, job: int, spans: Sequence[tuple[int, int]]) -> Problem:
    """Return the problem in which a job starts inside these spans alone; no more spans than it has windows."""
    rows = range(int(p.window_ptr[job]), int(p.window_ptr[job + 1]))
    opens, closes = p.window_open.copy(), p.window_close.copy()
    said = list(spans) or [(FAR, -1)]  # a window that is never open
    for row, span in zip(
        rows, said + said[-1:] * len(rows), strict=False
    ):  # the last one again changes nothing
        opens[row], closes[row] = span
    return p._replace(window_open=_frozen(opens), window_close=_frozen(closes))


def late_rests(p: Problem, shift: int) -> Problem:
    """Return the problem in which the rests of one shift may begin late."""
    rests = range(int(p.rest_ptr[shift]), int(p.rest_ptr[shift + 1]))
    last = [int(p.rest_window_ptr[rest + 1]) - 1 for rest in rests]
    return p._replace(rest_close=_set(p.rest_close, last, FAR // 2))


def _set(array: Any, at: Any, value: int) -> Any:
    changed = array.copy()
    changed[at] = value
    return _frozen(changed)


def _frozen(array: Any) -> Any:
    array.flags.writeable = False
    return array
