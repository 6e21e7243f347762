"""How a whole team can be seated: a place for each of its visits, at one common start.

All combinations of places are looked at from cheap to dear (branch and bound), up to a number of trials. Visits that
wait for each other in a circle cannot arise: in every route, the tied visits before the place start earlier than all
those behind a place in any route of the team.
"""

from optimizer.engines.lns.offers import LEAVES
from optimizer.engines.lns.state import State
from optimizer.engines.lns.tables import Tables
from optimizer.problem import A_TOOL, APART, BEFORE, FAR, Problem
from optimizer.schedule.kernel import kernel
from optimizer.schedule.timing import first_start, lateness, next_day, visit_s

TRIALS = 600
CENTS, START, LOW, HIGH, BITS, STANDING = 0, 1, 2, 3, 4, 5
"""Columns of `Offers.sums`, before a seat is filled: cents so far, common start, start of the last tied visit before,
of the next behind, what the crew brings along, its standing crew (`NOBODY` for nobody yet)."""
NOBODY = -3


@kernel
def seat_team(p: Problem, t: Tables, s: State, team: int, limit: int, latest: int, wait: bool) -> int:
    """Write the cheapest ways to seat a team into `Offers.best` and return how many there are.

    The places stand in `offers`; the team starts at `latest` at the latest. `wait`: it comes after visits it must not
    overlap with, where both ways are open; else before them.
    """
    o = s.offers
    first = t.teams.member_ptr[team]
    seats = t.teams.member_ptr[team + 1] - first
    o.rest[seats] = 0
    for depth in range(seats - 1, -1, -1):
        if o.many[depth] == 0:
            return 0
        o.rest[depth] = o.rest[depth + 1] + o.cents[depth, o.order[depth, 0]]
    latest = _open(p, t, s, team, latest)
    found = 0
    bound = limit
    depth = 0
    o.pick[0] = -1
    for _ in range(TRIALS):
        if depth < 0:
            break
        o.pick[depth] += 1
        if o.pick[depth] >= o.many[depth]:
            depth -= 1
            continue
        place = o.order[depth, o.pick[depth]]
        if o.sums[depth, CENTS] + o.cents[depth, place] + o.rest[depth + 1] >= bound:
            depth -= 1
            continue
        if not _takes_seat(p, t, s, team, depth, place, latest):
            continue
        if depth < seats - 1:
            depth += 1
            o.pick[depth] = -1
        elif _together(p, t, s, team, seats, latest, wait):
            cents = o.sums[seats, CENTS] + _late_cents(p, t, s, team, seats)
            if cents < bound:
                found = _keep_way(s, seats, found, cents)
                bound = o.best[found - 1, 0] if found == LEAVES else limit
    return found


@kernel
def _open(p: Problem, t: Tables, s: State, team: int, latest: int) -> int:
    """Write what holds before anybody is seated; return the latest start."""
    o = s.offers
    ties = s.ties
    lead = t.teams.lead[team]
    at, low = -FAR, -FAR
    for row in range(p.link_ptr[lead], p.link_ptr[lead + 1]):
        link = p.link[row]
        route = s.route_of[p.link_from[link]]
        if p.link_order[link] == BEFORE and p.link_to[link] == lead and route >= 0:
            first = t.teams.team_of[p.link_from[link]]
            stay = ties.length[first] if p.link_on_end[link] else 0
            at = max(at, ties.start[first] + stay + p.link_least[link])
            if p.link_next_day[link]:
                at = max(at, next_day(p, route, ties.start[first]))
            latest = min(latest, ties.late[first] + stay + p.link_most[link])
            low = max(low, ties.start[first])
    o.sums[0, CENTS] = 0
    o.sums[0, START] = at
    o.sums[0, LOW] = low
    o.sums[0, HIGH] = FAR
    o.sums[0, BITS] = 0
    o.sums[0, STANDING] = NOBODY
    return latest


@kernel
def _takes_seat(p: Problem, t: Tables, s: State, team: int, depth: int, place: int, latest: int) -> bool:
    """Tell whether a place goes with those of the seats filled so far, and write what then holds."""
    o = s.offers
    route = o.route[depth, place]
    for other in range(depth):
        if p.person[o.route[other, o.order[other, o.pick[other]]]] == p.person[route]:
            return False
    standing = o.sums[depth, STANDING]
    if p.standing[route] != A_TOOL:
        if standing != NOBODY and standing != p.standing[route]:
            return False
        standing = p.standing[route]
    low = max(o.sums[depth, LOW], o.low[depth, place])
    high = min(o.sums[depth, HIGH], o.high[depth, place])
    if low >= high:
        return False
    at = _common(p, t, s, team, depth + 1, o.sums[depth, START])
    if at >= FAR or at > latest:
        return False
    bits = o.sums[depth, BITS]
    cover = p.cover_row[t.teams.lead[team]]
    if cover >= 0:
        bits |= p.cover[cover, route]
        full = depth + 1 == t.teams.member_ptr[team + 1] - t.teams.member_ptr[team]
        if full and bits & p.cover_all[cover] != p.cover_all[cover]:
            return False
    o.sums[depth + 1, CENTS] = o.sums[depth, CENTS] + o.cents[depth, place]
    o.sums[depth + 1, START] = at
    o.sums[depth + 1, LOW] = low
    o.sums[depth + 1, HIGH] = high
    o.sums[depth + 1, BITS] = bits
    o.sums[depth + 1, STANDING] = standing
    return True


