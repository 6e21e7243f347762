"""The story of scenarios/screens-network/README.md, sentence by sentence."""

import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from optimizer.domain.job import Job
from optimizer.domain.plan import ShiftPlan, Stop
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.scenario import Scenario

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument

FOLDER = Path(__file__).parents[2] / "scenarios" / "screens-network"
FAILURES_A_WEEK = 0.01
"""Of a hundred screens one fails in a week."""
MONDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 6, day) for day in (15, 17, 18, 19))


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    from optimizer.interchange.scenario_file import load_scenario

    return load_scenario(FOLDER)


@pytest.fixture(scope="module")
def document(scenario: Scenario) -> "PlanDocument":
    from optimizer.control import Iterations
    from optimizer.planning import plan_scenario

    return plan_scenario(scenario, stop=Iterations(4_000), seed=1)


@pytest.fixture(scope="module")
def shifts(document: "PlanDocument") -> tuple[ShiftPlan, ...]:
    return document.plan.shifts


@pytest.fixture(scope="module")
def jobs(scenario: Scenario) -> dict[str, Job]:
    return {job.job_id: job for job in scenario.jobs}


@pytest.fixture(scope="module")
def stops(shifts: tuple[ShiftPlan, ...]) -> dict[str, Stop]:
    return {stop.job_id: stop for shift in shifts for stop in shift.stops if stop.part == 0}


def at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}:00+08:00")


def screens_of_the_story() -> dict[str, tuple[int, int]]:
    """Return screens and faults by area as the story's table has them."""
    story = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z][\w -]+) \| ([\d,]+) \| (\d+) \|$", story, flags=re.MULTILINE)
    return {area: (int(screens.replace(",", "")), int(faults)) for area, screens, faults in rows}


def work(shift: ShiftPlan) -> timedelta:
    """Return driving, set-up and service of a day."""
    on_site = sum(stop.setup_s + stop.service_s for stop in shift.stops)
    return timedelta(seconds=on_site + sum(one.leg.travel_s for one in shift.stops) + shift.last_leg.travel_s)


# ---- The file ----------------------------------------------------------------------------------------------


def test_workload_is_screens_times_failure_rate(scenario: Scenario) -> None:
    table = screens_of_the_story()
    assert len(table) == 16
    assert sum(screens for screens, _ in table.values()) == 16_600
    faults = Counter(job.area for job in scenario.jobs if job.job_id.startswith("WX"))
    assert faults == {area: round(screens * FAILURES_A_WEEK) for area, (screens, _) in table.items()}
    assert faults == {area: told for area, (_, told) in table.items()}


