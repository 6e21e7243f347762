"""More or fewer pieces of something that branches have."""

from collections.abc import Collection, Iterator
from typing import Final, Literal

from optimizer.domain.branch import Branch
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue
from optimizer.whatif.variants import names

MOST_PIECES: Final = 1_000_000


def with_pieces(
    scenario: Scenario,
    field: Literal["stock", "shared_tools"],
    name: str,
    *,
    branches: Collection[str],
    more: int,
) -> Scenario:
    """Return a scenario whose branches have more or fewer pieces of something.

    Parameters
    ----------
    scenario : the question
    field : where the branches count it
    name : what it is
    branches : at which branches, each; empty: at all
    more : pieces more; below 0: fewer

    Raises
    ------
    InvalidInput
        There is no such branch, or one has not so many pieces; lists all.
    """
    known = names.branch_ids(scenario)
    wanted = frozenset(branches) or known
    concerned = [one for one in scenario.branches if one.branch_id in wanted]

    def issues() -> Iterator[Issue]:
        yield from names.all_unknown("branch", "branch_ids", tuple(branches), known)
        for one in concerned:
            pieces = getattr(one, field).get(name, 0)
            if not 0 <= pieces + more <= MOST_PIECES:
                cause = (
                    f"{one.branch_id} has {pieces} of {name!r}; with {more:+} there would be {pieces + more}."
                )
                action = f"Give {-pieces} or more, or name other branches in branch_ids."
                if more > 0:
                    action = f"A branch holds at most {MOST_PIECES:,}."
                yield Issue("too-few-pieces" if more < 0 else "too-many-pieces", "more", cause, action)

    names.refuse(issues())

    def change(one: Branch) -> Branch:
        table = getattr(one, field)
        return one.model_copy(update={field: table | {name: table.get(name, 0) + more}})

    return scenario.model_copy(
        update={
            "branches": tuple(change(one) if one.branch_id in wanted else one for one in scenario.branches)
        }
    )
