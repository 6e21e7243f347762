"""Whatever the search keeps up to date while it moves equals a full recomputation from the routes alone.

The real kernels are driven by random moves. After every move: every list, total and limit, the best plan's copy,
every label of every route, and whether left-out jobs fit at random places. After every third move also every cached
insertion that is said to hold, against all positions timed by the naive twin: those priced exactly, and those that
are still estimates.
"""

from collections import Counter
from collections.abc import Callable
from itertools import count, islice
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pytest

from optimizer.compile import compile_scenario
from optimizer.engines.lns.anneal import go_back, keep_best, settle
from optimizer.engines.lns.choices import FEW
from optimizer.engines.lns.engine import ALL_FEATURES
from optimizer.engines.lns.insertion import _stay_added, exact_delta, fits_between, fits_load, insert, offer
from optimizer.engines.lns.recreate import recreate
from optimizer.engines.lns.ruin import ruin
from optimizer.engines.lns.search import Search
from optimizer.engines.lns.single import NO_PLACE, insert_tied
from optimizer.engines.lns.state import ABSENT, NEVER, set_prices
from optimizer.engines.lns.tables import make_tables
from optimizer.engines.lns.whole import insert_whole, list_chain
from optimizer.problem import ANYONE, SAME, Problem, Routes, features
from tests.oracle.agreement import check_ties
from tests.oracle.cache_entries import group_room, valid_entries
from tests.oracle.random_problems import Mix, random_problem
from tests.oracle.random_ties import TiesMix, random_ties
from tests.oracle.recount import Recount
from tests.oracle.recounted import check_best, check_groups, check_route, check_sums, routes_of
from tests.oracle.sharing import parts_suffice, rivals_meet, shared_cents
from tests.property.random_scenarios import random_scenario

MOVES = 100
"""Moves of one search."""
CACHE_EVERY = 3
MIXES = (
    Mix(jobs=9, load=0.6),
    Mix(jobs=9, load=0.6, congestion=0, late=0, setup=0, rests=(0, 1), several_windows=0, loads=0),
    Mix(jobs=10, shifts=4, load=0.4, loads=1, groups=1, rests=(1, 2, 3)),
    Mix(jobs=9, load=0.5, congestion=0, made_up_legs=0, setup=0, rests=(0,), late=1),
    Mix(jobs=9, load=0.6, made_up_legs=1, setup=1, late=1),
    Mix(jobs=9, load=0.6, setup=1, same_site=0.7),
)

TIED_MIXES = (
    TiesMix(jobs=8, people=4, plain=Mix(load=0.6, congestion=0.3, rests=(0, 0, 1, 1, 2))),
    TiesMix(jobs=8, people=3, days=2, links=0.8, plain=Mix(load=0.6, congestion=0.0)),
    TiesMix(jobs=10, people=5, links=1.0, crews=0.3, plain=Mix(load=0.4, congestion=0.3, rests=(0, 1))),
    TiesMix(
        jobs=9,
        people=3,
        days=3,
        crews=0.2,
        parts=0.7,
        trips=0.8,
        sleepers=0.5,
        plain=Mix(load=0.5, congestion=0.2, rests=(0, 1)),
    ),
    TiesMix(
        jobs=9, people=4, crews=0.5, lent=0.4, tools=2, plain=Mix(load=0.5, rests=(0, 1), late=0, setup=0)
    ),
)


