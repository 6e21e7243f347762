"""Sending somebody on a trip, or home again: a job goes into a shift that others rule out, and these are emptied."""

from optimizer.engines.lns.insertion import exact_delta, insert, offer
from optimizer.engines.lns.labels import relabel, touch
from optimizer.engines.lns.rivals import ruled_out
from optimizer.engines.lns.served import leave_out
from optimizer.engines.lns.single import insert_single
from optimizer.engines.lns.state import NEVER, State, below
from optimizer.engines.lns.strings import bank_absent, take_jobs
from optimizer.engines.lns.tables import Tables
from optimizer.engines.lns.whole import has_forerunners, insert_in, insert_whole
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

TRIES = 6
"""Shifts drawn at most until one is found that others rule out."""


@kernel
def switch(p: Problem, t: Tables, s: State, seed: int) -> int:
    """Empty what rules a random shift of the job out and put the job there; return how many jobs stand in `bank`.

    -1 where no such shift was found; then nothing has changed. A job for several people gets a shift for each.
    """
    seed = int(p.job_of[seed])
    team = t.teams.team_of[seed] if t.tied else -1
    count = 0
    if team < 0:
        count = _add_shift(p, t, s, seed, count)
    else:
        for row in range(t.teams.member_ptr[team], t.teams.member_ptr[team + 1]):
            count = _add_shift(p, t, s, t.teams.member[row], count)
    if count == 0:
        return -1
    banked = _empty(p, t, s, seed, count)
    if banked == 0:
        return -1
    banked = bank_absent(t, s, seed, banked)
    if s.absent_at[seed] < 0 or not _put_in(p, t, s, seed, team, count):
        return banked
    for i in range(banked):
        if s.bank[i] == seed:
            banked -= 1
            s.bank[i] = s.bank[banked]
            break
    return banked


@kernel
def _add_shift(p: Problem, t: Tables, s: State, visit: int, count: int) -> int:
    """Add a random shift for a visit to `trial` that others rule out; behind the first one, on the same days.

    Behind the first one it may also be a shift that the job is in already: who is out stays out.
    """
    first = t.eligible_ptr[visit]
    many = t.eligible_ptr[visit + 1] - first
    for _ in range(TRIES if many > 0 else 0):
        route = t.eligible[first + below(s, many)]
        fits = ruled_out(p, s, route) or (count > 0 and _goes_there(p, s, visit, route))
        for i in range(count):
            other = s.trial[i]
            fits = fits and p.person[other] != p.person[route]
            fits = fits and p.start_s[other] == p.start_s[route]
            fits = fits and p.latest_end_s[other] == p.latest_end_s[route]
        if fits and count < len(s.trial):
            s.trial[count] = route
            return count + 1
    return count


@kernel
def _goes_there(p: Problem, s: State, visit: int, route: int) -> bool:
    """Tell whether a route has a visit of the same job."""
    for x in range(s.now.length[route]):
        if p.job_of[s.now.jobs[route, x]] == p.job_of[visit]:
            return True
    return False


@kernel
def _empty(p: Problem, t: Tables, s: State, seed: int, count: int) -> int:
    """Take all jobs out of the shifts that rule `trial[:count]` out, and the seed's fellows; return how many."""
    end = 0
    for i in range(count):
        for row in range(p.rival_ptr[s.trial[i]], p.rival_ptr[s.trial[i] + 1]):
            end = _list_jobs(p, s, p.rival[row], end)
    if s.route_of[seed] >= 0:
        end = _list_jobs(p, s, s.route_of[seed], end)
    if t.tied:
        return int(take_jobs(p, t, s, 0, end, False))
    for i in range(end):
        route = s.route_of[s.bank[i]]
        if route < 0:
            continue
        touch(s, route)
        for x in range(s.now.length[route]):
            leave_out(p, t, s, s.now.jobs[route, x])
        s.now.length[route] = 0
        relabel(p, t, s, route, -1)
    return end


@kernel
def _list_jobs(p: Problem, s: State, route: int, end: int) -> int:
    """Write the jobs of a route into the bank, each once."""
    for x in range(s.now.length[route]):
        job = p.job_of[s.now.jobs[route, x]]
        known = False
        for i in range(end):
            known = known or s.bank[i] == job
        if not known:
            s.bank[end] = job
            end += 1
    return end


@kernel
def _put_in(p: Problem, t: Tables, s: State, seed: int, team: int, count: int) -> bool:
    """Put the job into its shifts, whatever it costs: what is gained is seen at the end."""
    route = s.trial[0]
    s.choice[0] = route
    if team >= 0:
        if not has_forerunners(p, t, s, seed):
            return False
        seats = t.teams.member_ptr[team + 1] - t.teams.member_ptr[team]
        for seat in range(count):
            s.offers.first_route[0, seat] = s.trial[seat]
        s.chain[0] = seed
        return bool((count == seats and insert_in(p, t, s, seed)) or insert_whole(p, t, s, 1, NEVER, 0.0))
    if exact_delta(p, t, s, seed, route) == NEVER or offer(p, t, s, seed, route) == NEVER:
        return False
    if t.tied:
        return bool(insert_single(p, t, s, seed, 1, NEVER))
    insert(p, t, s, seed, route)
    return True
