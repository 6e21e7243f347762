"""The part of a planned question that one branch answers for: its people, the jobs they go to, those it leaves out."""

from collections.abc import Iterator, Set

from optimizer.domain.approval import Approval
from optimizer.domain.job import Job
from optimizer.domain.plan import Plan
from optimizer.domain.plan_crews import crews_of
from optimizer.domain.requirements import branches_in_charge
from optimizer.domain.scenario import Scenario
from optimizer.domain.ties import JobGroup
from optimizer.errors import Issue


def of_branch(scenario: Scenario, plan: Plan, branch_id: str) -> tuple[Scenario, Plan]:
    """Return a branch's part of a question and of its plan.

    All branches stay, with their places and stocks: distances and what is in charge of what are counted from them.

    Parameters
    ----------
    scenario : the question that was planned
    plan : a plan for it
    branch_id : the branch
    """
    staff = tuple(one for one in scenario.technicians if one.branch_id == branch_id)
    if len(staff) == len(scenario.technicians):
        return scenario, plan
    people = frozenset(one.technician_id for one in staff)
    shifts = tuple(one for one in plan.shifts if one.technician_id in people)
    ids = {stop.job_id for shift in shifts for stop in shift.stops} | _left_out(scenario, plan, branch_id)
    question = scenario.model_copy(
        update={
            "technicians": staff,
            "jobs": tuple(_untied(one, ids) for one in scenario.jobs if one.job_id in ids),
            "crews": tuple(one for one in scenario.crews if people.issuperset(one.members)),
            "groups": tuple(_groups(scenario, ids)),
            "promises": tuple(one for one in scenario.promises if one.job_id in ids),
            "pins": tuple(one for one in scenario.pins if one.job_id in ids),
            "approvals": tuple(_approved(one, people, ids) for one in scenario.approvals),
        }
    )
    part = plan.model_copy(
        update={
            "shifts": shifts,
            "tools": tuple(one for one in plan.tools if all(stop.job_id in ids for stop in one.stops)),
            "unserved": tuple(one for one in plan.unserved if one in ids),
        }
    )
    return question, part


def shared_issues(scenario: Scenario, plan: Plan, branch_id: str) -> Iterator[Issue]:
    """Yield the jobs to which people of a branch go together with others: none of the branches can plan them alone.

    Parameters
    ----------
    scenario, plan, branch_id : as in `of_branch`
    """
    people = {one.technician_id for one in scenario.technicians if one.branch_id == branch_id}
    for job_id, crew in crews_of(plan).items():
        others = sorted(set(crew) - people)
        if others and not people.isdisjoint(crew):
            cause = f"{job_id} is done together with {', '.join(others)} of another branch."
            action = f"Let people of {branch_id} alone do it, or plan the scenario of all branches anew."
            yield Issue("shared-crew", "", cause, action)


def _left_out(scenario: Scenario, plan: Plan, branch_id: str) -> frozenset[str]:
    """Return the jobs a plan leaves out that the branch is in charge of."""
    left_out = frozenset(plan.unserved)
    found = branches_in_charge([job for job in scenario.jobs if job.job_id in left_out], scenario)
    return frozenset(job_id for job_id, branch in found.items() if branch.branch_id == branch_id)


def _untied(job: Job, ids: Set[str]) -> Job:
    """Return a job that waits for none of another branch."""
    after = tuple(tie for tie in job.after if tie.job_id in ids)
    return job if len(after) == len(job.after) else job.model_copy(update={"after": after})


def _groups(scenario: Scenario, ids: Set[str]) -> Iterator[JobGroup]:
    for group in scenario.groups:
        jobs = tuple(one for one in group.jobs if one in ids)
        if len(jobs) > 1:
            yield group.model_copy(update={"jobs": jobs})


def _approved(day: Approval, people: Set[str], ids: Set[str]) -> Approval:
    return day.model_copy(
        update={
            "visits": tuple(one for one in day.visits if one.technician_id in people),
            "tools": tuple(one for one in day.tools if one.job_id in ids),
            "outings": tuple(one for one in day.outings if one.technician_id in people),
        }
    )
