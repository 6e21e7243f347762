"""On small problems the search finds what trying everything finds."""

from collections.abc import Iterator
from itertools import count, islice

import pytest

from optimizer.compile import compile_scenario
from optimizer.control import Iterations
from optimizer.engines import solve
from optimizer.problem import Problem
from tests.oracle.brute_force import MOST_JOBS, MOST_ROWS, optimum
from tests.oracle.random_problems import Mix, random_problem
from tests.property.random_scenarios import random_scenario

MOST_SHIFTS = 3
REACHED = 0.98
"""Share of problems in which the best value must be reached; never may a better one be."""


def scenarios(first: int) -> Iterator[tuple[int, Problem]]:
    """Yield seeds and problems of random scenarios that are small but leave something to decide."""
    for seed in count(first):
        scenario = random_scenario(seed, max_jobs=MOST_JOBS, max_technicians=MOST_SHIFTS)
        problem = compile_scenario(scenario).problem
        pairs = int((problem.forbidden == 0).sum())
        if 1 < len(problem.place) <= MOST_ROWS and len(problem.profile) <= MOST_SHIFTS and pairs > 1:
            yield seed, problem


def from_the_builder(first: int) -> Iterator[tuple[int, Problem]]:
    """Yield seeds and problems with loads, weekly limits, prices of all kinds and jobs that are worth nothing."""
    mix = Mix(jobs=6, load=0.8, congestion=0, made_up_legs=0, rests=(0, 1))
    return ((seed, random_problem(seed, mix)) for seed in count(first))


@pytest.mark.parametrize(
    ("kind", "first", "number", "iterations"),
    [
        ("scenarios", 0, 40, 1_000),
        ("builder", 0, 20, 10_000),
        pytest.param("scenarios", 1000, 320, 1_000, marks=pytest.mark.slow),
        pytest.param("builder", 1000, 100, 10_000, marks=pytest.mark.slow),
    ],
)
def test_the_search_reaches_brute_force(kind: str, first: int, number: int, iterations: int) -> None:
    drawn = scenarios(first) if kind == "scenarios" else from_the_builder(first)
    missed = []
    for seed, problem in islice(drawn, number):
        best = optimum(problem)
        found = solve(problem, stop=Iterations(iterations), seed=seed)
        assert (found.weight, found.cents) >= best, seed
        if (found.weight, found.cents) != best:
            missed.append((seed, (found.weight, found.cents), best))
    share = 1 - len(missed) / number
    print(f"{kind}: brute force reached in {share:.1%} of {number} problems; missed: {missed}")
    assert share >= REACHED