@kernel
def _common(p: Problem, t: Tables, s: State, team: int, seats: int, at: int) -> int:
    """Return the earliest start from `at` on that the chosen places of the first seats allow, `FAR` for none."""
    o = s.offers
    lead = t.teams.lead[team]
    while True:
        at = first_start(p, lead, at)
        if at >= FAR:
            return FAR
        began = at
        for seat in range(seats):
            place = o.order[seat, o.pick[seat]]
            least = FAR
            for lane in range(o.reach.shape[2]):
                there = max(at, o.reach[seat, place, lane])
                if there <= o.until[seat, place, lane]:
                    least = min(least, there)
            if least >= FAR:
                return FAR
            at = max(at, least)
        if at == began:
            return int(at)


@kernel
def _together(p: Problem, t: Tables, s: State, team: int, seats: int, latest: int, wait: bool) -> bool:
    """Tell whether a full team keeps clear of the visits it must not overlap with; it may start later for them."""
    if not t.apart:
        return True
    o = s.offers
    lead = t.teams.lead[team]
    length = _lead_stays(p, t, s, team)
    changed = True
    while changed:
        changed = False
        for row in range(p.link_ptr[lead], p.link_ptr[lead + 1]):
            link = p.link[row]
            other = p.link_to[link] if p.link_from[link] == lead else p.link_from[link]
            if p.link_order[link] != APART or s.route_of[other] < 0:
                continue
            rival = t.teams.team_of[other]
            start = s.ties.start[rival]
            at = o.sums[seats, START]
            if o.sums[seats, LOW] >= start:  # it comes after the other anyway
                before = False
            elif o.sums[seats, HIGH] <= start:
                before = True
            else:
                before = at + length <= (start if wait else s.ties.late[rival])
            if before and at + length <= s.ties.late[rival]:
                o.sums[seats, HIGH] = min(o.sums[seats, HIGH], start)
                continue
            o.sums[seats, LOW] = max(o.sums[seats, LOW], start)
            if o.sums[seats, LOW] >= o.sums[seats, HIGH]:
                return False
            if at < start + s.ties.length[rival]:
                at = _common(p, t, s, team, seats, start + s.ties.length[rival])
                if at >= FAR or at > latest:
                    return False
                o.sums[seats, START] = at
                changed = True
    return True


@kernel
def _lead_stays(p: Problem, t: Tables, s: State, team: int) -> int:
    o = s.offers
    place = o.order[0, o.pick[0]]
    route = o.route[0, place]
    return int(visit_s(p, t.teams.lead[team], route, s.now.place[route, o.slot[0, place]]))


@kernel
def _late_cents(p: Problem, t: Tables, s: State, team: int, seats: int) -> int:
    """Return what a full team owes for being late itself."""
    if not t.priced:
        return 0
    o = s.offers
    cents = 0
    at = o.sums[seats, START]
    for seat in range(seats):
        row = t.teams.member[t.teams.member_ptr[team] + seat]
        if p.late_ptr[row] < p.late_ptr[row + 1]:
            place = o.order[seat, o.pick[seat]]
            route = o.route[seat, place]
            stay = visit_s(p, row, route, s.now.place[route, o.slot[seat, place]])
            cents += lateness(p, row, at, at + stay)
    return cents


@kernel
def _keep_way(s: State, seats: int, found: int, cents: int) -> int:
    """Add a way to seat the team to the best ones; return how many there are.

    It takes the place of one by the same routes, else of the dearest where there are enough.
    """
    o = s.offers
    leaf = min(found, LEAVES - 1)
    for x in range(found):
        same = True
        for seat in range(seats):
            same = same and o.best_route[x, seat] == o.route[seat, o.order[seat, o.pick[seat]]]
        if same:
            if o.best[x, 0] <= cents:
                return found
            leaf = x
            found -= 1
            break
    while leaf > 0 and o.best[leaf - 1, 0] > cents:
        for column in range(3):
            o.best[leaf, column] = o.best[leaf - 1, column]
        for seat in range(seats):
            o.best_route[leaf, seat] = o.best_route[leaf - 1, seat]
            o.best_slot[leaf, seat] = o.best_slot[leaf - 1, seat]
        leaf -= 1
    o.best[leaf, 0] = cents
    o.best[leaf, 1] = o.sums[seats, START]
    o.best[leaf, 2] = o.sums[seats, LOW]
    for seat in range(seats):
        place = o.order[seat, o.pick[seat]]
        o.best_route[leaf, seat] = o.route[seat, place]
        o.best_slot[leaf, seat] = o.slot[seat, place]
    return min(found + 1, LEAVES)
