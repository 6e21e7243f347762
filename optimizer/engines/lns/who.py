"""Whether the right person serves a visit: the same one as another visit, or another one."""

from optimizer.engines.lns.state import State
from optimizer.problem import ANYONE, SAME, Problem
from optimizer.schedule.kernel import kernel


@kernel
def who_fits(p: Problem, s: State, job: int, route: int) -> bool:
    """Tell whether a route's person may serve a visit, seen who serves those it is tied to."""
    for row in range(p.link_ptr[job], p.link_ptr[job + 1]):
        link = p.link[row]
        if p.link_who[link] == ANYONE:
            continue
        other = p.link_to[link] if p.link_from[link] == job else p.link_from[link]
        there = s.route_of[other]
        if there >= 0 and (p.person[there] == p.person[route]) != (p.link_who[link] == SAME):
            return False
    return True
