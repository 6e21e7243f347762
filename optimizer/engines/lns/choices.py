"""Which routes a left-out visit may ask for a place."""

from optimizer.engines.lns.state import QUESTION, State, uniform
from optimizer.engines.lns.tables import Tables
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

BLINK = 0.015
FEW = 24
"""Up to so many eligible shifts, all are looked at for every job."""
REACH = 60
"""With more, those that serve one of so many nearest jobs, and those that start nearest."""


@kernel
def choices(p: Problem, t: Tables, s: State, job: int, blink: float) -> int:
    """Write the shifts to look at into `choice` and return their number; without blinks all that are eligible."""
    few = t.eligible_ptr[job + 1] - t.eligible_ptr[job] <= FEW
    return all_choices(t, s, job, blink) if few or blink == 0.0 else near_choices(p, t, s, job)


@kernel
def all_choices(t: Tables, s: State, job: int, blink: float) -> int:
    """Write the eligible shifts into `choice` and return their number; some are overlooked."""
    count = 0
    for row in range(t.eligible_ptr[job], t.eligible_ptr[job + 1]):
        if blink == 0.0 or uniform(s) >= blink:
            s.choice[count] = t.eligible[row]
            count += 1
    return count


@kernel
def near_choices(p: Problem, t: Tables, s: State, job: int) -> int:
    """Write the same, but only of the shifts that serve near jobs or start near by."""
    s.tally[QUESTION] += 1
    question = s.tally[QUESTION]
    count = 0
    for i in range(t.home.shape[1] + min(REACH, t.near.shape[1])):
        route = t.home[job, i] if i < t.home.shape[1] else s.route_of[t.near[job, i - t.home.shape[1]]]
        if route < 0 or s.asked[route] == question:
            continue
        s.asked[route] = question
        if p.forbidden[job, route] == 0 and uniform(s) >= BLINK:
            s.choice[count] = route
            count += 1
    return count
