"""The story of scenarios/systems-vendor/README.md, sentence by sentence."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from optimizer.domain.job import Job
from optimizer.domain.plan import ShiftPlan, Stop
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.scenario import Scenario

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument

FOLDER = Path(__file__).parents[2] / "scenarios" / "systems-vendor"
TUESDAY, WEDNESDAY = date(2026, 11, 3), date(2026, 11, 4)
REMOTE = {f"YC-{number:02}" for number in range(1, 7)}
"""Jobs that are still in remote help."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    from optimizer.interchange.scenario_file import load_scenario

    return load_scenario(FOLDER)


@pytest.fixture(scope="module")
def document(scenario: Scenario) -> "PlanDocument":
    from optimizer.control import Iterations
    from optimizer.planning import plan_scenario

    return plan_scenario(scenario, stop=Iterations(10_000), seed=1)


@pytest.fixture(scope="module")
def jobs(scenario: Scenario) -> dict[str, Job]:
    return {job.job_id: job for job in scenario.jobs}


@pytest.fixture(scope="module")
def shifts(document: "PlanDocument") -> tuple[ShiftPlan, ...]:
    return document.plan.shifts


@pytest.fixture(scope="module")
def stops(shifts: tuple[ShiftPlan, ...]) -> dict[str, Stop]:
    return {stop.job_id: stop for shift in shifts for stop in shift.stops}


@pytest.fixture(scope="module")
def who(shifts: tuple[ShiftPlan, ...]) -> dict[str, str]:
    return {stop.job_id: shift.technician_id for shift in shifts for stop in shift.stops}


def at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}:00+08:00")


def confirmed(jobs: dict[str, Job]) -> dict[str, datetime]:
    """Return when each confirmed visit was confirmed."""
    return {one.job_id: one.desk.confirmed_at for one in jobs.values() if one.desk.confirmed_at is not None}


# ---- The file ----------------------------------------------------------------------------------------------


def test_the_numbers_of_the_story(scenario: Scenario, jobs: dict[str, Job]) -> None:
    assert scenario.now == at(TUESDAY, "12:00")
    prefixes = Counter(job.job_id.partition("-")[0] for job in scenario.jobs)
    assert prefixes == {"XC": 24, "YC": 6, "XJ": 20, "HF": 5, "TS": 4}
    staff = Counter(technician.branch_id for technician in scenario.technicians)
    assert staff == {"beijing": 5, "tianjin": 2, "shijiazhuang": 2, "jinan": 2}
    moments = confirmed(jobs)
    assert {job_id[:2] for job_id in moments} == {"XC"}
    assert (min(moments.values()), max(moments.values())) == (at(TUESDAY, "06:40"), at(TUESDAY, "11:30"))


def test_five_work_in_the_evening(scenario: Scenario) -> None:
    from optimizer.domain.roster import roster

    late = {
        one.key.technician_id for one in roster(scenario) if one.key.day == TUESDAY and one.end.hour >= 22
    }
    assert len(late) == 5


def test_two_visits_lie_beyond_the_radius(scenario: Scenario, jobs: dict[str, Job]) -> None:
    far = {
        job_id
        for job_id in confirmed(jobs)
        if min(great_circle_m(one.place, jobs[job_id].place) for one in scenario.branches) > 100_000
    }
    assert {jobs[job_id].area for job_id in far} == {"Tangshan", "Baoding"}
    far_km = [
        min(great_circle_m(one.place, jobs[job_id].place) for one in scenario.branches) / 1000
        for job_id in far
    ]
    assert min(far_km) < 105  # Tangshan, just


def test_whom_the_evening_and_the_remote_help_concern(scenario: Scenario, jobs: dict[str, Job]) -> None:
    assert scenario.policy.desk.closes == time(21)
    answered = {job_id: jobs[job_id].desk.answered_at for job_id in REMOTE}
    assert {job_id for job_id, moment in answered.items() if moment is None} == {"YC-05", "YC-06"}
    assert (jobs["YC-05"].intake_at, jobs["YC-06"].intake_at) == (at(TUESDAY, "11:15"), at(TUESDAY, "11:40"))
    assert (jobs["XC-08"].intake_at, jobs["XC-08"].desk.answered_at) == (
        at(TUESDAY, "02:10"),
        at(TUESDAY, "07:45"),
    )


# ---- The plan ----------------------------------------------------------------------------------------------


def test_1_no_hard_rule_is_broken_and_the_bill_sums(document: "PlanDocument") -> None:
    bill = document.assessment.bill
    assert document.assessment.findings == ()
    assert sum(line.cents for line in bill.lines) == bill.total_cents
    assert bill.outlay_cents + bill.transfer_cents + bill.service_cents == bill.total_cents


def test_2_confirmed_visits_within_twelve_hours(stops: dict[str, Stop], jobs: dict[str, Job]) -> None:
    waits = [stops[job_id].start - moment for job_id, moment in confirmed(jobs).items()]
    assert len(waits) == 24
    assert sum(wait <= timedelta(hours=12) for wait in waits) >= 22
    for job_id, moment in confirmed(jobs).items():
        if jobs[job_id].priority == "vip":
            assert stops[job_id].start - moment <= timedelta(hours=12)


