"""Jobs over several days on trips: plans are sound, and reasons name exactly what stops them."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest

from optimizer.assess import assess
from optimizer.checker import check_plan
from optimizer.compile import Compiled, compile_scenario
from optimizer.control import Iterations
from optimizer.domain.plan import Plan
from optimizer.domain.trips import trips
from optimizer.explain import Explainer, routes_of
from optimizer.explain.codes import WORTH, all_codes
from optimizer.explain.slots import job_slots
from optimizer.planning import plan_with_steps
from optimizer.retime import orders_of, retime
from tests.oracle.tied_insertions import TiedInsertions
from tests.property.test_reasons import accepted
from tests.property.test_tied_reasons import thinner
from tests.property.test_trip_plans import CHUNK, FEW, planned
from tests.property.trip_scenarios import long_trip_scenario

MOST_INSERTIONS = 1500
"""Jobs that could be put in in more ways are not tried the long way."""


@pytest.mark.parametrize("first", FEW)
def test_jobs_over_several_days_are_sound_on_trips_too(first: int) -> None:
    found: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        scenario = long_trip_scenario(seed)
        steps = plan_with_steps(scenario, stop=Iterations(100), seed=seed)
        plan, bill = steps.document.plan, steps.document.assessment.bill
        assert check_plan(scenario, plan) == (), seed
        assert steps.solution.cents == bill.total_cents == assess(scenario, plan).bill.total_cents, seed
        again = retime(scenario, orders_of(plan))
        assert again.plan.shifts == plan.shifts, seed
        assert again.assessment == steps.document.assessment, seed
        stops = [stop for day in plan.shifts for stop in day.stops]
        found["long jobs"] += sum(stop.part == 1 and stop.seat == 0 for stop in stops)
        found["within a trip"] += sum(
            stop.part > 0 and stop.job_id in {one.job_id for one in before.stops}
            for trip in trips(plan)
            for before, day in pairwise(trip.days)
            for stop in day.stops
        )
    print(f"seeds {first} to {first + CHUNK - 1}: {dict(found)}")
    assert found["within a trip"] > CHUNK / 20


@pytest.mark.parametrize("seeds", [range(80), pytest.param(range(80, 240), marks=pytest.mark.slow)])
def test_slots_are_stopped_exactly_where_no_way_is_found_naively(seeds: range) -> None:
    met: Counter[tuple[str, bool]] = Counter()
    for seed in seeds:
        compiled = compile_scenario(long_trip_scenario(seed))
        plan = planned(compiled.scenario, seed).plan
        if trips(plan) and not compiled.problem.pace.size:
            for turn in range(3):
                met.update(_slots_twice(compiled, plan, Random(f"{seed} {turn}")))
    assert min(met["long job on a day", said] for said in (False, True)) > 0, met
    assert min(met["long job on a trip", said] for said in (False, True)) > 0, met


def _slots_twice(compiled: Compiled, plan: Plan, rng: Random) -> Iterator[tuple[str, bool]]:
    """Yield the slots of jobs left out of a thinner plan, and whether they are said to be possible, rightly."""
    p = compiled.problem
    routes = thinner(p, routes_of(compiled, plan), rng)
    if routes is None:
        return
    bench, codes = Explainer(compiled, routes).subject.bench, all_codes(compiled)
    one_window = [job for job in routes.unserved if p.window_ptr[job + 1] - p.window_ptr[job] == 1]
    for slots in job_slots(compiled, bench, codes, one_window):
        naive = TiedInsertions(p, bench.routes)
        if naive.size(slots.job) > MOST_INSERTIONS:
            continue
        for shift, mask in zip(slots.shift.tolist(), slots.mask.tolist(), strict=True):
            possible = not set(codes.of(mask)) - {WORTH}
            assert possible == naive.possible(slots.job, shift), (
                plan.scenario,
                slots.job,
                shift,
                codes.of(mask),
            )
            long = p.part_ptr[slots.job + 1] > p.part_ptr[slots.job]
            where = "trip" if shift >= len(compiled.shifts) else "day"
            yield f"{'long' if long else 'short'} job on a {where}", possible


@pytest.mark.parametrize("first", FEW)
def test_what_is_said_about_jobs_left_out_is_true(first: int) -> None:
    asked_for = 0
    for seed in range(first, first + CHUNK):
        scenario = long_trip_scenario(seed)
        made = planned(scenario, seed)
        if not trips(made.plan):
            continue
        compiled = compile_scenario(scenario)
        asked = Explainer(compiled, routes_of(compiled, made.plan))
        assert asked.plan.shifts == made.plan.shifts, seed
        for reason in asked.reasons:
            fixed = asked.left_out(reason.job_id)
            assert fixed.answer.reason.blocks == reason.blocks, seed
            asked_for += 1
            if fixed.answer.fix is not None:
                accepted(asked, fixed.witness, fixed.answer.fix.cents)
    assert asked_for > 0
