"""Any orders of stops can be timed: those of the search as the search did, all others with every breach named."""

from random import Random

import pytest

from optimizer.compile import compile_scenario
from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.plan import ShiftPlan
from optimizer.domain.promise import asked_jobs
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.planning import plan_scenario
from optimizer.problem import Problem
from optimizer.retime import orders_of, retime, routes_of
from optimizer.retime.room import with_room
from optimizer.rules.book import RuleBook
from optimizer.rules.shift import RULE as SHIFT
from optimizer.rules.workload_cap import RULE as WORKLOAD_CAP
from optimizer.schedule.lanes import time_route
from tests.property.random_scenarios import random_scenario

CHUNK = 60
CHUNKS = [
    pytest.param(first, marks=[] if first == 0 else [pytest.mark.slow]) for first in range(0, 600, CHUNK)
]

Found = set[tuple[str, str | None]]
"""Code and job, or code and technician."""


@pytest.mark.parametrize("first", CHUNKS)
def test_what_the_search_ordered_is_timed_as_the_search_did(first: int) -> None:
    for seed in range(first, first + CHUNK):
        scenario = random_scenario(seed)
        made = plan_scenario(scenario, stop=Iterations(40), seed=seed)
        again = retime(scenario, orders_of(made.plan))
        assert again.plan.shifts == made.plan.shifts, seed
        assert again.plan.travel == made.plan.travel, seed
        assert again.plan.unserved == made.plan.unserved, seed
        assert again.assessment == made.assessment, seed
        assert again.assessment.findings == (), seed


@pytest.mark.parametrize("first", CHUNKS)
def test_thrown_together_orders_are_kept_and_every_breach_is_named(first: int) -> None:
    broken = 0
    for seed in range(first, first + CHUNK):
        scenario = random_scenario(seed)
        orders = thrown_together(scenario, Random(seed))
        document = retime(scenario, orders)
        served = {one.key: tuple(stop.job_id for stop in one.stops) for one in document.plan.shifts}
        asked = {ShiftKey(one.technician_id, one.day): one.jobs for one in orders.routes}
        assert served == asked, seed
        # A job that is split over days was thrown into one of them: it lacks the others, and their hours.
        visits = compile_scenario(scenario).visits
        split = {job.job_id for job, parts in zip(scenario.jobs, visits.parts, strict=True) if len(parts) > 1}
        findings = [one for one in document.assessment.findings if one.job_id not in split]
        assert not {one.code for one in findings} & {"PLAN", "TRAVEL", "DURATION", "BREAK"}, (seed, findings)
        assert all(one.over > 0 and one.sentence and one.advice for one in findings), seed
        named: Found = {(one.code, one.job_id) for one in findings}
        named |= {(one.code, one.technician_id) for one in findings}
        seen = plainly_wrong(scenario, document)
        assert seen <= named, (seed, seen - named)
        broken += bool(seen)
    assert broken > CHUNK / 3  # or thrown together orders prove nothing


@pytest.mark.parametrize("first", CHUNKS)
def test_not_a_second_more_gives_way_than_is_needed(first: int) -> None:
    for seed in range(first, first + CHUNK):
        scenario = random_scenario(seed)
        compiled = compile_scenario(scenario)
        routes = routes_of(compiled, thrown_together(scenario, Random(seed)))
        roomy = with_room(compiled, routes).problem
        if roomy is compiled.problem:
            continue
        for row, jobs in enumerate(routes.stops):
            if roomy.latest_end_s[row] > compiled.problem.latest_end_s[row]:
                assert time_route(a_second_less(roomy, "latest_end_s", row), row, jobs) is None, seed
            times = time_route(roomy, row, jobs) if jobs else None
            for i, job in enumerate(jobs):
                assert times is not None
                last = int(roomy.window_ptr[job + 1]) - 1
                closes_before = compiled.problem.window_close
                stretched = roomy.window_close[last] == times.start[i] and times.start[i] not in closes_before
                if stretched:
                    assert time_route(a_second_less(roomy, "window_close", last), row, jobs) is None, seed


def a_second_less(problem: Problem, name: str, row: int) -> Problem:
    array = getattr(problem, name).copy()
    array[row] -= 1
    array.flags.writeable = False
    return problem._replace(**{name: array})


def thrown_together(scenario: Scenario, rng: Random) -> Orders:
    """Return orders that put any jobs into any shifts, often far too many into one."""
    shifts = [one.key for one in roster(scenario)]
    shifts = shifts[: rng.randint(1, max(1, len(shifts)))]
    jobs = [job.job_id for job in scenario.jobs]
    rng.shuffle(jobs)
    routes: dict[ShiftKey, list[str]] = {}
    for job_id in jobs[: rng.randint(0, len(jobs))] if shifts else ():
        routes.setdefault(rng.choice(shifts), []).append(job_id)
    return Orders(
        routes=tuple(
            OrderedDay(technician_id=key.technician_id, day=key.day, jobs=tuple(named))
            for key, named in routes.items()
        )
    )


def plainly_wrong(scenario: Scenario, document: PlanDocument) -> Found:
    """Return what a reader sees at once: customers and shifts that are over, people away, too many jobs."""
    found: Found = set()
    book = RuleBook.of(scenario.policy)
    people = {one.technician_id: one for one in scenario.technicians}
    ends = {one.key: one for one in roster(scenario)}
    for shift_plan in document.plan.shifts:
        found |= late_customers(scenario, shift_plan)
        who, rostered = people[shift_plan.technician_id], ends[shift_plan.key]
        own = rostered.shift.overtime_limit_min
        most_min = book.params(SHIFT).overtime_limit_min if own is None else own
        latest = rostered.end.timestamp() + 60 * most_min
        if shift_plan.last_leg.arrival.timestamp() > latest:
            found.add(("SHIFT", who.technician_id))
        if any(away.covers(shift_plan.day) for away in who.leave):
            found.add(("ABSENT", who.technician_id))
        if any(away.covers(shift_plan.day) for away in who.suspended):
            found.add(("SUSPENDED", who.technician_id))
        cap = book.params(WORKLOAD_CAP)
        if cap.active and cap.jobs_per_day is not None and len(shift_plan.stops) > cap.jobs_per_day:
            found.add(("WORKLOAD_CAP", who.technician_id))
    return found


def late_customers(scenario: Scenario, shift_plan: ShiftPlan) -> Found:
    """Return the jobs that start after all their windows; not where the customer is asked for another time."""
    asked = asked_jobs(scenario.promises)
    ends = {
        job.job_id: max(window.end for window in job.windows)
        for job in scenario.jobs
        if job.windows and job.job_id not in asked
    }
    return {
        ("APPOINTMENT", stop.job_id)
        for stop in shift_plan.stops
        if stop.job_id in ends and stop.start > ends[stop.job_id]
    }
