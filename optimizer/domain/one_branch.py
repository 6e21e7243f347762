"""The part of a planned question that one branch answers for: its people, the jobs they go to, those it leaves out."""

from collections.abc import Iterator, Mapping, Set

from optimizer.domain.approval import Approval
from optimizer.domain.job import Job
from optimizer.domain.lent import lent_people, with_those_present
from optimizer.domain.plan import Plan
from optimizer.domain.plan_crews import crews_of
from optimizer.domain.promise import Promise
from optimizer.domain.requirements import branches_in_charge
from optimizer.domain.scenario import Scenario
from optimizer.domain.ties import JobGroup
from optimizer.domain.travel import Travel


def of_branch(scenario: Scenario, plan: Plan, branch_id: str) -> tuple[Scenario, Plan]:
    """Return a branch's part of a question and of its plan.

    All branches stay, with their places and stocks: distances and what is in charge of what are counted from them. Who
    comes from another branch to one of its jobs is there for that alone, see `lent_people`.

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
    lent = lent_people(scenario, plan, people)
    present = people.union(one.technician_id for one in lent.technicians)
    shifts = (*(one for one in plan.shifts if one.technician_id in people), *lent.shifts)
    ids = {stop.job_id for shift in shifts for stop in shift.stops} | _left_out(scenario, plan, branch_id)
    part = plan.model_copy(
        update={
            "shifts": shifts,
            "tools": tuple(one for one in plan.tools if all(stop.job_id in ids for stop in one.stops)),
            "unserved": tuple(one for one in plan.unserved if one in ids),
        }
    )
    question = scenario.model_copy(
        update={
            "technicians": (*staff, *lent.technicians),
            "jobs": tuple(_untied(one, ids) for one in scenario.jobs if one.job_id in ids),
            "groups": tuple(_groups(scenario, ids)),
            "promises": tuple(_promises(scenario, part, ids, present)),
            "pins": tuple(one for one in scenario.pins if one.job_id in ids),
            "approvals": tuple(_approved(one, ids) for one in scenario.approvals),
            "travel": _travel(scenario.travel, lent.places),
        }
    )
    return with_those_present(question), part


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


def _travel(travel: Travel, places: Mapping[str, str]) -> Travel:
    """Return travel data that know the places of those who are lent."""
    if not places or not travel.matrices:
        return travel
    matrices = {means: matrix.widened(places) for means, matrix in travel.matrices.items()}
    return travel.model_copy(update={"matrices": matrices})


def _promises(scenario: Scenario, part: Plan, ids: Set[str], present: Set[str]) -> Iterator[Promise]:
    """Yield what customers were told; where that was somebody else's name, with who comes by the plan."""
    crews = crews_of(part)
    for one in scenario.promises:
        if one.job_id in ids and one.technician_id in present:
            yield one
        elif one.job_id in crews:
            yield one.model_copy(update={"technician_id": crews[one.job_id][0]})


def _approved(day: Approval, ids: Set[str]) -> Approval:
    return day.model_copy(
        update={
            "visits": tuple(one for one in day.visits if one.job_id in ids),
            "tools": tuple(one for one in day.tools if one.job_id in ids),
        }
    )
