"""Putting jobs in: in a random order of a random kind, each where it is cheapest, with blinks."""

from optimizer.engines.lns.choices import BLINK, FEW, all_choices, choices, near_choices
from optimizer.engines.lns.fetching import insert_alone
from optimizer.engines.lns.insertion import cheapest, exact_delta, insert
from optimizer.engines.lns.state import ABSENT, NEVER, State, below
from optimizer.engines.lns.tables import ORDERS, Tables
from optimizer.engines.lns.whole import has_forerunners, insert_whole, list_chain
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

AGAIN = 3
"""Rounds at most for jobs whose forerunners came behind them in the bank."""


@kernel
def recreate(p: Problem, t: Tables, s: State, banked: int) -> None:
    """Insert the banked jobs where they add less than leaving them out costs now."""
    _order(t, s, banked)
    if t.tied:
        _recreate_tied(p, t, s, banked)
        return
    for i in range(banked):
        job = s.bank[i]
        few = t.eligible_ptr[job + 1] - t.eligible_ptr[job] <= FEW
        count = all_choices(t, s, job, BLINK) if few else near_choices(p, t, s, job)
        if t.fetching:
            insert_alone(p, t, s, job, count, s.price[job], False)
            continue
        chosen = cheapest(p, t, s, job, count, s.price[job])
        if chosen >= 0:
            insert(p, t, s, job, chosen)


@kernel
def _recreate_tied(p: Problem, t: Tables, s: State, banked: int) -> None:
    """Insert the banked jobs; those that come after others wait until these are served.

    In the last round, jobs go in together with what must come before them: that may be worth nothing by itself.
    """
    rounds = 0
    last = False
    while banked > 0:
        waiting = 0
        inserted = 0
        for i in range(banked):
            job = s.bank[i]
            if s.route_of[job] >= 0:
                continue
            if t.teams.team_of[job] < 0:
                count = choices(p, t, s, job, BLINK)
                inserted += insert_alone(p, t, s, job, count, s.price[job], False)
            elif last or has_forerunners(p, t, s, job):
                count = list_chain(p, t, s, job)
                limit = 0
                for x in range(count):
                    limit += s.price[s.chain[x]]
                inserted += insert_whole(p, t, s, count, limit, BLINK)
            else:
                s.bank[waiting] = job
                waiting += 1
        rounds += 1
        last = inserted == 0 or rounds == AGAIN
        banked = waiting


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
            wanted = p.levels[0] == 1 and (t.teams.weight[job] if t.tied else p.weight[job]) > 0
            if s.route_of[job] < 0:  # else it went in with one that comes after it
                gained += _fill_in(p, t, s, job, wanted, thorough)
        inserted += gained
    return inserted


@kernel
def _fill_in(p: Problem, t: Tables, s: State, job: int, wanted: bool, thorough: bool) -> bool:
    """Insert a left-out job where it adds least, if that is worth it; tell whether it could be."""
    if t.tied and t.teams.team_of[job] >= 0:
        worth, together = 0, list_chain(p, t, s, job)
        for x in range(together):
            worth += t.teams.cents[s.chain[x]]
        return insert_whole(p, t, s, together, NEVER if wanted else worth, 0.0)
    count = all_choices(t, s, job, 0.0)
    if thorough and not wanted:
        for x in range(count):
            exact_delta(p, t, s, job, s.choice[x])
    return bool(insert_alone(p, t, s, job, count, NEVER if wanted else p.unserved_cents[job], thorough))


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
