"""Clocks at their edges: radius and branch, midnight, holidays, and the change to summer time."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from optimizer.assess import assess
from optimizer.control import Iterations
from optimizer.domain.assessment import ClockState
from optimizer.domain.job import Customer, DeskFacts, Job
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.scenario import HolidayCalendar, Scenario
from optimizer.domain.time import Horizon, Timeline
from optimizer.planning import plan_with_steps
from optimizer.rules.dispatch import RULE as DISPATCH
from optimizer.rules.dispatch import DispatchParams
from tests.unit.rules.build import (
    DAY,
    NEXT_DAY,
    at,
    branch,
    job,
    north,
    plan,
    scenario,
    shift_plan,
    stop,
    technician,
)

BEFORE = DAY - timedelta(days=1)
REPORTED = at("10:00", BEFORE)


def clocks(of: Scenario, shifts: tuple[ShiftPlan, ...] = ()) -> dict[str, ClockState]:
    """Return the clocks of J1 by code and label."""
    found = assess(of, plan(of, shifts)).clocks
    return {f"{one.code} {one.label}".rstrip(): one for one in found if one.job_id == "J1"}


def codes(*jobs: Job, **given: Any) -> set[str]:
    """Return which of the two clocks of the service radius run for J1, and that of the contract."""
    found = clocks(scenario(jobs=jobs, **given))
    return set(found) & {"ARRIVE_NEAR", "REPLY_FAR", "ONSITE_CONTRACT"}


# ---- The radius --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("km", "code"), [(99.9, "ARRIVE_NEAR"), (100.0, "ARRIVE_NEAR"), (100.1, "REPLY_FAR")]
)
def test_the_radius_includes_its_edge(km: float, code: str) -> None:
    assert codes(job(intake_at=REPORTED, place=north(km))) == {code}


def test_the_nearest_branch_is_in_charge_unless_one_is_named() -> None:
    # 80 km from B2 and 120 km from B1
    two = (branch(), branch(branch_id="B2", place=north(200)))
    assert codes(job(intake_at=REPORTED, place=north(120)), branches=two) == {"ARRIVE_NEAR"}
    named = job(intake_at=REPORTED, place=north(120), branch_id="B1")
    assert codes(named, branches=two) == {"REPLY_FAR"}


@pytest.mark.parametrize(
    ("radius_km", "km", "code"),
    [(50, 50, "ARRIVE_NEAR"), (50, 50.1, "REPLY_FAR"), (150, 150, "ARRIVE_NEAR"), (150, 150.1, "REPLY_FAR")],
)
def test_a_branch_may_have_a_radius_of_its_own(radius_km: float, km: float, code: str) -> None:
    own = (branch(service_radius_km=radius_km),)
    assert codes(job(intake_at=REPORTED, place=north(km)), branches=own) == {code}


@pytest.mark.parametrize(("km", "code"), [(6, "ARRIVE_NEAR"), (120, "REPLY_FAR")])
def test_a_contract_adds_its_own_clock(km: float, code: str) -> None:
    sold = job(
        intake_at=REPORTED, place=north(km), contract=True, desk=DeskFacts(confirmed_at=at("11:00", BEFORE))
    )
    assert codes(sold) == {code, "ONSITE_CONTRACT"}
    found = clocks(scenario(jobs=[sold]))
    assert found["ONSITE_CONTRACT"].due == at("23:00", BEFORE)  # 12 h
    # 24 h to arrive, or 12 h to answer
    assert found[code].due == (at("10:00") if code == "ARRIVE_NEAR" else at("22:00", BEFORE))


@pytest.mark.parametrize("km", [6, 100, 120])
def test_with_a_supplier_there_is_an_answer_and_no_arrival(km: float) -> None:
    assert codes(job(intake_at=REPORTED, place=north(km), supplier_needed=True)) == {"REPLY_FAR"}


# ---- Midnight ----------------------------------------------------------------------------------------------


def test_due_at_the_midnight_that_ends_the_horizon_is_open() -> None:
    of = scenario(jobs=[job(intake_at=at("00:00"), complaint="complaint")])
    found = clocks(of)
    for name in ("DISPATCH limit", "ARRIVE_NEAR", "COMPLETE limit", "COMPLAINT"):
        assert (found[name].due, found[name].state) == (at("00:00", NEXT_DAY), "open"), name
    assert {one.code for one in assess(of, plan(of, ())).bill.lines} & {
        *("DISPATCH", "ARRIVE_NEAR", "LATE", "COMPLAINT")
    } == set()


def test_due_a_second_before_that_midnight_is_missed() -> None:
    of = scenario(jobs=[job(intake_at=at("23:59:59", BEFORE), complaint="complaint")], now=at("08:00"))
    found = clocks(of)
    for name in ("DISPATCH limit", "ARRIVE_NEAR", "COMPLETE limit", "COMPLAINT"):
        assert (found[name].due, found[name].state) == (at("23:59:59"), "missed"), name
    # each price once; a second's share of an hour rounds to nothing
    expected = {"DISPATCH": 2000, "ARRIVE_NEAR": 5000, "COMPLAINT": 1000, "LATE": 3000}
    lines = assess(of, plan(of, ())).bill.lines
    assert {one.code: one.cents for one in lines if one.code in expected} == expected


def test_a_night_shift_may_start_on_the_stroke_of_midnight() -> None:
    of = scenario(jobs=[job(intake_at=at("00:00"))])
    for start, state, slack_s in (
        (at("00:00", NEXT_DAY), "at_risk", 0),
        (at("00:00:01", NEXT_DAY), "missed", -1),
    ):
        night = shift_plan([stop("J1", start, start + timedelta(hours=1))])
        found = clocks(of, (night,))["ARRIVE_NEAR"]
        assert (found.state, found.slack_s) == (state, slack_s)


def test_an_order_at_midnight_is_a_morning_order_of_the_new_day() -> None:
    assert clocks(scenario(jobs=[job(dispatched_at=at("00:00"))]))["COMPLETE target"].due == at("18:00")
    last = clocks(scenario(jobs=[job(dispatched_at=at("23:59:59", BEFORE))]))
    assert last["COMPLETE target"].due == at("12:00")  # the noon after an afternoon order


# ---- Holidays ----------------------------------------------------------------------------------------------


def test_over_a_holiday_hours_run_on_and_desk_minutes_wait() -> None:
    # the 15th is free: reported at 14:00 on it, the desk has its half hour from 09:00 on the 16th
    of = scenario(jobs=[job(intake_at=at("14:00"), complaint="complaint")], days=2)
    of = of.model_copy(update={"calendar": HolidayCalendar(extra_free_days=(DAY,))})
    found = clocks(of)
    assert found["DISPATCH target"].due == at("09:30", NEXT_DAY)
    for name in ("DISPATCH limit", "ARRIVE_NEAR", "COMPLETE limit", "COMPLAINT"):
        assert found[name].due == at("14:00", NEXT_DAY), name


def test_over_a_whole_holiday_only_the_day_counts() -> None:
    # reported at 17:50 on the 14th: 10 min of desk time, then a free day, then 20 min: after the 24 h
    of = scenario(jobs=[job(intake_at=at("17:50", BEFORE))], days=2)
    of = of.model_copy(update={"calendar": HolidayCalendar(extra_free_days=(DAY,))})
    found = clocks(of)
    assert "DISPATCH target" not in found
    assert found["DISPATCH limit"].due == at("17:50")
    longer = list(DISPATCH.clocks(of, DispatchParams(limit_h=48), plan(of, ())))
    assert [one.due for one in longer] == [at("09:20", NEXT_DAY), at("17:50", NEXT_DAY)]


# ---- The change to summer time -----------------------------------------------------------------------------

CHANGES = [
    # zone, the Sunday on which the clocks go from 02:00 to 03:00
    pytest.param("Europe/Berlin", date(2026, 3, 29), id="Berlin"),
    pytest.param("America/New_York", date(2026, 3, 8), id="New York"),
]


def local(zone: str, day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=ZoneInfo(zone))


def summer(zone: str, sunday: date, *jobs: Job) -> Scenario:
    """Return a scenario of the Sunday of the change."""
    horizon = Horizon(first_day=sunday)
    return scenario([technician()], jobs).model_copy(update={"time_zone": zone, "horizon": horizon})


@pytest.mark.parametrize(("zone", "sunday"), CHANGES)
def test_hours_are_real_hours(zone: str, sunday: date) -> None:
    saturday = sunday - timedelta(days=1)
    desk = DeskFacts(confirmed_at=local(zone, saturday, "20:00"))
    reported = job(intake_at=local(zone, saturday, "12:00"), complaint="complaint", contract=True, desk=desk)
    found = clocks(summer(zone, sunday, reported))
    for name in ("DISPATCH limit", "ARRIVE_NEAR", "COMPLETE limit", "COMPLAINT"):
        due = found[name].due
        assert due == local(zone, sunday, "13:00"), (
            name
        )  # 24 h later the clock on the wall shows an hour more
        assert due.timestamp() - local(zone, saturday, "12:00").timestamp() == 24 * 3600
    assert found["ONSITE_CONTRACT"].due == local(zone, sunday, "09:00")  # 12 h from 20:00


@pytest.mark.parametrize(("zone", "sunday"), CHANGES)
def test_times_of_day_are_the_clocks_on_the_wall(zone: str, sunday: date) -> None:
    saturday = sunday - timedelta(days=1)
    customer = Customer(
        customer_id="C1",
        warranty_until=date(2027, 1, 1),
        last_visit_on=sunday.replace(year=2025),
    )
    visit = job(type="maintenance", customer=customer, intake_at=local(zone, saturday, "17:50"))
    found = clocks(summer(zone, sunday, visit))
    assert found["PERIODIC_VISIT"].due == local(zone, sunday, "23:59:59")
    # 10 min until the desk closes, 20 from 09:00 on
    assert found["DISPATCH target"].due == local(zone, sunday, "09:20")
    repair = job(dispatched_at=local(zone, saturday, "14:00"))
    assert clocks(summer(zone, sunday, repair))["COMPLETE target"].due == local(zone, sunday, "12:00")


@pytest.mark.parametrize(("zone", "sunday"), CHANGES)
def test_lateness_is_counted_in_real_hours(zone: str, sunday: date) -> None:
    # due at 01:00 on Sunday; a start at 04:00 by the wall is two real hours late
    reported = job(intake_at=local(zone, sunday - timedelta(days=1), "01:00"))
    of = summer(zone, sunday, reported)
    start = local(zone, sunday, "04:00")
    made = plan(of, [shift_plan([stop("J1", start, local(zone, sunday, "05:00"))], day=sunday)])
    (line,) = (one for one in assess(of, made).bill.lines if one.code == "ARRIVE_NEAR")
    assert (line.quantity, line.cents) == (2, 7000)  # 5,000 + 2 h × 1,000
    # left out until the end of a day of 23 hours: 22 h after 01:00
    (line,) = (one for one in assess(of, plan(of, ())).bill.lines if one.code == "ARRIVE_NEAR")
    assert (line.quantity, line.cents) == (22, 27_000)


# ---- Clocks that go back at midnight ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Santiago", date(2026, 4, 4)),  # 24:00 becomes 23:00
        ("Africa/Cairo", date(2026, 10, 29)),
        ("Asia/Beirut", date(2026, 10, 24)),
        ("America/Havana", date(2026, 10, 31)),  # 01:00 becomes 00:00, on the next day
        ("America/Santiago", date(2026, 9, 5)),  # 24:00 becomes 01:00
    ],
)
def test_the_horizon_ends_at_the_same_midnight_for_search_and_bill(zone: str, day: date) -> None:
    # nobody works, so the reported job is left out and pays what the horizon's end costs
    reported = job(intake_at=local(zone, day - timedelta(days=2), "08:00"))
    of = scenario(technicians=[], jobs=[reported]).model_copy(
        update={"time_zone": zone, "horizon": Horizon(first_day=day)}
    )
    steps = plan_with_steps(of, stop=Iterations(20))
    assert steps.solution.cents == steps.document.assessment.bill.total_cents


def test_a_day_whose_last_hour_comes_twice_has_25_hours() -> None:
    assert Timeline(date(2026, 4, 4), "America/Santiago").end_of(date(2026, 4, 4)) == 25 * 3600
    assert Timeline(date(2026, 9, 5), "America/Santiago").end_of(date(2026, 9, 5)) == 24 * 3600
    assert Timeline(date(2026, 9, 6), "America/Santiago").end_of(date(2026, 9, 6)) == 23 * 3600
