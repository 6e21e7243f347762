"""BENCH_REPAIR."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from optimizer.control import Iterations
from optimizer.domain.branch import BenchBatch
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.rules.bench_repair import RULE, BenchRepairParams
from tests.unit.rules.build import DAY, NEXT_DAY, at, branch, job, north, plan, scenario
from tests.unit.rules.recording import Recording

PARAMS = BenchRepairParams()
BEFORE = DAY - timedelta(days=1)


def batch(units: int, received: date = BEFORE, *, batch_id: str = "P1", **given: Any) -> BenchBatch:
    return BenchBatch(batch_id=batch_id, units=units, received_on=received, **given)


def bench(*batches: BenchBatch, now: datetime | None = None, days: int = 1) -> Scenario:
    return scenario(branches=[branch(bench=batches)], now=now, days=days)


def days(of: Scenario, params: BenchRepairParams = PARAMS) -> dict[str, tuple[int, int | None, str]]:
    """Return by batch: due and finished so many days after `DAY`, and the clock's state."""
    found: dict[str, tuple[int, int | None, str]] = {}
    for one in RULE.clocks(of, params, plan(of, [])):
        assert (one.code, one.event, one.job_id) == ("BENCH_REPAIR", "finishing", None)
        assert one.due.time().hour == 18
        finished = None if one.at is None else (one.at.date() - DAY).days
        found[one.subject] = ((one.due.date() - DAY).days, finished, one.state)
    return found


def charged(of: Scenario, params: BenchRepairParams = PARAMS) -> int:
    draft = Recording(of)
    RULE.compile(of, params, draft)
    assert draft.charged == sum(line.cents for line in RULE.bill(of, params, plan(of, [])))
    return draft.charged


@pytest.mark.parametrize(
    ("units", "expected"),
    # received the day before: due a day later for every ten; ten are done today, ten tomorrow, …
    [(1, (0, 0)), (10, (0, 0)), (11, (1, 1)), (20, (1, 1)), (21, (2, 2))],
)
def test_ten_a_day(units: int, expected: tuple[int, int]) -> None:
    of = bench(batch(units))
    assert days(of)["P1"] == (*expected, "at_risk")
    assert charged(of) == 0


def test_units_repaired_already_are_counted() -> None:
    # 25 units are due in three days; 15 are left: today and tomorrow
    assert days(bench(batch(25, repaired=10))) == {"P1": (2, 1, "met")}


def test_first_in_first_out() -> None:
    # 6 and 9 of the day before, 5 of two days before: 5 + 5 today, 1 + 9 tomorrow; all were due by today
    batches = (
        batch(6, batch_id="P1"),
        batch(9, batch_id="P2"),
        batch(5, DAY - timedelta(days=2), batch_id="P0"),
    )
    of = bench(*batches)
    assert days(of) == {"P0": (-1, 0, "missed"), "P1": (0, 1, "missed"), "P2": (0, 1, "missed")}
    assert charged(of) == 15_000
    line = list(RULE.bill(of, PARAMS, plan(of, [])))[-1]
    assert (line.kind, line.quantity, line.unit) == ("service", 1, "batch")
    assert (line.batch_id, line.job_id, line.customer_id) == ("P2", None, None)
    assert line.sentence == (
        "The 9 units of batch P2, due on 2026-07-15, are repaired on 2026-07-16: ¥50.00."
    )
    assert charged(of, BenchRepairParams(missed_cents=0)) == 0


def test_every_branch_has_its_own_bench() -> None:
    branches = [
        branch(bench=(batch(10),)),
        branch(branch_id="B2", place=north(9), bench=(batch(10, batch_id="P2"),)),
    ]
    of = scenario(branches=branches)
    assert days(of) == {"P1": (0, 0, "at_risk"), "P2": (0, 0, "at_risk")}


def test_a_bigger_bench() -> None:
    assert days(bench(batch(40)), BenchRepairParams(units_per_day=20)) == {"P1": (1, 1, "at_risk")}
    policy = BenchRepairParams(at_risk_margin_min=0)
    assert days(bench(batch(10)), policy) == {"P1": (0, 0, "met")}


def test_the_present_day_counts_until_the_desk_closes() -> None:
    assert days(bench(batch(10), now=at("17:59")))["P1"] == (0, 0, "at_risk")
    of = bench(batch(10), now=at("18:00"))
    assert days(of)["P1"] == (0, 1, "missed")
    assert charged(of) == 5_000


def test_a_batch_of_today_or_later() -> None:
    # 10 of today are done today and due tomorrow; those to come wait for their day, and capacity is not kept
    of = bench(batch(10, DAY), batch(12, DAY + timedelta(days=3), batch_id="P2"))
    assert days(of) == {"P1": (1, 0, "met"), "P2": (5, 4, "met")}


def test_free_days_count_neither_for_the_due_day_nor_for_the_work() -> None:
    friday = DAY + timedelta(days=2)
    weekend = {"calendar": HolidayCalendar(free_weekdays=(6, 7))}
    of = bench(batch(20, friday), now=at("08:00", friday)).model_copy(update=weekend)
    # due Monday and Tuesday: five and six days after Wednesday the 15th; worked on Friday and Monday
    assert days(of) == {"P1": (6, 5, "met")}


def test_repaired_and_handed_back_batches_have_no_clock() -> None:
    of = bench(
        batch(5, repaired=5),
        batch(5, batch_id="P2", repaired=3, handed_back_at=at("08:00")),
        batch(5, batch_id="P3"),
    )
    assert list(days(of)) == ["P3"]


def test_a_year_ahead_is_enough() -> None:
    # 3,000 units came in 400 days ago and 1,000 yesterday: 300 days, then 100 more
    of = bench(batch(3_000, DAY - timedelta(days=400)), batch(1_000, batch_id="P2"))
    assert days(of) == {"P1": (-100, 299, "missed"), "P2": (99, None, "missed")}
    line = list(RULE.bill(of, PARAMS, plan(of, [])))[-1]
    assert line.sentence.endswith("are repaired in more than a year: ¥50.00.")
    assert days(bench(batch(100_000))) == {}  # due in 27 years: nothing to be said today


def test_slips_of_the_pen_are_refused() -> None:
    of = bench(batch(5), batch(5, date(26, 7, 15), batch_id="P2"))
    (issue,) = RULE.validate(of, PARAMS)
    assert (issue.code, issue.path) == ("far-date", "branches[0].bench[1].received_on")
    assert list(RULE.validate(bench(batch(5, NEXT_DAY)), PARAMS)) == []


def test_solve_honours_it() -> None:
    from optimizer.planning import plan_with_steps

    of = scenario(
        jobs=[job(), job(job_id="J2")], branches=[branch(bench=(batch(5, DAY - timedelta(days=4)),))]
    )
    planned = plan_with_steps(of, stop=Iterations(200))
    bill = planned.document.assessment.bill
    assert [line.cents for line in bill.lines if line.code == "BENCH_REPAIR"] == [5_000]
    assert planned.solution.cents == bill.total_cents
