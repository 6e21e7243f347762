"""Which jobs are judged together."""

from optimizer.domain.job import Customer
from optimizer.domain.ties import After, JobGroup
from optimizer.preview.groups import tied_groups
from tests.unit import crew_day
from tests.unit.rules.build import job, north, scenario


def test_jobs_nothing_ties_are_in_no_group() -> None:
    assert tied_groups(scenario(jobs=[job(), job(job_id="J2")])) == {}


def test_ties_reach_through_others() -> None:
    # J2 comes after J1, J3 is for the technician of J2, J4 is J3's customer's at the same place; J5 is elsewhere.
    hotel = Customer(customer_id="C1")
    jobs = [
        job(),
        job(job_id="J2", after=(After(job_id="J1"),)),
        job(job_id="J3", customer=hotel),
        job(job_id="J4", customer=hotel),
        job(job_id="J5", customer=hotel, place=north(1)),
    ]
    groups = tied_groups(scenario(jobs=jobs, groups=[JobGroup(jobs=("J2", "J3"), who="same")]))
    assert set(groups) == {"J1", "J2", "J3", "J4"}
    assert set(groups.values()) == {frozenset({"J1", "J2", "J3", "J4"})}


def test_jobs_that_need_the_same_tool_of_a_branch() -> None:
    # The hoist: J2 and J3; J1 comes before J2. The nitrogen bottle is for J5 alone.
    groups = tied_groups(crew_day.question())
    assert groups["J3"] == {"J1", "J2", "J3"}
    assert "J5" not in groups
