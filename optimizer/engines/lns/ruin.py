"""Taking jobs out: strings of neighbours (SISR).

References
----------
Christiaens, J. and Vanden Berghe, G. (2020), Slack Induction by String Removals for Vehicle Routing Problems,
Transportation Science 54(2), doi 10.1287/trsc.2019.0914, section 5.1.
"""

from optimizer.engines.lns.labels import relabel, restore, touch
from optimizer.engines.lns.served import leave_out
from optimizer.engines.lns.state import ABSENT, ROUND, TOUCHED, State, below, uniform
from optimizer.engines.lns.strings import bank_absent, take_jobs
from optimizer.engines.lns.switch import switch
from optimizer.engines.lns.tables import Tables
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

MEAN_REMOVED = 10.0
LONGEST_STRING = 10
ABSENT_SEEDS = 0.3
SPLIT_STRINGS = 0.5
CREW_STRINGS = 0.5
WITH_COMPANY = 0.3
HOME_STRINGS = 0.5
SWITCHES = 0.15
"""Share of ruins that send somebody on a trip, or home again, where there are trips."""


@kernel
def ruin(p: Problem, t: Tables, s: State) -> int:
    """Take strings out of the routes near a random job; return how many jobs stand in `bank`.

    The bank holds the removed jobs and the left-out ones that may gain from the new room.
    """
    seed = _seed(p, t, s)
    s.tally[ROUND] += 1
    if t.rivals and uniform(s) < SWITCHES:
        switched = switch(p, t, s, seed)
        if switched >= 0:
            return int(switched)
    mean, longest = _string_lengths(s)
    strings = int(uniform(s) * (4.0 * mean / (1.0 + longest) - 1.0) + 1.0)
    pivot = _pivot(t, s, seed)
    beside = _list_beside(t, s, pivot) if t.tied and uniform(s) < CREW_STRINGS else 0
    banked = _take_string(p, t, s, pivot, longest, 0)
    strings -= 1 if banked > 0 else 0
    for i in range(beside):
        banked = _take_string(p, t, s, s.chain[i], longest, banked)
    for i in range(t.near.shape[1]):
        if strings <= 0:
            break
        taken = _take_string(p, t, s, t.near[seed, i], longest, banked)
        strings -= 1 if taken > banked else 0
        banked = taken
    return bank_absent(t, s, seed, banked)


@kernel
def _seed(p: Problem, t: Tables, s: State) -> int:
    if s.tally[ABSENT] > 0 and uniform(s) < ABSENT_SEEDS:
        return int(s.absent[below(s, s.tally[ABSENT])])
    seed = below(s, t.visits)
    return int(p.job_of[seed]) if t.tied and s.route_of[seed] < 0 else seed


@kernel
def _pivot(t: Tables, s: State, seed: int) -> int:
    """Return the job the first string is taken around: the seed, or one in a route that may serve a left-out seed."""
    if s.absent_at[seed] < 0 or uniform(s) < 1.0 - HOME_STRINGS:
        return seed
    route = t.home[seed, below(s, t.home.shape[1])]
    if route < 0 or s.now.length[route] == 0:
        return seed
    return int(s.now.jobs[route, below(s, s.now.length[route])])


@kernel
def _list_beside(t: Tables, s: State, job: int) -> int:
    """Write a neighbour of each visit of a job's crew into `chain` and return how many there are."""
    team = t.teams.team_of[job]
    count = 0
    if team < 0 or s.route_of[job] < 0:
        return 0
    for seat in range(t.teams.member_ptr[team], t.teams.member_ptr[team + 1]):
        row = t.teams.member[seat]
        route = s.route_of[row]
        n = s.now.length[route]
        if row == job or n < 2 or count == len(s.chain):
            continue
        at = 0
        while s.now.jobs[route, at] != row:
            at += 1
        s.chain[count] = (
            s.now.jobs[route, at + 1]
            if at == 0 or (at < n - 1 and below(s, 2))
            else s.now.jobs[route, at - 1]
        )
        count += 1
    return count


@kernel
def _string_lengths(s: State) -> tuple[float, float]:
    """Return the mean number of jobs to remove and the longest string, for routes as long as they are now."""
    used = 0
    served = 0
    for route in range(len(s.now.length)):
        used += 1 if s.now.length[route] > 0 else 0
        served += s.now.length[route]
    average = served / used if used > 0 else 1.0
    return MEAN_REMOVED, min(float(LONGEST_STRING), max(1.0, average))


@kernel
def _take_string(p: Problem, t: Tables, s: State, job: int, longest: float, banked: int) -> int:
    """Remove a string of jobs around `job` from its route, unless it is left out or its route was ruined already."""
    route = s.route_of[job]
    if t.tied:
        return take_tied_string(p, t, s, job, longest, banked)
    if route < 0 or s.is_touched[route]:
        return banked
    touch(s, route)
    before = banked
    now = s.now
    n = now.length[route]
    size = min(n, int(uniform(s) * min(float(n), longest) + 1.0))
    begin, span, hole = place_string(s, route, job, size)
    write = 0 if t.fetching else begin
    for i in range(write, n):
        gone = now.jobs[route, i]
        goes = begin <= i < begin + span and i != hole
        if goes or (t.fetching and _goes_along(p, s, i, begin, span, hole)):
            if not t.fetching or p.shelf[gone] < 0:
                s.bank[banked] = gone
                banked += 1
            leave_out(p, t, s, gone)
        else:
            now.jobs[route, write] = gone
            write += 1
    now.length[route] = write
    if relabel(p, t, s, route, -1):
        return banked
    for i in range(write):
        leave_out(p, t, s, now.jobs[route, i])
    restore(p, t, s, s.tally[TOUCHED] - 1)
    return before


@kernel
def _goes_along(p: Problem, s: State, index: int, begin: int, span: int, hole: int) -> bool:
    """Tell whether the halt at a branch that a job needs is in a string, or the job that needs a halt."""
    jobs = s.undo.jobs[s.tally[TOUCHED] - 1]  # as they were: the route is being written
    mine = jobs[index]
    for x in range(begin, begin + span):
        other = jobs[x]
        if x != hole and p.job_of[other] == p.job_of[mine]:
            return True
    return False


@kernel
def place_string(s: State, route: int, job: int, size: int) -> tuple[int, int, int]:
    """Return where a string around a job begins, how far it goes, and which index in it stays, -1 for none."""
    n = s.now.length[route]
    at = 0
    while s.now.jobs[route, at] != job:
        at += 1
    kept = 1 if size > 1 and size < n and uniform(s) < SPLIT_STRINGS else 0
    span = size + kept
    first = max(0, at - span + 1)
    last = min(at, n - span)
    begin = first + below(s, last - first + 1)
    hole = begin + 1 + below(s, size - 1) if kept > 0 else -1
    return begin, span, hole


@kernel
def take_tied_string(p: Problem, t: Tables, s: State, job: int, longest: float, banked: int) -> int:
    """Remove a string where routes are tied: whole jobs, and all that come after them; or nothing."""
    route = s.route_of[job]
    if route < 0 or s.cut[route] == s.tally[ROUND]:
        return banked
    s.cut[route] = s.tally[ROUND]
    n = s.now.length[route]
    size = min(n, int(uniform(s) * min(float(n), longest) + 1.0))
    start, span, hole = place_string(s, route, job, size)
    end = banked
    for i in range(start, start + span):
        if i != hole:
            s.bank[end] = p.job_of[s.now.jobs[route, i]]
            end += 1
    return take_jobs(p, t, s, banked, end, uniform(s) < WITH_COMPANY)
