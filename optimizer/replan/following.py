"""What is left of the plan that is followed: its orders, and what it lets everybody expect."""

import re

from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.plan import Plan
from optimizer.domain.promise import Promise, counting_promises
from optimizer.domain.roster import ShiftKey
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.promise_windows import promises_to_tell
from optimizer.replan.pieces import at_work, renumbered, with_jobs
from optimizer.retime import order_issues, orders_of, retime
from optimizer.rules.on_duty import shifts_on_duty
from optimizer.travel import Roads

_JOB = re.compile(r"^routes\[(\d+)\]\.jobs\[(\d+)\]")

WINDOW_MIN = 120
"""Minutes of the window around a planned start, where no other was told or agreed."""


def orders_left(plan: Plan, scenario: Scenario) -> Orders:
    """Return the orders of a plan as far as its jobs and its people are still there.

    Who is at a job has passed what stood before it: jobs are to be done another time, halts were made. A trip or a halt
    at a branch that cannot be made as it was is not kept.

    Parameters
    ----------
    plan : the plan that is followed
    scenario : what is left to be planned
    """
    jobs = {job.job_id for job in scenario.jobs} - _passed(plan, scenario)
    approached = {job.job_id for job in scenario.jobs if job.under_way is not None}
    shifts = set(shifts_on_duty(scenario))
    orders = orders_of(plan, scenario)
    kept = orders.model_copy(
        update={
            "routes": tuple(
                _route_left(route, jobs, approached)
                for route in orders.routes
                if ShiftKey(route.technician_id, route.day) in shifts
            ),
            "tools": renumbered(with_jobs(orders.tools, jobs), scenario),
        }
    )
    if order_issues(scenario, kept):
        kept = at_home(kept, scenario)
    return _without(
        kept,
        scenario,
        {place for issue in order_issues(scenario, kept) for place in _JOB.findall(issue.path)},
    )


def _passed(plan: Plan, scenario: Scenario) -> set[str]:
    """Return the jobs that stand before one that somebody is at, though they are not done: they were in vain."""
    begun = {job.job_id for job in scenario.jobs if job.under_way}
    return {
        stop.job_id
        for shift in plan.shifts
        for row, stop in enumerate(shift.stops)
        if stop.job_id not in begun and any(later.job_id in begun for later in shift.stops[row + 1 :])
    }


def at_home(orders: Orders, scenario: Scenario) -> Orders:
    """Return the same orders with everybody at home every night, without halts and ways of shared tools to come.

    Parameters
    ----------
    orders : any
    scenario : what is left to be planned
    """
    plain = {"away": False, "means": None, "restocks": ()}
    routes = tuple(route.model_copy(update=plain) for route in orders.routes)
    return orders.model_copy(update={"routes": routes, "tools": at_work(orders.tools, scenario)})


def carried_on(scenario: Scenario, orders: Orders, roads: Roads | None) -> PlanDocument:
    """Return the followed plan carried on, with what it breaks; a trip that is not possible any more is none.

    Parameters
    ----------
    scenario : what is left to be planned
    orders : what is left of the plan, see `orders_left`
    roads : the operator's road data; none: straight lines
    """
    try:
        return retime(scenario, orders, roads=roads)
    except InvalidInput:
        return retime(scenario, at_home(orders, scenario), roads=roads)


def _without(orders: Orders, scenario: Scenario, places: set[tuple[str, str]]) -> Orders:
    """Return orders without the jobs that stand at these places of routes: one of their days is over."""
    wrong = {orders.routes[int(route)].jobs[int(row)] for route, row in places}
    if not wrong:
        return orders
    routes = (
        route.model_copy(
            update={
                "jobs": tuple(one for one in route.jobs if one not in wrong),
                "seats": {job_id: seat for job_id, seat in route.seats.items() if job_id not in wrong},
                "restocks": (),
            }
        )
        for route in orders.routes
    )
    return orders.model_copy(update={"routes": tuple(routes), "tools": at_work(orders.tools, scenario)})


def _route_left(route: OrderedDay, jobs: set[str], approached: set[str]) -> OrderedDay:
    """Return what is left of a route; halts before a job that somebody is at, or on the way to, have been made."""
    made = max((row for row, one in enumerate(route.jobs) if one in approached), default=-1)
    halts = (
        halt.model_copy(update={"before": sum(one in jobs for one in route.jobs[: halt.before])})
        for halt in route.restocks
        if made < halt.before < len(route.jobs) and route.jobs[halt.before] in jobs
    )
    return route.model_copy(
        update={
            "jobs": tuple(one for one in route.jobs if one in jobs),
            "seats": {job_id: seat for job_id, seat in route.seats.items() if job_id in jobs},
            "restocks": tuple(halts),
        }
    )


def with_expected(scenario: Scenario, plan: Plan, *, told: bool = False) -> Scenario:
    """Return the question with a promise for each planned job whose customer was told nothing so far as it says.

    Parameters
    ----------
    scenario : what is left to be planned
    plan : the plan that is followed
    told : customers know their times, though the question does not say so; else the promises are internal
    """
    jobs = {job.job_id for job in scenario.jobs}
    known = {job_id for job_id, one in counting_promises(scenario.promises).items() if one.told}
    everybody = frozenset(shift.technician_id for shift in plan.shifts)
    to_come = plan.model_copy(
        update={
            "shifts": tuple(
                shift.model_copy(update={"stops": tuple(one for one in shift.stops if one.job_id in jobs)})
                for shift in plan.shifts
            )
        }
    )
    expected: dict[str, Promise] = {
        one.job_id: one.model_copy(update={"told": told})
        for one in promises_to_tell(scenario, to_come, everybody, WINDOW_MIN)
        if one.job_id not in known
    }
    kept = (one for one in scenario.promises if one.told or one.job_id not in expected)
    return scenario.model_copy(update={"promises": (*kept, *expected.values())})


def asking(scenario: Scenario, job_ids: frozenset[str]) -> Scenario:
    """Return the question in which these customers are asked for another time than they were told.

    Parameters
    ----------
    scenario : what is left to be planned
    job_ids : jobs with a promise that was told
    """
    if not job_ids:
        return scenario
    promises = (
        one.model_copy(update={"asked": True}) if one.told and one.job_id in job_ids else one
        for one in scenario.promises
    )
    return scenario.model_copy(update={"promises": tuple(promises)})
