from collections import Counter
from datetime import date
from random import Random

import numpy as np
import pytest

from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.generate import generate_scenario
from optimizer.generate.region import region
from optimizer.travel.great_circle import great_circle_m


@pytest.fixture(scope="module")
def day() -> Scenario:
    return generate_scenario(technicians=20, jobs=200, seed=7)


@pytest.fixture(scope="module")
def week() -> Scenario:
    return generate_scenario(technicians=20, jobs=300, seed=7, days=7)


def test_the_same_arguments_give_the_same_scenario(day: Scenario) -> None:
    again = generate_scenario(technicians=20, jobs=200, seed=7)
    assert again.model_dump_json() == day.model_dump_json()
    other = generate_scenario(technicians=20, jobs=200, seed=8)
    assert other.jobs != day.jobs
    assert other.technicians != day.technicians


def test_the_staff_does_not_depend_on_the_number_of_jobs(day: Scenario) -> None:
    assert generate_scenario(technicians=20, jobs=10, seed=7).technicians == day.technicians


def test_the_size_is_as_asked(week: Scenario) -> None:
    assert len(week.technicians) == 20
    assert len(week.jobs) == 300
    assert len(week.branches) == 2  # one for every dozen technicians: 20 ÷ 12 rounds to 2
    assert week.horizon.dates()[-1] == date(2026, 7, 21)
    assert len({job.job_id for job in week.jobs}) == 300
    assert len({technician.technician_id for technician in week.technicians}) == 20


def test_the_smallest_day_can_be_made() -> None:
    scenario = generate_scenario(technicians=1, jobs=0, seed=0)
    assert (len(scenario.technicians), scenario.jobs, len(scenario.branches)) == (1, (), 1)


def test_it_goes_through_a_file_unchanged(week: Scenario) -> None:
    assert Scenario.model_validate_json(week.model_dump_json()) == week


@pytest.mark.parametrize("seed", range(5))
def test_nothing_in_it_is_refused(seed: int) -> None:
    from optimizer.domain.validation import validate_scenario

    assert validate_scenario(generate_scenario(technicians=15, jobs=80, seed=seed, days=3)) == ()


def test_there_are_jobs_of_every_type_and_windows_of_every_kind(day: Scenario) -> None:
    assert {job.type for job in day.jobs} == set(day.policy.job_types)
    assert {job.priority for job in day.jobs} == {"emergency", "vip", "contract", "normal", "flexible"}
    hours = {(window.end - window.start).total_seconds() / 3600 for job in day.jobs for window in job.windows}
    assert {2.0, 3.5, 4.5, 9.0} == hours  # two hours, morning, afternoon, all day
    assert {job.complaint for job in day.jobs} == {"none", "complaint", "strong"}
    assert any(job.rework for job in day.jobs)
    assert any(job.site.outdoor_unit_floor >= 2 for job in day.jobs)
    assert any("electrician" in job.certificates for job in day.jobs)
    assert any(len(jobs) > 1 for jobs in _by_customer(day).values())


def test_several_days_give_several_windows_on_planned_days(week: Scenario) -> None:
    days = set(week.horizon.dates())
    assert {len(job.windows) for job in week.jobs} == {1, 2, 3}
    for job in week.jobs:
        opening = [window.start.date() for window in job.windows]
        assert opening == sorted(set(opening))
        assert set(opening) <= days


def test_clocks_run_for_what_was_reported_and_not_for_what_was_booked(week: Scenario) -> None:
    for job in week.jobs:
        today = job.windows[0].start.date() == week.horizon.first_day
        assert (job.intake_at is not None) == (today and job.type in ("repair", "complaint"))
        if job.intake_at is not None and job.dispatched_at is not None:
            assert job.intake_at <= job.dispatched_at < job.windows[0].end


def test_everybody_has_a_day_off_in_a_week(week: Scenario) -> None:
    for technician in week.technicians:
        assert technician.shifts is not None
        assert len(technician.shifts) == 6


def test_some_cannot_work_for_every_reason() -> None:
    first_day = date(2026, 7, 15)
    staff = generate_scenario(technicians=60, jobs=0, seed=3).technicians
    assert sum(bool(one.leave) for one in staff) == 2
    assert sum(bool(one.suspended) for one in staff) == 1
    assert sum(bool(one.missing_tools) for one in staff) == 1
    assert sum(not one.onboarding.examined for one in staff) == 1
    overdue = [one for one in staff if one.last_inspection and (first_day - one.last_inspection).days > 31]
    assert len(overdue) == 1


def test_both_trades_are_there_in_their_shares() -> None:
    staff = generate_scenario(technicians=18, jobs=0, seed=5).technicians
    # two packs of 4 installers, 4 repairers and 1 who does both
    kits = Counter("+".join(one.kits) for one in staff)
    assert kits == {"installer": 8, "repairer": 8, "installer+repairer": 2}


def test_far_jobs_lie_beyond_the_radius_of_every_branch() -> None:
    rng = Random(1)
    drawn = region(rng, 60)
    places = [branch.place for branch in drawn.branches] + [drawn.far_away(rng) for _ in range(50)]
    metres = great_circle_m(np.array([one.lat for one in places]), np.array([one.lon for one in places]))
    branches = len(drawn.branches)
    assert branches == 5
    assert metres[:branches, :branches].max() < 100_000
    assert metres[branches:, :branches].min() > 100_000


def test_more_load_means_longer_jobs() -> None:
    light, usual, heavy = (
        generate_scenario(technicians=20, jobs=100, seed=7, load=load).policy.job_types["repair"].base_min
        for load in (0.5, 1.0, 1.5)
    )
    assert light < usual < heavy


def test_an_installation_always_has_time_for_its_test_run() -> None:
    crowded = generate_scenario(technicians=5, jobs=200, seed=7)
    assert crowded.policy.job_types["installation"].base_min >= 30
    assert crowded.policy.rules["WORKLOAD_CAP"] == {"jobs_per_day": 20}


def test_wrong_numbers_are_all_named_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        generate_scenario(technicians=0, jobs=-1, seed=0, days=15, load=9)
    assert [issue.path for issue in refused.value.issues] == ["technicians", "jobs", "days", "load"]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_full_day_leaves_a_few_jobs_unserved(seed: int) -> None:
    from optimizer.control import Iterations
    from optimizer.planning import plan_scenario

    scenario = generate_scenario(technicians=20, jobs=100, seed=seed)
    plan = plan_scenario(scenario, stop=Iterations(3000), seed=1).plan
    assert 1 <= len(plan.unserved) <= 15  # 5 to 10 % are aimed at


def _by_customer(scenario: Scenario) -> dict[str, list[str]]:
    jobs: dict[str, list[str]] = {}
    for job in scenario.jobs:
        assert job.customer is not None
        jobs.setdefault(job.customer.customer_id, []).append(job.job_id)
    return jobs
