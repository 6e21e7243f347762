"""Plans with nights away are sound too: checked, priced as searched, timed again the same, explained and compared."""

from collections import Counter
from random import Random

import numpy as np
import pytest

from optimizer.assess import assess
from optimizer.checker import check_plan
from optimizer.compile import compile_scenario
from optimizer.control import Iterations
from optimizer.diff import apply, diff_plans
from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.domain.plan import Plan
from optimizer.domain.roster import ShiftKey, roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.trips import trips
from optimizer.engines import solve
from optimizer.errors import InvalidInput
from optimizer.explain import Explainer, routes_of
from optimizer.explain.codes import WORTH, all_codes
from optimizer.explain.outings import people_rows, rows_in_use
from optimizer.explain.slots import job_slots
from optimizer.explain.witness import witness
from optimizer.interchange.plan_file import plan_json
from optimizer.planning import plan_scenario, plan_with_steps
from optimizer.problem import Problem, Routes
from optimizer.retime import orders_of, retime
from optimizer.rules.book import RuleBook
from optimizer.schedule.lanes import time_route
from tests.property.binding import binding
from tests.property.test_reasons import accepted
from tests.property.trip_scenarios import trip_scenario

CHUNK = 40
CHUNKS = [
    pytest.param(first, marks=[] if first == 0 else [pytest.mark.slow]) for first in range(0, 1000, CHUNK)
]
FEW = [pytest.param(first, marks=[] if first == 0 else [pytest.mark.slow]) for first in range(0, 200, CHUNK)]


def planned(scenario: Scenario, seed: int) -> PlanDocument:
    """Return what a short search makes of a scenario."""
    return plan_scenario(scenario, stop=Iterations(60), seed=seed)


def nights(plan: Plan) -> int:
    """Return the nights away in a plan."""
    return sum(day.night is not None for day in plan.shifts)


@pytest.mark.parametrize("first", CHUNKS)
def test_returned_plans_with_trips_are_sound(first: int) -> None:
    found: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        scenario = trip_scenario(seed)
        steps = plan_with_steps(scenario, stop=Iterations(60), seed=seed)
        document, bill = steps.document, steps.document.assessment.bill
        assert check_plan(scenario, document.plan) == (), seed
        assert bill == assess(scenario, document.plan).bill, seed
        assert bill.total_cents == sum(line.cents for line in bill.lines), seed
        assert steps.solution.cents == bill.total_cents, seed
        if RuleBook.of(scenario.policy).levels[0] == "weight":
            assert steps.solution.weight == document.assessment.kpis.unserved_weight, seed
        written = document.model_dump_json()
        assert PlanDocument.model_validate_json(written).model_dump_json() == written, seed
        found["jobs"] += len(scenario.jobs)
        found["served"] += document.assessment.kpis.served
        found["with trips"] += bool(trips(document.plan))
        found["without stops"] += any(not day.stops for day in document.plan.shifts)
    print(f"seeds {first} to {first + CHUNK - 1}: {dict(found)}")
    # Fewer would mean that the scenarios allow so little that sound plans prove nothing.
    assert found["served"] > 0.25 * found["jobs"]
    assert found["with trips"] > CHUNK / 10


