"""What scenarios/changsha-aircon/README.md tells about the day is in the file."""

from collections import Counter

from optimizer.domain.job import Job
from optimizer.domain.scenario import Scenario
from tests.golden.changsha_aircon.story import at


def test_the_numbers_of_the_story(scenario: Scenario) -> None:
    assert len(scenario.branches) == 3
    assert Counter(technician.kits for technician in scenario.technicians) == {
        ("installer",): 10,
        ("repairer",): 14,
    }
    assert len(scenario.jobs) == 130
    prefixes = Counter(job.job_id.partition("-")[0] for job in scenario.jobs)
    assert prefixes == {"AZ": 38, "KC": 5, "WX": 63, "TS": 9, "BY": 15}


def test_the_special_jobs_of_the_story(scenario: Scenario, jobs: dict[str, Job]) -> None:
    installations = [job for job in scenario.jobs if job.job_id.startswith("AZ")]
    assert sum("electrician" in job.certificates for job in installations) == 5
    assert sum(job.product == "central-aircon" for job in installations) == 3
    plain_heights = [jobs[f"AZ-{number:02}"] for number in range(2, 10)]
    assert all(job.site.outdoor_unit_floor >= 2 for job in plain_heights)
    assert sum(job.complaint == "strong" for job in scenario.jobs) == 3
    assert sum(job.rework is not None for job in scenario.jobs) == 6
    assert {job.area for job in scenario.jobs} >= {
        "Furong",
        "Tianxin",
        "Yuelu",
        "Kaifu",
        "Yuhua",
        "Wangcheng",
        "Changsha County",
        "Liuyang",
        "Ningxiang",
    }


def test_what_the_sheets_print_is_there(scenario: Scenario) -> None:
    assert all(branch.hotline for branch in scenario.branches)
    assert all(job.customer is not None and job.customer.phone for job in scenario.jobs)
    assert sum(bool(job.fault) for job in scenario.jobs) >= 100
    assert sum(bool(job.wishes) for job in scenario.jobs) >= 35
    numbers = [branch.hotline for branch in scenario.branches]
    numbers += [job.customer.phone for job in scenario.jobs if job.customer is not None]
    assert all(number.startswith("0731-0000 ") for number in numbers)  # nobody's number


def test_who_may_not_work_and_why(scenario: Scenario) -> None:
    staff = {technician.technician_id: technician for technician in scenario.technicians}
    assert staff["tan-liang"].suspended
    assert staff["yang-fan"].leave
    assert not staff["zhong-yi"].onboarding.examined
    assert staff["yu-xin"].missing_tools == ("refrigerant gauge",)


def test_four_repairs_lie_beyond_the_radius_of_every_branch(scenario: Scenario) -> None:
    from optimizer.domain.requirements import great_circle_m

    nearest = {
        job.job_id: min(great_circle_m(branch.place, job.place) for branch in scenario.branches)
        for job in scenario.jobs
    }
    far = {job_id for job_id, metres in nearest.items() if metres > 100_000}
    assert far == {"WX-58", "WX-59", "WX-60", "WX-61"}
    assert 90_000 < nearest["WX-62"] < 100_000  # Dawei Mountain, just inside


def test_every_job_of_the_day_is_open_on_the_day(scenario: Scenario) -> None:
    assert scenario.now == at("07:30")
    for job in scenario.jobs:
        assert job.windows
        assert all(at("08:00") <= window.start < window.end <= at("19:00") for window in job.windows)
        assert job.intake_at is None or job.intake_at < scenario.now
