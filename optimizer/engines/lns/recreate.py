"""Putting jobs in: in a random order of a random kind, each where it is cheapest, with blinks."""

from optimizer.engines.lns.insertion import cheapest, exact_delta, insert
from optimizer.engines.lns.state import ABSENT, NEVER, QUESTION, State, below, uniform
from optimizer.engines.lns.tables import ORDERS, Tables
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

BLINK = 0.015
FEW = 24
"""Up to so many eligible shifts, all are looked at for every job."""
REACH = 60
"""With more, those that serve one of so many nearest jobs, and those that start nearest."""


@kernel
def recreate(p: Problem, t: Tables, s: State, banked: int) -> None:
    """Insert the banked jobs where they add less than leaving them out costs now."""
    _order(t, s, banked)
    for i in range(banked):
        job = s.bank[i]
        few = t.eligible_ptr[job + 1] - t.eligible_ptr[job] <= FEW
        count = _all_choices(t, s, job, BLINK) if few else _near_choices(p, t, s, job)
        chosen = cheapest(p, t, s, job, count, s.price[job])
        if chosen >= 0:
            insert(p, t, s, job, chosen)


@kernel
def _all_choices(t: Tables, s: State, job: int, blink: float) -> int:
    """Write the eligible shifts into `choice` and return their number; some are overlooked."""
    count = 0
    for row in range(t.eligible_ptr[job], t.eligible_ptr[job + 1]):
        if blink == 0.0 or uniform(s) >= blink:
            s.choice[count] = t.eligible[row]
            count += 1
    return count


@kernel
def _near_choices(p: Problem, t: Tables, s: State, job: int) -> int:
    """Write the same, but only of the shifts that serve near jobs or start near by."""
    s.tally[QUESTION] += 1
    question = s.tally[QUESTION]
    count = 0
    for i in range(t.home.shape[1] + min(REACH, t.near.shape[1])):
        route = t.home[job, i] if i < t.home.shape[1] else s.route_of[t.near[job, i - t.home.shape[1]]]
        if route < 0 or s.asked[route] == question:
            continue
        s.asked[route] = question
        if p.forbidden[job, route] == 0 and uniform(s) >= BLINK:
            s.choice[count] = route
            count += 1
    return count


@kernel
def _order(t: Tables, s: State, banked: int) -> None:
    """Sort the bank by one of the orders, or shuffle it."""
    order = below(s, ORDERS + 2)
    if order >= ORDERS:
        for i in range(banked - 1, 0, -1):
            j = below(s, i + 1)
            s.bank[i], s.bank[j] = s.bank[j], s.bank[i]
        return
    for i in range(1, banked):
        job = s.bank[i]
        j = i
        while j > 0 and t.rank[order, s.bank[j - 1]] > t.rank[order, job]:
            s.bank[j] = s.bank[j - 1]
            j -= 1
        s.bank[j] = job


@kernel
def fill(p: Problem, t: Tables, s: State, thorough: bool) -> int:
    """Insert left-out jobs, the worthiest first, until none can be inserted any more; return how many.

    An insertion counts when it breaks no rule and adds less than leaving the job out costs; where the unserved weight
    is compared first, any possible insertion of a job with weight counts. Every eligible shift is looked at;
    thoroughly: with exact prices, for under congestion an estimate may be too high.
    """
    inserted = 0
    gained = 1
    while gained > 0:
        gained = 0
        waiting = s.tally[ABSENT]
        for i in range(waiting):
            s.bank[i] = s.absent[i]
        _by_worth(t, s, waiting)
        for i in range(waiting):
            job = s.bank[i]
            wanted = p.levels[0] == 1 and p.weight[job] > 0
            count = _all_choices(t, s, job, 0.0)
            if thorough and not wanted:
                for x in range(count):
                    exact_delta(p, t, s, job, s.choice[x])
            chosen = cheapest(p, t, s, job, count, NEVER if wanted else p.unserved_cents[job])
            if chosen >= 0:
                insert(p, t, s, job, chosen)
                gained += 1
        inserted += gained
    return inserted


@kernel
def _by_worth(t: Tables, s: State, waiting: int) -> None:
    """Sort the bank by the order of priority (heap sort: the bank may hold all jobs)."""
    rank = t.rank[0]
    for end in range(waiting, 0, -1):
        if end == waiting:
            for root in range(waiting // 2 - 1, -1, -1):
                _sift(rank, s.bank, root, waiting)
        s.bank[0], s.bank[end - 1] = s.bank[end - 1], s.bank[0]
        _sift(rank, s.bank, 0, end - 1)


@kernel
def _sift(rank, bank, root, end):  # type: ignore[no-untyped-def]
    while 2 * root + 1 < end:
        child = 2 * root + 1
        if child + 1 < end and rank[bank[child + 1]] > rank[bank[child]]:
            child += 1
        if rank[bank[root]] >= rank[bank[child]]:
            return
        bank[root], bank[child] = bank[child], bank[root]
        root = child
