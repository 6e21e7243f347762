"""LATE."""

from datetime import datetime, timedelta

import pytest

from optimizer.domain.assessment import BillLine
from optimizer.domain.job import Job
from optimizer.rules.draft import LateStep
from optimizer.rules.late import RULE, LateParams
from tests.unit.rules.build import DAY, NEXT_DAY, at, job, plan, scenario, shift_plan, solved, stop
from tests.unit.rules.recording import Recording

PARAMS = LateParams()
BEFORE = DAY - timedelta(days=1)


def billed(repair: Job, end: datetime | None) -> list[BillLine]:
    of = scenario(jobs=[repair])
    shifts = [shift_plan([stop("J1", end - timedelta(hours=1), end)])] if end is not None else []
    return list(RULE.bill(of, PARAMS, plan(of, shifts)))


@pytest.mark.parametrize(
    ("hours", "extra_s", "cents"),
    [(24, 0, 0), (24, 1, 3000), (48, 0, 3000), (48, 1, 8000), (500, 0, 8000)],
)
def test_fine_by_hours_since_dispatch(hours: int, extra_s: int, cents: int) -> None:
    end = at("15:00")
    repair = job(dispatched_at=end - timedelta(hours=hours, seconds=extra_s))
    assert sum(line.cents for line in billed(repair, end)) == cents


def test_line_in_words() -> None:
    (line,) = billed(job(dispatched_at=at("11:00", BEFORE)), at("15:00"))
    assert (line.code, line.kind, line.job_id, line.quantity, line.unit) == ("LATE", "service", "J1", 4, "h")
    assert line.sentence == "J1 is finished 2026-07-15 15:00, 4 h 00 min late: ¥30.00."


def test_left_out_pays_what_midnight_costs() -> None:
    # 48 h before midnight: exactly two days, the first fine only; a minute earlier the second
    assert [line.cents for line in billed(job(dispatched_at=at("00:00", BEFORE)), None)] == [3000]
    earlier = at("00:00", BEFORE) - timedelta(minutes=1)
    assert [line.cents for line in billed(job(dispatched_at=earlier), None)] == [8000]
    assert billed(job(dispatched_at=at("00:00")), None) == []


def test_who_owes_nothing() -> None:
    old = at("08:00", BEFORE)
    assert billed(job(), at("15:00")) == []
    assert billed(job(dispatched_at=old, delay_agreed=True), at("15:00")) == []
    assert billed(job(dispatched_at=old, type="complaint"), at("15:00")) == []
    assert [line.cents for line in billed(job(intake_at=old), at("15:00"))] == [3000]


def test_compile_prices_the_end_in_two_steps() -> None:
    of = scenario(jobs=[job(dispatched_at=at("08:00"))])
    draft = Recording(of)
    RULE.compile(of, PARAMS, draft)
    two_days = at("08:00", NEXT_DAY + timedelta(days=1))
    assert draft.lateness == [
        ("J1", "end", (LateStep(at("08:00", NEXT_DAY), 3000), LateStep(two_days, 5000)))
    ]
    draft = Recording(of)
    RULE.compile(of, LateParams(first_cents=0, second_cents=0), draft)
    assert draft.calls == []


def test_later_is_never_cheaper() -> None:
    with pytest.raises(ValueError, match="second_cents is below first_cents"):
        LateParams(first_cents=9000)
    with pytest.raises(ValueError, match="second_limit_h is not after first_limit_h"):
        LateParams(first_limit_h=48)


def test_solve_honours_it() -> None:
    # both at one place: the first is done at 10:10, the second at 11:10, too late for the one due 10:15
    jobs = [job(), job(job_id="J2", dispatched_at=at("10:15", BEFORE))]
    of = scenario(jobs=jobs)
    made = solved(of)
    assert [one.job_id for one in made.shifts[0].stops] == ["J2", "J1"]
    assert list(RULE.bill(of, PARAMS, made)) == []
