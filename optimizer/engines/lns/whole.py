"""Putting jobs in as a whole: all their parts, each with all its visits, and what must come before; or nothing."""

from optimizer.engines.lns.choices import choices
from optimizer.engines.lns.journal import begin, roll_back
from optimizer.engines.lns.places import list_places
from optimizer.engines.lns.placing import join_team, put_at
from optimizer.engines.lns.propagate import propagate
from optimizer.engines.lns.seating import seat_team
from optimizer.engines.lns.state import CENTS, NEVER, State, below, uniform
from optimizer.engines.lns.tables import Tables
from optimizer.engines.lns.who import who_fits
from optimizer.problem import BEFORE, FAR, Problem
from optimizer.schedule.kernel import kernel

ATTEMPTS = 4
"""Times at which a row of several teams is begun, each before the one that failed."""

OTHER_WAY = 0.1
"""Share of insertions that begin with a random one of the best ways."""


@kernel
def has_forerunners(p: Problem, t: Tables, s: State, job: int) -> bool:
    """Tell whether all jobs are served that must come before this one."""
    for row in range(t.teams.part_ptr[job], t.teams.part_ptr[job + 1]):
        if _open_forerunner(p, t, s, job, row) >= 0:
            return False
    return True


@kernel
def _open_forerunner(p: Problem, t: Tables, s: State, job: int, row: int) -> int:
    """Return a left-out job that must come before a part of this one, -1 for none."""
    lead = t.teams.lead[t.teams.part[row]]
    for x in range(p.link_ptr[lead], p.link_ptr[lead + 1]):
        link = p.link[x]
        first = p.link_from[link]
        waits = p.link_order[link] == BEFORE and p.link_to[link] == lead and p.job_of[first] != job
        if waits and s.route_of[first] < 0:
            return int(p.job_of[first])
    return -1


