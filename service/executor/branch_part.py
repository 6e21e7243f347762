"""A branch's part of the plan that is followed and of its question, read from what is stored."""

from typing import NamedTuple

from pydantic import TypeAdapter

from optimizer.domain.document import PlanDocument
from optimizer.domain.one_branch import of_branch
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Promise
from optimizer.domain.scenario import Scenario
from optimizer.interchange.scenario_file import parse_scenario, with_preset

_PROMISES = TypeAdapter(tuple[Promise, ...])


class BranchPart(NamedTuple):
    """What one branch answers for."""

    whole: Scenario
    """The question of all branches, as it is stored."""
    question: Scenario
    """The branch's part, under the plan's preset, with what its customers were told on the day."""
    plan: Plan
    """The branch's part of the plan."""


def branch_part(scenario: bytes, document: bytes, branch_id: str, told: bytes) -> BranchPart:
    """Return a branch's part of the plan that is followed and of its question.

    Parameters
    ----------
    scenario : the question, as JSON
    document : the plan, as JSON
    branch_id : the branch
    told : what customers were told on the day, as JSON
    """
    followed = PlanDocument.model_validate_json(document)
    whole = parse_scenario(scenario.decode(), json=True)
    under = with_preset(whole, followed.plan.preset)
    question, plan = of_branch(under, followed.plan, branch_id)
    jobs = {job.job_id for job in question.jobs}
    promises = tuple(one for one in _PROMISES.validate_json(told) if one.job_id in jobs)
    return BranchPart(whole, question.model_copy(update={"promises": (*question.promises, *promises)}), plan)
