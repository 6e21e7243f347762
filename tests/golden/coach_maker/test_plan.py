"""The story of scenarios/coach-maker/README.md, sentence by sentence: 1 to 20."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from optimizer.domain.job import Job
from optimizer.domain.plan import ShiftPlan, Stop
from optimizer.domain.scenario import Scenario
from tests.golden.coach_maker.story import EMERGENCIES, HOLDERS, TUESDAY, at, clocks, far_km

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument


def test_1_no_hard_rule_is_broken_and_the_bill_sums(document: "PlanDocument") -> None:
    bill = document.assessment.bill
    assert document.assessment.findings == ()
    assert sum(line.cents for line in bill.lines) == bill.total_cents
    assert bill.outlay_cents + bill.transfer_cents + bill.service_cents == bill.total_cents


def test_2_everybody_works_for_the_own_branch(
    scenario: Scenario, jobs: dict[str, Job], stops: dict[str, tuple[ShiftPlan, Stop]]
) -> None:
    branch = {one.technician_id: one.branch_id for one in scenario.technicians}
    elsewhere = {
        (job_id, day.technician_id)
        for job_id, (day, _) in stops.items()
        if jobs[job_id].branch_id != branch[day.technician_id]
    }
    assert elsewhere == {("XA-07", "hu-bo")}  # nobody else has two branches in the territory
    assert "shen-jie" not in {day.technician_id for day, _ in stops.values()}


def test_3_who_is_new_does_what_he_was_trained_for(
    jobs: dict[str, Job], stops: dict[str, tuple[ShiftPlan, Stop]]
) -> None:
    his = {jobs[job_id].product for job_id, (day, _) in stops.items() if day.technician_id == "lin-zeyu"}
    assert "electrics" in his
    assert his <= {"electrics", "coach"}


def test_4_high_voltage_for_those_who_hold_the_certificate(
    jobs: dict[str, Job], stops: dict[str, tuple[ShiftPlan, Stop]]
) -> None:
    electric = {job_id for job_id, job in jobs.items() if "high voltage" in job.certificates}
    assert electric == {"GZ-24", "WH-11", "XA-07"}
    assert {stops[job_id][0].technician_id for job_id in electric & set(stops)} <= HOLDERS
    assert electric <= set(stops)
    # Lei Ming's lapsed and Cui Dongzhe works in Harbin: only Hu Bo may go to Xi'an with the certificate
    assert stops["XA-07"][0].technician_id == "hu-bo"


def test_5_hours_in_the_far_west_and_the_far_north(scenario: Scenario, document: "PlanDocument") -> None:
    branch = {one.technician_id: one.branch_id for one in scenario.technicians}
    seen = set()
    for day in document.plan.shifts:
        where, midnight = branch[day.technician_id], datetime.combine(day.day, datetime.min.time())
        left = day.departure.replace(tzinfo=None) - midnight
        back = day.last_leg.arrival.replace(tzinfo=None) - midnight
        seen.add(where)
        assert back < timedelta(hours=24)
        if where == "urumqi":
            assert left >= timedelta(hours=10)
        if where == "harbin":
            assert left >= timedelta(hours=8)
            assert back <= timedelta(hours=19)
    assert {"urumqi", "harbin"} <= seen


def test_6_one_clock_for_each_fault(
    scenario: Scenario, document: "PlanDocument", jobs: dict[str, Job]
) -> None:
    km = far_km(scenario)
    kinds = {name: job_type.kind for name, job_type in scenario.policy.job_types.items()}
    faults = {job_id: job for job_id, job in jobs.items() if kinds[job.type] == "repair"}
    letters = {job_id for job_id, job in faults.items() if job.drive_line}
    answers = {
        job_id
        for job_id, job in faults.items()
        if not job.drive_line and (km[job_id] > 100 or job.supplier_needed)
    }
    assert set(clocks(document, "REPLY_WRITTEN")) == letters
    assert set(clocks(document, "REPLY_FAR")) == answers
    assert jobs["SH-11"].intake_at is None  # ordered by the diagnosis SH-14, which the clock runs for
    assert set(clocks(document, "ARRIVE_NEAR")) == set(faults) - letters - answers - {"SH-11"}
    assert (len(letters), len(answers)) == (9, 23)
    assert km["SH-05"] < 100
    assert "SH-05" in answers


def test_7_emergencies_are_served_on_tuesday(
    jobs: dict[str, Job], stops: dict[str, tuple[ShiftPlan, Stop]]
) -> None:
    for job_id in EMERGENCIES:
        day, stop = stops[job_id]
        (window,) = jobs[job_id].windows
        assert day.day == TUESDAY
        assert window.start <= stop.start <= window.end <= at(13, "15:00")


def test_8_what_no_day_holds_was_answered_and_is_kept(
    scenario: Scenario, document: "PlanDocument", stops: dict[str, tuple[ShiftPlan, Stop]]
) -> None:
    answers = clocks(document, "REPLY_FAR")
    later = {promise.job_id: promise for promise in scenario.promises if promise.start >= at(15, "00:00")}
    assert set(later) == {"WH-12", "XA-09"}
    for job_id, promise in later.items():
        assert promise.window.start <= stops[job_id][1].start <= promise.window.end
        assert answers[job_id].state == "met"
        assert answers[job_id].event == "answering"


def test_9_hami_is_to_be_called(document: "PlanDocument", stops: dict[str, tuple[ShiftPlan, Stop]]) -> None:
    assert "WL-06" not in stops
    (task,) = (
        task for task in document.assessment.desk if task.job_id == "WL-06" and task.code == "REPLY_FAR"
    )
    assert (task.owner, task.due) == ("desk", at(13, "11:30"))
    assert task.start is not None
    assert task.start <= task.due


def test_10_one_letter_is_late(document: "PlanDocument") -> None:
    letters = clocks(document, "REPLY_WRITTEN")
    assert {job_id for job_id, clock in letters.items() if clock.state == "missed"} == {"CQ-16"}
    assert letters["CQ-16"].slack_s == -600
    assert letters["HB-05"].state in ("met", "at_risk")


def test_11_the_last_piece_goes_to_who_is_more_urgent(
    scenario: Scenario, jobs: dict[str, Job], stops: dict[str, tuple[ShiftPlan, Stop]]
) -> None:
    stock = {branch.branch_id: branch.stock for branch in scenario.branches}
    cases = (
        ("guangzhou", "a/c compressor", "GZ-04", "GZ-06"),
        ("chongqing", "front windscreen", "CQ-04", "CQ-05"),
    )
    for branch_id, part, served, waits in cases:
        assert stock[branch_id][part] == 1
        wanted = {job_id for job_id, job in jobs.items() if job.branch_id == branch_id and part in job.parts}
        assert wanted >= {served, waits}
        assert stops[served][0].picked_up[part] == 1
        assert waits not in stops


def test_12_key_operators_are_revisited_in_time(
    document: "PlanDocument", stops: dict[str, tuple[ShiftPlan, Stop]]
) -> None:
    revisits = clocks(document, "PERIODIC_VISIT")
    assert set(revisits) == {"SH-02", "GZ-21", "WH-08", "CQ-14", "XA-06", "WL-04", "HB-06", "HB-09"}
    assert set(revisits) <= set(stops)
    assert {job_id for job_id, clock in revisits.items() if clock.state == "missed"} == {"GZ-21"}
    assert revisits["GZ-21"].due.date() == date(2026, 10, 10)  # a Saturday


def test_13_pins_and_the_promise_are_kept(
    scenario: Scenario, stops: dict[str, tuple[ShiftPlan, Stop]]
) -> None:
    assert {pin.job_id for pin in scenario.pins} == {"GZ-01", "HB-06"}
    airport = next(job for job in scenario.jobs if job.job_id == "GZ-01")
    assert airport.units == 2
    assert airport.customer is not None
    assert airport.customer.known_technicians == ("liang-zhiqiang",)  # without the pin he would go
    assert stops["GZ-01"][0].technician_id == "huang-jiahui"
    assert stops["HB-06"][0].day == date(2026, 10, 14)
    assert at(13, "10:30") <= stops["SH-04"][1].start <= at(13, "12:00")


def test_14_two_branches_are_overloaded(document: "PlanDocument", jobs: dict[str, Job]) -> None:
    left_out = Counter(jobs[job_id].branch_id for job_id in set(document.plan.unserved) - {"WL-06"})
    assert left_out["guangzhou"] >= 2
    assert left_out["chongqing"] >= 2
    assert left_out["shanghai"] == 0
    late = Counter(
        jobs[job_id].branch_id
        for job_id, clock in clocks(document, "ARRIVE_NEAR").items()
        if clock.state == "missed"
    )
    assert late["guangzhou"] + late["chongqing"] > late.total() / 2


def test_15_where_there_is_room_all_is_done(document: "PlanDocument", jobs: dict[str, Job]) -> None:
    left_out = Counter(jobs[job_id].branch_id for job_id in document.plan.unserved)
    assert left_out["harbin"] == left_out["xian"] == left_out["shanghai"] == 0


def test_16_a_few_jobs_are_left_out_each_with_its_reason(document: "PlanDocument") -> None:
    assert 6 <= len(document.plan.unserved) <= 14
    reasons = {reason.job_id: reason.sentence for reason in document.assessment.unserved}
    assert set(reasons) == set(document.plan.unserved)
    assert all(reasons.values())
    assert document.assessment.kpis.on_time_share >= 0.7


def test_17_every_user_is_called_after_the_repair(
    scenario: Scenario,
    document: "PlanDocument",
    jobs: dict[str, Job],
    stops: dict[str, tuple[ShiftPlan, Stop]],
) -> None:
    kinds = {name: job_type.kind for name, job_type in scenario.policy.job_types.items()}
    called = {task.job_id for task in document.assessment.desk if task.code == "FOLLOW_UP"}
    assert called == {job_id for job_id in stops if kinds[jobs[job_id].type] == "repair"}


def test_18_the_flying_team_does_heavy_body_work(
    document: "PlanDocument", scenario: Scenario, jobs: dict[str, Job]
) -> None:
    (team,) = scenario.crews
    heavy = {job_id for job_id, job in jobs.items() if job.seats == 2}
    assert heavy == {"WH-05", "WH-10", "WH-12"}
    for job_id in heavy:
        there = [
            (day.technician_id, stop.start, stop.end)
            for day in document.plan.shifts
            for stop in day.stops
            if stop.job_id == job_id
        ]
        assert {one for one, _, _ in there} == set(team.members)
        assert len({(start, end) for _, start, end in there}) == 1


def test_19_one_rig_for_two_places(document: "PlanDocument", jobs: dict[str, Job]) -> None:
    asked = {job_id for job_id, job in jobs.items() if "lifting rig" in job.shared_tools}
    assert asked == {"WH-05", "WH-07"}
    lent = [(tool.piece, stop) for tool in document.plan.tools for stop in tool.stops]
    assert {stop.job_id for _, stop in lent} == asked
    assert {piece for piece, _ in lent} == {1}
    one, other = sorted((stop for _, stop in lent), key=lambda stop: stop.start)
    assert one.end <= other.start


def test_20_the_diagnosis_comes_the_day_before(stops: dict[str, tuple[ShiftPlan, Stop]]) -> None:
    assert stops["SH-14"][0].day == TUESDAY
    assert stops["SH-11"][0].day == TUESDAY + timedelta(days=1)
