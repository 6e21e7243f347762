"""The story of scenarios/shanghai-purifier/README.md, sentence by sentence."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from optimizer.domain.job import Job
from optimizer.domain.plan import ShiftPlan, Stop
from optimizer.domain.scenario import Scenario

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument

FOLDER = Path(__file__).parents[2] / "scenarios" / "shanghai-purifier"
OFF_DUTY = {"ma-chao", "yuan-fei", "dong-jie"}
UNDER_SINK = "under-sink"


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
def days(document: "PlanDocument") -> dict[str, ShiftPlan]:
    return {shift.technician_id: shift for shift in document.plan.shifts}


@pytest.fixture(scope="module")
def jobs(scenario: Scenario) -> dict[str, Job]:
    return {job.job_id: job for job in scenario.jobs}


@pytest.fixture(scope="module")
def stops(document: "PlanDocument") -> dict[str, Stop]:
    return {stop.job_id: stop for shift in document.plan.shifts for stop in shift.stops}


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-21T{clock}:00+08:00")


def jobs_of(days: dict[str, ShiftPlan], technician_id: str, jobs: dict[str, Job]) -> list[Job]:
    return [jobs[stop.job_id] for stop in days[technician_id].stops]


# ---- The file ----------------------------------------------------------------------------------------------


def test_the_numbers_of_the_story(scenario: Scenario) -> None:
    assert scenario.now == at("10:05")
    assert len(scenario.technicians) == 18
    assert Counter(technician.means for technician in scenario.technicians) == {
        "motorcycle": 12,
        "public_transport": 3,
        "car": 3,
    }
    assert len(scenario.jobs) == 108
    prefixes = Counter(job.job_id.partition("-")[0] for job in scenario.jobs)
    assert prefixes == {"LS": 5, "WX": 26, "TS": 3, "AZ": 20, "BY": 46, "XD": 8}
    assert Counter(job.type for job in scenario.jobs)["house-installation"] == 4
    assert {promise.technician_id for promise in scenario.promises} == {"ma-chao"}
    assert len(scenario.promises) == 7


def test_who_is_late_lapsed_or_far_out(scenario: Scenario) -> None:
    staff = {technician.technician_id: technician for technician in scenario.technicians}
    clocked_in = {one: staff[one].attendance[0].clocked_in_at for one in ("ma-chao", "xu-jing")}
    assert clocked_in == {"ma-chao": None, "xu-jing": at("09:40")}
    (lapsed,) = staff["zhou-ping"].certificates
    assert (lapsed.valid_until.year, lapsed.valid_until.month) == (2026, 2)  # type: ignore[union-attr]
    areas = Counter(job.area for job in scenario.jobs)
    assert (areas["Baoshan"], areas["Fengxian"], areas["Songjiang"]) == (1, 1, 1)
    assert Counter(job.second_visit for job in scenario.jobs if job.second_visit != "none").total() == 2
    bands = scenario.travel.profiles["motorcycle"].bands
    assert all(band.kmh * max(band.hour_percent, default=100) <= 25 * 100 for band in bands)


def test_jobs_are_short_and_telephones_cannot_ring(scenario: Scenario) -> None:
    times = {name: row.base_min for name, row in scenario.policy.job_types.items()}
    assert all(30 <= times[name] <= 45 for name in ("filter", "repair", "leak", "sanitizing", "complaint"))
    # No Chinese number starts like these: mobile numbers start with 13 to 19, local ones with 2 to 8.
    assert all(job.customer is not None and job.customer.phone.startswith("100-") for job in scenario.jobs)
    assert all("-0000-" in branch.hotline for branch in scenario.branches)
    assert all(job.fault for job in scenario.jobs)


# ---- The plan ----------------------------------------------------------------------------------------------


def test_1_no_hard_rule_is_broken_and_the_bill_sums(document: "PlanDocument") -> None:
    bill = document.assessment.bill
    assert document.assessment.findings == ()
    assert sum(line.cents for line in bill.lines) == bill.total_cents
    assert bill.outlay_cents + bill.transfer_cents + bill.service_cents == bill.total_cents


def test_2_who_is_missing_has_no_stop(days: dict[str, ShiftPlan], scenario: Scenario) -> None:
    everybody = {technician.technician_id for technician in scenario.technicians}
    assert set(days) == everybody - OFF_DUTY
    assert days["xu-jing"].stops


def test_3_the_day_begins_after_the_morning_hour(days: dict[str, ShiftPlan]) -> None:
    assert all(day.stops[0].leg.departure >= at("10:05") for day in days.values())
    assert days["yan-qing"].last_leg.arrival <= at("14:45")


def test_4_the_promises_hold_whoever_comes(stops: dict[str, Stop], scenario: Scenario) -> None:
    for promise in scenario.promises:
        assert promise.window.start <= stops[promise.job_id].start <= promise.window.end


def test_5_leaks_before_noon_and_complaints_within_a_day(
    document: "PlanDocument", stops: dict[str, Stop]
) -> None:
    assert all(stops[f"LS-{number:02}"].start <= at("12:00") for number in range(1, 6))
    settled = [clock for clock in document.assessment.clocks if clock.code == "COMPLAINT"]
    finishing = [clock for clock in settled if clock.event == "finishing"]
    assert len(finishing) == 3
    assert all(clock.state != "missed" for clock in finishing)
    arranging = {task.job_id for task in document.assessment.desk if task.owner == "manager"}
    assert arranging == {"TS-01", "TS-02"}


def test_6_repairs_end_within_a_day_of_their_order(stops: dict[str, Stop], jobs: dict[str, Job]) -> None:
    checked = 0
    for job_id, stop in stops.items():
        job = jobs[job_id]
        if job.type in ("repair", "leak") and not job.delay_agreed:
            assert job.dispatched_at is not None
            assert stop.end - job.dispatched_at <= timedelta(hours=24)
            checked += 1
    assert checked >= 20


def test_7_vans_and_health_certificates(
    days: dict[str, ShiftPlan], jobs: dict[str, Job], scenario: Scenario
) -> None:
    staff = {technician.technician_id: technician for technician in scenario.technicians}
    checked = Counter[str]()
    for technician_id in days:
        technician = staff[technician_id]
        held = {one.name for one in technician.certificates if one.valid_on(at("12:00").date())}
        for job in jobs_of(days, technician_id, jobs):
            if job.type == "house-installation":
                assert technician.means == "car"
            if job.type == "sanitizing":
                assert "health certificate" in held
            checked[job.type] += 1
    assert checked["house-installation"] >= 1
    assert checked["sanitizing"] >= 5


def test_8_training_areas_and_means(
    days: dict[str, ShiftPlan], jobs: dict[str, Job], scenario: Scenario
) -> None:
    assert {job.product for job in jobs_of(days, "fang-zhou", jobs)} == {UNDER_SINK}
    city = {"Huangpu", "Jing'an", "Xuhui", "Changning", "Putuo", "Hongkou"}
    assert {job.area for job in jobs_of(days, "cao-yun", jobs)} <= city
    means = {technician.technician_id: technician.means for technician in scenario.technicians}
    assert all(day.means == means[technician_id] for technician_id, day in days.items())


def test_9_key_customers_see_who_they_know_or_the_bill_says_so(
    document: "PlanDocument", days: dict[str, ShiftPlan], jobs: dict[str, Job]
) -> None:
    strangers = set()
    for technician_id in days:
        for job in jobs_of(days, technician_id, jobs):
            known = job.customer.known_technicians if job.customer is not None else ()
            if known and technician_id not in known:
                strangers.add(job.job_id)
    billed = {line.job_id for line in document.assessment.bill.lines if line.code == "DEDICATED"}
    assert billed == strangers
    assert "WX-06" not in document.plan.unserved


def test_10_the_bonus_from_the_seventh_order_on(
    document: "PlanDocument", days: dict[str, ShiftPlan], jobs: dict[str, Job]
) -> None:
    pieces = {"repair", "leak", "filter", "sanitizing"}
    counts = [sum(job.type in pieces for job in jobs_of(days, one, jobs)) for one in days]
    lines = [line for line in document.assessment.bill.lines if line.code == "PIECE_BONUS"]
    assert sum(line.cents for line in lines) == 2_000 * sum(max(0, count - 6) for count in counts) > 0


def test_10b_twelve_jobs_and_45_minutes_of_overtime(days: dict[str, ShiftPlan]) -> None:
    assert all(len(day.stops) <= 12 for day in days.values())
    assert all(day.last_leg.arrival <= at("18:45") for day in days.values())


def test_11_what_the_shops_lack_is_the_reason(document: "PlanDocument") -> None:
    reasons = {reason.job_id: reason for reason in document.assessment.unserved}
    for job_id, code in {"WX-07": "PART", "AZ-03": "SITE_READY"}.items():
        stopped = {block.code: block.alone + block.jointly for block in reasons[job_id].blocks}
        assert stopped[code] == reasons[job_id].slots > 0


def test_12_a_few_jobs_are_left_out_each_with_its_reason(
    document: "PlanDocument", jobs: dict[str, Job], scenario: Scenario
) -> None:
    left_out = [jobs[job_id] for job_id in document.plan.unserved]
    assert 4 <= len(left_out) <= 20
    assert {job.priority for job in left_out} <= {"normal", "flexible"}
    promised = {promise.job_id for promise in scenario.promises}
    assert not any(job.contract or job.job_id in promised for job in left_out)
    reasons = {reason.job_id: reason.sentence for reason in document.assessment.unserved}
    assert set(reasons) == set(document.plan.unserved)
    assert all(reasons.values())


def test_13_most_clocks_are_met_and_everybody_is_called(document: "PlanDocument") -> None:
    assert document.assessment.kpis.on_time_share >= 0.8
    calls = [clock for clock in document.assessment.clocks if clock.code == "CONTACT"]
    # 26 repairs and 5 leaks have an order; nobody else's clock runs.
    assert len(calls) == 31
    assert all(clock.state != "missed" for clock in calls)