class Mover:
    """Drives one search with random moves."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem = problem
        self.rng = Random(seed)
        self.search = Search(problem, make_tables(problem), seed)
        keep_best(self.search.kernel[0], self.search.kernel[2])
        self.moves: Counter[str] = Counter()

    def move(self) -> None:
        """Make one random move."""
        chosen: Callable[[], None] = self.rng.choice(
            (self.ruin, self.ruin, self.ruin, self.ruin, self.put_in, self.load, self.fill, self.reprice)
        )
        chosen()
        self.moves[chosen.__name__] += 1

    def ruin(self) -> None:
        p, _, s = kernel = self.search.kernel
        recreate(*kernel, ruin(*kernel))
        if self.rng.random() < 0.6:
            settle(s)
            keep_best(p, s)
        else:
            go_back(*kernel)

    def put_in(self) -> None:
        """Insert a left-out job anywhere it fits, worth it or not; sometimes take it back."""
        kernel, state = self.search.kernel, self.search.state
        left = state.absent[: state.tally[ABSENT]].tolist()
        if left and self.search.tables.tied:
            self.put_in_tied(self.rng.choice(left))
        elif left:
            job = self.rng.choice(left)
            shifts = np.flatnonzero(self.problem.forbidden[job] == 0).tolist()
            fitting = [shift for shift in shifts if self.offer(job, shift) < NEVER]
            if fitting:
                insert(*kernel, job, self.rng.choice(fitting))
        if self.rng.random() < 0.3:
            go_back(*kernel)
        else:
            settle(state)

    def put_in_tied(self, job: int) -> None:
        """Insert a left-out job, all its visits and all that must come before it; or a visit by itself."""
        kernel, state, teams = self.search.kernel, self.search.state, self.search.tables.teams
        blink = self.rng.choice((0.0, 0.3))
        if teams.team_of[job] >= 0:
            count = list_chain(*kernel, job)
            assert state.chain[max(0, count - 1)] == job
            insert_whole(*kernel, count, NEVER, blink)
            return
        shifts = np.flatnonzero(self.problem.forbidden[job] == 0).tolist()
        fitting = [shift for shift in shifts if self.offer(job, shift) < NEVER]
        if fitting:
            insert_tied(*kernel, job, self.rng.choice(fitting), self.rng.choice((NEVER, NEVER, 5000)))

    def offer(self, job: int, shift: int) -> int:
        """Return the exact price of the best insertion, what routes share included."""
        exact_delta(*self.search.kernel, job, shift)
        return int(offer(*self.search.kernel, job, shift))

    def load(self) -> None:
        """Go on from the best plan, or from the present one with the orders of its routes shuffled."""
        if self.rng.random() < 0.5:
            self.search.go_on_from(self.search)
            return
        stops: list[tuple[int, ...]] = []
        for jobs in routes_of(self.search):
            order = list(jobs)
            if self.rng.random() < 0.5:
                self.rng.shuffle(order)
            stops.append(tuple(order))
        agreed = self.search.state.agreed.tolist() if self.rng.random() < 0.5 else []
        self.search.load(
            Routes(tuple(stops), (), tuple((row, at) for row, at in enumerate(agreed) if at >= 0))
        )

    def fill(self) -> None:
        self.search.fill(thorough=self.rng.random() < 0.5)

    def reprice(self) -> None:
        first = (self.problem.job_of == np.arange(len(self.problem.job_of))).tolist()
        prices = [self.rng.choice((0, 300, 3000, 10**7)) if is_first else 0 for is_first in first]
        set_prices(self.search.kernel[2], np.array(prices, np.int64))


class Counts(NamedTuple):
    """What was compared."""

    moves: int
    exact: int
    """Cached insertions priced exactly."""
    estimates: int
    """Those priced by their drives alone so far."""
    unsure: int
    """Not compared: equally good timings differ in work, and the group's limit lies between them."""
    away: int
    """Moves after which two days of a job lie on one trip."""
    ridden: int
    """Moves after which somebody spends a night on the way."""


def drive(problem: Problem, seed: int, moves: int) -> Counts:
    """Move a search about and compare it with a full recomputation."""
    mover, recount = Mover(problem, seed), Recount(problem)
    search = mover.search
    counts = Counter[str]()
    for move in range(moves):
        mover.move()
        check_ties(search, recount)
        check_sums(search, recount)
        check_best(search, recount)
        check_groups(search, recount)
        for row, jobs in enumerate(routes_of(search)):
            check_route(search, recount, row, jobs)
        counts["ridden"] += any(
            recount.best(row, jobs)[0].on_board for row, jobs in enumerate(routes_of(search)) if jobs
        )
        check_places(mover, recount)
        check_offers(mover, recount)
        if move % CACHE_EVERY == 0:
            counts += check_cache(search, recount)
        counts["away"] += two_days_on_a_trip(problem, routes_of(search))
    return Counts(
        moves, counts["exact"], counts["estimates"], counts["unsure"], counts["away"], counts["ridden"]
    )


def two_days_on_a_trip(problem: Problem, routes: list[tuple[int, ...]]) -> bool:
    """Tell whether two parts of a job lie in one route."""
    parts = {int(row) for row in problem.part}
    return any(
        len({int(problem.job_of[row]) for row in leads}) < len(leads)
        for leads in ([row for row in jobs if row in parts] for jobs in routes)
    )


def check_places(mover: Mover, recount: Recount) -> None:
    """Assert for every left-out job, at a random place of every route, that it is rightly said to fit or not."""
    p, _, s = mover.search.kernel
    state = mover.search.state
    for row, jobs in enumerate(routes_of(mover.search)):
        if len(jobs) >= len(state.trial) - 1:
            continue
        for job in state.absent[: state.tally[ABSENT]].tolist():
            pos = mover.rng.randint(0, len(jobs))
            longer = (*jobs[:pos], job, *jobs[pos:])
            assert fits_between(p, s, job, row, pos) == recount.fits(row, jobs, job, pos), (job, row, pos)
            assert fits_load(p, s, job, row, pos) == recount.loads_fit(row, longer), (job, row, pos)
            added_s = recount.on_site_s(row, longer) - recount.on_site_s(row, jobs)
            assert _stay_added(p, s, job, row, pos) == added_s, (job, row, pos)


def check_offers(mover: Mover, recount: Recount) -> None:
    """Assert for a left-out job what routes share: prices of who serves it and how much, and its parts."""
    problem, search = mover.problem, mover.search
    left = search.state.absent[: search.state.tally[ABSENT]].tolist()
    if not left:
        return
    job = mover.rng.choice(left)
    routes = routes_of(search)
    for row, jobs in enumerate(routes):
        offered = mover.offer(job, row)
        alone = int(search.state.delta[job, row])
        longer = [*routes[:row], (*jobs, job), *routes[row + 1 :]]
        if (
            alone == NEVER
            or not parts_suffice(problem, longer)
            or rivals_meet(problem, longer)
            or recount.insertion(job, row, jobs, group_room(search, problem, row)).cents == NEVER
            or not right_person(problem, routes, job, row)
        ):
            assert offered == NEVER, (job, row)
        else:
            more = shared_cents(problem, longer) - shared_cents(problem, routes)
            assert offered == alone + more, (job, row)


