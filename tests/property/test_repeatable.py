"""Equal questions get equal answers, to the byte; what means the same is planned the same."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from optimizer.compile import compile_scenario
from optimizer.control import Iterations
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.scenario import Scenario
from optimizer.planning import Planned, plan_with_steps
from tests.oracle.brute_force import MOST_JOBS, optimum
from tests.property.random_scenarios import random_scenario
from tests.property.restock_scenarios import nothing_fetched

PROJECT = Path(__file__).parents[2]
WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("runs", "threads"),
    [
        (3, 1),
        (3, 2),
        pytest.param(20, 1, marks=pytest.mark.full),
        pytest.param(10, 2, marks=pytest.mark.full),
    ],
)
def test_the_same_seed_and_iterations_give_the_same_bytes(runs: int, threads: int, tmp_path: Path) -> None:
    found = set()
    for run in range(runs):
        path = tmp_path / f"{run}.json"
        options = ["--iterations", "150", "--seed", "7", "--threads", str(threads), "--out", str(path)]
        subprocess.run(
            [sys.executable, "-m", "optimizer", "plan", "changsha-aircon", *options],
            cwd=PROJECT, env=os.environ | {"PYTHONHASHSEED": str(run)}, capture_output=True, timeout=300, check=True,
        )  # fmt: skip
        found.add(path.read_bytes())
    assert len(found) == 1
    assert b'"iterations": %d' % (150 * threads) in found.pop()


def test_another_seed_is_another_search() -> None:
    scenario = random_scenario(5, max_jobs=40)
    # a single iteration may be no better than the plan that all of them start from
    solutions = [plan_with_steps(scenario, stop=Iterations(20), seed=seed).solution for seed in range(10)]
    assert len({solution.routes for solution in solutions}) > 1


def small(seed: int) -> Scenario:
    """Return a scenario that brute force can do."""
    return nothing_fetched(random_scenario(seed, max_jobs=MOST_JOBS, max_technicians=2))


def value(scenario: Scenario) -> tuple[int, int]:
    return optimum(compile_scenario(scenario).problem)


def with_everything(scenario: Scenario) -> Scenario:
    """Let everybody know, have and be allowed everything, on every planned day."""
    names = {name for one in scenario.technicians for name in one.skills}
    kits = tuple(scenario.policy.kits)
    blank = scenario.technicians[0].model_copy(update={"technician_id": "T"})
    free = {
        name: type(blank).model_fields[name].get_default(call_default_factory=True)
        for name in ("missing_tools", "last_inspection", "territory", "leave", "suspended", "onboarding")
    }
    changes = free | {"skills": dict.fromkeys(names, 5), "kits": kits, "tools": ("rope", "ladder")}
    return scenario.model_copy(
        update={"technicians": tuple(one.model_copy(update=changes) for one in scenario.technicians)}
    )


def without(scenario: Scenario, code: str) -> Scenario:
    """Switch a rule off."""
    rules = scenario.policy.rules | {code: {"active": False}}
    return scenario.model_copy(update={"policy": scenario.policy.model_copy(update={"rules": rules})})


def without_caps(scenario: Scenario) -> Scenario:
    return without(scenario, "WORKLOAD_CAP")


def without_pins(scenario: Scenario) -> Scenario:
    return scenario.model_copy(update={"pins": ()})


def at_any_time(scenario: Scenario) -> Scenario:
    """Drop all appointment windows."""
    jobs = tuple(job.model_copy(update={"windows": ()}) for job in scenario.jobs)
    return scenario.model_copy(update={"jobs": jobs})


RELAXATIONS = (with_everything, without_caps, without_pins, at_any_time)


@pytest.mark.parametrize("relax", RELAXATIONS)
@pytest.mark.parametrize("number", [60, pytest.param(300, marks=pytest.mark.slow)])
def test_relaxing_never_hurts(relax: Callable[[Scenario], Scenario], number: int) -> None:
    better = 0
    # Under congestion who may start earlier may drive in a jam: a wider window can then cost more.
    steady = (seed for seed in count() if not compile_scenario(small(seed)).problem.pace.size)
    for seed in islice(steady, number):
        scenario = without(small(seed), "OVERQUALIFIED")  # who can do more may cost more by this rule
        tight, loose = value(scenario), value(relax(scenario))
        assert loose <= tight, seed
        better += loose < tight
    assert better > 0  # else nothing was relaxed


@pytest.mark.parametrize("number", [40, pytest.param(400, marks=pytest.mark.slow)])
def test_the_order_of_jobs_and_technicians_does_not_matter(number: int) -> None:
    for seed in range(number):
        scenario = small(seed)
        jobs, technicians = list(scenario.jobs), list(scenario.technicians)
        Random(seed).shuffle(jobs)
        Random(seed).shuffle(technicians)
        turned = scenario.model_copy(update={"jobs": tuple(jobs), "technicians": tuple(technicians)})
        assert value(turned) == value(scenario), seed


def changed(question: Any, change: Callable[[Any], Any]) -> Any:
    """Return a question with every value in it changed."""
    if isinstance(question, dict):
        return {key: changed(item, change) for key, item in question.items()}
    if isinstance(question, list | tuple):
        return [changed(item, change) for item in question]
    return change(question)


def answer(planned: Planned) -> tuple[object, ...]:
    """Return all of an answer that does not name or date anything."""
    bill = planned.document.assessment.bill
    return planned.solution.routes, planned.solution.weight, [(line.code, line.cents) for line in bill.lines]


@pytest.mark.parametrize("number", [60, pytest.param(400, marks=pytest.mark.slow)])
def test_names_mean_nothing(number: int) -> None:
    for seed in range(number):
        scenario = random_scenario(seed)
        names = {job.job_id: f"Z{-row}" for row, job in enumerate(scenario.jobs)}
        names |= {one.technician_id: f"Y{-row}" for row, one in enumerate(scenario.technicians)}
        names |= {branch.branch_id: f"X{-row}" for row, branch in enumerate(scenario.branches)}
        renamed = changed(scenario.model_dump(), partial(_renamed, names))
        stop = Iterations(40)
        one = plan_with_steps(scenario, stop=stop, seed=seed)
        other = plan_with_steps(Scenario.model_validate(renamed), stop=stop, seed=seed)
        assert answer(one) == answer(other), seed
        assert [names[job] for job in one.document.plan.unserved] == list(other.document.plan.unserved), seed


def _renamed(names: dict[str, str], item: Any) -> Any:
    """Return a name's new name; places are named after what stands there, e.g. ``job:J1``."""
    if not isinstance(item, str) or item in names:
        return names.get(item, item)
    kind, _, name = item.partition(":")
    whose, _, day = name.rpartition(":")
    if kind in ("start", "end") and whose in names:
        return f"{kind}:{names[whose]}:{day}"
    return f"{kind}:{names[name]}" if kind in ("job", "branch", "home") and name in names else item


