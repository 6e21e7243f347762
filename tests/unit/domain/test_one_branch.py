"""A branch's part of a question has its own people and jobs, and nothing that points outside."""

from optimizer.domain.one_branch import of_branch
from optimizer.domain.scenario import Scenario
from optimizer.domain.validation import validate_scenario
from tests.unit.service.boards.day import X, plan_of, two_branches


def test_a_branchs_part_has_its_people_their_jobs_and_those_it_is_in_charge_of() -> None:
    scenario = two_branches()
    question, plan = of_branch(scenario, plan_of(scenario, X).plan, "B1")
    assert [one.technician_id for one in question.technicians] == ["T1", "T2"]
    assert {job.job_id for job in question.jobs} == {"J1", "J2", "J3", "J4", "R1"}  # J4 and R1 are left out
    assert {one.technician_id for one in plan.shifts} == {"T1", "T2"}
    assert set(plan.unserved) == {"J4", "R1"}
    assert question.branches == scenario.branches


def test_what_ties_its_jobs_to_others_is_cut() -> None:
    facts = two_branches().model_dump(mode="json")
    jobs = {job["job_id"]: job for job in facts["jobs"]}
    jobs["J2"]["after"] = [{"job_id": "K1"}, {"job_id": "J1"}]
    facts["groups"] = [{"who": "same", "jobs": ["J1", "K1"]}, {"who": "same", "jobs": ["J1", "J2"]}]
    facts["pins"] = [{"job_id": "K1", "technician_id": "T3"}, {"job_id": "J1", "technician_id": "T1"}]
    scenario = Scenario.model_validate(facts)
    question, _ = of_branch(scenario, plan_of(two_branches(), X).plan, "B1")
    assert validate_scenario(question) == ()
    by_id = {job.job_id: job for job in question.jobs}
    assert [tie.job_id for tie in by_id["J2"].after] == ["J1"]
    assert [group.jobs for group in question.groups] == [("J1", "J2")]
    assert [pin.job_id for pin in question.pins] == ["J1"]


def test_the_only_branchs_part_is_everything() -> None:
    facts = two_branches().model_dump(mode="json")
    for one in facts["technicians"]:
        one["branch_id"] = "B1"
    scenario = Scenario.model_validate(facts)
    plan = plan_of(scenario, X).plan
    assert of_branch(scenario, plan, "B1") == (scenario, plan)