def right_person(problem: Problem, routes: list[tuple[int, ...]], job: int, row: int) -> bool:
    """Tell whether the person of a shift may serve a job, seen who serves those it is tied to."""
    person = {one: int(problem.person[shift]) for shift, jobs in enumerate(routes) for one in jobs}
    for link in np.flatnonzero(problem.link_who != ANYONE).tolist():
        ends = {int(problem.link_from[link]), int(problem.link_to[link])}
        others = [person[one] for one in ends - {job} if one in person]
        same = problem.link_who[link] == SAME
        if job in ends and any((one == problem.person[row]) != same for one in others):
            return False
    return True


def check_cache(search: Search, recount: Recount) -> Counter[str]:
    """Assert that every cached insertion that is said to hold does hold."""
    problem, state = recount.problem, search.state
    routes = routes_of(search)
    counts = Counter[str]()
    for job, row in valid_entries(search):
        cached = int(state.delta[job, row]), int(state.slot[job, row])
        if cached == (NEVER, NO_PLACE):
            counts["failed"] += 1  # it was tried, and what is tied to the route did not allow it
            continue
        if not state.exact[job, row]:
            assert cached == recount.estimate(job, row, routes[row]), (job, row, cached)
            counts["estimates"] += 1
            continue
        narrowed = state.narrowed.size and state.narrowed[job, row] >= 0
        room = group_room(search, problem, row) if narrowed else (float("inf"), float("inf"))
        best = recount.insertion(job, row, routes[row], room)
        if not best.sure:
            counts["unsure"] += 1
            continue
        assert cached[0] == best.cents, (job, row, cached, best)
        assert best.cents == NEVER or cached[1] == best.slot, (job, row, cached, best)
        counts["exact"] += 1
    return counts


def searched(problem: Problem) -> bool:
    """Tell whether the engine would search at all."""
    return len(problem.place) > 1 and len(make_tables(problem).eligible) > 0


def problems(kind: str, seed: int) -> Problem:
    """Return a random problem: from the builder, with or without ties, or of a random scenario with more jobs."""
    if kind == "ties":
        return random_ties(seed, TIED_MIXES[seed % len(TIED_MIXES)])
    if kind == "scenarios":
        return compile_scenario(random_scenario(seed, max_jobs=16, max_technicians=3)).problem
    return random_problem(seed, MIXES[seed % len(MIXES)])


SEARCHES = [
    pytest.param(kind, first, searches, marks=marks, id=f"{kind}-{searches * MOVES}-moves")
    for kind, first, searches, marks in (
        ("builder", 0, 20, ()),
        ("scenarios", 0, 10, ()),
        ("builder", 1000, 100, pytest.mark.slow),
        ("scenarios", 1000, 60, pytest.mark.slow),
        ("builder", 2000, 700, pytest.mark.full),
        ("scenarios", 2000, 300, pytest.mark.full),
    )
]


@pytest.mark.parametrize(("kind", "first", "searches"), SEARCHES)
def test_labels_equal_a_full_recomputation(kind: str, first: int, searches: int) -> None:
    searchable = ((seed, problem) for seed in count(first) if searched(problem := problems(kind, seed)))
    done = [drive(problem, seed, MOVES) for seed, problem in islice(searchable, searches)]
    total = Counts(*(sum(column) for column in zip(*done, strict=True)))
    print(f"{kind}: {total}")
    assert total.moves == MOVES * searches
    assert total.exact > total.moves / 4  # else the cache was hardly looked at
    assert total.estimates > total.moves / 4
    assert total.unsure < 0.05 * total.exact


def test_with_more_shifts_than_are_all_asked() -> None:
    mix = Mix(jobs=24, shifts=FEW + 6, load=0.5)
    done = [drive(random_problem(seed, mix), seed, 40) for seed in range(5)]
    assert sum(counts.exact + counts.estimates for counts in done) > 500


def test_the_mixes_hold_problems_of_every_kind() -> None:
    tables = [make_tables(problems("builder", seed)) for seed in range(40)]
    for kinds in ("simple", "priced", "limited"):
        assert 4 <= sum(getattr(one, kinds) for one in tables) <= 36, kinds
    quick = sum(one.simple and not one.priced and not one.limited for one in tables)
    assert quick >= 4  # these have a scan of their own
    used = {feature for seed in range(40) for feature in features(problems("builder", seed))}
    assert used == ALL_FEATURES - {"crews", "links", "trips", "halts at branches"}


def test_every_move_is_made() -> None:
    mover = Mover(random_problem(3, MIXES[0]), 3)
    for _ in range(60):
        mover.move()
    made: dict[str, Any] = dict(mover.moves)
    assert made.keys() == {"ruin", "put_in", "load", "fill", "reprice"}
