"""Lets tied routes agree: the earliest starts of crews and chains that keep every tie for given orders.

The routes stand, and with them who waits for whom; so the visits that are tied to others can be gone through in one
order in time, each after all it waits for. A visit starts as soon as every route of its crew is there with some
number of rests taken from which the rest of that route can still be done. Where a rest is taken can make one visit
earlier and another one later; the earlier visit goes first, unless nothing can be found that way. Of two visits that
must not overlap either may go first: both orders are timed, and the cheaper one holds.
"""

from collections.abc import Sequence
from typing import NamedTuple

from optimizer.problem import Problem
from optimizer.schedule.agree.common_start import NoMoment, common_starts
from optimizer.schedule.agree.web import Circle, Starts, Tie, Web
from optimizer.schedule.lanes import Timekeeper

__all__ = ["Agreed", "Circle", "NoMoment", "agree"]


class Agreed(NamedTuple):
    """When the tied visits start."""

    starts: tuple[tuple[int, int], ...]
    """(lead, second), ascending by lead, as in `Routes.agreed`."""


def agree(problem: Problem, stops: Sequence[tuple[int, ...]]) -> Agreed | Circle | NoMoment:
    """Return when tied visits start in given routes so that every tie is kept, or what cannot be kept.

    Windows, rests and the ends of shifts are kept; limits of jobs, work and driving are not looked at.

    Parameters
    ----------
    problem : the compiled question
    stops : for each shift its job rows in order; any orders, crews may lack people

    Returns
    -------
    the starts; or visits that wait for each other; or a visit for which no moment is left
    """
    web = Web(problem, stops)
    decided: tuple[Tie, ...] = ()
    found = common_starts(web, decided)
    while isinstance(found, dict):
        pair = _overlap(web, found)
        if pair is None:
            return Agreed(tuple(sorted(found.items())))
        orders = [(*decided, web.one_before_the_other(*both)) for both in (pair, pair[::-1])]
        tried = [(ties, common_starts(web, ties)) for ties in orders]
        kept = [(ties, starts) for ties, starts in tried if isinstance(starts, dict)]
        if not kept:
            return next((why for _, why in tried if isinstance(why, NoMoment)), NoMoment(pair[1]))
        decided, found = min(kept, key=lambda one: _worth(problem, stops, web, one[1]))
    return found


def _overlap(web: Web, starts: Starts) -> tuple[int, int] | None:
    """Return the first two leads that keep apart and do not, the one that starts earlier first."""
    overlapping = []
    for pair in web.apart:
        one, other = sorted(pair, key=lambda lead: (starts[lead], lead))
        if starts[other] < starts[one] + web.lasts_s(one) and web.lasts_s(other):
            overlapping.append((starts[other], one, other))
    return min(overlapping)[1:] if overlapping else None


def _worth(
    problem: Problem, stops: Sequence[tuple[int, ...]], web: Web, starts: Starts
) -> tuple[int, int, int]:
    """Return what the better of two agreements has less of: routes that are too long, cents, seconds."""
    keeper = Timekeeper(problem, tuple(starts.items()))
    timed = [keeper.time(shift, stops[shift]) for shift in web.routes]
    cents = sum(times.cents for times in timed if times is not None)
    return timed.count(None), cents, sum(starts.values())
