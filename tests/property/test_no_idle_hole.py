"""No idle hole: after the search no left-out job can be inserted anywhere without loss."""

from random import Random

import pytest

from optimizer.control import Iterations
from optimizer.domain.policy import Preset
from optimizer.domain.scenario import Scenario
from optimizer.engines import solve
from optimizer.generate import generate_scenario
from optimizer.planning import plan_with_steps
from optimizer.problem import Routes
from tests.oracle.idle_holes import idle_holes
from tests.oracle.random_problems import Mix, random_problem
from tests.property.random_scenarios import random_scenario

PRESETS: tuple[Preset, ...] = ("service-first", "balanced", "economy")
engines = pytest.mark.parametrize("engine", ["lns", "greedy"])


def left_out(scenario: Scenario, engine: str, seed: int, iterations: int) -> int:
    """Plan a scenario, assert that there is no idle hole, and return how many jobs are left out."""
    planned = plan_with_steps(scenario, engine=engine, stop=Iterations(iterations), seed=seed)
    routes = planned.solution.routes
    assert idle_holes(planned.compiled.problem, routes) == [], (scenario.name, engine)
    return len(routes.unserved)


@engines
@pytest.mark.parametrize("days", [4, pytest.param(24, marks=pytest.mark.slow)])
def test_over_full_days_have_no_idle_hole(engine: str, days: int) -> None:
    unserved = 0
    for seed in range(days):
        rng = Random(seed)
        made = generate_scenario(
            technicians=rng.randint(2, 4),
            jobs=rng.randint(18, 30),
            seed=seed,
            days=rng.choice((1, 2)),
            load=1.6,
        )
        # Long jobs and customers with two jobs would tie visits together, which this recount does not know.
        rules = {**made.policy.rules, "PRECEDENCE": {"active": False}}
        policy = made.policy.model_copy(update={"preset": PRESETS[seed % 3], "rules": rules})
        unserved += left_out(made.model_copy(update={"policy": policy}), engine, seed, 150)
    assert unserved > 3 * days  # else the days were not over-full


@engines
@pytest.mark.parametrize("scenarios", [150, pytest.param(1000, marks=pytest.mark.slow)])
def test_random_scenarios_have_no_idle_hole(engine: str, scenarios: int) -> None:
    unserved = sum(
        left_out(random_scenario(seed, max_jobs=16, max_technicians=2), engine, seed, 60)
        for seed in range(scenarios)
    )
    assert unserved > scenarios


@engines
@pytest.mark.parametrize("problems", [200, pytest.param(1500, marks=pytest.mark.slow)])
def test_problems_of_every_kind_have_no_idle_hole(engine: str, problems: int) -> None:
    unserved = 0
    for seed in range(problems):
        problem = random_problem(seed, Mix(jobs=9, load=0.7))
        routes = solve(problem, engine=engine, stop=Iterations(60), seed=seed).routes
        assert idle_holes(problem, routes) == [], seed
        unserved += len(routes.unserved)
    assert unserved > problems


def test_a_hole_is_found_where_there_is_one() -> None:
    scenario = generate_scenario(technicians=2, jobs=6, seed=1, load=0.5)
    planned = plan_with_steps(scenario, stop=Iterations(100))
    problem, routes = planned.compiled.problem, planned.solution.routes
    served = [job for stops in routes.stops for job in stops]
    for job in served:
        stops = tuple(tuple(one for one in route if one != job) for route in routes.stops)
        holes = idle_holes(problem, Routes(stops, tuple(sorted((*routes.unserved, job)))))
        assert job in {hole.job for hole in holes}
