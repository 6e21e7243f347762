"""PIECE_BONUS."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from optimizer.domain.plan import ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.rules.draft import LoadStep
from optimizer.rules.piece_bonus import RULE, PieceBonusParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
)
from tests.unit.rules.recording import Load, Recording

PARAMS = PieceBonusParams()
NAMES = tuple(f"J{number}" for number in range(1, 10))


def repairs(number: int) -> Scenario:
    return scenario(jobs=[job(job_id=name, duration_min=30) for name in NAMES[:number]])


def day_of(names: Sequence[str]) -> ShiftPlan:
    """Return a day with these jobs, one each hour from nine."""
    start = at("09:00")
    hours = [start + timedelta(hours=number) for number in range(len(names))]
    return shift_plan(
        [stop(name, hour, hour + timedelta(minutes=30)) for name, hour in zip(names, hours, strict=True)]
    )


def test_six_repairs_owe_nothing() -> None:
    of = repairs(9)
    assert list(RULE.bill(of, PARAMS, plan(of, [day_of(NAMES[:6])]))) == []


def test_each_from_the_seventh_on_is_owed() -> None:
    of = repairs(9)
    (line,) = RULE.bill(of, PARAMS, plan(of, [day_of(NAMES[:9])]))
    # 9 orders, the seventh to the ninth: 3 × 20 yuan
    assert (line.cents, line.quantity, line.unit, line.kind) == (6_000, 3, "job", "outlay")
    assert (line.technician_id, line.day, line.job_id) == ("T1", DAY, None)
    assert line.sentence == (
        "T1 on 2026-07-15 does 9 repair orders, 3 of them with a bonus if none brings a complaint: ¥60.00."
    )


def test_other_work_is_not_counted() -> None:
    kinds = ["repair"] * 6 + ["maintenance", "complaint", "survey"]
    of = scenario(jobs=[job(job_id=name, type=kind) for name, kind in zip(NAMES, kinds, strict=True)])
    made = plan(of, [day_of(NAMES)])
    assert list(RULE.bill(of, PARAMS, made)) == []
    wide = PieceBonusParams(kinds=("repair", "maintenance"), from_order=7, cents_per_order=500)
    assert [line.cents for line in RULE.bill(of, wide, made)] == [500]
    assert said(of, wide).loads[0].jobs == frozenset(NAMES[:7])


def said(of: Scenario, params: PieceBonusParams = PARAMS) -> Recording:
    draft = Recording(of)
    RULE.compile(of, params, draft)
    return draft


def test_compile_prices_each_shift_apart() -> None:
    of = scenario(jobs=[job(job_id=name) for name in NAMES], days=2)
    step = LoadStep(6, 0, 2_000)
    assert said(of).loads == [
        Load((ShiftKey("T1", day),), frozenset(NAMES), 0, (step,)) for day in (DAY, NEXT_DAY)
    ]


@pytest.mark.parametrize(("number", "calls"), [(6, 0), (7, 1)])
def test_too_few_jobs_are_not_said(number: int, calls: int) -> None:
    assert len(said(repairs(number)).loads) == calls
    assert said(repairs(9), PieceBonusParams(cents_per_order=0)).loads == []


def test_solve_shares_repairs_where_a_bonus_is_due() -> None:
    # Two repairs at one door: together they cost one trip of 12 km. A bonus from the second order on of 100 yuan
    # is dearer than a second trip (¥19.60).
    jobs = [job(), job(job_id="J2")]
    people = [technician(), technician(technician_id="T2")]
    off: dict[str, dict[str, Any]] = {"FAIRNESS": {"active": False}, "PIECE_BONUS": {"active": False}}
    on: dict[str, dict[str, Any]] = {
        "FAIRNESS": {"active": False},
        "PIECE_BONUS": {"from_order": 2, "cents_per_order": 10_000},
    }
    assert len(solved(scenario(people, jobs, rules=off)).shifts) == 1
    assert len(solved(scenario(people, jobs, rules=on)).shifts) == 2
