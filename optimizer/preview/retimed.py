"""Times the days that a move concerns, and those alone: the days it touches and all that wait for the same jobs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from optimizer.compile import Compiled
from optimizer.domain.orders import Orders
from optimizer.domain.plan import ShiftPlan, ToolPlan, TravelLeg
from optimizer.domain.roster import ShiftKey
from optimizer.domain.technician import Means
from optimizer.errors import InvalidInput, Issue
from optimizer.preview.edited import Edited, without_halts
from optimizer.preview.standing import Standing, visitors
from optimizer.retime.orders import Asked, asked_of
from optimizer.retime.room import with_room
from optimizer.retime.waiting import Route, waiting_issues
from optimizer.schedule.plan import Timetable, timetable

Ways = Mapping[tuple[Means, str, str], TravelLeg]
"""Travel data by means and places."""


class Retimed(NamedTuple):
    """The days that a move concerns, before and after it."""

    before: Mapping[ShiftKey, ShiftPlan]
    """As they stand; a day without work is not in it."""
    after: Mapping[ShiftKey, ShiftPlan]
    """As they would be."""
    tools_before: tuple[ToolPlan, ...]
    """The ways of the shared tools that their jobs need, as they stand."""
    tools_after: tuple[ToolPlan, ...]
    """As they would be."""
    ways: Ways
    """The travel data of the days as they would be."""

    def changed(self) -> list[ShiftKey]:
        """Return the days that would be otherwise."""
        keys = dict.fromkeys((*self.before, *self.after))
        return [key for key in keys if self.before.get(key) != self.after.get(key)]


class Waits(NamedTuple):
    """Orders in which people wait for each other for ever."""

    issues: tuple[Issue, ...]
    """Why not."""


def concerned(standing: Standing, orders: Edited) -> set[ShiftKey]:
    """Return the days whose times may change: those touched, and all days that jobs tie to one of them.

    Parameters
    ----------
    standing : the plan
    orders : after the move
    """
    then = visitors({key: orders.days[key] for key in orders.touched if key in orders.days})
    found: set[ShiftKey] = set()
    ahead = set(orders.touched)
    while ahead:
        key = ahead.pop()
        if key in found:
            continue
        found.add(key)
        who = key.technician_id
        if standing.takes_parts or who in standing.travels:  # days share a van's pieces, or are one trip
            ahead.update(standing.shifts_of[who])
        days = (standing.orders.get(key), orders.days.get(key))
        for job_id in {one for day in days if day is not None for one in day.jobs}:
            if standing.is_tied(job_id):
                for other in standing.groups.get(job_id, (job_id,)):
                    ahead |= standing.visitors.get(other, frozenset()) | then.get(other, frozenset())
    return found


def retimed(standing: Standing, orders: Edited) -> tuple[Edited, Retimed | Waits]:
    """Return the days that a move concerns with new times, and the orders without halts that became useless.

    Where no timing keeps the hard limits, they give way as little as possible, as in `optimizer.retime`.

    Parameters
    ----------
    standing : the plan
    orders : after the move
    """
    while True:
        keys = concerned(standing, orders)
        part = _orders(standing, orders, keys)
        question = _question(standing, part)
        try:
            asked = asked_of(question, part)
            break
        except InvalidInput as error:
            idle = _idle_halts(part, error.issues)
            if not idle:
                return orders, Waits(error.issues)
            orders = without_halts(orders, idle)
    issues = tuple(waiting_issues(_routes(part)))
    if issues:
        return orders, Waits(issues)
    found = _made(standing, question, asked, keys)
    return orders, found


def _orders(standing: Standing, orders: Edited, keys: Iterable[ShiftKey]) -> Orders:
    """Return the orders of some days alone, with the tools for their jobs."""
    days = [orders.days[key] for key in standing.in_order(keys) if key in orders.days]
    jobs = {job_id for day in days for job_id in day.jobs}
    tools = tuple(tool for tool in orders.tools if not jobs.isdisjoint(tool.jobs))
    return Orders(routes=tuple(days), tools=tools)


def _idle_halts(orders: Orders, issues: Iterable[Issue]) -> dict[ShiftKey, set[int]]:
    """Return the halts at branches that no job needs any more, by shift."""
    found: defaultdict[ShiftKey, set[int]] = defaultdict(set)
    paths = {
        f"routes[{i}].restocks[{number}]": (ShiftKey(day.technician_id, day.day), number)
        for i, day in enumerate(orders.routes)
        for number in range(len(day.restocks))
    }
    for issue in issues:
        if issue.code == "halt-without-job":
            key, number = paths[issue.path]
            found[key].add(number)
    return found


def _routes(orders: Orders) -> list[Route]:
    people = [
        Route(f"routes[{i}]", f"{one.technician_id} on {one.day}", one.day, one.jobs)
        for i, one in enumerate(orders.routes)
    ]
    tools = [
        Route(f"tools[{i}]", f"{one.tool} {one.piece} of {one.branch_id} on {one.day}", one.day, one.jobs)
        for i, one in enumerate(orders.tools)
    ]
    return [*people, *tools]


def _made(standing: Standing, question: Compiled, asked: Asked, keys: set[ShiftKey]) -> Retimed | Waits:
    try:
        then = _timetable(question, asked)
    except InvalidInput as error:
        return Waits(error.issues)
    before = {key: standing.days[key] for key in standing.in_order(keys) if key in standing.days}
    jobs = {stop.job_id for days in (before.values(), then.shifts) for day in days for stop in day.stops}
    return Retimed(
        before=before,
        after={day.key: day for day in then.shifts},
        tools_before=tuple(
            one for one in standing.plan.tools if not jobs.isdisjoint(stop.job_id for stop in one.stops)
        ),
        tools_after=then.tools,
        ways=then.ways,
    )


def _question(standing: Standing, orders: Orders) -> Compiled:
    """Return the question, of which only what these orders name is asked."""
    jobs = {job_id for day in orders.routes for job_id in day.jobs}
    people = {day.technician_id for day in orders.routes}
    return standing.compiled._replace(scenario=standing.part(people, jobs))


def _timetable(question: Compiled, asked: Asked) -> Timetable:
    room = with_room(question, asked.routes, asked.days)
    return timetable(question._replace(problem=room.problem), room.routes)
