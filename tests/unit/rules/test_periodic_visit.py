"""PERIODIC_VISIT."""

from datetime import date, timedelta
from typing import Any

import pytest

from optimizer.domain.job import Customer, Job
from optimizer.domain.scenario import Scenario
from optimizer.rules.periodic_visit import RULE, PeriodicVisitParams, months_after
from tests.unit.rules.build import DAY, at, job, plan, scenario, shift_plan, solved, stop, technician
from tests.unit.rules.recording import Recording

PARAMS = PeriodicVisitParams()


def visit(last: date | None, **given: Any) -> Job:
    facts: dict[str, Any] = {
        "customer_id": "C1",
        "warranty_until": date(2027, 1, 1),
        "last_visit_on": last,
    } | given
    return job(type="maintenance", customer=Customer(**facts))


def due(of: Scenario) -> list[tuple[str, str]]:
    return [(f"{one.due:%Y-%m-%d %H:%M:%S}", one.state) for one in RULE.clocks(of, PARAMS, plan(of, []))]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 7, 15), 12, date(2026, 7, 15)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
    ],
)
def test_months_are_the_calendars(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_year_and_half_a_year() -> None:
    assert due(scenario(jobs=[visit(date(2025, 7, 15))])) == [("2026-07-15 23:59:59", "missed")]
    assert due(scenario(jobs=[visit(date(2025, 7, 16))])) == [("2026-07-16 23:59:59", "open")]
    assert due(scenario(jobs=[visit(date(2026, 1, 15), key_customer=True)])) == [
        ("2026-07-15 23:59:59", "missed")
    ]


@pytest.mark.parametrize(
    ("last", "given"),
    [
        (None, {}),
        (date(2026, 7, 16), {}),  # in the future: no last visit
        (date(9999, 12, 31), {}),
        (date(2025, 1, 1), {"warranty_until": None}),
        (date(2025, 1, 1), {"warranty_until": date(2026, 7, 14)}),
    ],
)
def test_who_has_no_clock(last: date | None, given: dict[str, Any]) -> None:
    assert due(scenario(jobs=[visit(last, **given)])) == []


@pytest.mark.parametrize("warranty", [None, date(2026, 7, 14), date(2027, 1, 1)])
def test_a_key_customer_needs_no_warranty(warranty: date | None) -> None:
    last = date(2026, 1, 15)
    key = visit(last, key_customer=True, warranty_until=warranty)
    assert due(scenario(jobs=[key])) == [("2026-07-15 23:59:59", "missed")]
    # the monthly call is for customers under warranty, key customers too
    called = visit(None, key_customer=True, warranty_until=warranty, last_call_on=date(2026, 6, 15))
    assert bool(due(scenario(jobs=[called]))) is (warranty == date(2027, 1, 1))


def test_other_work_and_unknown_customers_have_none() -> None:
    repair = visit(date(2025, 1, 1)).model_copy(update={"type": "repair"})
    assert due(scenario(jobs=[repair, job(job_id="J2", type="maintenance")])) == []


def test_last_day_of_the_warranty_counts() -> None:
    assert len(due(scenario(jobs=[visit(date(2025, 1, 1), warranty_until=DAY)]))) == 1


def owed(of: Scenario, start: str | None) -> int:
    shifts = [] if start is None else [shift_plan([stop("J1", at(start), at(start) + timedelta(hours=1))])]
    return sum(line.cents for line in RULE.bill(of, PARAMS, plan(of, shifts)))


def test_price() -> None:
    in_time = scenario(jobs=[visit(date(2025, 7, 15))])
    assert (owed(in_time, "16:00"), owed(in_time, None)) == (0, 1000)
    a_day_late = scenario(jobs=[visit(date(2025, 7, 14))])
    assert (owed(a_day_late, "09:00"), owed(a_day_late, None)) == (1000, 1000)
    (line,) = RULE.bill(a_day_late, PARAMS, plan(a_day_late, []))
    # from 23:59:59 on the 14th to the midnight that ends the 15th
    assert line.sentence == "J1 is left out, 24 h 00 min 1 s late by the end of the planned days: ¥10.00."
    draft = Recording(a_day_late)
    RULE.compile(a_day_late, PARAMS, draft)
    ((job_id, event, (step,)),) = draft.lateness
    assert (job_id, event, f"{step.after:%d %H:%M:%S}", step.cents) == ("J1", "start", "14 23:59:59", 1000)


def test_at_risk_on_the_last_day() -> None:
    of = scenario(jobs=[visit(date(2025, 7, 15))])
    made = plan(of, [shift_plan([stop("J1", at("09:30"), at("10:10"))])])
    (state,) = RULE.clocks(of, PARAMS, made)
    assert (state.code, state.event, state.state) == ("PERIODIC_VISIT", "arriving", "at_risk")


def test_solve_honours_it() -> None:
    # one visit a day: the one due today comes first, the one due tomorrow after it
    tomorrow = visit(date(2025, 7, 16), customer_id="C2").model_copy(update={"job_id": "J0"})
    jobs = [tomorrow, visit(date(2025, 7, 15))]
    crew = [technician(skills={"maintenance": 3})]
    of = scenario(crew, jobs, days=2, rules={"WORKLOAD_CAP": {"jobs_per_day": 1}})
    made = solved(of)
    assert [(one.day.day, one.stops[0].job_id) for one in made.shifts] == [(15, "J1"), (16, "J0")]
    assert list(RULE.bill(of, PARAMS, made)) == []
