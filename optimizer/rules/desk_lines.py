"""Works off calls on lines: whoever becomes free takes, of the calls that wait, the one that is due first."""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple


class Gap(NamedTuple):
    """Free time of one line, in seconds from the horizon's start."""

    start_s: int
    end_s: int


class Wait(NamedTuple):
    """A call that waits for a line, in seconds from the horizon's start."""

    release_s: int
    """When it can begin at the earliest."""
    due_s: int
    """By when it should begin: the earlier, the sooner its turn; equals in the order they are listed."""
    until_s: int | None = None
    """After this moment it is pointless and not made any more; none: it can be made at any time."""


def work_off(
    waits: Sequence[Wait], gaps: Iterable[Gap], task_s: int
) -> tuple[tuple[int | None, ...], tuple[Gap, ...]]:
    """Return when each call begins, and the free time that is left.

    No line waits while a released call does, so a later call that is due sooner may find all lines busy.

    Parameters
    ----------
    waits : the calls
    gaps : free time of all lines
    task_s : seconds a call takes, at least 1

    Returns
    -------
    starts in seconds, none where the free time did not suffice; gaps too short for a call are dropped
    """
    starts: list[int | None] = [None] * len(waits)
    coming = sorted((one.release_s, number) for number, one in enumerate(waits))
    coming.reverse()  # the next one stands at the end
    waiting: list[tuple[int, int]] = []
    closed = [gap for gap in gaps if gap.end_s - gap.start_s >= task_s]
    heapify(closed)
    idle: list[tuple[int, int]] = []  # open gaps as (minus the end, start): the longest-lasting first
    left: list[Gap] = []
    now_s = coming[-1][0] if coming else 0
    while waiting or coming:
        if not waiting:
            now_s = max(now_s, coming[-1][0])
        while coming and coming[-1][0] <= now_s:
            _, number = coming.pop()
            heappush(waiting, (waits[number].due_s, number))
        while closed and closed[0].start_s <= now_s:
            gap = heappop(closed)
            heappush(idle, (-gap.end_s, gap.start_s))
        if not idle or -idle[0][0] < now_s + task_s:
            left += (Gap(start_s, -minus_s) for minus_s, start_s in idle)
            idle.clear()
            if not closed:
                break
            now_s = max(now_s, closed[0].start_s)
            continue
        _, number = heappop(waiting)
        until_s = waits[number].until_s
        if until_s is not None and until_s < now_s:
            continue
        starts[number] = now_s
        minus_s, start_s = heappop(idle)
        left.append(Gap(start_s, now_s))
        if -minus_s - now_s >= 2 * task_s:
            heappush(closed, Gap(now_s + task_s, -minus_s))
    left += [*closed, *(Gap(start_s, -minus_s) for minus_s, start_s in idle)]
    return tuple(starts), tuple(sorted(gap for gap in left if gap.end_s - gap.start_s >= task_s))