@kernel
def list_chain(p: Problem, t: Tables, s: State, job: int) -> int:
    """Write a left-out job and all left-out jobs before it into `chain`, the first one first; return how many.

    -1 where they go round in a circle.
    """
    s.chain[0] = job
    count = 1
    i = 0
    while i < count:  # whoever must come before somebody is moved behind them: the list is turned round below
        for row in range(t.teams.part_ptr[s.chain[i]], t.teams.part_ptr[s.chain[i] + 1]):
            lead = t.teams.lead[t.teams.part[row]]
            for x in range(p.link_ptr[lead], p.link_ptr[lead + 1]):
                link = p.link[x]
                first = p.job_of[p.link_from[link]]
                if p.link_order[link] != BEFORE or p.link_to[link] != lead or first == s.chain[i]:
                    continue
                if s.route_of[first] < 0:
                    if count == len(s.chain):
                        return -1
                    s.chain[count] = first
                    count += 1
        i += 1
    for i in range(count // 2):
        s.chain[i], s.chain[count - 1 - i] = s.chain[count - 1 - i], s.chain[i]
    return _without_doubles(s, count)


@kernel
def _without_doubles(s: State, count: int) -> int:
    kept = 0
    for i in range(count):
        double = False
        for j in range(kept):
            double = double or s.chain[j] == s.chain[i]
        if not double:
            s.chain[kept] = s.chain[i]
            kept += 1
    return kept


@kernel
def insert_whole(p: Problem, t: Tables, s: State, count: int, limit: int, blink: float) -> bool:
    """Put the left-out jobs `chain[:count]` in where all together add less than `limit`; tell whether they could be."""
    if count <= 0:
        return False
    teams = 0
    for i in range(count):
        for row in range(t.teams.part_ptr[s.chain[i]], t.teams.part_ptr[s.chain[i] + 1]):
            s.line[teams] = t.teams.part[row]
            teams += 1
    latest = int(FAR)
    before = s.total[CENTS]
    for _ in range(ATTEMPTS if teams > 1 else 1):
        begin(s)
        found = _ways(p, t, s, s.line[0], limit, latest, blink)
        if found == 0:
            return False
        start = s.offers.best[0, 1]
        _set_aside(s, found)
        turn = below(s, found) if blink > 0.0 and uniform(s) < OTHER_WAY else 0
        for i in range(found):
            leaf = (i + turn) % found
            begin(s)
            _take_back(s, leaf)
            if _put_team(p, t, s, s.line[0]) and _put_others(p, t, s, teams, limit + before, blink):
                return True
            roll_back(p, t, s)
            start = min(start, s.offers.first[leaf])
        latest = start - 1
    return False


@kernel
def insert_in(p: Problem, t: Tables, s: State, job: int) -> bool:
    """Put a left-out job in, its first visits in the routes `offers.first_route[0]`; tell whether it could be.

    What it costs does not matter, and its later parts go where they are cheapest.
    """
    teams = 0
    for row in range(t.teams.part_ptr[job], t.teams.part_ptr[job + 1]):
        s.line[teams] = t.teams.part[row]
        teams += 1
    team = s.line[0]
    first = t.teams.member_ptr[team]
    for seat in range(t.teams.member_ptr[team + 1] - first):
        s.choice[0] = s.offers.first_route[0, seat]
        list_places(p, t, s, t.teams.member[first + seat], seat, 1, NEVER)
        if s.offers.many[seat] == 0:
            return False
    found = 0
    for wait in (True, False):
        if found == 0 and (wait or t.apart):
            found = seat_team(p, t, s, team, NEVER, int(FAR), wait)
    if found == 0:
        return False
    begin(s)
    if _put_team(p, t, s, team) and _put_others(p, t, s, teams, NEVER, 0.0):
        return True
    roll_back(p, t, s)
    return False


@kernel
def _set_aside(s: State, found: int) -> None:
    """Keep the best ways to seat the first team while others are looked for."""
    o = s.offers
    for leaf in range(found):
        o.first[leaf] = o.best[leaf, 1]
        o.first_low[leaf] = o.best[leaf, 2]
        for seat in range(o.best_route.shape[1]):
            o.first_route[leaf, seat] = o.best_route[leaf, seat]
            o.first_slot[leaf, seat] = o.best_slot[leaf, seat]


@kernel
def _take_back(s: State, leaf: int) -> None:
    """Make a way that was set aside the best one again."""
    o = s.offers
    o.best[0, 2] = o.first_low[leaf]
    for seat in range(o.best_route.shape[1]):
        o.best_route[0, seat] = o.first_route[leaf, seat]
        o.best_slot[0, seat] = o.first_slot[leaf, seat]


@kernel
def _put_others(p: Problem, t: Tables, s: State, teams: int, most: int, blink: float) -> bool:
    """Put all teams but the first in; the sum of cents stays below `most`."""
    if s.total[CENTS] >= most:
        return False
    for i in range(1, teams):
        if _ways(p, t, s, s.line[i], most - s.total[CENTS], int(FAR), blink) == 0:
            return False
        if not _put_team(p, t, s, s.line[i]) or s.total[CENTS] >= most:
            return False
    return True


@kernel
def _ways(p: Problem, t: Tables, s: State, team: int, limit: int, latest: int, blink: float) -> int:
    """Find the cheapest ways to seat a team; return how many."""
    first = t.teams.member_ptr[team]
    for seat in range(t.teams.member_ptr[team + 1] - first):
        row = t.teams.member[first + seat]
        count = choices(p, t, s, row, blink)
        list_places(p, t, s, row, seat, count, limit)
        if s.offers.many[seat] == 0:
            return 0
    found = 0
    for wait in (True, False):
        if found == 0 and (wait or t.apart):
            found = seat_team(p, t, s, team, limit, latest, wait)
    return int(found)


@kernel
def _put_team(p: Problem, t: Tables, s: State, team: int) -> bool:
    """Seat a team in the best way found; tell whether all starts can be kept."""
    first = t.teams.member_ptr[team]
    for seat in range(t.teams.member_ptr[team + 1] - first):
        row, route = t.teams.member[first + seat], s.offers.best_route[0, seat]
        if t.paired and not who_fits(p, s, row, route):
            return False
        put_at(p, t, s, row, route, s.offers.best_slot[0, seat])
    join_team(p, t, s, team, s.offers.best[0, 2])
    return propagate(p, t, s)
