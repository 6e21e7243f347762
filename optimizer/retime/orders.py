"""Orders of stops as rows, and what orders a plan follows."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from optimizer.compile import Compiled
from optimizer.domain.orders import OrderedDay, OrderedRestock, OrderedTool, Orders
from optimizer.domain.plan import Plan
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.problem import Routes
from optimizer.retime.issues import order_issues
from optimizer.retime.outings import outings_of, rows_of_outings
from optimizer.retime.restocks import with_halts
from optimizer.retime.seats import seated

__all__ = ["Asked", "asked_of", "order_issues", "orders_of", "routes_of"]


class Asked(NamedTuple):
    """Orders in rows."""

    routes: Routes
    """The orders of stops; those of a trip's days in one."""
    days: dict[int, int]
    """Visit on a trip → the shift of the day on which it is to be made."""


def orders_of(plan: Plan, scenario: Scenario | None = None) -> Orders:
    """Return who does what in which order in a plan, its times forgotten; one route for each of its shifts.

    Parameters
    ----------
    plan : the plan
    scenario : means of transport that it does not grant beside the usual one are not said; none: all are
    """
    people = scenario.technicians if scenario else ()
    granted = {one.technician_id: one.all_means[1:] for one in people}
    crews = {(stop.job_id, stop.part) for shift in plan.shifts for stop in shift.stops if stop.seat}
    return Orders(
        made_by=plan.provenance.engine,
        routes=tuple(
            OrderedDay(
                technician_id=one.technician_id,
                day=one.day,
                jobs=tuple(stop.job_id for stop in one.stops),
                seats={stop.job_id: stop.seat for stop in one.stops if (stop.job_id, stop.part) in crews},
                restocks=tuple(
                    OrderedRestock(branch_id=halt.branch_id, before=halt.before, parts=halt.picked_up)
                    for halt in one.restocks
                ),
                away=one.night is not None,
                means=one.means if one.means in granted.get(one.technician_id, (one.means,)) else None,
            )
            for one in plan.shifts
        ),
        tools=tuple(
            OrderedTool(
                branch_id=one.branch_id,
                tool=one.tool,
                piece=one.piece,
                day=one.day,
                jobs=tuple(stop.job_id for stop in one.stops),
            )
            for one in plan.tools
        ),
    )


def routes_of(compiled: Compiled, orders: Orders) -> Routes:
    """Return orders in rows; jobs that no route names are left out, and tools that none names stay at home.

    The days of a job that is done in parts are its parts in order.

    Parameters
    ----------
    compiled : the question
    orders : fit the scenario, see `order_issues`

    Raises
    ------
    InvalidInput
        When days with nights away between them cannot be one trip, or a halt at a branch is of no use to any job.
    """
    return asked_of(compiled, orders).routes


def asked_of(compiled: Compiled, orders: Orders) -> Asked:
    """Return orders in rows, and on which day of its trip each visit is to be made.

    Parameters
    ----------
    compiled : the question
    orders : fit the scenario, see `order_issues`

    Raises
    ------
    InvalidInput
        When days with nights away between them cannot be one trip, or a halt at a branch is of no use to any job.
    """
    job_row = {job_id: row for row, job_id in enumerate(compiled.names.jobs)}
    row_of = rows_of_outings(compiled, outings_of(orders))
    days = {ShiftKey(route.technician_id, route.day): route for route in orders.routes}
    asked = [days.get(shift.key) for shift in compiled.shifts]
    rows = [row_of.get(shift.key, row) for row, shift in enumerate(compiled.shifts)]
    people: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for shift, route in enumerate(asked):
        for job_id in route.jobs if route else ():
            people[job_row[job_id]][compiled.shifts[shift].key.day.toordinal()].append(shift)
    part_of: dict[tuple[int, int], int] = {}
    visit: dict[tuple[int, int], int] = {}
    for job, by_day in people.items():
        parts = compiled.visits.parts[job]
        for number, day in enumerate(sorted(by_day)):
            part_of[job, day] = min(number, len(parts) - 1)
            day_of = {rows[shift]: shift for shift in by_day[day]}
            named = _named_seats(compiled, asked, job, day_of)
            seats = seated(compiled.problem, parts[part_of[job, day]].people, list(day_of), named)
            visit.update({(day_of[row], job): seat for row, seat in seats.items()})
    stops: list[tuple[int, ...]] = [()] * len(compiled.problem.profile)
    on_trip: dict[int, int] = {}
    customers = [
        tuple(visit[shift, job_row[job_id]] for job_id in route.jobs) if route else ()
        for shift, route in enumerate(asked)
    ]
    for shift, visits in enumerate(with_halts(compiled, orders, asked, rows, customers)):
        stops[rows[shift]] += visits
        if rows[shift] != shift:
            on_trip |= dict.fromkeys(visits, shift)
    for row, way in enumerate(_tool_routes(compiled, orders, job_row, part_of), start=len(compiled.shifts)):
        stops[row] = way
    left = tuple(row for row in range(len(job_row)) if row not in people)
    return Asked(Routes(tuple(stops), left), on_trip)


def _named_seats(
    compiled: Compiled, asked: list[OrderedDay | None], job: int, day_of: Mapping[int, int]
) -> dict[int, int]:
    job_id = compiled.names.jobs[job]
    return {
        row: route.seats[job_id]
        for row, shift in day_of.items()
        if (route := asked[shift]) is not None and job_id in route.seats
    }


def _tool_routes(
    compiled: Compiled,
    orders: Orders,
    job_row: Mapping[str, int],
    part_of: Mapping[tuple[int, int], int],
) -> list[tuple[int, ...]]:
    """Return the visits of each piece of a shared tool on each day, as far as the orders name them."""
    named = {(one.branch_id, one.tool, one.piece, one.day): one.jobs for one in orders.tools}
    found = []
    for tool in compiled.tools:
        rows: list[int] = []
        for job_id in named.get(tool, ()):
            job = job_row[job_id]
            part = compiled.visits.parts[job][part_of[job, tool.day.toordinal()]]
            rows.extend(row for row in part.tools if compiled.visits.rows[row].tool == tool.tool)
        found.append(tuple(rows))
    return found
