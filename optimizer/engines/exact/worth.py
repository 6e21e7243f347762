"""What routes are worth by the schedule's own timing: the model's value must be the same."""

import numpy as np

from optimizer.engines.exact.meters import load_of, meter_cents
from optimizer.problem import Problem, Routes
from optimizer.schedule.lanes import Timekeeper

Value = tuple[int, int]
"""Unserved weight (0 where money alone counts) and cents."""


def worth(problem: Problem, routes: Routes) -> Value | None:
    """Return what routes are worth, None where one of them cannot be timed.

    Parameters
    ----------
    problem : the compiled question
    routes : every job in a route or left out
    """
    times = Timekeeper(problem, routes.agreed)
    left = np.isin(problem.job_of, routes.unserved)
    cents = int(problem.charged_cents.sum()) + int(problem.unserved_cents[left].sum())
    for shift, stops in enumerate(routes.stops):
        if not stops:
            continue
        timed = times.time(shift, stops)
        if timed is None:
            return None
        cents += timed.cents + int(problem.use_cents[shift])
        if problem.assignment_cents.size:
            cents += int(problem.assignment_cents[list(stops), shift].sum())
    cents += sum(_added_cents(problem, meter, routes) for meter in range(len(problem.meter_column)))
    return (int(problem.weight[left].sum()) if problem.levels[0] == 1 else 0), cents


def _added_cents(problem: Problem, meter: int, routes: Routes) -> int:
    before = int(problem.meter_before[meter])
    load = sum(
        load_of(problem, meter, job, shift) for shift, stops in enumerate(routes.stops) for job in stops
    )
    return meter_cents(problem, meter, before + load) - meter_cents(problem, meter, before)
