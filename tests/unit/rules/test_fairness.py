"""FAIRNESS."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from optimizer.domain.plan import Plan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Attendance, Ledger, Technician
from optimizer.domain.time import DateRange
from optimizer.rules.draft import LoadStep
from optimizer.rules.fairness import RULE, FairnessParams, ahead_of_mean_s, price_steps
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    branch,
    job,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

PARAMS = FairnessParams(usual_h_a_shift=0)


def worked(technician_id: str, hours: float, *, branch_id: str = "B1", piece_pay: bool = True) -> Technician:
    return technician(
        technician_id=technician_id,
        branch_id=branch_id,
        month_to_date=Ledger(hours=hours),
        piece_pay=piece_pay,
    )


def long_day(of: Scenario, minutes: int, technician_id: str = "T1") -> Plan:
    """Return a plan in which one technician serves one job so long."""
    done = stop("J1", at("09:10"), at("09:10") + timedelta(minutes=minutes))
    return plan(of, [shift_plan([done], technician_id=technician_id)])


def owed(of: Scenario, made: Plan, params: FairnessParams = PARAMS) -> dict[str | None, int]:
    return {line.technician_id: line.cents for line in RULE.bill(of, params, made)}


def test_people_are_compared_with_their_branchs_mean() -> None:
    branches = [branch(), branch(branch_id="B2")]
    people = [
        worked("T1", 90),
        worked("T2", 80.5),
        worked("T3", 60, piece_pay=False),  # not on piece pay: neither compared nor counted
        worked("T4", 10, branch_id="B2"),
        worked("T5", 20, branch_id="B2"),
    ]
    ahead = ahead_of_mean_s(scenario(people, branches=branches), PARAMS)
    # means 85.25 h and 15 h
    assert {name: seconds / 3600 for name, seconds in ahead.items()} == {
        "T1": 4.75,
        "T2": -4.75,
        "T4": -5,
        "T5": 5,
    }


def test_a_usual_plan_costs_nothing_at_the_mean() -> None:
    of = scenario([worked("T1", 90), worked("T2", 80)], days=2)
    ahead = ahead_of_mean_s(of, FairnessParams(usual_h_a_shift=4))
    assert ahead == {"T1": 3600 * (5 - 8), "T2": 3600 * (-5 - 8)}  # two shifts of four hours each


def test_only_shifts_that_somebody_can_work_are_usual_days() -> None:
    today = (DateRange(first_day=DAY, last_day=DAY),)
    facts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("ABSENT", {"leave": today}),
        ("SUSPENDED", {"suspended": today}),
        ("NO_SHOW", {"attendance": (Attendance(day=DAY),)}),
    )
    params = FairnessParams(usual_h_a_shift=4)
    for code, away in facts:
        people = [technician(**away), technician(technician_id="T2")]
        of = scenario(people, days=2, now=at("10:30"))
        # T1 works one of the two days: 4 h are usual, not 8
        assert ahead_of_mean_s(of, params) == {"T1": -4 * 3600, "T2": -8 * 3600}
        off = scenario(people, days=2, now=at("10:30"), rules={code: {"active": False}})
        assert ahead_of_mean_s(off, params) == {"T1": -8 * 3600, "T2": -8 * 3600}


def test_who_is_alone_is_compared_with_nobody() -> None:
    assert ahead_of_mean_s(scenario([worked("T1", 90), worked("T2", 80, piece_pay=False)]), PARAMS) == {}


def test_an_hour_becomes_dearer_from_band_to_band_up_to_a_highest_price() -> None:
    params = FairnessParams(band_h=3, cents_per_hour=200, most_cents_per_hour=500)
    assert price_steps(params) == (LoadStep(0, 0, 200), LoadStep(10_800, 0, 200), LoadStep(21_600, 0, 100))
    assert len(price_steps(PARAMS)) == 20
    assert sum(step.cents_per_unit for step in price_steps(PARAMS)) == 4_000
    assert price_steps(FairnessParams(cents_per_hour=0)) == ()
    assert price_steps(FairnessParams(most_cents_per_hour=0)) == ()
    with pytest.raises(ValidationError, match="more than 500 times"):
        FairnessParams(cents_per_hour=1, most_cents_per_hour=501)


@pytest.mark.parametrize(
    ("ahead_h", "minutes", "cents"),
    [
        (0, 120, 400),  # 2 h × 2 yuan
        (0, 300, 1_800),  # 2 × 2 + 2 × 4 + 1 × 6 yuan
        (3, 120, 1_000),  # 1 h at 4 yuan, 1 h at 6 yuan
        (-3, 180, 0),  # just level with the mean
        (-3, 240, 200),  # the fourth hour is above it
        (38, 240, 16_000),  # 4 h at the highest price, 40 yuan
        (60, 60, 4_000),
    ],
)
def test_hours_above_the_mean_are_owed(ahead_h: float, minutes: int, cents: int) -> None:
    # the other stands as far on the other side, so the mean is 100 h
    of = scenario([worked("T1", 100 + ahead_h), worked("T2", 100 - ahead_h)])
    assert owed(of, long_day(of, minutes)) == ({"T1": cents} if cents else {})


def test_set_up_is_not_counted() -> None:
    of = scenario([worked("T1", 0), worked("T2", 0)])
    done = stop("J1", at("09:10"), at("11:10"), setup_s=3600)
    assert owed(of, plan(of, [shift_plan([done])])) == {"T1": 200}


def test_the_line_says_the_numbers() -> None:
    of = scenario([worked("T1", 101.5), worked("T2", 98.5)])
    (line,) = RULE.bill(of, PARAMS, long_day(of, 60))
    assert (line.kind, line.quantity, line.unit, line.day, line.job_id) == ("service", 1, "h", None, None)
    # half an hour at 2 yuan, half an hour at 4 yuan
    assert line.sentence == (
        "T1 gets 1 h 00 min of service and so ends 2 h 30 min above the branch's mean this month with a usual plan: "
        "¥3.00."
    )
    (line,) = RULE.bill(of, PARAMS, long_day(of, 120, "T2"))
    # 1 h 30 min below the mean and 2 h of service: what is owed is for the half hour above it
    assert line.sentence.startswith(
        "T2 gets 2 h 00 min of service and so ends 30 min above the branch's mean"
    )


def test_compile_says_one_load_for_each_technician() -> None:
    of = scenario([worked("T1", 12), worked("T2", 8), worked("T3", 50, piece_pay=False)], days=2)
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    assert draft.calls == ["price_load"] * 2
    first, second = draft.loads
    assert first.shifts == (ShiftKey("T1", DAY), ShiftKey("T1", NEXT_DAY))
    assert (first.jobs, first.before, second.before) == (None, 2 * 3600, -2 * 3600)
    assert first.steps == second.steps == price_steps(PARAMS)


def test_no_price_is_not_said() -> None:
    of = scenario([worked("T1", 0), worked("T2", 0)])
    draft = Recording(of)
    RULE.compile(of, FairnessParams(cents_per_hour=0), draft)
    assert draft.calls == []


def test_solve_gives_the_work_to_who_has_less() -> None:
    for hours, less in (((20, 0), "T2"), ((0, 20), "T1")):
        of = scenario([worked("T1", hours[0]), worked("T2", hours[1])])
        assert who_does(solved(of)) == {"J1": less}


def test_solve_shares_two_long_jobs() -> None:
    # At one door 6 km away: one trip costs 1,960 cents, a second one as much again. Two jobs of 3 h in one day cost
    # 2 × (2 + 4 + 6) = 24 yuan, shared out 2 × (2 × 2 + 1 × 4) = 16 yuan: the trip is dearer than the 8 yuan saved.
    # At three times the price (24 yuan) it is not.
    jobs = [job(duration_min=180), job(job_id="J2", duration_min=180)]
    people = [worked("T1", 0), worked("T2", 0)]
    for cents, used in ((200, 1), (600, 2)):
        rules = {"FAIRNESS": {"cents_per_hour": cents, "most_cents_per_hour": 10_000, "usual_h_a_shift": 0}}
        assert len(solved(scenario(people, jobs, rules=rules)).shifts) == used
