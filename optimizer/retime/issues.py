"""Do orders of stops fit a scenario? Everything that does not, at once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from optimizer.compile import lay_out
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue
from optimizer.retime.outings import trip_issues
from optimizer.retime.restocks import restock_issues
from optimizer.retime.tool_issues import tool_issues
from optimizer.retime.waiting import Route, waiting_issues


def order_issues(
    scenario: Scenario,
    orders: Orders,
    rows: Sequence[int] | None = None,
    tool_rows: Sequence[int] | None = None,
) -> tuple[Issue, ...]:
    """Return everything in orders that the scenario does not know or that contradicts itself, all at once.

    Too few or too many people at a job are no mistake of the orders: they can be timed, and the checker finds what
    is wrong with them.

    Parameters
    ----------
    scenario : the question
    orders : well-formed by themselves
    rows, tool_rows : position of each route in the file, where some were set aside; none: as they stand
    """
    paths = [f"routes[{row}]" for row in (range(len(orders.routes)) if rows is None else rows)]
    tool_paths = [f"tools[{row}]" for row in (range(len(orders.tools)) if tool_rows is None else tool_rows)]
    routes = [
        Route(path, f"{one.technician_id} on {one.day}", one.day, one.jobs)
        for path, one in zip(paths, orders.routes, strict=True)
    ]
    tools = [
        Route(path, f"{one.tool} {one.piece} of {one.branch_id} on {one.day}", one.day, one.jobs)
        for path, one in zip(tool_paths, orders.tools, strict=True)
    ]
    layout = lay_out(scenario)
    return (
        *_people(scenario, orders, paths),
        *trip_issues(scenario, layout, orders, paths),
        *_Jobs(scenario).issues(orders, paths),
        *restock_issues(scenario, orders, paths),
        *tool_issues(layout, orders, tool_paths),
        *waiting_issues((*routes, *tools)),
    )


def _people(scenario: Scenario, orders: Orders, paths: Sequence[str]) -> Iterator[Issue]:
    days: dict[str, list[date]] = {technician.technician_id: [] for technician in scenario.technicians}
    for shift in roster(scenario):
        days[shift.key.technician_id].append(shift.key.day)
    route_at: dict[ShiftKey, str] = {}
    for path, route in zip(paths, orders.routes, strict=True):
        if route.technician_id not in days:
            yield _unknown("technician", f"{path}.technician_id", route.technician_id)
        elif route.day not in days[route.technician_id]:
            yield _no_shift(f"{path}.day", route, days[route.technician_id])
        key = ShiftKey(route.technician_id, route.day)
        if key in route_at:
            cause = f"The day of {key} already stands at {route_at[key]}."
            yield Issue("duplicate-route", path, cause, "Make one route of the two, with all jobs in order.")
        route_at.setdefault(key, path)


class _Jobs:
    """What jobs a scenario has, how many people they take and on how many days."""

    def __init__(self, scenario: Scenario) -> None:
        visits = lay_out(scenario).visits()
        self._seats: dict[str, int] = {}
        self._parts: dict[str, int] = {}
        for job, parts in zip(scenario.jobs, visits.parts, strict=True):
            self._seats[job.job_id] = len(parts[0].people)
            self._parts[job.job_id] = len(parts)

    def issues(self, orders: Orders, paths: Sequence[str]) -> Iterator[Issue]:
        """Yield what is wrong with the jobs of people's days."""
        first_at: dict[str, str] = {}
        days: dict[str, list[date]] = defaultdict(list)
        for path, route in zip(paths, orders.routes, strict=True):
            mine: dict[str, str] = {}
            for i, job_id in enumerate(route.jobs):
                here = f"{path}.jobs[{i}]"
                if job_id not in self._seats:
                    yield _unknown("job", here, job_id)
                elif job_id in mine or (job_id in first_at and self._by_one(job_id)):
                    cause = f"The job {job_id!r} already stands at {mine.get(job_id, first_at[job_id])}."
                    yield Issue("duplicate-job", here, cause, "Keep it in one place only.")
                else:
                    yield from self._day(job_id, route.day, days[job_id], here)
                    yield from self._seat(job_id, route, here)
                mine.setdefault(job_id, here)
                first_at.setdefault(job_id, here)
            for job_id in route.seats:
                if job_id not in mine:
                    cause = f"The day of {route.technician_id} has a seat at {job_id!r}, but not the job."
                    action = "Add the job to the day, or take the seat out."
                    yield Issue("seat-without-job", f"{path}.seats.{job_id}", cause, action)

    def _by_one(self, job_id: str) -> bool:
        return self._seats[job_id] == self._parts[job_id] == 1

    def _day(self, job_id: str, day: date, days: list[date], here: str) -> Iterator[Issue]:
        if day in days:
            return
        if len(days) == self._parts[job_id]:
            count = len(days)
            many = "one day" if count == 1 else f"{count} days"
            listed = ", ".join(one.isoformat() for one in sorted(days))
            cause = f"The job {job_id!r} is done on {many} and already stands on {listed}."
            yield Issue("too-many-days", here, cause, "Keep it on as many days as it has parts.")
        else:
            days.append(day)

    def _seat(self, job_id: str, route: OrderedDay, here: str) -> Iterator[Issue]:
        seat = route.seats.get(job_id, 0)
        if seat >= self._seats[job_id]:
            cause = f"The job {job_id!r} has seats from 0 to {self._seats[job_id] - 1}, not {seat}."
            yield Issue("no-such-seat", here, cause, "Give one of its seats, or none.")


def _unknown(thing: str, path: str, name: str) -> Issue:
    action = f"Correct the id, or add the {thing} to the scenario."
    return Issue(f"unknown-{thing}", path, f"The scenario has no {thing} {name!r}.", action)


def _no_shift(path: str, route: OrderedDay, days: Sequence[date]) -> Issue:
    listed = ", ".join(day.isoformat() for day in days)
    action = f"Give one of these days: {listed}." if days else "Give the jobs to somebody who works."
    return Issue("no-shift", path, f"{route.technician_id} has no shift on {route.day}.", action)
