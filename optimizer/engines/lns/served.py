"""Moves jobs between the served and the left-out ones."""

from optimizer.engines.lns.sharing import count_in, count_out
from optimizer.engines.lns.state import ABSENT, LEFT_CENTS, LEFT_PRICE, WEIGHT, State
from optimizer.engines.lns.tables import Tables
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel


@kernel
def leave_out(p: Problem, t: Tables, s: State, job: int) -> None:
    """Count a served visit as left out; of a job with several visits the first one speaks for all."""
    if t.shared or t.parts:
        count_out(p, s, job, s.route_of[job])
    s.route_of[job] = -1
    s.total[WEIGHT] += p.weight[job]
    s.total[LEFT_CENTS] += p.unserved_cents[job]
    s.total[LEFT_PRICE] += s.price[job]
    if (t.tied or t.fetching) and p.job_of[job] != job:
        return
    s.absent_at[job] = s.tally[ABSENT]
    s.absent[s.tally[ABSENT]] = job
    s.tally[ABSENT] += 1


@kernel
def take_in(p: Problem, t: Tables, s: State, job: int, route: int) -> None:
    """Count a left-out visit as served by a route."""
    s.route_of[job] = route
    if t.shared or t.parts:
        count_in(p, s, job, route)
    s.total[WEIGHT] -= p.weight[job]
    s.total[LEFT_CENTS] -= p.unserved_cents[job]
    s.total[LEFT_PRICE] -= s.price[job]
    if (t.tied or t.fetching) and p.job_of[job] != job:
        return
    last = s.absent[s.tally[ABSENT] - 1]
    s.absent[s.absent_at[job]] = last
    s.absent_at[last] = s.absent_at[job]
    s.tally[ABSENT] -= 1
    s.absent_at[job] = -1
