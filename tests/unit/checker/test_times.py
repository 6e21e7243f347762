from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from optimizer.checker import check_plan
from optimizer.checker.breach import seconds_between
from optimizer.checker.times import times
from optimizer.domain.assessment import Finding
from optimizer.domain.plan import Plan, Rest
from optimizer.domain.scenario import Scenario
from tests.unit.checker.sound import J1, J2, J3, SCENARIO, TECHNICIAN, clock, day, leg, moved, plan
from tests.unit.rules import build


def found(made: Plan, scenario: Scenario = SCENARIO) -> list[Finding]:
    return [finding for finding in check_plan(scenario, made) if finding.code == "PLAN"]


def amount(made: Plan, scenario: Scenario = SCENARIO) -> float:
    (finding,) = found(made, scenario)
    return finding.over


def test_the_shift_leaves_when_its_first_drive_begins() -> None:
    assert amount(plan(day(departure=clock("09:01:30")))) == 1.5


def test_nobody_leaves_before_the_service_is_over() -> None:
    early = leg("job:J2", "branch:B1", "10:45", "10:58:20")
    assert amount(plan(day(last_leg=early))) == 5


def test_nobody_starts_before_being_there() -> None:
    one, two = day().stops
    early = moved(two, start=clock("10:13"), end=clock("10:48"))  # there at 10:13:20
    assert amount(plan(day(stops=(one, early)))) == pytest.approx(20 / 60)


def test_start_setup_and_service_make_the_end() -> None:
    one, two = day().stops
    assert amount(plan(day(stops=(one, moved(two, service_s=1860))))) == 1


def test_setup_is_not_paid_by_who_is_already_there() -> None:
    here = build.scenario((TECHNICIAN,), (J1, J2.model_copy(update={"place": J1.place}), J3))
    made = plan(day(), scenario=here)
    (finding,) = found(made, here)
    assert (finding.measured, finding.unit) == (300, "s")


def test_a_rest_may_touch_a_service_but_not_overlap_it() -> None:
    touching = Rest(kind="absence", start=clock("10:10"), end=clock("10:10"))
    assert found(plan(day(rests=(touching,)))) == []
    over = Rest(kind="absence", start=clock("10:40"), end=clock("11:00"))
    # 10 min of the service that ends at 10:50, 10 min of the drive home
    assert [finding.over for finding in found(plan(day(rests=(over,))))] == [10, 10]


def test_a_day_on_the_way_has_no_job_to_name() -> None:
    way = leg("job:J2", "branch:B1", "09:00", "09:20")
    rest = Rest(kind="break", start=clock("09:10"), end=clock("09:15"))
    late = SCENARIO.model_copy(update={"now": clock("09:00")})
    made = plan(day(stops=(), departure=clock("08:58"), last_leg=way, rests=(rest,)))
    # leaves 2 min before its drive begins, rests 5 min of the drive, and left 2 min ago
    found_there = [(finding.over, finding.job_id) for finding in times(late, made)]
    assert sorted(found_there) == [(2, None), (2, None), (5, None)]


def test_a_finding_names_the_job_it_is_about() -> None:
    over = Rest(kind="absence", start=clock("10:40"), end=clock("11:00"))
    late, early = clock("09:01:30"), leg("job:J2", "branch:B1", "10:45", "10:58:20")
    days = (day(departure=late), day(last_leg=early), day(rests=(over,)))
    # The way to the first job, the way from the last one, the last job and the way from it.
    named = [[finding.job_id for finding in found(plan(one))] for one in days]
    assert named == [["J1"], ["J2"], ["J2", "J2"]]


def test_rests_follow_one_another() -> None:
    first = Rest(kind="break", start=clock("12:00"), end=clock("12:40"))
    second = Rest(kind="absence", start=clock("12:30"), end=clock("12:50"))
    assert amount(plan(day(rests=(first, second)))) == 10
    backward = Rest(kind="break", start=clock("12:40"), end=clock("12:00"))
    assert amount(plan(day(rests=(backward,)))) == 40


def test_nothing_is_planned_before_now() -> None:
    late = SCENARIO.model_copy(update={"now": clock("09:40")})
    findings = found(plan(day(), scenario=late), late)
    # left at 09:00, started at 09:10
    assert [finding.over for finding in findings] == [40, 30]


def test_fractions_of_the_present_second_do_not_count() -> None:
    sharp = SCENARIO.model_copy(update={"now": clock("09:00").replace(microsecond=900_000)})
    assert found(plan(day(), scenario=sharp), sharp) == []


def test_time_is_real_time_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    # 2026-10-25: 03:00 summer time is 02:00 winter time, so from 01:00 to 04:00 are four hours
    assert (
        seconds_between(datetime(2026, 10, 25, 1, tzinfo=berlin), datetime(2026, 10, 25, 4, tzinfo=berlin))
        == 14400
    )
