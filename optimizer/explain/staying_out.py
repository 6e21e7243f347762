"""Would it help a left-out job that somebody stays out overnight? Only where its days are free for a trip."""

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled
from optimizer.domain.reasons import StayingOut
from optimizer.engines.lns.obstacle import BARS, CENTS, ON_TRIP
from optimizer.explain.bench import Bench
from optimizer.explain.candidates import pairs, room
from optimizer.explain.outings import first_shift, last_shift, trip_rows
from optimizer.explain.untied import on_site_s
from optimizer.problem import Problem
from optimizer.travel.great_circle import LONGEST_LEG_S


def staying_out(compiled: Compiled, bench: Bench, job: int, *, tied: bool) -> StayingOut | None:
    """Return whether a job is too far for one day, and what the cheapest trip on free days would cost.

    Parameters
    ----------
    compiled : the question, laid out
    bench : the plan's routes
    job : row of a left-out job
    tied : it takes several visits or is tied to others: then trips are not looked at

    Returns
    -------
    none where nobody may make a trip, or nothing is to be said of trips
    """
    p, all_trips = compiled.problem, trip_rows(compiled)
    if not all_trips:
        return None
    far_s = _too_far_s(p, job, len(compiled.shifts))
    trips = np.array([row for row in all_trips if p.forbidden[job, row] == 0], np.int32)
    trips = np.array([row for row in trips.tolist() if not bench.routes.stops[row]], np.int32)
    if tied or not len(trips):
        return StayingOut(far_s=far_s, looked_at=not tied) if far_s else None
    found = bench.examine(pairs(job, trips))
    busy = int(((found[:, BARS] & ON_TRIP) != 0).sum())
    possible = np.flatnonzero(room(found))
    if not len(possible):
        return StayingOut(far_s=far_s, trips=len(trips), busy=busy) if far_s else None
    best = possible[np.argmin(found[possible, CENTS])]
    row = int(trips[best])
    return StayingOut(
        far_s=far_s,
        trips=len(trips),
        busy=busy,
        technician_id=first_shift(compiled, row).key.technician_id,
        day=first_shift(compiled, row).key.day,
        until=last_shift(compiled, row).key.day,
        means=compiled.days_of(row)[1],
        cents=int(found[best, CENTS]),
        unserved_cents=int(p.unserved_cents[job]),
    )


def _too_far_s(p: Problem, job: int, days: int) -> int:
    """Return how long a job takes at least with the way there and back, if that is too long for all who may do it.

    Congestion is not counted; 0 where it is not too long for everybody, or nobody may do it.
    """
    able: NDArray[np.int64] = np.flatnonzero(p.forbidden[job, :days] == 0)
    takes = []
    for shift in able.tolist():
        legs, place = p.travel[p.profile[shift]], int(p.place[job])
        start, end = int(p.start_place[shift]), int(p.end_place[shift])
        needed_s = int(legs[start, place, 0] + legs[place, end, 0]) + on_site_s(p, job, shift, start)
        if needed_s >= LONGEST_LEG_S:
            continue  # no way leads there by these means
        rests_s = int(p.rest_s[p.rest_ptr[shift] : p.rest_ptr[shift + 1]].sum())
        if p.start_s[shift] + needed_s + rests_s <= p.latest_end_s[shift]:
            return 0
        takes.append(needed_s)
    return min(takes, default=0)
