"""What the file itself says: people, places and rules of the story."""

from collections import Counter
from datetime import date

from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario
from tests.golden.coach_maker.story import EMERGENCIES, at, far_km


def test_the_numbers_of_the_story(scenario: Scenario) -> None:
    assert Counter(technician.branch_id for technician in scenario.technicians) == {
        "shanghai": 4,
        "guangzhou": 5,
        "wuhan": 4,
        "chongqing": 3,
        "xian": 3,
        "urumqi": 2,
        "harbin": 3,
    }
    assert len(scenario.jobs) == 94
    assert scenario.horizon.days == 4
    assert scenario.now == at(13, "07:30")
    assert {job.job_id for job in scenario.jobs if job.priority == "emergency"} == EMERGENCIES
    assert all(job.fault for job in scenario.jobs)
    numbers = [branch.hotline for branch in scenario.branches]
    numbers += [job.customer.phone for job in scenario.jobs if job.customer is not None]
    assert len(numbers) == 7 + 94
    assert all("-0000 " in number for number in numbers)  # nobody's number


def test_the_rules_of_this_house(scenario: Scenario) -> None:
    policy = scenario.policy
    assert policy.desk.people == 2
    assert {branch.service_radius_km for branch in scenario.branches} == {100}
    off = {code for code, settings in policy.rules.items() if settings.get("active") is False}
    assert {"PIECE_BONUS", "MONTH_BONUS", "COMPLETE", "LATE", "CONTACT"} <= off
    assert not any(one.piece_pay for one in scenario.technicians)
    key = [job for job in scenario.jobs if job.customer is not None and job.customer.key_customer]
    assert all(job.customer is not None and job.customer.known_technicians for job in key)
    assert {job.priority for job in key} <= {"vip", "emergency"}


def test_who_is_away_new_or_without_a_certificate(scenario: Scenario) -> None:
    staff = {one.technician_id: one for one in scenario.technicians}
    (leave,) = staff["shen-jie"].leave
    assert (leave.first_day, leave.last_day) == (date(2026, 10, 12), date(2026, 10, 16))
    assert set(staff["lin-zeyu"].onboarding.trained_products or ()) == {"electrics", "coach"}
    (lapsed,) = (one for one in staff["lei-ming"].certificates if one.name == "high voltage")
    assert lapsed.valid_until == date(2026, 9, 30)


def test_every_branch_is_in_charge_of_what_is_nearest(scenario: Scenario, jobs: dict[str, Job]) -> None:
    from optimizer.domain.requirements import great_circle_m

    for job in jobs.values():
        nearest = min(scenario.branches, key=lambda branch: great_circle_m(branch.place, job.place))
        assert job.branch_id == nearest.branch_id


def test_the_distances_of_the_story(scenario: Scenario) -> None:
    km = far_km(scenario)
    far = {job_id for job_id, distance in km.items() if distance > 100}
    assert far == {
        *("SH-06", "SH-07", "SH-08", "SH-13"),
        *("GZ-07", "GZ-08", "GZ-10", "GZ-23"),
        *("WH-09", "WH-10", "WH-12", "WH-13"),
        *("CQ-11", "CQ-12", "CQ-13", "CQ-16"),
        *("XA-05", "XA-08", "XA-09"),
        *("WL-02", "WL-03", "WL-06"),
        *("HB-04", "HB-05", "HB-07", "HB-08"),
    }
    assert len(far) == 26
    told = {"WH-12": 280, "XA-09": 444, "WL-06": 495, "HB-05": 308, "HB-07": 337, "XA-08": 108}
    assert {job_id: round(km[job_id]) for job_id in told} == told
    # between the clocks there is no case within the error of a landmark
    assert not [job_id for job_id, distance in km.items() if 95 < distance < 105]
