"""Compiles the kernels ahead of the first search."""

import time

import numpy as np

from optimizer.build import ProblemBuilder, ProfileLegs
from optimizer.control import Iterations
from optimizer.engines.lns.engine import Lns
from optimizer.engines.lns.obstacle import obstacles
from optimizer.engines.order.engine import Order
from optimizer.schedule.lanes import time_route


def warm_up() -> float:
    """Compile all kernels, or load them from the cache, and return the seconds it took."""
    began = time.monotonic()
    legs = np.array([[0, 60], [60, 0]], np.int32)
    builder = ProblemBuilder(
        job_places=[1, 1],
        shift_places=[(0, 0)],
        shift_profiles=[0],
        legs=(ProfileLegs(legs, legs),),
        horizon_s=86_400,
    )
    builder.serve([0, 1], [0], 600, 0)
    builder.bound(0, 0, 1_000, 1_000)
    for job in (0, 1):
        builder.price_unserved(job, 1, 100)
    problem = builder.build()
    solution = Lns().solve(problem, stop=Iterations(2))
    Order().solve(problem, stop=Iterations(2))
    obstacles(problem, solution.routes)
    time_route(problem, 0, solution.routes.stops[0])
    return time.monotonic() - began
