"""Any orders of tied jobs can be timed: those of the search as the search did, all others with their breaches named."""

from collections import Counter, defaultdict
from datetime import date
from random import Random

import pytest

from optimizer.compile import lay_out
from optimizer.control import Iterations
from optimizer.diff import apply, diff_plans
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.interchange.plan_file import plan_json
from optimizer.planning import plan_scenario
from optimizer.retime import order_issues, orders_of, retime
from tests.property.tied_scenarios import tied_scenario

CHUNK = 60
CHUNKS = [
    pytest.param(first, marks=[] if first == 0 else [pytest.mark.slow]) for first in range(0, 600, CHUNK)
]


def thrown_together(scenario: Scenario, rng: Random) -> Orders:
    """Return orders with some jobs, most of them with as many people and days as they take, in any shifts.

    Mostly all do their jobs in the same order, so that they do not wait for each other for ever.
    """
    shifts: dict[date, list[ShiftKey]] = defaultdict(list)
    for one in roster(scenario):
        shifts[one.key.day].append(one.key)
    parts = lay_out(scenario).visits().parts
    rows = list(range(len(scenario.jobs)))
    rng.shuffle(rows)
    routes: dict[ShiftKey, list[str]] = {}
    for row in rows[: rng.randint(0, len(rows))]:
        days = rng.sample(sorted(shifts), min(len(parts[row]), len(shifts)))
        for day, part in zip(days, parts[row], strict=False):
            wanted = len(part.people) + (rng.choice((-1, 1)) if rng.random() < 0.1 else 0)
            for key in rng.sample(shifts[day], max(1, min(wanted, len(shifts[day])))):
                if (
                    len(parts[row]) > 1
                    or len(part.people) > 1
                    or not _stands(routes, scenario.jobs[row].job_id)
                ):
                    routes.setdefault(key, []).append(scenario.jobs[row].job_id)
    if rng.random() < 0.35:
        for named in routes.values():
            rng.shuffle(named)
    return Orders(
        routes=tuple(
            OrderedDay(technician_id=key.technician_id, day=key.day, jobs=tuple(named))
            for key, named in routes.items()
        )
    )


def _stands(routes: dict[ShiftKey, list[str]], job_id: str) -> bool:
    return any(job_id in named for named in routes.values())


@pytest.mark.parametrize("first", CHUNKS)
def test_thrown_together_orders_are_kept_and_every_breach_is_named(first: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        scenario = tied_scenario(seed)
        orders = thrown_together(scenario, Random(seed))
        issues = order_issues(scenario, orders)
        assert {one.code for one in issues} <= {"circular-wait"}, seed
        if issues:
            continue
        document = retime(scenario, orders)
        served = {one.key: tuple(stop.job_id for stop in one.stops) for one in document.plan.shifts}
        asked = {ShiftKey(one.technician_id, one.day): one.jobs for one in orders.routes}
        assert served == asked, seed
        findings = document.assessment.findings
        assert not {one.code for one in findings} & {"TRAVEL", "BREAK"}, (seed, findings)
        assert all(one.over > 0 and one.sentence and one.advice for one in findings), seed
        assert all("visits" in one.unit or "times" in one.unit for one in findings if one.code == "PLAN"), (
            seed,
            findings,
        )
        seen.update({one.code for one in findings})
        seen["crews"] += any(stop.seat for shift in document.plan.shifts for stop in shift.stops)
        again = retime(scenario, orders_of(document.plan))
        assert plan_json(again) == plan_json(document), seed
    assert min(seen["crews"], seen["PRECEDENCE"]) > CHUNK / 20, seen


@pytest.mark.parametrize("first", CHUNKS)
def test_what_the_search_ordered_is_timed_as_the_search_did(first: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        scenario = tied_scenario(seed)
        made = plan_scenario(scenario, stop=Iterations(40), seed=seed)
        again = retime(scenario, orders_of(made.plan))
        assert again.plan.shifts == made.plan.shifts, seed
        assert again.plan.tools == made.plan.tools, seed
        assert again.plan.travel == made.plan.travel, seed
        assert again.assessment == made.assessment, seed
        seen["crews"] += any(stop.seat for shift in made.plan.shifts for stop in shift.stops)
        seen["tools"] += bool(made.plan.tools)
    assert seen["crews"] > CHUNK / 20, seen
    assert seen["tools"], seen


@pytest.mark.parametrize("first", CHUNKS)
def test_the_difference_of_two_tied_plans_turns_one_into_the_other(first: int) -> None:
    changed = 0
    for seed in range(first, first + CHUNK):
        scenario = tied_scenario(seed)
        plans = []
        for turn in range(2):
            orders = thrown_together(scenario, Random(f"{seed} {turn}"))
            if not order_issues(scenario, orders):
                plans.append(retime(scenario, orders))
        for old in plans:
            for new in plans:
                diff = diff_plans(old, new, scenario)
                assert apply(diff, old) == new, seed
                assert diff.is_empty == (old == new), seed
                stops = sum(len(job.new) - len(job.old) for job in diff.jobs)
                days = [
                    (day.new.stops if day.new else 0) - (day.old.stops if day.old else 0)
                    for day in diff.shifts
                ]
                assert stops == sum(days), seed
                changed += bool(diff.jobs)
    assert changed > CHUNK / 2
