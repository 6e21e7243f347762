"""Halts at branches in orders: what is wrong with them, and which visits they are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from optimizer.compile import Compiled
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.schedule.halt_rows import Halt, HaltedDay, woven
from optimizer.words.numbers import count


def restock_issues(scenario: Scenario, orders: Orders, paths: Sequence[str]) -> Iterator[Issue]:
    """Yield halts at branches that the scenario does not know, and those that stand at no place in their day.

    Parameters
    ----------
    scenario : the question
    orders : well-formed by themselves
    paths : where each route stands in the file
    """
    branches = {branch.branch_id for branch in scenario.branches}
    for path, route in zip(paths, orders.routes, strict=True):
        earlier = 0
        for number, halt in enumerate(route.restocks):
            here = f"{path}.restocks[{number}]"
            if halt.branch_id not in branches:
                cause = f"The scenario has no branch {halt.branch_id!r}."
                action = "Correct the id, or add the branch to the scenario."
                yield Issue("unknown-branch", f"{here}.branch_id", cause, action)
            if halt.before > len(route.jobs):
                jobs = count(len(route.jobs), "job")
                cause = f"The halt at {halt.branch_id} stands behind {halt.before} jobs; the day has {jobs}."
                yield Issue(
                    "no-such-place", f"{here}.before", cause, "Give the number of jobs that come before it."
                )
            elif halt.before < earlier:
                cause = (
                    f"The halt at {halt.branch_id} stands behind {count(halt.before, 'job')}, the one before it "
                    f"behind {earlier}."
                )
                yield Issue(
                    "wrong-order", f"{here}.before", cause, "List halts in the order in which they are made."
                )
            earlier = max(earlier, halt.before)


def with_halts(
    compiled: Compiled,
    orders: Orders,
    asked: Sequence[OrderedDay | None],
    rows: Sequence[int],
    visits: Sequence[tuple[int, ...]],
) -> list[tuple[int, ...]]:
    """Return the visits of each shift with the halts at branches among them.

    Parameters
    ----------
    compiled : the question
    orders : fit the scenario
    asked : (shift) the orders' day, none where they have none
    rows : (shift) the row of its day or trip
    visits : (shift) the visits at customers in order

    Raises
    ------
    InvalidInput
        When a halt is of no use to any job behind it.
    """
    found = list(visits)
    issues: list[Issue] = []
    for shifts in _outings_with_halts(asked, rows):
        days = [HaltedDay(visits[shift], _halts(asked[shift])) for shift in shifts]
        route = woven(compiled, days)
        for shift, day in zip(shifts, route.days, strict=True):
            found[shift] = day
        issues.extend(_idle(orders, asked[shifts[day]], number) for day, number in route.idle)
    if issues:
        raise InvalidInput(tuple(issues))
    return found


def _outings_with_halts(asked: Sequence[OrderedDay | None], rows: Sequence[int]) -> Iterator[list[int]]:
    """Yield the shifts of each day or trip on which some halt is asked for."""
    together: defaultdict[int, list[int]] = defaultdict(list)
    for shift, row in enumerate(rows):
        together[row].append(shift)
    for shifts in together.values():
        if any(_halts(asked[shift]) for shift in shifts):
            yield shifts


def _halts(day: OrderedDay | None) -> tuple[Halt, ...]:
    return tuple(Halt(one.branch_id, one.before, one.parts) for one in day.restocks) if day else ()


def _idle(orders: Orders, day: OrderedDay | None, number: int) -> Issue:
    assert day is not None
    halt = day.restocks[number]
    path = f"routes[{orders.routes.index(day)}].restocks[{number}]"
    cause = (
        f"No job behind the halt of {day.technician_id} at {halt.branch_id} on {day.day} can get its parts there: "
        "jobs of one person on one day can, at the nearest branches that have all pieces."
    )
    action = "Put the halt before a job that takes parts the branch has, or take it out."
    return Issue("halt-without-job", path, cause, action)
