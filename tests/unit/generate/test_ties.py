"""Generated ties: as many as asked for, the same for the same seed, and none that is not asked for."""

import pytest

from optimizer.domain.scenario import Scenario
from optimizer.domain.validation import validate_scenario
from optimizer.errors import InvalidInput
from optimizer.generate import Ties, generate_scenario

TIES = Ties(crew_percent=25, hoists=2, chain_percent=10)


@pytest.fixture(scope="module")
def tied() -> Scenario:
    return generate_scenario(technicians=20, jobs=120, seed=4, ties=TIES)


def test_the_same_arguments_give_the_same_ties(tied: Scenario) -> None:
    assert generate_scenario(technicians=20, jobs=120, seed=4, ties=TIES) == tied


def test_crews_hoists_and_chains_are_as_many_as_asked(tied: Scenario) -> None:
    assert sum(job.seats is not None for job in tied.jobs) == 30  # a quarter of 120
    assert [branch.shared_tools for branch in tied.branches if branch.shared_tools] == [{"hoist": 2}]
    lifted = [job for job in tied.jobs if job.shared_tools]
    assert 0 < len(lifted) <= 10  # five for each hoist, all of them installations near its branch
    assert {job.type for job in lifted} == {"installation"}
    # twelve were drawn; one right behind another, or with a hoist, is passed over
    assert 6 <= sum(bool(job.after) for job in tied.jobs) <= 12


def test_who_follows_stands_at_the_same_customer(tied: Scenario) -> None:
    by_id = {job.job_id: job for job in tied.jobs}
    for job in tied.jobs:
        for after in job.after:
            first = by_id[after.job_id]
            assert (job.place, job.customer) == (first.place, first.customer)
            assert not first.after


def test_crews_take_the_same_hours_together(tied: Scenario) -> None:
    alone = generate_scenario(technicians=20, jobs=120, seed=4)
    # Two people at a time: each job is shorter, so that the day holds as much of the demand as without crews.
    for kind in ("installation", "repair"):
        assert tied.policy.job_types[kind].base_min < alone.policy.job_types[kind].base_min


def test_nothing_in_it_is_refused(tied: Scenario) -> None:
    assert validate_scenario(tied) == ()
    week = generate_scenario(technicians=10, jobs=150, seed=1, days=5, ties=TIES)
    assert validate_scenario(week) == ()
    assert (
        "25 % of the jobs take a crew. There are 2 hoists. 10 % of the jobs follow another one." in week.story
    )


def test_a_share_beyond_all_jobs_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        generate_scenario(technicians=2, jobs=2, seed=0, ties=Ties(crew_percent=101, hoists=-1))
    assert [issue.path for issue in caught.value.issues] == ["ties.crew_percent", "ties.hoists"]
