"""The proof is right: what `exact` proves is what trying everything finds, and `lns` finds it on larger problems."""

from collections.abc import Iterator
from itertools import count, islice
from random import Random

import pytest

from optimizer.compile import compile_scenario
from optimizer.control import Iterations
from optimizer.engines import ENGINES, solve
from optimizer.engines.base import Solution
from optimizer.problem import Problem, features
from tests.oracle.answer import value_of
from tests.oracle.brute_force import MOST_JOBS, optimum
from tests.oracle.random_problems import Mix, random_problem
from tests.property.random_scenarios import random_scenario

HANDLES = next(engine.handles for engine in ENGINES if engine.name == "exact") - {"crews", "links"}
"""What brute force without ties can do; tied routes have a test of their own."""

REACHED = {"scenarios": 0.98, "builder": 0.95}
"""Share of the larger problems in which `lns` must find the proven value.

The builder draws everything apart from everything else, weights from cents and loads from routes; that is harder than
anything a scenario says.
"""

Drawn = Iterator[tuple[int, Problem]]


def scenarios(first: int, *, least: int, most: int, shifts: int) -> Drawn:
    """Yield seeds and problems of random scenarios, most jobs of which somebody can serve."""
    for seed in count(first):
        problem = compile_scenario(random_scenario(seed, max_jobs=most)).problem
        jobs, days = problem.forbidden.shape
        possible = int((problem.forbidden == 0).any(axis=1).sum())
        if least <= jobs <= most and days <= shifts and 2 * possible > jobs and features(problem) <= HANDLES:
            yield seed, problem


def from_the_builder(first: int, *, least: int, most: int, shifts: int, made_up: float) -> Drawn:
    """Yield seeds and problems with every feature, up to so many jobs and shifts."""
    for seed in count(first):
        rng = Random(f"size {seed}")
        mix = Mix(
            jobs=rng.randint(least, most), shifts=rng.randint(2, shifts), congestion=0, made_up_legs=made_up
        )
        yield seed, random_problem(seed, mix)


def small(kind: str, first: int) -> Drawn:
    """Yield what brute force can still do."""
    if kind == "scenarios":
        return scenarios(first, least=2, most=MOST_JOBS, shifts=6)
    return from_the_builder(first, least=4, most=6, shifts=3, made_up=0.4)


def larger(kind: str, first: int) -> Drawn:
    """Yield what only a proof can judge; with distances, for `lns` is made for roads."""
    if kind == "scenarios":
        return scenarios(first, least=8, most=12, shifts=8)
    return from_the_builder(first, least=8, most=12, shifts=8, made_up=0.0)


def proven(problem: Problem, seed: int) -> Solution:
    """Return the best plan with its proof."""
    found = solve(problem, engine="exact", stop=Iterations(60_000), seed=seed)
    assert (found.ended_by, found.lower_bound_cents) == ("finished", found.cents), seed
    return found


@pytest.mark.parametrize(
    ("kind", "first", "number"),
    [
        ("scenarios", 0, 10),
        ("builder", 0, 10),
        *(pytest.param("scenarios", 10_000 * i, 55, marks=pytest.mark.slow) for i in (1, 2, 3)),
        *(pytest.param("builder", 10_000 * i, 55, marks=pytest.mark.slow) for i in (1, 2, 3)),
    ],
)
def test_the_proof_is_what_brute_force_finds(kind: str, first: int, number: int) -> None:
    for seed, problem in islice(small(kind, first), number):
        found = proven(problem, seed)
        assert (found.weight, found.cents) == value_of(problem, found.routes), seed
        assert (found.weight, found.cents) == optimum(problem), seed


@pytest.mark.parametrize(
    ("kind", "first", "number"),
    [
        ("scenarios", 0, 10),
        ("builder", 0, 10),
        pytest.param("scenarios", 10_000, 210, marks=pytest.mark.slow),
        pytest.param("builder", 10_000, 150, marks=pytest.mark.slow),
    ],
)
def test_the_search_reaches_the_proven_value(kind: str, first: int, number: int) -> None:
    missed = []
    for seed, problem in islice(larger(kind, first), number):
        best = proven(problem, seed)
        found = solve(problem, stop=Iterations(5_000), seed=seed)
        assert (found.weight, found.cents) >= (best.weight, best.cents), seed
        if (found.weight, found.cents) != (best.weight, best.cents):
            gap = (found.cents - best.cents) / max(1, abs(best.cents))
            missed.append(f"{seed}: weight +{found.weight - best.weight}, cents {gap:+.1%}")
    share = 1 - len(missed) / number
    print(f"{kind}: the proven value reached in {share:.1%} of {number} problems; missed: {missed}")
    assert share >= REACHED[kind]
