"""The brute force is itself held by a blunter one: all permutations, each timed on its own."""

from collections.abc import Iterator
from itertools import combinations, permutations

import numpy as np
import pytest

from optimizer.problem import Problem
from tests.oracle.brute_force import Value, optimum
from tests.oracle.random_problems import Mix, random_problem
from tests.oracle.recount import Recount, Route
from tests.oracle.sharing import halts_in_order, jobs_of, parts_suffice, shared_cents


def blunt_optimum(problem: Problem) -> Value:
    """Return the value of the best plan of a problem of very few jobs."""
    recount = Recount(problem)
    jobs = frozenset(range(len(problem.place)))
    values = []
    for routes in all_plans(problem, recount, jobs, 0):
        left = list(jobs - {job for route in routes for job in route})
        weight = int(problem.weight[left].sum()) if problem.levels[0] == 1 else 0
        cents = sum(recount.cents(shift, route) for shift, route in enumerate(routes))
        cents += shared_cents(problem, routes) + int(problem.charged_cents[0])
        if groups_kept(problem, recount, routes) and parts_suffice(problem, routes):
            values.append((weight, cents + int(problem.unserved_cents[left].sum())))
    return min(values)


def all_plans(
    problem: Problem, recount: Recount, jobs: frozenset[int], shift: int
) -> Iterator[tuple[Route, ...]]:
    if shift == len(problem.profile):
        yield ()
        return
    for count in range(len(jobs) + 1):
        for chosen in combinations(sorted(jobs), count):
            for route in permutations(chosen):
                allowed = not problem.forbidden[list(route), shift].any()
                allowed = allowed and halts_in_order(problem, route)
                fits = allowed and recount.loads_fit(shift, route) and recount.best(shift, route)
                if not route or fits:
                    for others in all_plans(problem, recount, jobs - set(chosen), shift + 1):
                        yield (route, *others)


def groups_kept(problem: Problem, recount: Recount, routes: tuple[Route, ...]) -> bool:
    for group in range(len(problem.group_max_jobs)):
        members = [routes[shift] for shift in np.flatnonzero(problem.group == group)]
        work_s = 0
        for shift in np.flatnonzero(problem.group == group):
            if routes[shift]:
                timing = recount.best(int(shift), routes[shift])[0]
                work_s += timing.driven_s + timing.on_site_s
        jobs = sum(jobs_of(problem, one) for one in members)
        if jobs > problem.group_max_jobs[group] or work_s > problem.group_max_work_s[group]:
            return False
    return True


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_the_brute_force_is_right(first: int) -> None:
    unserved = 0
    for seed in range(first, first + 20):
        problem = random_problem(seed, Mix(jobs=4, shifts=2))
        value = optimum(problem)
        assert value == blunt_optimum(problem), seed
        unserved += value[0] > 0
    assert unserved > 2  # else the limits would not matter
