"""A branch more."""

from collections.abc import Iterator

from optimizer.domain.scenario import MAX_BRANCHES, Scenario
from optimizer.domain.study_patches import OpenBranch
from optimizer.errors import Issue
from optimizer.whatif.variants import names
from optimizer.whatif.variants.base import ChangeKind
from optimizer.whatif.variants.people import changed, moved


class OpenBranchKind(ChangeKind[OpenBranch]):
    """A branch more. Jobs that name no branch are in its charge where it is the nearest."""

    patch = OpenBranch

    def applied(self, scenario: Scenario, patch: OpenBranch) -> Scenario:
        """Return the scenario with the branch, at the end of the list, and with those who move there."""
        names.refuse(_issues(scenario, patch))
        wider = scenario.model_copy(update={"branches": (*scenario.branches, patch.branch)})
        people = [one for one in scenario.technicians if one.technician_id in patch.technician_ids]
        return changed(wider, people, lambda one: moved(one, patch.branch.branch_id))


def _issues(scenario: Scenario, patch: OpenBranch) -> Iterator[Issue]:
    branch_id = patch.branch.branch_id
    if branch_id in names.branch_ids(scenario):
        cause = f"There is a branch {branch_id!r} already."
        yield Issue("duplicate-id", "branch.branch_id", cause, "Give the new branch an id of its own.")
    if len(scenario.branches) >= MAX_BRANCHES:
        cause = f"There are {MAX_BRANCHES} branches already, as many as a scenario holds."
        yield Issue("too-many-branches", "branch", cause, "Close one first.")
    for means, matrix in scenario.travel.matrices.items():
        if means in scenario.means_in_use and f"branch:{branch_id}" not in matrix.places:
            cause = f"Travel times by {means} are given in a matrix, which has no place branch:{branch_id}."
            action = "Add its row and column to the base's matrix, or leave the matrix out."
            yield Issue("missing-place", "branch.place", cause, action)
    yield from names.all_unknown(
        "technician", "technician_ids", patch.technician_ids, names.technician_ids(scenario)
    )


KIND = OpenBranchKind()
