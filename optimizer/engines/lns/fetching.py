"""Fetching parts in mid-route: a job goes in together with a halt at a branch before it."""

from optimizer.engines.lns.insertion import carries, cheapest, exact_delta, insert, offer
from optimizer.engines.lns.journal import begin, roll_back
from optimizer.engines.lns.labels import relabel
from optimizer.engines.lns.placing import put_at
from optimizer.engines.lns.propagate import propagate
from optimizer.engines.lns.rivals import ruled_out
from optimizer.engines.lns.sharing import has_parts
from optimizer.engines.lns.single import insert_single
from optimizer.engines.lns.state import CENTS, NEVER, State
from optimizer.engines.lns.tables import Tables
from optimizer.engines.lns.who import who_fits
from optimizer.problem import Problem
from optimizer.schedule.kernel import kernel

TRIES = 3
"""Shifts and halts tried at most in the search; at its end all are."""


@kernel
def insert_alone(p: Problem, t: Tables, s: State, job: int, count: int, limit: int, thorough: bool) -> bool:
    """Put a job of one visit into the cheapest of the routes `choice[:count]` that adds less than `limit`.

    Where a van has not its parts, a halt at a branch may come before it: thoroughly, every place of the halt is tried.
    """
    if t.fetching and p.fetch_ptr[job + 1] > p.fetch_ptr[job]:
        plain = cheapest(p, t, s, job, count, limit)
        least = limit if plain < 0 else offer(p, t, s, job, plain)
        if _insert_fetching(p, t, s, job, count, least, thorough):
            return True
    if t.tied:
        return bool(insert_single(p, t, s, job, count, limit))
    chosen = cheapest(p, t, s, job, count, limit)
    if chosen >= 0:
        insert(p, t, s, job, chosen)
    return chosen >= 0


@kernel
def _insert_fetching(
    p: Problem, t: Tables, s: State, job: int, count: int, limit: int, thorough: bool
) -> bool:
    """Put a job and a halt before it into a route that lacks its parts; the cheapest by guess is tried first."""
    first = p.fetch_ptr[job]
    halts = p.fetch_ptr[job + 1] - first
    last, last_at = -NEVER, -1
    for _ in range(count * halts if thorough else min(TRIES, count * halts)):
        least, at = NEVER, -1
        for i in range(count * halts):
            halt, route = p.fetch[first + i % halts], s.choice[i // halts]
            guess = _guess(p, t, s, job, halt, route, limit, thorough)
            if guess < least and (guess > last or (guess == last and i > last_at)):
                least, at = guess, i
        if at < 0:
            return False
        if _put_both(p, t, s, job, p.fetch[first + at % halts], s.choice[at // halts], limit, thorough):
            return True
        last, last_at = least, at
    return False


@kernel
def _guess(
    p: Problem, t: Tables, s: State, job: int, halt: int, route: int, limit: int, thorough: bool
) -> int:
    """Return the cents that halt and job add each by itself; `NEVER` where they cannot help or cost too much.

    Thoroughly, a job that fits nowhere by itself still may: a way round can be shorter than the straight one.
    """
    if p.forbidden[halt, route] != 0 or (t.rivals and ruled_out(p, s, route)):
        return NEVER
    if (t.paired and not who_fits(p, s, job, route)) or has_parts(p, s, job, route):
        return NEVER
    if not has_parts(p, s, halt, route):
        return NEVER
    alone, there = exact_delta(p, t, s, job, route), exact_delta(p, t, s, halt, route)
    if there == NEVER or (not thorough and max(alone, there) >= limit):
        return NEVER
    return min(NEVER - 1, alone + there)


@kernel
def _put_both(
    p: Problem, t: Tables, s: State, job: int, halt: int, route: int, limit: int, thorough: bool
) -> bool:
    """Put a halt and its job into a route where both add least, if that is less than `limit`."""
    n = s.now.length[route]
    early, late = s.slot[halt, route], s.slot[job, route]
    least, at = limit, -1
    for x in range(n + 1):
        if not thorough and x != early and x != late:
            continue
        cents = _try_both(p, t, s, job, halt, route, x)
        if cents == NEVER:
            continue
        roll_back(p, t, s)
        if cents < least:
            least, at = cents, x
    return at >= 0 and _try_both(p, t, s, job, halt, route, at) != NEVER


@kernel
def _try_both(p: Problem, t: Tables, s: State, job: int, halt: int, route: int, index: int) -> int:
    """Put a halt behind so many others and its job where it is best then; return the cents both add.

    `NEVER` where they cannot be; then nothing has changed.
    """
    before = s.total[CENTS]
    begin(s)
    if _put(p, t, s, halt, route, index):
        exact_delta(p, t, s, job, route)
        if offer(p, t, s, job, route) != NEVER and _put(p, t, s, job, route, s.slot[job, route]):
            return int(s.total[CENTS] - before)
    roll_back(p, t, s)
    return NEVER


@kernel
def _put(p: Problem, t: Tables, s: State, visit: int, route: int, index: int) -> bool:
    """Put a visit into a route; tell whether all that follows can be kept."""
    put_at(p, t, s, visit, route, index)
    if t.tied:
        return bool(propagate(p, t, s))
    return bool(relabel(p, t, s, route, -1) and carries(p, s, route))
