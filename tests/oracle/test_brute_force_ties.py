"""Brute force for tied routes: without ties it finds what brute force without ties finds; its answers keep all ties."""

from collections.abc import Iterator
from itertools import count, islice

import pytest

from optimizer.control import Iterations
from optimizer.engines import solve
from optimizer.problem import Problem
from tests.oracle.brute_force import optimum
from tests.oracle.brute_force_ties import optimum_of_ties
from tests.oracle.random_problems import Mix, random_problem
from tests.oracle.random_ties import random_ties
from tests.oracle.test_labels import two_days_on_a_trip
from tests.oracle.tied import value_of_tied
from tests.oracle.ties_mix import TiesMix, trips_mix


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_without_ties_both_find_the_same(first: int) -> None:
    for seed in range(first, first + 20):
        problem = random_problem(seed, Mix(jobs=4, shifts=3, congestion=0))
        best = optimum_of_ties(problem)
        assert best.value == optimum(problem), seed
        assert best.routes.agreed == ()


def test_its_answers_keep_the_ties_and_are_worth_what_it_says() -> None:
    agreed = 0
    for seed in range(40):
        mix = TiesMix(jobs=3, people=2, days=1 + seed % 2, links=1.0)
        problem = random_ties(seed, mix)
        best = optimum_of_ties(problem)
        assert value_of_tied(problem, best.routes) == best.value, seed
        agreed += len(best.routes.agreed) > 1
    assert agreed > 10  # else the ties would not matter


def test_jobs_in_two_parts_on_trips_are_found_by_the_search_too() -> None:
    with_both, best_found = 0, 0
    for problem in islice(_small_trips(), 30):
        best = optimum_of_ties(problem)
        assert value_of_tied(problem, best.routes) == best.value
        found = solve(problem, stop=Iterations(1000), seed=1)
        assert value_of_tied(problem, found.routes) >= best.value
        with_both += two_days_on_a_trip(problem, list(best.routes.stops))
        best_found += (found.weight if problem.levels[0] else 0, found.cents) == best.value
    assert with_both > 5  # else trips would not matter
    assert best_found >= 27


def _small_trips() -> Iterator[Problem]:
    """Yield problems with a job in two parts and a trip with a night, small enough for every order and rest."""
    for seed in count():
        problem = random_ties(seed, trips_mix(seed))
        rests = int((problem.rest_ptr[1:] - problem.rest_ptr[:-1]).max())
        if len(problem.part) and problem.night.any() and len(problem.place) <= 6 and rests <= 3:
            yield problem
