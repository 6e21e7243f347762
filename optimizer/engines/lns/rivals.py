"""Shifts that rule each other out: a trip's days have no routes of their own."""

from optimizer.engines.lns.state import State
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel


@kernel
def ruled_out(p: Problem, s: State, route: int) -> bool:
    """Tell whether a route cannot have jobs because another one has some."""
    if p.rival.size == 0 or s.now.length[route] > 0:
        return False
    for row in range(p.rival_ptr[route], p.rival_ptr[route + 1]):
        if s.now.length[p.rival[row]] > 0:
            return True
    return False
