"""A branch's part of a question has its own people and jobs, and nothing that points outside."""

from optimizer.domain.one_branch import of_branch, shared_issues
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


def test_a_crew_of_two_branches_is_named() -> None:
    scenario = two_branches()
    plan = plan_of(scenario, {"T2": ("J3",), "T1": ("J1",)}).plan
    assert list(shared_issues(scenario, plan, "B1")) == []
    alone = next(one for one in plan.shifts if one.technician_id == "T2")
    seated = tuple(stop.model_copy(update={"seat": 1}) for stop in alone.stops)
    mate = alone.model_copy(update={"technician_id": "T3", "stops": seated})
    together = plan.model_copy(update={"shifts": (*plan.shifts, mate)})
    assert [one.cause for one in shared_issues(scenario, together, "B1")] == [
        "J3 is done together with T3 of another branch."
    ]