def later(item: Any) -> Any:
    """Return a moment or day a week later; some places are named after a day, e.g. ``start:T1:2026-07-15``."""
    if isinstance(item, str) and item.startswith(("start:", "end:")):
        place, _, day = item.rpartition(":")
        return f"{place}:{date.fromisoformat(day) + WEEK}"
    return item + WEEK if isinstance(item, date | datetime) else item


@pytest.mark.parametrize("number", [60, pytest.param(400, marks=pytest.mark.slow)])
def test_a_week_later_is_the_same(number: int) -> None:
    # Where the clocks change, a week later is not the same.
    steady = (seed for seed in count() if not random_scenario(seed).time_zone.startswith("Europe"))
    for seed in islice(steady, number):
        # Months differ in length: what is counted by the calendar month is left out.
        scenario = without(without(random_scenario(seed), "MONTH_BONUS"), "PERIODIC_VISIT")
        moved = Scenario.model_validate(changed(scenario.model_dump(), later))
        one = plan_with_steps(scenario, stop=Iterations(40), seed=seed)
        other = plan_with_steps(moved, stop=Iterations(40), seed=seed)
        assert answer(one) == answer(other), seed
        for shift, moved_shift in zip(one.document.plan.shifts, other.document.plan.shifts, strict=True):
            assert ShiftPlan.model_validate(changed(shift.model_dump(), later)) == moved_shift, seed
