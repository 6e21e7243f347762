"""MONTH_BONUS."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from optimizer.domain.plan import ShiftPlan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Ledger, Technician
from optimizer.domain.time import Horizon
from optimizer.rules.draft import LoadStep
from optimizer.rules.month_bonus import RULE, MonthBonusParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    job,
    near_and_far,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Load, Recording

PARAMS = MonthBonusParams()
NAMES = ("J1", "J2", "J3")


def done_before(repairs: int) -> Technician:
    return technician(month_to_date=Ledger(jobs=repairs, repairs=repairs, hours=100))


def of_three(repairs: int, days: int = 1) -> Scenario:
    return scenario([done_before(repairs)], [job(job_id=name) for name in NAMES], days=days)


def day_of(names: Sequence[str], day: date = DAY) -> ShiftPlan:
    hours = [at("09:10", day) + timedelta(hours=2 * number) for number in range(len(names))]
    stops = [stop(name, hour, hour + timedelta(hours=1)) for name, hour in zip(names, hours, strict=True)]
    return shift_plan(stops, day=day)


@pytest.mark.parametrize(
    ("before", "planned", "cents"),
    [(147, 3, 0), (148, 3, 20_000), (150, 1, 20_000), (150, 0, 0), (151, 3, 0), (0, 3, 0)],
)
def test_owed_once_where_the_plan_goes_beyond_the_mark(before: int, planned: int, cents: int) -> None:
    of = of_three(before)
    made = plan(of, [day_of(NAMES[:planned])] if planned else [])
    assert sum(line.cents for line in RULE.bill(of, PARAMS, made)) == cents


def test_the_line_says_the_numbers() -> None:
    of = of_three(149)
    (line,) = RULE.bill(of, PARAMS, plan(of, [day_of(NAMES)]))
    assert (line.kind, line.technician_id, line.day, line.quantity, line.unit) == (
        "outlay",
        "T1",
        None,
        1,
        "bonus",
    )
    assert line.sentence == (
        "T1 has done 149 repair orders this month, 3 more are planned: more than 150 earn a bonus of ¥200.00."
    )


def test_only_days_of_the_first_days_month_count() -> None:
    last = date(2026, 7, 31)
    base = of_three(149)
    of = base.model_copy(update={"horizon": Horizon(first_day=last, days=2)})
    august = date(2026, 8, 1)
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.loads == [
        Load((ShiftKey("T1", last),), frozenset(NAMES), 149, (LoadStep(150, 20_000),)),
    ]
    split = plan(of, [day_of(NAMES[:1], last), day_of(NAMES[1:], august)])
    assert list(RULE.bill(of, PARAMS, split)) == []  # 149 + 1 in July
    both = plan(of, [day_of(NAMES[:2], last), day_of(NAMES[2:], august)])
    assert [line.cents for line in RULE.bill(of, PARAMS, both)] == [20_000]


def test_compile_says_all_shifts_of_the_month_together() -> None:
    of = of_three(149, days=2)
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    keys = (ShiftKey("T1", DAY), ShiftKey("T1", NEXT_DAY))
    assert draft.loads == [Load(keys, frozenset(NAMES), 149, (LoadStep(150, 20_000),))]


@pytest.mark.parametrize(("before", "said"), [(147, False), (148, True), (150, True), (151, False)])
def test_who_cannot_reach_the_mark_or_has_passed_it_is_not_said(before: int, said: bool) -> None:
    of = of_three(before)
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert bool(draft.loads) == said


def test_other_work_is_not_counted() -> None:
    of = scenario([done_before(150)], [job(type="maintenance")])
    assert list(RULE.bill(of, PARAMS, plan(of, [day_of(NAMES[:1])]))) == []
    assert [
        line.cents
        for line in RULE.bill(of, MonthBonusParams(kinds=("maintenance",)), plan(of, [day_of(NAMES[:1])]))
    ]


def test_solve_stays_below_the_mark_where_a_colleague_can_go() -> None:
    # 6 km from the branch, 14 km from the other: 28 km × 80 + 28/36 h × 3,000 = 4,573 cents instead of 1,960
    near = done_before(150)
    far = technician(technician_id="T2", branch_id="B2")
    assert who_does(solved(near_and_far(near, far, [job()]))) == {"J1": "T2"}
    off = {"MONTH_BONUS": {"active": False}}
    assert who_does(solved(near_and_far(near, far, [job()], rules=off))) == {"J1": "T1"}
