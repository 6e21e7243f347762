"""What a search keeps up to date, asserted against a full recomputation."""

from itertools import pairwise

from optimizer.engines.lns.search import Search
from optimizer.engines.lns.state import ABSENT, CENTS, LEFT_CENTS, LEFT_PRICE, WEIGHT
from optimizer.problem import FAR
from tests.oracle.recount import Recount, Route
from tests.oracle.sharing import (
    drawn,
    halts_in_order,
    jobs_of,
    loads,
    packed,
    parts_suffice,
    rivals_meet,
    shared_cents,
)
from tests.oracle.tied import value_of_tied


def routes_of(search: Search) -> list[Route]:
    """Return the current routes."""
    now = search.state.now
    return [tuple(now.jobs[row, : now.length[row]].tolist()) for row in range(len(now.length))]


def check_sums(search: Search, recount: Recount) -> None:
    """Assert that lists, totals and the best plan agree with the routes."""
    p, state = recount.problem, search.state
    routes = routes_of(search)
    served = {job: row for row, jobs in enumerate(routes) for job in jobs}
    assert sum(map(len, routes)) == len(served)
    assert all(p.forbidden[job, row] == 0 for job, row in served.items())
    left = [job for job in range(len(p.place)) if job not in served]
    jobs_left = [job for job in left if p.job_of[job] == job]
    assert state.route_of.tolist() == [served.get(job, -1) for job in range(len(p.place))]
    assert state.tally[ABSENT] == len(jobs_left)
    assert sorted(state.absent[: len(jobs_left)].tolist()) == jobs_left
    for job in range(len(p.place)):
        at = state.absent_at[job]
        assert (at == -1) == (job in served or p.job_of[job] != job)
        assert at == -1 or state.absent[at] == job
    timed = sum(recount.cents(row, jobs) for row, jobs in enumerate(routes))
    assert state.total[CENTS] == timed + shared_cents(p, routes) + p.charged_cents[0]
    assert {meter: load for meter, load in enumerate(state.load.tolist()) if load} == {
        meter: load for meter, load in loads(p, routes).items() if load
    }
    assert parts_suffice(p, routes)
    assert all(halts_in_order(p, jobs) for jobs in routes)
    assert not rivals_meet(p, routes)
    pieces = packed(p, routes)
    assert all(state.packed[pair] == count for pair, count in pieces.items())
    assert state.packed.sum() == sum(pieces.values())
    assert all(state.drawn[pair] == count for pair, count in (drawn(p, routes) or {}).items())
    assert state.drawn.sum() == sum((drawn(p, routes) or {}).values())
    assert state.total[WEIGHT] == p.weight[left].sum()
    assert state.total[LEFT_CENTS] == p.unserved_cents[left].sum()
    assert state.total[LEFT_PRICE] == state.price[jobs_left].sum()


def check_best(search: Search, recount: Recount) -> None:
    """Assert that the copy of the best plan is worth what is said."""
    p, state = recount.problem, search.state
    best = search.routes()
    if search.tables.tied:
        assert search.score == value_of_tied(p, best)
        return
    weight = int(p.weight[list(best.unserved)].sum()) if p.levels[0] == 1 else 0
    cents = int(p.unserved_cents[list(best.unserved)].sum())
    cents += sum(recount.cents(row, jobs) for row, jobs in enumerate(best.stops))
    cents += shared_cents(p, best.stops) + int(p.charged_cents[0])
    assert search.score == (weight, cents)
    assert [len(stops) for stops in best.stops] == state.best_length.tolist()


def check_groups(search: Search, recount: Recount) -> None:
    """Assert that the groups' limits are kept."""
    p, now = recount.problem, search.state.now
    for group in range(len(p.group_max_jobs)):
        members = p.group == group
        rows = [row for one in members.nonzero()[0] for row in now.jobs[one, : now.length[one]].tolist()]
        assert jobs_of(p, rows) <= p.group_max_jobs[group]
        assert now.work[members].sum() <= p.group_max_work_s[group]


def check_route(search: Search, recount: Recount, row: int, jobs: Route) -> None:
    """Assert that the labels of one route are what the twin finds."""
    p, now, twin = recount.problem, search.state.now, recount.twin
    n = len(jobs)
    places = twin.places(row, jobs)
    assert now.place[row, : n + 2].tolist() == places
    profile = twin.profile[row]
    legs = [twin.travel[profile][a][b][1] for a, b in pairwise(places)]
    assert now.leg[row, 1 : n + 2].tolist() == legs
    assert now.cents[row] == recount.cents(row, jobs)
    if jobs:
        timings = recount.best(row, jobs)
        assert (now.driven[row], now.work[row]) in {
            (timing.driven_s, timing.driven_s + timing.on_site_s) for timing in timings
        }
        assert recount.loads_fit(row, jobs)
    else:
        assert (now.driven[row], now.work[row]) == (0, 0)
    lanes = len(twin.rests[row]) + 1
    for pos, earliest in enumerate(recount.ready(row, jobs)):
        assert now.ready[row, pos, :lanes].tolist() == [earliest.get(lane, FAR) for lane in range(lanes)]
    if p.start_s[row] > p.latest_end_s[row]:
        return
    for pos in range(n + 2):
        for lane in range(lanes):
            if pos > 0:
                due = int(now.due[row, pos, lane])
                assert recount.is_latest(row, jobs, pos, lane, due, arriving=True), (pos, lane, due)
            if pos <= n:
                go = int(now.go[row, pos, lane])
                assert recount.is_latest(row, jobs, pos, lane, go, arriving=False), (pos, lane, go)
