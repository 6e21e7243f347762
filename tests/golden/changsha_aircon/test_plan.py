"""Sentences 1 to 19 of scenarios/changsha-aircon/README.md, each job by itself."""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from optimizer.domain.job import Job
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.scenario import Scenario
from tests.golden.changsha_aircon.story import OFF_DUTY, at, lines, served_by

if TYPE_CHECKING:
    from optimizer.domain.document import PlanDocument
    from optimizer.explain import Explainer


def test_1_no_hard_rule_is_broken_and_the_bill_sums(document: "PlanDocument") -> None:
    bill = document.assessment.bill
    assert document.assessment.findings == ()
    assert sum(line.cents for line in bill.lines) == bill.total_cents
    assert bill.outlay_cents + bill.transfer_cents + bill.service_cents == bill.total_cents


def test_2_who_may_not_work_has_no_stop(days: dict[str, ShiftPlan], scenario: Scenario) -> None:
    everybody = {technician.technician_id for technician in scenario.technicians}
    assert set(days) == everybody - OFF_DUTY


def test_3_a_lapsed_certificate_leaves_surveys_only(days: dict[str, ShiftPlan], jobs: dict[str, Job]) -> None:
    assert {jobs[stop.job_id].type for stop in days["wang-jianjun"].stops} == {"survey"}


def test_4_electricians_and_ropes_where_they_are_needed(
    days: dict[str, ShiftPlan], jobs: dict[str, Job], scenario: Scenario
) -> None:
    staff = {technician.technician_id: technician for technician in scenario.technicians}
    electricians = {
        one
        for one, technician in staff.items()
        if any(held.name == "electrician" for held in technician.certificates)
    }
    checked = 0
    for technician_id, day in days.items():
        for job in (jobs[stop.job_id] for stop in day.stops):
            if "electrician" in job.certificates:
                assert technician_id in electricians
                checked += 1
            if job.site.outdoor_unit_floor >= 2:
                assert "rope" in staff[technician_id].tools
                checked += 1
    assert checked >= 8


def test_5_the_doctors_appointment_is_free(days: dict[str, ShiftPlan]) -> None:
    day = days["huang-wei"]
    busy = [(stop.start, stop.end) for stop in day.stops]
    busy += [(leg.departure, leg.arrival) for leg in (*(stop.leg for stop in day.stops), day.last_leg)]
    assert all(end <= at("14:00") or start >= at("15:30") for start, end in busy if start < end)
    assert [(rest.start, rest.end) for rest in day.rests if rest.kind == "absence"] == [
        (at("14:00"), at("15:30"))
    ]


def test_6_the_pins_are_kept(days: dict[str, ShiftPlan]) -> None:
    starts = {stop.job_id: stop.start for day in days.values() for stop in day.stops}
    assert served_by(days, "AZ-01") == "chen-guoqiang"
    assert served_by(days, "TS-01") == "jiang-tao"
    assert (served_by(days, "WX-01"), starts["WX-01"]) == ("zhang-wenbin", at("10:00"))
    assert starts["BY-01"] == at("13:30")


def test_7_homes_areas_and_means(
    days: dict[str, ShiftPlan], jobs: dict[str, Job], scenario: Scenario
) -> None:
    assert days["deng-shaohua"].last_leg.arrival <= at("17:30")
    assert days["deng-shaohua"].last_leg.to_place == "home:deng-shaohua"
    city = {"Furong", "Tianxin", "Kaifu", "Yuhua"}
    assert {jobs[stop.job_id].area for stop in days["zeng-li"].stops} <= city
    assert {jobs[stop.job_id].area for stop in days["cao-lei"].stops} <= {"Liuyang", "Changsha County"}
    means = {technician.technician_id: technician.means for technician in scenario.technicians}
    assert all(day.means == means[technician_id] for technician_id, day in days.items())
    assert Counter(means.values()) == {"car": 18, "motorcycle": 5, "public_transport": 1}


def test_8_who_is_urgent_or_known_is_served(document: "PlanDocument", jobs: dict[str, Job]) -> None:
    left_out = [jobs[job_id] for job_id in document.plan.unserved]
    assert {job.priority for job in left_out} <= {"normal", "flexible"}
    assert not any(job.contract or job.complaint == "strong" for job in left_out)
    answered = [clock for clock in document.assessment.clocks if clock.code == "REPLY_FAR"]
    assert {clock.job_id for clock in answered if clock.state != "missed"} >= {"WX-58"}
    (contract,) = (clock for clock in document.assessment.clocks if clock.code == "ONSITE_CONTRACT")
    assert (contract.job_id, contract.due, contract.state) == ("WX-43", at("19:04"), "met")


def test_9_nobody_may_touch_the_flammable_refrigerant(document: "PlanDocument") -> None:
    (reason,) = (reason for reason in document.assessment.unserved if reason.job_id == "WX-63")
    assert reason.obstacles == ()
    stopped = {block.code: block.alone + block.jointly for block in reason.blocks}
    assert stopped["CERTIFICATE"] == reason.slots > 0
    assert all("CERTIFICATE" in out.codes for out in reason.ruled_out)


def test_10_a_few_jobs_are_left_out_each_with_its_reason(document: "PlanDocument") -> None:
    assert 6 <= len(document.plan.unserved) <= 20
    reasons = {reason.job_id: reason.sentence for reason in document.assessment.unserved}
    assert set(reasons) == set(document.plan.unserved)
    assert all(reasons.values())


def test_11_most_clocks_are_met(document: "PlanDocument") -> None:
    assert document.assessment.kpis.on_time_share >= 0.8


