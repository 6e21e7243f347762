"""OVERTIME."""

from datetime import datetime, time

import pytest

from optimizer.domain.assessment import BillLine
from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Shift, Technician
from optimizer.domain.time import Window
from optimizer.rules.overtime import RULE, OvertimeParams
from tests.unit.rules.build import (
    DAY,
    at,
    job,
    leg,
    plan,
    scenario,
    shift_plan,
    solved,
    stop,
    technician,
    who_does,
)
from tests.unit.rules.recording import Recording

PARAMS = OvertimeParams()


def billed(back: datetime, who: Technician | None = None) -> list[BillLine]:
    of = scenario([who] if who else None)
    day = shift_plan([stop("J1", at("09:10"), at("10:10"))], last_leg=leg("job:J1", "branch:B1", back))
    return list(RULE.bill(of, PARAMS, plan(of, [day])))


def test_back_at_the_end_costs_nothing() -> None:
    assert billed(at("18:00")) == []


def test_forty_minutes() -> None:
    (line,) = billed(at("18:40"))
    # 3,000 × 1.5 = 4,500 an hour
    assert (line.code, line.kind, line.cents, line.quantity, line.unit) == (
        "OVERTIME",
        "outlay",
        3000,
        2 / 3,
        "h",
    )
    assert (line.technician_id, line.day) == ("T1", DAY)
    assert line.sentence == "T1 on 2026-07-15 is back 40 min after the regular end: ¥30.00."


@pytest.mark.parametrize(("seconds", "cents"), [(1, 1), (36, 45), (59, 74)])
def test_rounded_half_up_once(seconds: int, cents: int) -> None:
    # 4,500 an hour are 1.25 a second: 1 s → 1.25, 36 s → 45, 59 s → 73.75
    assert billed(at(f"18:00:{seconds:02d}"))[0].cents == cents


def test_own_wage() -> None:
    assert (
        billed(at("19:00"), technician(wage_cents_per_hour=4_001))[0].cents == 6002
    )  # 4,001 × 1.5 = 6,001.5


def test_compile_says_each_shifts_rate() -> None:
    of = scenario([technician(), technician(technician_id="T2", wage_cents_per_hour=2000)])
    draft = Recording(of)
    RULE.compile(of, OvertimeParams(percent=200), draft)
    assert draft.overtime == {ShiftKey("T1", DAY): 6000, ShiftKey("T2", DAY): 4000}


def test_solve_honours_it() -> None:
    # both can do the job by its window; only T2's shift is long enough to be back without overtime
    early = technician(shifts=(Shift(day=DAY, end=time(16), rest="none"),))
    late = technician(technician_id="T2", shifts=(Shift(day=DAY, end=time(20), rest="none"),))
    window = Window(start=at("15:30"), end=at("15:30"))
    of = scenario([early, late], [job(windows=(window,))])
    made = solved(of)
    assert who_does(made) == {"J1": "T2"}
    assert list(RULE.bill(of, PARAMS, made)) == []
    # alone, T1 is back at 16:40: 40 min at 4,500 an hour
    alone = scenario([early], [job(windows=(window,))])
    assert [line.cents for line in RULE.bill(alone, PARAMS, solved(alone))] == [3000]
