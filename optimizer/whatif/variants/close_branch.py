"""A branch less."""

from collections import Counter
from collections.abc import Iterator, Mapping

from optimizer.domain.approval import Approval
from optimizer.domain.branch import Branch
from optimizer.domain.scenario import Scenario
from optimizer.domain.study_patches import CloseBranch
from optimizer.domain.technician import Technician
from optimizer.errors import Issue
from optimizer.whatif.variants import names
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.people import moved
from optimizer.whatif.variants.pieces import MOST_PIECES


class CloseBranchKind(ChangeKind[CloseBranch]):
    """A branch less.

    Another branch takes over its people, the jobs it was named for, its stock, shared tools and bench, so that nothing
    but its place is lost; its beds are. Jobs that name no branch are in the charge of the nearest that is left. Who
    starts from home goes on to do so. Approved visits that lend a tool of the closed branch are given back.
    """

    patch = CloseBranch

    def applied(self, scenario: Scenario, patch: CloseBranch) -> Scenario:
        """Return the scenario without the branch."""
        names.refuse(_issues(scenario, patch))
        closed, heir = patch.branch_id, patch.people_to
        old = next(one for one in scenario.branches if one.branch_id == closed)
        return scenario.model_copy(
            update={
                "branches": tuple(
                    _heir(one, old) if one.branch_id == heir else one
                    for one in scenario.branches
                    if one.branch_id != closed
                ),
                "technicians": tuple(_moved(one, closed, heir) for one in scenario.technicians),
                "jobs": tuple(
                    job.model_copy(update={"branch_id": heir}) if job.branch_id == closed else job
                    for job in scenario.jobs
                ),
                "approvals": tuple(_given_back(one, closed) for one in scenario.approvals),
            }
        )


def _issues(scenario: Scenario, patch: CloseBranch) -> Iterator[Issue]:
    known = names.branch_ids(scenario)
    yield from names.unknown("branch", "branch_id", patch.branch_id, known)
    yield from names.unknown("branch", "people_to", patch.people_to, known)
    if patch.people_to == patch.branch_id:
        cause = f"The people of {patch.branch_id} cannot go where they are."
        yield Issue("same-branch", "people_to", cause, "Name another branch.")
    two = [one for one in scenario.branches if one.branch_id in (patch.branch_id, patch.people_to)]
    for field in ("stock", "shared_tools"):
        together = sum((Counter(getattr(one, field)) for one in two), Counter[str]())
        for name, pieces in together.items():
            if pieces > MOST_PIECES:
                cause = f"{patch.people_to} would have {pieces:,} of {name!r}."
                action = f"A branch holds at most {MOST_PIECES:,}; lower the numbers in the base."
                yield Issue("too-many-pieces", "people_to", cause, action)


def _heir(branch: Branch, closed: Branch) -> Branch:
    return branch.model_copy(
        update={
            "stock": _together(branch.stock, closed.stock),
            "shared_tools": _together(branch.shared_tools, closed.shared_tools),
            "bench": (*branch.bench, *closed.bench),
        }
    )


def _together(ours: Mapping[str, int], theirs: Mapping[str, int]) -> dict[str, int]:
    return dict(ours) | {name: ours.get(name, 0) + pieces for name, pieces in theirs.items()}


def _moved(one: Technician, closed: str, heir: str) -> Technician:
    if one.branch_id == closed:
        return moved(one, heir)
    if closed not in one.territory.branches:
        return one
    served = tuple(dict.fromkeys(heir if name == closed else name for name in one.territory.branches))
    return one.model_copy(update={"territory": one.territory.model_copy(update={"branches": served})})


def _given_back(day: Approval, closed: str) -> Approval:
    jobs = {tool.job_id for tool in day.tools if tool.branch_id == closed}
    return day.model_copy(
        update={
            "visits": tuple(visit for visit in day.visits if visit.job_id not in jobs),
            "tools": tuple(tool for tool in day.tools if tool.job_id not in jobs),
        }
    )


KIND = CloseBranchKind()
