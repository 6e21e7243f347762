"""Taking jobs out: strings of neighbours (SISR).

References
----------
Christiaens, J. and Vanden Berghe, G. (2020), Slack Induction by String Removals for Vehicle Routing Problems,
Transportation Science 54(2), doi 10.1287/trsc.2019.0914, section 5.1.
"""

from optimizer.engines.lns.labels import relabel, restore, touch
from optimizer.engines.lns.served import leave_out
from optimizer.engines.lns.state import ABSENT, TOUCHED, State, below, uniform
from optimizer.engines.lns.tables import Tables
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

MEAN_REMOVED = 10.0
LONGEST_STRING = 10
ABSENT_SEEDS = 0.3
SPLIT_STRINGS = 0.5
HOME_STRINGS = 0.5
ABSENT_TRIED = 24
ABSENT_REACH = 128


@kernel
def ruin(p: Problem, t: Tables, s: State) -> int:
    """Take strings out of the routes near a random job; return how many jobs stand in `bank`.

    The bank holds the removed jobs and the left-out ones that may gain from the new room.
    """
    seed = _seed(s)
    mean, longest = _string_lengths(s)
    strings = int(uniform(s) * (4.0 * mean / (1.0 + longest) - 1.0) + 1.0)
    banked = _take_string(p, t, s, _pivot(t, s, seed), longest, 0)
    strings -= 1 if banked > 0 else 0
    for i in range(t.near.shape[1]):
        if strings <= 0:
            break
        taken = _take_string(p, t, s, t.near[seed, i], longest, banked)
        strings -= 1 if taken > banked else 0
        banked = taken
    return _bank_absent(t, s, seed, banked)


@kernel
def _seed(s: State) -> int:
    if s.tally[ABSENT] > 0 and uniform(s) < ABSENT_SEEDS:
        return int(s.absent[below(s, s.tally[ABSENT])])
    return below(s, len(s.route_of))


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
def _string_lengths(s: State) -> tuple[float, float]:
    """Return the mean number of jobs to remove and the longest string, for routes as long as they are now."""
    used = 0
    for route in range(len(s.now.length)):
        used += 1 if s.now.length[route] > 0 else 0
    served = len(s.route_of) - s.tally[ABSENT]
    average = served / used if used > 0 else 1.0
    return MEAN_REMOVED, min(float(LONGEST_STRING), max(1.0, average))


@kernel
def _take_string(p: Problem, t: Tables, s: State, job: int, longest: float, banked: int) -> int:
    """Remove a string of jobs around `job` from its route, unless it is left out or its route was ruined already."""
    route = s.route_of[job]
    if route < 0 or s.is_touched[route]:
        return banked
    touch(s, route)
    before = banked
    now = s.now
    n = now.length[route]
    size = min(n, int(uniform(s) * min(float(n), longest) + 1.0))
    at = 0
    while now.jobs[route, at] != job:
        at += 1
    kept = 1 if size > 1 and size < n and uniform(s) < SPLIT_STRINGS else 0
    span = size + kept
    first = max(0, at - span + 1)
    last = min(at, n - span)
    begin = first + below(s, last - first + 1)
    hole = begin + 1 + below(s, size - 1) if kept > 0 else -1
    write = begin
    for i in range(begin, n):
        gone = now.jobs[route, i]
        if i < begin + span and i != hole:
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
def _bank_absent(t: Tables, s: State, seed: int, banked: int) -> int:
    """Add left-out jobs to the bank: all if they are few, else those near the seed. Removed ones stand there."""
    removed = banked
    others = s.tally[ABSENT] - removed
    if others <= ABSENT_TRIED:
        for i in range(others):
            s.bank[banked] = s.absent[i]
            banked += 1
        return banked
    if s.absent_at[seed] >= 0 and s.absent_at[seed] < others:
        s.bank[banked] = seed
        banked += 1
    for i in range(min(ABSENT_REACH, t.near.shape[1])):
        job = t.near[seed, i]
        if s.absent_at[job] >= 0 and s.absent_at[job] < others:
            s.bank[banked] = job
            banked += 1
            if banked - removed >= ABSENT_TRIED:
                break
    return banked
