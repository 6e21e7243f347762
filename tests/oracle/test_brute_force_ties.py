"""Brute force for tied routes: without ties it finds what brute force without ties finds; its answers keep all ties."""

import pytest

from tests.oracle.brute_force import optimum
from tests.oracle.brute_force_ties import optimum_of_ties
from tests.oracle.random_problems import Mix, random_problem
from tests.oracle.random_ties import random_ties
from tests.oracle.tied import value_of_tied
from tests.oracle.ties_mix import TiesMix


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
