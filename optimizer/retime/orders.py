"""Do orders of stops fit a scenario, and what are they in rows?"""

from collections.abc import Iterator, Sequence
from datetime import date

from optimizer.compile import Compiled
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.plan import Plan
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.errors import Issue
from optimizer.problem import Routes


def orders_of(plan: Plan) -> Orders:
    """Return who does what in which order in a plan, its times forgotten; one route for each of its shifts."""
    return Orders(
        made_by=plan.provenance.engine,
        routes=tuple(
            OrderedDay(
                technician_id=one.technician_id, day=one.day, jobs=tuple(stop.job_id for stop in one.stops)
            )
            for one in plan.shifts
        ),
    )


def order_issues(scenario: Scenario, orders: Orders, rows: Sequence[int] | None = None) -> tuple[Issue, ...]:
    """Return everything in orders that the scenario does not know or that stands twice, all at once.

    Parameters
    ----------
    scenario : the question
    orders : well-formed by themselves
    rows : position of each route in the file, where some were set aside; none: as they stand
    """
    return tuple(_issues(scenario, orders, range(len(orders.routes)) if rows is None else rows))


def routes_of(compiled: Compiled, orders: Orders) -> Routes:
    """Return orders in rows; jobs that no route names are left out.

    Parameters
    ----------
    compiled : the question
    orders : fit the scenario, see `order_issues`
    """
    job_row = {job_id: row for row, job_id in enumerate(compiled.names.jobs)}
    jobs = {
        ShiftKey(route.technician_id, route.day): tuple(job_row[job_id] for job_id in route.jobs)
        for route in orders.routes
    }
    stops = tuple(jobs.get(shift.key, ()) for shift in compiled.shifts)
    served = {job for route in stops for job in route}
    return Routes(stops, tuple(row for row in range(len(job_row)) if row not in served))


def _issues(scenario: Scenario, orders: Orders, rows: Sequence[int]) -> Iterator[Issue]:
    jobs = {job.job_id for job in scenario.jobs}
    days: dict[str, list[date]] = {technician.technician_id: [] for technician in scenario.technicians}
    for shift in roster(scenario):
        days[shift.key.technician_id].append(shift.key.day)
    route_at: dict[ShiftKey, str] = {}
    job_at: dict[str, str] = {}
    for row, route in zip(rows, orders.routes, strict=True):
        path = f"routes[{row}]"
        if route.technician_id not in days:
            yield _unknown("technician", f"{path}.technician_id", route.technician_id)
        elif route.day not in days[route.technician_id]:
            yield _no_shift(f"{path}.day", route, days[route.technician_id])
        key = ShiftKey(route.technician_id, route.day)
        if key in route_at:
            cause = f"The day of {key} already stands at {route_at[key]}."
            yield Issue("duplicate-route", path, cause, "Make one route of the two, with all jobs in order.")
        route_at.setdefault(key, path)
        for i, job_id in enumerate(route.jobs):
            here = f"{path}.jobs[{i}]"
            if job_id not in jobs:
                yield _unknown("job", here, job_id)
            elif job_id in job_at:
                cause = f"The job {job_id!r} already stands at {job_at[job_id]}."
                yield Issue("duplicate-job", here, cause, "Keep it in one place only.")
            job_at.setdefault(job_id, here)


def _unknown(thing: str, path: str, name: str) -> Issue:
    action = f"Correct the id, or add the {thing} to the scenario."
    return Issue(f"unknown-{thing}", path, f"The scenario has no {thing} {name!r}.", action)


def _no_shift(path: str, route: OrderedDay, days: Sequence[date]) -> Issue:
    listed = ", ".join(day.isoformat() for day in days)
    action = f"Give one of these days: {listed}." if days else "Give the jobs to somebody who works."
    return Issue("no-shift", path, f"{route.technician_id} has no shift on {route.day}.", action)