def test_12_who_is_at_work_mends_the_own_leak_in_time(
    document: "PlanDocument", days: dict[str, ShiftPlan], jobs: dict[str, Job]
) -> None:
    leak = jobs["WX-41"].rework
    assert leak is not None
    assert served_by(days, "WX-41") == leak.installed_by == "deng-shaohua"
    clocks = {clock.job_id: clock for clock in document.assessment.clocks if clock.code == "REWORK"}
    assert set(clocks) == {"WX-04", "WX-06", "WX-32", "WX-41"}  # who came and failed has no clock left
    assert clocks["WX-41"].due == at("21:15")
    assert clocks["WX-41"].state == "met"
    assert "WX-41" not in {line.job_id for line in lines(document, "SUBSIDY")}


def test_13_leaks_of_others_are_paid_for(document: "PlanDocument", days: dict[str, ShiftPlan]) -> None:
    paid = {line.job_id: line.cents for line in lines(document, "SUBSIDY")}
    assert paid["WX-19"] == 13_000  # promised, and so never left out
    for job_id, installer, cents in (
        ("WX-04", "wu-bin", 15_000),
        ("WX-05", "tan-liang", 3_000),
        ("WX-06", "xiao-jun", 10_000),
        ("WX-32", "hu-qiang", 10_000),
    ):
        assert paid.get(job_id, 0) == (0 if served_by(days, job_id) in (installer, None) else cents)
    assert {line.kind for line in lines(document, "SUBSIDY")} == {"transfer"}


def test_14_the_promises_of_yesterday_are_kept(scenario: Scenario, days: dict[str, ShiftPlan]) -> None:
    starts = {stop.job_id: stop.start for day in days.values() for stop in day.stops}
    assert {promise.job_id for promise in scenario.promises} == {"WX-12", "WX-19"}
    for promise in scenario.promises:
        assert promise.told_at is not None
        assert promise.told_at < at("00:00")
        assert max(promise.start, promise.window.start) <= starts[promise.job_id] <= promise.window.end


def test_15_two_boards_for_three_customers(
    document: "PlanDocument", days: dict[str, ShiftPlan], jobs: dict[str, Job], explainer: "Explainer"
) -> None:
    waiting = {job_id for job_id, job in jobs.items() if "inverter board" in job.parts}
    assert waiting == {"WX-16", "WX-43", "WX-55"}
    by = {job_id: served_by(days, job_id) for job_id in waiting}
    assert by["WX-55"] is None
    assert by["WX-16"] is not None
    assert by["WX-43"] is not None
    assert "jiang-tao" in by.values()
    assert sum(day.picked_up.get("inverter board", 0) for day in days.values()) == 1  # from Yuelu's shelf
    (reason,) = (reason for reason in document.assessment.unserved if reason.job_id == "WX-55")
    stopped = {block.code: block.alone + block.jointly for block in reason.blocks}
    assert stopped["PART"] == reason.slots > 0  # whoever has time; so nothing but a board can help
    fix = explainer.left_out("WX-55").answer.fix
    assert fix is not None
    assert (fix.kind, fix.parts) == ("part", {"inverter board": 1})


def test_16_the_manager_arranges_the_strong_complaints(document: "PlanDocument") -> None:
    manager = [task for task in document.assessment.desk if task.owner == "manager"]
    assert {task.job_id for task in manager} == {"TS-02", "TS-03"}
    assert all(task.code == "COMPLAINT" and task.start is not None for task in manager)
    overdue = {task.job_id for task in manager if task.due < at("07:30")}
    assert overdue == {"TS-02"}


def test_17_the_bonus_of_the_hot_weeks(
    scenario: Scenario, document: "PlanDocument", days: dict[str, ShiftPlan], jobs: dict[str, Job]
) -> None:
    kinds = {name: job_type.kind for name, job_type in scenario.policy.job_types.items()}
    before = {one.technician_id: one.month_to_date.repairs for one in scenario.technicians}
    assert (before["zhang-wenbin"], before["luo-min"], before["he-jianping"]) == (80, 79, 77)
    passed = {
        who
        for who, day in days.items()
        if before[who] + sum(kinds[jobs[stop.job_id].type] == "repair" for stop in day.stops) > 80
    }
    bonus = {line.technician_id: line.cents for line in lines(document, "MONTH_BONUS")}
    assert bonus == dict.fromkeys(passed, 20_000)
    assert "zhang-wenbin" in bonus


def test_18_who_is_far_ahead_costs_most_by_fairness(scenario: Scenario, document: "PlanDocument") -> None:
    hours = {
        one.technician_id: one.month_to_date.hours
        for one in scenario.technicians
        if one.kits == ("repairer",) and one.piece_pay and one.technician_id not in OFF_DUTY
    }
    assert max(hours, key=hours.__getitem__) == "luo-min"
    assert min(hours, key=hours.__getitem__) == "fan-jie"
    cents = {line.technician_id: line.cents for line in lines(document, "FAIRNESS")}
    assert max(cents, key=cents.__getitem__) == "luo-min"
    assert "fan-jie" not in cents


def test_19_the_bench_and_the_call_after_it(document: "PlanDocument") -> None:
    clocks = {clock.batch_id: clock for clock in document.assessment.clocks if clock.batch_id is not None}
    school, guesthouse = clocks["school-12"], clocks["guesthouse"]
    thursday_close = datetime.fromisoformat("2026-07-16T18:00:00+08:00")
    # 24 units: three working days after Monday. 12 are done, 10 follow today and 2 on Thursday.
    assert (school.code, school.due, school.at) == ("BENCH_REPAIR", thursday_close, thursday_close)
    assert (guesthouse.code, guesthouse.due, guesthouse.state) == ("FOLLOW_UP", at("17:40"), "met")
