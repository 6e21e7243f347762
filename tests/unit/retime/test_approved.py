"""A search over a question with approved days begins with them."""

from collections.abc import Callable

import pytest

from optimizer.approval import approve
from optimizer.compile import Compiled, compile_scenario
from optimizer.control import Iterations
from optimizer.domain.scenario import Scenario
from optimizer.planning import plan_scenario
from optimizer.problem import Routes
from optimizer.retime import orders_of, routes_of
from optimizer.retime.approved import approved_start
from tests.property.random_scenarios import random_scenario
from tests.property.tied_scenarios import tied_scenario
from tests.property.trip_scenarios import trip_scenario


def test_nothing_is_approved() -> None:
    scenario = trip_scenario(124)
    assert approved_start(compile_scenario(scenario), scenario) is None


@pytest.mark.parametrize("drawn", [random_scenario, tied_scenario, trip_scenario])
def test_a_plan_that_is_approved_whole_is_the_start(drawn: Callable[[int], Scenario]) -> None:
    tried = 0
    for seed in range(12):
        scenario = drawn(seed)
        plan = plan_scenario(scenario, stop=Iterations(60)).plan
        if not plan.shifts:
            continue
        approved = approve(scenario, plan, sorted({one.day for one in plan.shifts}), by="Chen Lei")
        compiled = compile_scenario(approved)
        start = approved_start(compiled, approved)
        assert start is not None
        customers = [_customers(compiled, routes) for routes in (start, routes_of(compiled, orders_of(plan)))]
        assert customers[0] == customers[1], seed
        tried += 1
    assert tried >= 6


def test_a_trip_of_which_one_day_is_approved_is_not_lost_however_short_the_search() -> None:
    scenario = trip_scenario(124)
    plan = plan_scenario(scenario, stop=Iterations(60)).plan
    [away] = [shift for shift in plan.shifts if shift.night]
    approved = approve(scenario, plan, [away.day], by="Chen Lei")
    assert [one.away for one in approved.approvals[0].outings] == [True]
    jobs = {stop.job_id for stop in away.stops}
    assert len(jobs) == 2
    for seed in range(5):
        assert not jobs & set(plan_scenario(approved, stop=Iterations(1), seed=seed).plan.unserved)


def _customers(compiled: Compiled, routes: Routes) -> list[list[int]]:
    """Return the visits to customers and of tools; of halts at branches approvals know nothing."""
    shelf = compiled.problem.shelf
    return [[visit for visit in route if shelf[visit] < 0] for route in routes.stops]
