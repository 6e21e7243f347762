"""The calls of one owner with some others among them: only those are booked anew that can begin otherwise.

At a quiet moment nobody waits and nobody is on the line. What was called before changes nothing of what is called
after, so calls that come or go are felt from the last quiet moment before them to the next one that stays quiet.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from itertools import accumulate
from math import inf
from typing import NamedTuple

from optimizer.rules.desk_lines import Gap, Wait, work_off
from optimizer.rules.desk_tasks import Booked, Call


class Rebooked(NamedTuple):
    """What is otherwise with other calls."""

    gone: set[Booked]
    """What is no longer called, or not at this time."""
    come: set[Booked]
    """What is called instead."""


class Stretches:
    """What one owner has to call, and when it is quiet.

    Parameters
    ----------
    booked : the calls, in the order in which equals have their turn
    gaps : the free time they were booked on
    task_s : seconds a call takes
    """

    def __init__(self, booked: Sequence[Booked], gaps: Sequence[Gap], task_s: int) -> None:
        self._gaps = gaps
        self._task_s = task_s
        waited = [
            (one.call.release_s, number) for number, one in enumerate(booked) if one.call.done_s is None
        ]
        self._coming = [(number, booked[number]) for _, number in sorted(waited)]
        self._released = [one.call.release_s for _, one in self._coming]
        over = accumulate((self._over_s(one) for _, one in self._coming), max, initial=-inf)
        self._quiet = sorted(
            {
                release_s
                for release_s, over_s in zip(self._released, over, strict=False)
                if over_s <= release_s
            }
        )

    def rebooked(
        self, gone: Collection[Call], come: Collection[Call], place: Callable[[Call], tuple[int, int]]
    ) -> Rebooked:
        """Return what is otherwise when some calls go and others come.

        Parameters
        ----------
        gone : calls of this owner that go
        come : calls of this owner that come
        place : where a call stands among equals
        """
        facts = [{Booked(one, one.done_s) for one in some if one.done_s is not None} for some in (gone, come)]
        moments = [one.release_s for one in (*gone, *come) if one.done_s is None]
        if not moments:
            return Rebooked(*facts)
        begin, ends = self._around(min(moments), max(moments))
        gaps = [Gap(max(one.start_s, begin), one.end_s) for one in self._gaps if one.end_s > begin]
        waiting = [one for one in come if one.done_s is None]
        for end in ends:
            span = slice(bisect_left(self._released, begin), bisect_left(self._released, end))
            here = [one for _, one in sorted(self._coming[span])]
            calls = sorted([*(one.call for one in here if one.call not in gone), *waiting], key=place)
            waits = [Wait(one.release_s, one.due_s, one.until_s) for one in calls]
            starts, _ = work_off(waits, gaps, self._task_s)
            now = [Booked(call, start_s) for call, start_s in zip(calls, starts, strict=True)]
            if all(self._over_s(one) <= end for one in now):
                break
        before, after = facts[0].union(here), facts[1].union(now)
        return Rebooked(before - after, after - before)

    def _around(self, first_s: int, last_s: int) -> tuple[int, list[float]]:
        """Return the last quiet moment up to a change, and when it could be quiet again after it."""
        first, next_ = bisect_right(self._quiet, first_s) - 1, bisect_right(self._quiet, last_s)
        begin = self._quiet[first] if first >= 0 else min([first_s, *self._released[:1]])
        return begin, [*self._quiet[next_:], inf]

    def _over_s(self, one: Booked) -> float:
        """Return from when on a call is in nobody's way."""
        if one.start_s is not None:
            return one.start_s + self._task_s
        return inf if one.call.until_s is None else one.call.until_s + 1