def test_3_evenings_and_closing_times(stops: dict[str, Stop], jobs: dict[str, Job]) -> None:
    visits = [stops[job_id] for job_id in confirmed(jobs)]
    assert sum(stop.start.time() >= time(18) for stop in visits) >= 6
    closed = [job.job_id for job in jobs.values() if "打烊后进场" in job.wishes]
    assert len(closed) == 5
    assert all(stops[job_id].start.time() >= time(18, 30) for job_id in closed)


def test_4_nobody_is_sent_before_the_customer_confirms(
    document: "PlanDocument", stops: dict[str, Stop]
) -> None:
    assert not REMOTE & set(stops)
    reasons = {reason.job_id: reason for reason in document.assessment.unserved}
    for job_id in REMOTE:
        stopped = {block.code: block.alone + block.jointly for block in reasons[job_id].blocks}
        assert stopped["SITE_READY"] == reasons[job_id].slots > 0


def test_5_remote_help_is_a_task_for_the_desk(document: "PlanDocument") -> None:
    clocks = document.assessment.clocks
    assert not [clock for clock in clocks if clock.code == "ONSITE_CONTRACT" and clock.job_id in REMOTE]
    waiting = [task for task in document.assessment.desk if task.code == "RESPOND"]
    assert {task.job_id for task in waiting} == {"YC-05", "YC-06"}
    answers = {clock.job_id: clock.state for clock in clocks if clock.code == "RESPOND"}
    assert answers["YC-05"] != "missed"
    assert answers["YC-06"] != "missed"
    # Tangshan and Baoding are owed an appointment within twelve hours of the report.
    replies = [task for task in document.assessment.desk if task.code == "REPLY_FAR"]
    assert {task.job_id for task in replies} == {"XC-17", "XC-24"}
    assert all(task.start is not None and task.start <= task.due for task in replies)


def test_6_one_answer_came_too_late(document: "PlanDocument") -> None:
    late = [one for one in document.assessment.clocks if one.code == "RESPOND" and one.state == "missed"]
    assert [one.job_id for one in late] == ["XC-08"]


def test_7_key_customers_first(who: dict[str, str], jobs: dict[str, Job]) -> None:
    key = [job for job in jobs.values() if job.customer is not None and job.customer.key_customer]
    assert len(key) == 13
    assert all(job.job_id in who for job in key)
    known = [who[job.job_id] in job.customer.known_technicians for job in key if job.customer is not None]
    assert sum(known) >= 11


def test_8_periodic_visits_that_are_due(document: "PlanDocument", stops: dict[str, Stop]) -> None:
    # A year after 3 or 4 November 2025, half a year after 4 May 2026.
    assert {"XJ-01", "XJ-02", "XJ-03", "XJ-07", "XJ-11", "XJ-13"} <= set(stops)
    visits = [
        one for one in document.assessment.clocks if one.code == "PERIODIC_VISIT" and one.event == "arriving"
    ]
    assert len(visits) >= 6
    assert sum(one.state == "missed" for one in visits) <= 1


def test_9_new_systems_are_put_into_service(
    who: dict[str, str], jobs: dict[str, Job], scenario: Scenario
) -> None:
    staff = {technician.technician_id: technician for technician in scenario.technicians}
    for number in range(1, 5):
        job = jobs[f"TS-{number:02}"]
        assert staff[who[job.job_id]].skills[f"installation/{job.product}"] >= 3


def test_10_rests_training_and_the_metro(
    shifts: tuple[ShiftPlan, ...], jobs: dict[str, Job], scenario: Scenario
) -> None:
    days = {(shift.technician_id, shift.day): shift for shift in shifts}
    pairs = 0
    for (technician_id, day), shift in days.items():
        following = days.get((technician_id, WEDNESDAY)) if day == TUESDAY else None
        if following is not None:
            assert following.stops[0].leg.departure - shift.last_leg.arrival >= timedelta(hours=11)
            pairs += 1
    assert pairs >= 8
    assert ("zhuo-fan", WEDNESDAY) not in days
    beijing = next(one for one in scenario.branches if one.branch_id == "beijing")
    by_car = {one.technician_id for one in scenario.technicians if one.branch_id == "beijing"} - {"ma-yue"}
    for shift in (one for one in shifts if one.technician_id in by_car):
        assert all(great_circle_m(beijing.place, jobs[one.job_id].place) <= 100_000 for one in shift.stops)
    metro = [shift for shift in shifts if shift.technician_id == "ma-yue"]
    assert {jobs[stop.job_id].area for shift in metro for stop in shift.stops} == {"Beijing"}


def test_11_little_else_is_left_out(document: "PlanDocument", jobs: dict[str, Job]) -> None:
    left_out = [jobs[job_id] for job_id in document.plan.unserved if job_id not in REMOTE]
    assert len(left_out) <= 6
    assert {job.priority for job in left_out} <= {"normal", "flexible"}
    assert not any(job.contract for job in left_out)