@pytest.mark.parametrize("seeds", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_trips_matter_in_one_scenario_of_twenty(seeds: int) -> None:
    found = Counter(code for seed in range(seeds) for code in binding(trip_scenario(seed)))
    assert min(found["TRIP"], found["LODGING"]) > 0.05 * seeds


@pytest.mark.parametrize("first", CHUNKS)
def test_what_the_search_ordered_is_timed_as_the_search_did(first: int) -> None:
    for seed in range(first, first + CHUNK):
        scenario = trip_scenario(seed)
        made = planned(scenario, seed)
        again = retime(scenario, orders_of(made.plan))
        assert again.plan.shifts == made.plan.shifts, seed
        assert again.plan.tools == made.plan.tools, seed
        assert again.plan.travel == made.plan.travel, seed
        assert again.assessment == made.assessment, seed


@pytest.mark.parametrize("first", CHUNKS)
def test_thrown_together_trips_are_kept_and_timed_again_the_same(first: int) -> None:
    """Of jobs without ties: those that agree on starts may be done on another day of a trip with too much to do."""
    seen: Counter[str] = Counter()
    for seed in (seed for seed in range(first, first + CHUNK) if seed % 3 < 2):
        scenario, plans = trip_scenario(seed), []
        for turn in range(2):
            orders = thrown_together(scenario, Random(f"{seed} {turn}"))
            try:
                document = retime(scenario, orders)
            except InvalidInput as refused:
                issues = refused.issues
                assert all(issue.cause and issue.action for issue in issues), seed
                assert {one.code for one in issues} <= {"nights-not-approved", "no-trips", "no-trip"}, seed
                seen.update(issue.code for issue in issues)
                continue
            plans.append(document)
            served = {one.key: tuple(stop.job_id for stop in one.stops) for one in document.plan.shifts}
            asked = {ShiftKey(one.technician_id, one.day): one.jobs for one in orders.routes if one.jobs}
            assert {key: jobs for key, jobs in served.items() if jobs} == asked, seed
            findings = document.assessment.findings
            assert "TRAVEL" not in {one.code for one in findings}, (seed, findings)
            assert all(one.sentence and one.advice for one in findings), seed
            # A rest gives way only where the work of the day before a night ran far into the next one.
            tired = {one.technician_id for one in findings if one.code == "TRIP"}
            assert {one.technician_id for one in findings if one.code == "BREAK"} <= tired, (seed, findings)
            again = retime(scenario, orders_of(document.plan))
            assert plan_json(again) == plan_json(document), seed
            seen["trips"] += len(trips(document.plan))
        for old in plans:
            for new in plans:
                diff = diff_plans(old, new, scenario)
                assert apply(diff, old) == new, seed
                assert diff.is_empty == (old == new), seed
                more = nights(new.plan) - nights(old.plan)
                figures = [
                    (bool(day.old and day.old.night), bool(day.new and day.new.night)) for day in diff.shifts
                ]
                assert sum(now - was for was, now in figures) == more, seed
    assert seen["trips"] > CHUNK / 4, seen
    assert seen["nights-not-approved"], seen


def thrown_together(scenario: Scenario, rng: Random) -> Orders:
    """Return orders that put all jobs into any shifts, with some of the nights after them away."""
    shifts = [one.key for one in roster(scenario)]
    routes: dict[ShiftKey, list[str]] = {}
    for job in scenario.jobs if shifts else ():
        routes.setdefault(rng.choice(shifts), []).append(job.job_id)
    return Orders(
        routes=tuple(
            OrderedDay(
                technician_id=key.technician_id,
                day=key.day,
                jobs=tuple(jobs),
                away=rng.random() < 0.5 and _next(key) in shifts,
            )
            for key, jobs in routes.items()
        )
    )


def _next(key: ShiftKey) -> ShiftKey:
    return ShiftKey(key.technician_id, key.day.fromordinal(key.day.toordinal() + 1))


@pytest.mark.parametrize("first", FEW)
def test_a_search_goes_on_from_a_plan_with_trips(first: int) -> None:
    gone_on = 0
    for seed in range(first, first + CHUNK):
        compiled = compile_scenario(trip_scenario(seed))
        plan = planned(compiled.scenario, seed).plan
        if not trips(plan):
            continue
        gone_on += 1
        warm = routes_of(compiled, plan)
        start = solve(compiled.problem, stop=Iterations(60), seed=seed)
        found = solve(compiled.problem, stop=Iterations(1), seed=seed, warm=warm)
        worth = [(one.weight if compiled.problem.levels[0] else 0, one.cents) for one in (start, found)]
        assert worth[1] <= worth[0], seed
    assert gone_on > CHUNK / 10


def thinner(p: Problem, routes: Routes, rng: Random) -> Routes:
    """Return the routes of jobs without ties, some of them left out with what was fetched for them.

    A route whose rest lay at a stop on a long way cannot do without it and stays as it is.
    """
    rows = [row for route in routes.stops for row in route if p.shelf[row] < 0]
    kept = {row for row in rows if rng.random() < 0.6}
    stops = [tuple(row for row in route if int(p.job_of[row]) in kept) for route in routes.stops]
    for shift, route in enumerate(stops):
        if route and time_route(p, shift, route) is None:
            stops[shift] = routes.stops[shift]
    served = {row for route in stops for row in route}
    left = np.flatnonzero(p.shelf < 0).tolist()
    return Routes(tuple(stops), tuple(row for row in left if row not in served))


@pytest.mark.parametrize("first", FEW)
def test_slots_of_days_and_trips_are_stopped_exactly_where_no_way_is_found_naively(first: int) -> None:
    met: Counter[tuple[str, bool]] = Counter()
    for seed in (seed for seed in range(first, first + 2 * CHUNK) if seed % 3 < 2):
        compiled = compile_scenario(trip_scenario(seed))
        p = compiled.problem
        if len(p.link_from) or p.pace.size:
            continue
        plan = planned(compiled.scenario, seed).plan
        if not trips(plan):
            continue
        asked = Explainer(compiled, thinner(p, routes_of(compiled, plan), Random(seed)))
        subject, codes = asked.subject, all_codes(compiled)
        one_window = [
            job for job in subject.routes.unserved if p.window_ptr[job + 1] - p.window_ptr[job] == 1
        ]
        for slots in job_slots(compiled, subject.bench, codes, one_window):
            assert set(slots.shift.tolist()) <= set(rows_in_use(compiled, subject.routes.stops).tolist())
            for shift, mask in zip(slots.shift.tolist(), slots.mask.tolist(), strict=True):
                said = not set(codes.of(mask)) - {WORTH}
                places = range(len(subject.routes.stops[shift]) + 1)
                naive = any(witness(subject, subject.with_job(slots.job, shift, pos)) for pos in places)
                assert said == naive, (seed, slots.job, shift, codes.of(mask))
                met["trip" if shift >= len(compiled.shifts) else "day", said] += 1
    assert min(met["trip", False], met["day", False]) > 10, met
    assert met["trip", True] > 0, met


@pytest.mark.parametrize("first", FEW)
def test_what_is_said_about_plans_with_trips_is_true(first: int) -> None:
    met: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        scenario = trip_scenario(seed)
        made = planned(scenario, seed)
        if not trips(made.plan):
            continue
        compiled = compile_scenario(scenario)
        asked = Explainer(compiled, routes_of(compiled, made.plan))
        assert asked.plan.shifts == made.plan.shifts, seed
        for reason in asked.reasons:
            met["on a trip"] += any(block.code == "TRIP" for block in reason.blocks)
            met["too far"] += reason.out is not None and reason.out.far_s > 0
            assert reason.slots == sum(one.alone for one in reason.blocks) + reason.jointly + reason.free, (
                seed
            )
            fixed = asked.left_out(reason.job_id)
            assert fixed.answer.reason.blocks == reason.blocks, seed
            if fixed.answer.fix is not None:
                accepted(asked, fixed.witness, fixed.answer.fix.cents)
        _answers(asked, Random(seed), met)
    assert min(met["on a trip"], met["too far"], met["into or out of a trip"], met["overtime"]) > 0, met


def _answers(asked: Explainer, rng: Random, met: Counter[str]) -> None:
    scenario = asked.subject.compiled.scenario
    rows = set(people_rows(asked.subject.compiled).tolist())
    assert {row for mine in asked.subject.rows_of.values() for row in mine} == rows
    for job in rng.sample(scenario.jobs, min(3, len(scenario.jobs))):
        who = rng.choice(scenario.technicians).technician_id
        answered = asked.why_not(job.job_id, who, search=Iterations(20))
        best = answered.answer.better or answered.answer.way
        if best is not None:
            accepted(asked, answered.witness, best.cents)
            assert best.technician_id == who
            met["into or out of a trip"] += any(day.night is not None for day in best.days)
        asked.next_best(job.job_id)
    for one in (late for job in scenario.jobs for late in asked.late(job.job_id)):
        if one.answer.way is not None:
            accepted(asked, one.witness, one.answer.way.cents)
    for technician in scenario.technicians:
        for day in asked.overtime(technician.technician_id):
            met["overtime"] += 1
            if day.answer.way is not None:
                accepted(asked, day.witness, day.answer.way.cents)
