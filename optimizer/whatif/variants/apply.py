"""Makes a variant's scenario of the base, and says what stands against a study's changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from optimizer.domain.base import Record
from optimizer.domain.scenario import Scenario
from optimizer.domain.study import SmallestStaff, Study
from optimizer.domain.study_patches import AddStaff, Demand, Patch, RemoveStaff, Who, Windows
from optimizer.errors import InvalidInput, Issue
from optimizer.rules.scenario_issues import scenario_issues
from optimizer.whatif.variants import KINDS, names
from optimizer.whatif.variants.base import ChangeKind

_KIND_OF: Final[dict[type[Record], ChangeKind[Any]]] = {kind.patch: kind for kind in KINDS}


def applied(scenario: Scenario, patch: Patch) -> Scenario:
    """Return a scenario with one change; the one that is given stays as it is.

    Parameters
    ----------
    scenario : a valid scenario
    patch : the change

    Raises
    ------
    InvalidInput
        The change names something the scenario does not have, or takes away what is not there; lists all, each with
        its place in the change. Whether the result is valid is not looked at.
    """
    return _KIND_OF[type(patch)].applied(scenario, patch)


def variant_scenario(base: Scenario, changes: Sequence[Patch], path: str = "changes") -> Scenario:
    """Return the base with changes, made one after another; without changes it is the base itself.

    Parameters
    ----------
    base : a valid scenario
    changes : of a variant, in this order
    path : where the changes stand, e.g. ``variants[2].changes``, for what is said against them

    Raises
    ------
    InvalidInput
        A change cannot be made, or the scenario contradicts itself after them; lists all.
    """
    scenario, found = base, list[Issue]()
    for row, patch in enumerate(changes):
        try:
            scenario = applied(scenario, patch)
        except InvalidInput as error:
            found += (replace(issue, path=f"{path}[{row}].{issue.path}") for issue in error.issues)
    if not found and scenario is not base:
        found += (_after(issue, path) for issue in scenario_issues(scenario))
    if found:
        raise InvalidInput(tuple(found))
    return scenario


def demand_changes(changes: Sequence[Patch]) -> tuple[Demand | Windows, ...]:
    """Return the changes that are changes of the demand, in order.

    Parameters
    ----------
    changes : of a variant, or of a whole study
    """
    return tuple(one for one in changes if isinstance(one, Demand | Windows))


def staff_changes(asked: SmallestStaff, base: Scenario, number: int) -> tuple[Patch, ...]:
    """Return the changes that make so many people more of the base, or fewer.

    Who comes or goes with a number also comes or goes with every larger or smaller one.

    Parameters
    ----------
    asked : who comes and who may go
    base : a scenario that has the technician `asked` names
    number : people more than in the base; below 0: fewer
    """
    if number > 0:
        return (AddStaff(kind="add_staff", count=number, like=asked.like, branch_id=asked.branch_id),)
    if number == 0:
        return ()
    like = next(one for one in base.technicians if one.technician_id == asked.like)
    usual = Who(branch_ids=(asked.branch_id or like.branch_id,), skills=like.skills)
    who = (asked.remove or usual).model_copy(update={"count": -number})
    return (RemoveStaff(kind="remove_staff", who=who),)


def change_issues(base: Scenario, study: Study) -> Iterator[Issue]:
    """Yield what stands against a study's changes and questions on its base.

    What is wrong with the changes that always hold is all that is said of a study: the others are made after them.

    Parameters
    ----------
    base : the study's base, a valid scenario
    study : valid by itself
    """
    try:
        base = variant_scenario(base, study.always, "always")
    except InvalidInput as error:
        yield from error.issues
        return
    for row, variant in enumerate(study.variants):
        yield from _issues(base, variant.changes, f"variants[{row}].changes")
    if (staff := study.questions.smallest_staff) is not None:
        yield from _staff_issues(base, staff)
    if (more := study.questions.value_of_one_more) is not None:
        path = "questions.value_of_one_more.branch_ids"
        yield from names.all_unknown("branch", path, more.branch_ids, names.branch_ids(base))


def _staff_issues(base: Scenario, asked: SmallestStaff) -> Iterator[Issue]:
    path = "questions.smallest_staff"
    unknown = [*names.unknown("technician", f"{path}.like", asked.like, names.technician_ids(base))]
    if asked.branch_id is not None:
        unknown += names.unknown("branch", f"{path}.branch_id", asked.branch_id, names.branch_ids(base))
    yield from unknown
    if unknown:
        return
    fields = {"count": "most", "who.count": "fewest", "who": "fewest"}
    for number in (asked.fewest, asked.most):
        for issue in _issues(base, staff_changes(asked, base, number), path):
            field = issue.path.removeprefix(f"{path}[0].")
            if asked.remove is not None and field.startswith("who.") and field != "who.count":
                field = field.replace("who", "remove", 1)
            yield replace(issue, path=path if field == path else f"{path}.{fields.get(field, field)}")


def _issues(base: Scenario, changes: Sequence[Patch], path: str) -> Iterable[Issue]:
    try:
        variant_scenario(base, changes, path)
    except InvalidInput as error:
        return error.issues
    return ()


def _after(issue: Issue, path: str) -> Issue:
    """Return what is wrong with a changed scenario as something that is wrong with its changes."""
    cause = f"With these changes the scenario contradicts itself at {issue.path}: {issue.cause}"
    return replace(issue, path=path, cause=cause)
