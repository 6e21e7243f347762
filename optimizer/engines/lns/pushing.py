"""What an insertion does to the tied visits behind it in the route: they may start later, if their teams can."""

from optimizer.engines.lns.labels import step_forward
from optimizer.engines.lns.state import State
from optimizer.problem import FAR, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.timing import first_start, visit_s


@kernel
def push_starts(p: Problem, s: State, route: int, pos: int, n: int) -> bool:
    """Let tied visits of the route on trial start as late as what was put in at `pos` makes necessary.

    Their starts are written into `agreed` until `pull_back`. Tell whether all can start.
    """
    possible = True
    here = s.now.place[route, pos]
    lanes = p.rest_ptr[route + 1] - p.rest_ptr[route] + 1
    for i in range(pos, n):
        s.kept[i] = s.agreed[s.trial[i]]
    for lane in range(lanes):
        s.lane_a[lane] = s.now.ready[route, pos, lane]
    for i in range(pos, n):
        job = s.trial[i]
        stay = visit_s(p, job, route, here)
        step_forward(p, s, route, here, p.place[job])
        here = p.place[job]
        if s.agreed[job] >= 0:
            s.agreed[job] = _pushed(p, s, job, lanes)
            possible = possible and s.agreed[job] < FAR
        for lane in range(lanes):
            if s.agreed[job] >= 0:
                start = s.agreed[job] if s.lane_b[lane] <= s.agreed[job] else FAR
            else:
                start = first_start(p, job, s.lane_b[lane])
            s.lane_a[lane] = start + stay if start < FAR else FAR
    return possible


@kernel
def _pushed(p: Problem, s: State, job: int, lanes: int) -> int:
    """Return the earliest start of a tied visit that is reached by `lane_b`, its present start or later."""
    seat = s.teams.seat_of[job]
    start = FAR
    for lane in range(lanes):
        at = first_start(p, job, max(s.lane_b[lane], s.agreed[job]))
        if at <= s.ties.until[seat, lane]:
            start = min(start, at)
    return int(start)


@kernel
def pull_back(s: State, pos: int, n: int) -> None:
    """Undo `push_starts`."""
    for i in range(pos, n):
        s.agreed[s.trial[i]] = s.kept[i]
