"""How fast traffic is in every hour of the horizon: speeds by hour of the day, slower in slow areas."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.slow_area import SlowHours
from optimizer.domain.time import Timeline
from optimizer.problem import SLOT_S
from optimizer.travel.base import LegMatrix


def pace(matrix: LegMatrix, timeline: Timeline, slots: range) -> NDArray[np.int64]:
    """Return the progress a second in percent of the speed without congestion.

    A way that takes 150 % of its time in an hour goes at 66 % of that hour's speed: whole percent, rounded down, so
    it is never quicker than said, and never stands still (the slowest hour is 10 %, the slowest area ten times).

    Parameters
    ----------
    matrix : travel data of one means, with bands
    timeline : turns moments into seconds from the horizon's start
    slots : hours from the horizon's start, without a gap

    Returns
    -------
    (band, slot) whole percent, at least 1.
    """
    hours = list(timeline.clock_hours(slots.stop)[slots.start :])
    if matrix.hour_percent.size:
        found = matrix.hour_percent[:, hours].astype(np.int64)
    else:
        found = np.full((len(matrix.slow_hours), len(hours)), 100, np.int64)
    for row, slow in enumerate(matrix.slow_hours):
        found[row] = found[row] * 100 // _percent(slow, timeline, slots)
    return found


def slowest(matrix: LegMatrix) -> int:
    """Return a speed in percent below which no hour of any leg falls, at least 1.

    Parameters
    ----------
    matrix : travel data of one means
    """
    speed = min(100, int(matrix.hour_percent.min(initial=100)))
    return speed * 100 // max((one.percent for slow in matrix.slow_hours for one in slow), default=100)


def _percent(slow: Iterable[SlowHours], timeline: Timeline, slots: range) -> NDArray[np.int64]:
    """Return (slot,) the time that ways take in percent of the usual one, by the slowest of all areas."""
    percent = np.full(len(slots), 100, np.int64)
    for one in slow:
        first, last = (-(-timeline.seconds(at) // SLOT_S) - slots.start for at in (one.start, one.end))
        within = percent[max(first, 0) : max(last, 0)]
        np.maximum(within, one.percent, out=within)
    return percent