def test_tours_follow_the_screens(scenario: Scenario) -> None:
    tours = Counter(job.area for job in scenario.jobs if job.job_id.startswith("XJ"))
    table = screens_of_the_story()
    assert tours == {area: 1 + screens // 1_000 for area, (screens, _) in table.items()}


def test_the_numbers_of_the_story(scenario: Scenario) -> None:
    prefixes = Counter(job.job_id.partition("-")[0] for job in scenario.jobs)
    assert prefixes == {"WX": 166, "XJ": 23, "AZ": 7, "CC": 2, "ZB": 2}
    assert len(scenario.jobs) == 200
    assert len(scenario.technicians) == 9
    assert Counter(one.means for one in scenario.technicians) == {
        "car": 5,
        "motorcycle": 3,
        "public_transport": 1,
    }
    floating = sum(not job.windows for job in scenario.jobs)
    assert floating > len(scenario.jobs) / 2  # most may be done on any day
    assert all(job.fault for job in scenario.jobs)


def test_the_usual_days_end_with_thursday(scenario: Scenario) -> None:
    from optimizer.domain.roster import roster

    usual = {one.technician_id for one in scenario.technicians if one.shifts is None}
    worked: defaultdict[str, set[date]] = defaultdict(set)
    for one in roster(scenario):
        worked[one.key.technician_id].add(one.key.day)
    assert len(usual) == 5
    assert all(worked[one] == {MONDAY + timedelta(days=ahead) for ahead in range(4)} for one in usual)


# ---- The plan ----------------------------------------------------------------------------------------------


def test_1_no_hard_rule_is_broken_and_the_bill_sums(document: "PlanDocument") -> None:
    bill = document.assessment.bill
    assert document.assessment.findings == ()
    assert sum(line.cents for line in bill.lines) == bill.total_cents
    assert bill.outlay_cents + bill.transfer_cents + bill.service_cents == bill.total_cents


def test_2_thirty_hours_a_week_and_nine_a_day(shifts: tuple[ShiftPlan, ...]) -> None:
    weeks: defaultdict[str, timedelta] = defaultdict(timedelta)
    for shift in shifts:
        assert work(shift) <= timedelta(hours=9)
        weeks[shift.technician_id] += work(shift)
    assert timedelta(hours=29) <= max(weeks.values()) <= timedelta(hours=30)


def test_3_two_are_on_duty_on_the_holiday(shifts: tuple[ShiftPlan, ...]) -> None:
    friday = [shift for shift in shifts if shift.day == FRIDAY and shift.stops]
    assert {shift.technician_id for shift in friday} <= {"wen-bo", "tang-jun"}
    assert {"ZB-01", "ZB-02"} <= {stop.job_id for shift in friday for stop in shift.stops}
    for shift in friday:
        assert at(FRIDAY, "10:00") <= shift.stops[0].leg.departure
        assert shift.last_leg.arrival <= at(FRIDAY, "17:00")


def test_4_leave_and_half_days(shifts: tuple[ShiftPlan, ...]) -> None:
    assert not any(shift.technician_id == "luo-yan" and shift.day == WEDNESDAY for shift in shifts)
    halves = [
        shift
        for shift in shifts
        if shift.technician_id == "ai-min" or (shift.technician_id == "deng-rui" and shift.day == THURSDAY)
    ]
    assert len(halves) >= 3
    assert all(shift.last_leg.arrival <= at(shift.day, "13:00") for shift in halves)


def test_5_dated_jobs_on_their_days(stops: dict[str, Stop], jobs: dict[str, Job]) -> None:
    dated = [job_id for job_id in stops if jobs[job_id].windows]
    assert len(dated) >= 50
    for job_id in dated:
        start = stops[job_id].start
        assert any(window.start <= start <= window.end for window in jobs[job_id].windows)


def test_6_dark_flagships_on_monday(stops: dict[str, Stop], jobs: dict[str, Job]) -> None:
    flagships = [job for job in jobs.values() if job.customer is not None and job.customer.key_customer]
    assert len(flagships) == 6
    for job in flagships:
        assert job.intake_at is not None
        assert stops[job.job_id].start.date() == MONDAY
        assert stops[job.job_id].start - job.intake_at <= timedelta(hours=24)


def test_7_led_walls_are_for_electricians(
    shifts: tuple[ShiftPlan, ...], jobs: dict[str, Job], scenario: Scenario
) -> None:
    electricians = {one.technician_id for one in scenario.technicians if one.certificates}
    knows = {one.technician_id for one in scenario.technicians if "repair/led" in one.skills}
    assert knows - electricians == {"zheng-kai"}  # only the certificate keeps him from them
    assert len(electricians) == 3
    led = [
        shift.technician_id for shift in shifts for stop in shift.stops if jobs[stop.job_id].product == "led"
    ]
    assert sum(job.product == "led" for job in jobs.values()) == 11
    assert len(led) >= 8
    assert set(led) <= electricians


def test_8_everybody_in_their_territory(
    shifts: tuple[ShiftPlan, ...], jobs: dict[str, Job], scenario: Scenario
) -> None:
    areas = {shift.technician_id: set[str | None]() for shift in shifts}
    depot = next(branch.place for branch in scenario.branches if branch.branch_id == "chengdu")
    for shift in shifts:
        for job in (jobs[stop.job_id] for stop in shift.stops):
            areas[shift.technician_id].add(job.area)
            if shift.means == "motorcycle":
                assert great_circle_m(depot, job.place) <= 20_000
    assert areas["liu-desheng"] <= {"Deyang", "Xindu", "Chenghua"}
    assert areas["ai-min"] <= {"Jinjiang", "Qingyang", "Jinniu", "Wuhou", "Chenghua", "High-tech Zone"}


def test_9_nearly_every_area_sees_somebody(stops: dict[str, Stop], jobs: dict[str, Job]) -> None:
    mended = Counter(jobs[job_id].area for job_id in stops if job_id.startswith("WX"))
    assert set(screens_of_the_story()) - set(mended) <= {"Meishan", "Ziyang"}
    assert mended["Deyang"] >= 4  # of five; the hospital takes a third of Liu Desheng's week


def test_10_the_owners_committee_decides_later(document: "PlanDocument", jobs: dict[str, Job]) -> None:
    assert [job_id for job_id in document.plan.unserved if jobs[job_id].contract] == ["AZ-07"]
    (reason,) = (reason for reason in document.assessment.unserved if reason.job_id == "AZ-07")
    stopped = {block.code: block.alone + block.jointly for block in reason.blocks}
    assert stopped["SITE_READY"] == reason.slots > 0


def test_11_some_floating_jobs_wait(document: "PlanDocument", jobs: dict[str, Job]) -> None:
    left_out = set(document.plan.unserved)
    assert 4 <= len(left_out) <= 30
    assert {jobs[job_id].priority for job_id in left_out - {"AZ-07"}} <= {"normal", "flexible"}
    reasons = {reason.job_id: reason.sentence for reason in document.assessment.unserved}
    assert set(reasons) == left_out
    assert all(reasons.values())


def test_12_the_survey_comes_first(stops: dict[str, Stop], jobs: dict[str, Job]) -> None:
    (tie,) = jobs["AZ-05"].after
    assert (tie.job_id, tie.next_working_day) == ("AZ-01", True)
    assert stops["AZ-01"].start.date() < stops["AZ-05"].start.date()


def test_13_the_hospital_takes_two_days(shifts: tuple[ShiftPlan, ...]) -> None:
    there = [(shift, stop) for shift in shifts for stop in shift.stops if stop.job_id == "AZ-06"]
    assert [stop.part for _, stop in sorted(there, key=lambda one: one[0].day)] == [0, 1]
    assert len({shift.technician_id for shift, _ in there}) == 1
    assert len({shift.day for shift, _ in there}) == 2
    assert sum(stop.service_s for _, stop in there) == 600 * 60


def test_14_one_ladder_truck_for_three_walls(document: "PlanDocument") -> None:
    (truck,) = document.plan.tools
    assert (truck.tool, truck.piece, truck.day) == ("ladder truck", 1, MONDAY)
    assert {stop.job_id for stop in truck.stops} == {"WX-001", "WX-003", "WX-006"}
    for before, after in pairwise(truck.stops):
        assert before.end + timedelta(seconds=after.leg.travel_s) <= after.start
