"""With tied routes too, what `exact` proves is what trying everything finds, and `lns` mostly finds it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice

import numpy as np
import pytest

from optimizer.compile import compile_scenario
from optimizer.control import Iterations
from optimizer.engines import ENGINES, solve
from optimizer.problem import Problem, features, tied
from tests.oracle.brute_force import Value
from tests.oracle.brute_force_ties import MOST_JOBS, optimum_of_ties
from tests.oracle.random_ties import random_ties
from tests.oracle.tied import value_of_tied
from tests.oracle.ties_mix import KINDS, TiesMix, focused_mix, small_mix
from tests.property.tied_scenarios import tied_scenario

MOST_VISITS = 11
"""Visits that brute force can do in seconds, whatever their ties."""

EXACT = next(engine for engine in ENGINES if engine.name == "exact")

REACHED = 0.97
"""Share of the problems in which `lns` must find the best value."""

BINDING = 0.05
"""Share of the problems which every kind of tie must make dearer or cheaper; of smaller ones it need not be so many."""

Drawn = Iterator[tuple[int, TiesMix, Problem]]


def drawn(first: int, number: int, most: int = MOST_VISITS) -> Drawn:
    """Yield seeds, mixes and problems of so many visits at most; two of three have much of one kind of tie."""
    return islice(_all(first, most), number)


def _all(first: int, most: int) -> Drawn:
    for seed in count(first):
        mix = focused_mix(seed) if seed % 3 else small_mix(seed)
        problem = random_ties(seed, mix)
        if len(problem.place) <= most:
            yield seed, mix, problem


def from_scenarios(first: int) -> Iterator[tuple[int, Problem]]:
    """Yield seeds and problems of scenarios that brute force can do, with tied visits that somebody can make."""
    for seed in count(first):
        problem = compile_scenario(tied_scenario(seed, max_jobs=MOST_JOBS)).problem
        few = len(problem.place) <= MOST_VISITS and bool((problem.shelf < 0).all())
        possible = (problem.forbidden == 0).any(axis=1)
        if few and (tied(problem) & possible).any() and features(problem) <= EXACT.handles:
            yield seed, problem


def small(kind: str, first: int, number: int) -> Iterator[tuple[int, Problem]]:
    """Yield seeds and problems of the builder or of scenarios."""
    if kind == "scenarios":
        return islice(from_scenarios(first), number)
    return ((seed, problem) for seed, _, problem in drawn(first, number))


@pytest.mark.parametrize(
    ("kind", "first", "number"),
    [
        ("builder", 0, 12),
        ("scenarios", 0, 8),
        pytest.param("builder", 10_000, 60, marks=pytest.mark.slow),
        pytest.param("scenarios", 10_000, 20, marks=pytest.mark.slow),
        *(pytest.param("builder", 10_000 * i, 60, marks=pytest.mark.full) for i in (2, 3, 4)),
        pytest.param("scenarios", 20_000, 60, marks=pytest.mark.full),
    ],
)
def test_the_proof_is_what_brute_force_finds(kind: str, first: int, number: int) -> None:
    for seed, problem in small(kind, first, number):
        found = solve(problem, engine="exact", stop=Iterations(60_000), seed=seed)
        assert (found.ended_by, found.lower_bound_cents) == ("finished", found.cents), seed
        assert (found.weight, found.cents) == value_of_tied(problem, found.routes), seed
        best = optimum_of_ties(problem)
        assert value_of_tied(problem, best.routes) == best.value, seed
        assert (found.weight, found.cents) == best.value, seed


@pytest.mark.parametrize(
    ("number", "most"),
    [pytest.param(40, 9, marks=pytest.mark.slow), pytest.param(210, MOST_VISITS, marks=pytest.mark.full)],
)
def test_the_search_reaches_the_best_value(number: int, most: int) -> None:
    missed = []
    for seed, _, problem in drawn(0, number, most):
        found = solve(problem, stop=Iterations(20_000), seed=seed)
        value = value_of_tied(problem, found.routes)
        best = optimum_of_ties(problem).value
        assert (found.weight, found.cents) == value >= best, seed
        if value != best:
            missed.append((seed, value, best))
    share = 1 - len(missed) / number
    print(f"the best value reached in {share:.1%} of {number} problems; missed: {missed}")
    assert share >= REACHED, missed


@pytest.mark.parametrize(
    ("most", "share"),
    [
        pytest.param(8, 0.02, marks=pytest.mark.slow),
        pytest.param(MOST_VISITS, BINDING, marks=pytest.mark.full),
    ],
)
def test_every_kind_of_tie_decides_often_enough(most: int, share: float) -> None:
    decides = Counter[str]()
    number = 100
    for seed, mix, problem in drawn(0, number, most):
        best = optimum_of_ties(problem).value
        for kind in KINDS:
            decides[kind] += value_without(kind, seed, mix, problem, best) != best
    print({kind: decides[kind] for kind in KINDS})
    assert min(decides[kind] for kind in KINDS) >= share * number, decides


def value_without(kind: str, seed: int, mix: TiesMix, problem: Problem, best: Value) -> Value:
    """Return the best value of the problem without one kind of tie, which is the same where it has none."""
    other = random_ties(seed, replace(mix, without=frozenset((kind,))))
    if all(np.array_equal(getattr(problem, name), getattr(other, name)) for name in Problem._fields):
        return best
    return optimum_of_ties(other).value


def test_the_problems_have_every_kind_of_tie() -> None:
    problems = [problem for _, _, problem in drawn(0, 60)]
    used = Counter(feature for problem in problems for feature in features(problem))
    assert used["crews"] > 30
    assert used["links"] > 30
    assert "congestion" not in used
