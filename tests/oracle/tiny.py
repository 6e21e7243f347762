"""Tiny problems by hand: places on a line, one minute apart, a minute of driving costs a cent."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from optimizer.build import ProblemBuilder, ProfileLegs
from optimizer.problem import Problem

MINUTE = 60
HOUR = 3600


def on_a_line(
    jobs: Sequence[int],
    shifts: int = 1,
    say: Callable[[ProblemBuilder], None] = lambda _: None,
    *,
    service_s: int = 10 * MINUTE,
    end_s: int = 8 * HOUR,
) -> Problem:
    """Return a problem of jobs so many minutes from the depot, all worth one unit and 100 cents.

    Parameters
    ----------
    jobs : minutes from the depot, where all shifts start and end
    shifts : shifts from 0 to `end_s`, without overtime
    say : says more to the builder
    service_s : seconds each job takes
    end_s : end of every shift and of the horizon
    """
    at = np.array([0, *jobs], np.int32)
    minutes = np.abs(at[:, None] - at[None, :]).astype(np.int32)
    builder = ProblemBuilder(
        job_places=range(1, len(jobs) + 1),
        shift_places=[(0, 0)] * shifts,
        shift_profiles=[0] * shifts,
        legs=(ProfileLegs(MINUTE * minutes, minutes),),
        horizon_s=end_s,
    )
    builder.serve(range(len(jobs)), range(shifts), service_s, 0)
    for job in range(len(jobs)):
        builder.price_unserved(job, 1, 100)
    for shift in range(shifts):
        builder.bound(shift, 0, end_s, end_s)
    say(builder)
    return builder.build()


def with_arrays(problem: Problem, **arrays: ArrayLike) -> Problem:
    """Return the problem with other values in some arrays; they keep their types, so no kernel is compiled anew."""
    changed = {}
    for name, values in arrays.items():
        changed[name] = np.array(values, getattr(problem, name).dtype)
        changed[name].flags.writeable = False
    return problem._replace(**changed)


def with_leg(problem: Problem, a: int, b: int, seconds: int) -> Problem:
    """Return the problem with another time from place `a` to place `b`, at the same price."""
    travel = problem.travel.copy()
    travel[0, a, b, 0] = seconds
    return with_arrays(problem, travel=travel)
