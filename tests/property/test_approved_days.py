"""Days that are approved, and the others planned again with other dice: approved days stay as they are."""

from collections.abc import Callable
from random import Random

import pytest

from optimizer.approval import approve
from optimizer.control import Iterations
from optimizer.domain.plan import Plan
from optimizer.domain.scenario import Scenario
from optimizer.planning import plan_scenario
from optimizer.rules.approved_days import approved_jobs
from optimizer.rules.unserved import priority_classes
from tests.property.binding import binding
from tests.property.random_scenarios import random_scenario
from tests.property.restock_scenarios import restock_scenario
from tests.property.tied_scenarios import tied_scenario
from tests.property.trip_scenarios import trip_scenario


def planned(of: Scenario, seed: int) -> Plan:
    """Return the plan of a short search; it has passed the checker."""
    return plan_scenario(of, stop=Iterations(60), seed=seed).plan


def some_days_approved(of: Scenario, made: Plan, seed: int) -> Scenario:
    """Return the scenario with some of the worked days approved, at least one."""
    days = sorted({one.day for one in made.shifts})
    dice = Random(f"approvals {seed}")
    return approve(of, made, [one for one in days if dice.random() < 0.6] or days[:1], by="Chen Lei")


def by_way_of_branches(seed: int) -> Scenario:
    """Return a scenario in which some parts are fetched on the way, and everybody is back in the evening."""
    return restock_scenario(3 * seed)


@pytest.mark.parametrize("drawn", [random_scenario, tied_scenario, trip_scenario, by_way_of_branches])
@pytest.mark.parametrize("seeds", [range(30), pytest.param(range(30, 250), marks=pytest.mark.slow)])
def test_they_stay_when_the_others_are_planned_again(drawn: Callable[[int], Scenario], seeds: range) -> None:
    tried = 0
    for seed in seeds:
        of = drawn(seed)
        made = planned(of, 0)
        if not made.shifts:
            continue
        approved = some_days_approved(of, made, seed)
        again = planned(approved, 1)
        assert not approved_jobs(approved) & set(again.unserved), seed
        assert visits(approved, again) == visits(approved, made), seed
        tried += 1
    assert tried > len(seeds) // 2


def visits(of: Scenario, made: Plan) -> set[tuple[object, ...]]:
    """Return who is where when on approved days, tools included, without emergencies that came to them."""
    days = {one.day for one in of.approvals}
    approved, classes = approved_jobs(of), priority_classes(of)
    found: set[tuple[object, ...]] = set()
    for shift in made.shifts:
        for stop in shift.stops if shift.day in days else ():
            if stop.job_id in approved or classes[stop.job_id] != "emergency":
                found.add((shift.key, stop.job_id, stop.seat, stop.part, stop.start, stop.end))
    for tool in made.tools:
        for at in tool.stops if tool.day in days else ():
            if at.job_id in approved:
                found.add((tool.branch_id, tool.tool, tool.piece, tool.day, at.job_id, at.part, at.start))
    return found


def test_the_rule_matters_where_jobs_wait() -> None:
    # An approved day forbids its people to all jobs that were not approved with it, and the others to those that were.
    of = random_scenario(3)
    made = planned(of, 0)
    assert "APPROVED" not in binding(of)
    assert "APPROVED" in binding(some_days_approved(of, made, 3))
