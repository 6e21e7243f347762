"""Parts fetched in mid-route: the search finds what trying everything finds, and halts are worth their while."""

from itertools import count, islice

import pytest

from optimizer.control import Iterations
from optimizer.engines import solve
from optimizer.problem import Problem, Routes
from tests.oracle.brute_force import optimum
from tests.oracle.idle_holes import idle_holes
from tests.oracle.random_problems import Mix, random_problem
from tests.oracle.sharing import halts_in_order, parts_suffice
from tests.oracle.test_labels import drive

SMALL = Mix(jobs=4, shifts=2, halts=1, congestion=0, made_up_legs=0, loads=0, rests=(0, 1), load=0.5)
MOST_ROWS = 7


def problems(first: int) -> list[tuple[int, Problem]]:
    """Return 40 small problems in which halts are offered."""
    drawn = ((seed, random_problem(seed, SMALL)) for seed in count(first))
    return list(islice(((s, p) for s, p in drawn if len(p.fetch) and len(p.place) <= MOST_ROWS), 40))


def halts(problem: Problem, routes: Routes) -> int:
    return sum(problem.shelf[row] >= 0 for jobs in routes.stops for row in jobs)


@pytest.mark.parametrize("first", [0, *(pytest.param(1000 * i, marks=pytest.mark.slow) for i in range(1, 6))])
def test_the_search_finds_what_trying_everything_finds(first: int) -> None:
    found, made, decides = 0, 0, 0
    for seed, problem in problems(first):
        best = optimum(problem)
        solution = solve(problem, engine="lns", stop=Iterations(3000), seed=seed)
        value = solution.weight, solution.cents
        assert value >= best, seed
        assert all(halts_in_order(problem, jobs) for jobs in solution.routes.stops)
        assert parts_suffice(problem, solution.routes.stops)
        found += value == best
        made += halts(problem, solution.routes) > 0
        decides += optimum(_without_halts(problem)) > best
    print(f"halts: {found} of 40, made in {made}, better for them in {decides}")
    assert found >= 39
    assert made >= 4
    assert decides >= 4


def _without_halts(problem: Problem) -> Problem:
    forbidden = problem.forbidden.copy()
    forbidden[problem.shelf >= 0] = 1
    return problem._replace(forbidden=forbidden)


@pytest.mark.parametrize("first", [0, pytest.param(5000, marks=pytest.mark.slow)])
def test_the_proof_knows_halts(first: int) -> None:
    for seed, problem in problems(first)[:10]:
        proven = solve(problem, engine="exact", stop=Iterations(60_000), seed=seed)
        assert (proven.ended_by, proven.lower_bound_cents) == ("finished", proven.cents), seed
        assert (proven.weight, proven.cents) == optimum(problem), seed


def test_no_job_is_left_out_that_a_halt_would_make_room_for() -> None:
    offered = 0
    for seed in range(60):
        mix = Mix(jobs=8, shifts=3, halts=1, made_up_legs=0, load=0.4, limits=0, groups=0)
        problem = random_problem(seed, mix)
        for engine in ("greedy", "lns"):
            solution = solve(problem, engine=engine, stop=Iterations(50), seed=seed)
            assert not idle_holes(problem, solution.routes), (seed, engine)
            offered += halts(problem, solution.routes)
    assert offered > 20


@pytest.mark.parametrize(
    ("first", "searches"),
    [(0, 12), *(pytest.param(500 * i, 60, marks=pytest.mark.slow) for i in range(1, 5))],
)
def test_labels_and_sums_with_halts_equal_a_full_recomputation(first: int, searches: int) -> None:
    mixes = (
        Mix(jobs=8, load=0.5, rests=(0, 1), halts=1),
        Mix(jobs=9, load=0.4, congestion=0, late=0, setup=0, rests=(0, 1), several_windows=0, halts=1),
        Mix(jobs=8, shifts=4, load=0.5, groups=1, halts=1, made_up_legs=1),
    )
    moves = 0
    for seed in range(first, first + searches):
        problem = random_problem(seed, mixes[seed % len(mixes)])
        moves += drive(problem, seed, 60).moves
    assert moves == 60 * searches
