"""Reasons can be proven: nothing called impossible can be done, and every change named has a checked plan."""

from collections import Counter
from random import Random

import pytest

from optimizer.checker import check_plan
from optimizer.compile import Compiled, compile_scenario
from optimizer.control import Iterations
from optimizer.domain.job import PRIORITIES
from optimizer.domain.policy import Preset
from optimizer.domain.scenario import Scenario
from optimizer.engines import solve
from optimizer.errors import BrokenPlan
from optimizer.explain import Explainer
from optimizer.explain.codes import all_codes
from optimizer.explain.slots import job_slots
from optimizer.explain.witness import Witness
from optimizer.generate import generate_scenario
from optimizer.problem import Routes
from tests.oracle.idle_holes import idle_holes
from tests.oracle.single_changes import cheapest_change
from tests.property.random_scenarios import random_scenario
from tests.property.restock_scenarios import nothing_fetched

PRESETS: tuple[Preset, ...] = ("service-first", "balanced", "economy")


def over_full(seed: int) -> Scenario:
    """Return a random nasty scenario, or every tenth time a generated day with far too much work."""
    if seed % 10:
        return random_scenario(seed, max_jobs=16, max_technicians=2)
    rng = Random(seed)
    made = generate_scenario(
        technicians=rng.randint(2, 4), jobs=rng.randint(14, 24), seed=seed, days=rng.choice((1, 2)), load=1.6
    )
    # Long jobs and customers with two jobs would tie visits together: `test_tied_reasons` asks about those.
    rules = {**made.policy.rules, "PRECEDENCE": {"active": False}}
    policy = made.policy.model_copy(update={"preset": PRESETS[seed // 10 % 3], "rules": rules})
    return made.model_copy(update={"policy": policy})


def cheap(scenario: Scenario, seed: int) -> Scenario:
    """Return the scenario with money alone counting, and so little of it owed that many jobs are not worth it."""
    rng = Random(f"cheap {seed}")
    prices = {f"{name}_cents": rng.choice((300, 1_500, 4_000, 8_000)) for name in PRIORITIES}
    policy = scenario.policy.model_copy(
        update={"preset": "economy", "rules": {**scenario.policy.rules, "UNSERVED": prices}}
    )
    return scenario.model_copy(update={"policy": policy})


def planned(scenario: Scenario, seed: int, iterations: int = 60) -> tuple[Compiled, Routes]:
    """Return a scenario and what a short search makes of it."""
    compiled = compile_scenario(scenario)
    return compiled, solve(compiled.problem, stop=Iterations(iterations), seed=seed).routes


def accepted(asked: Explainer, found: Witness | None, cents: int) -> None:
    """Assert that a proof holds and that the difference of the bills is the one that was said."""
    assert found is not None
    assert check_plan(found.scenario, found.plan) == ()
    assert Scenario.model_validate(found.scenario.model_dump()) == found.scenario
    assert cents == found.assessment.bill.total_cents - asked.assessment.bill.total_cents


SHARES = [pytest.param(first, id=str(first)) for first in range(0, 30, 30)]
WHOLE = [pytest.param(first, marks=pytest.mark.slow, id=str(first)) for first in range(30, 600, 95)]


@pytest.mark.parametrize("first", [*SHARES, *WHOLE])
def test_what_is_said_about_jobs_left_out_is_true(first: int) -> None:
    met: Counter[str] = Counter()
    for seed in range(first, first + (30 if first == 0 else 95)):
        compiled, routes = planned(over_full(seed), seed)
        assert idle_holes(compiled.problem, routes) == [], seed
        asked = Explainer(compiled, routes)
        for reason in asked.reasons:
            met["left out"] += 1
            assert reason.free == 0, (seed, reason)  # nothing else could be true: there is no idle hole
            assert reason.slots == sum(one.alone for one in reason.blocks) + reason.jointly
            assert sum(one.jointly for one in reason.blocks) >= 2 * reason.jointly
            found = asked.left_out(reason.job_id)
            assert found.answer.reason.blocks == reason.blocks
            if found.answer.fix is not None:
                met["with a change"] += 1
                accepted(asked, found.witness, found.answer.fix.cents)
                served = {stop.job_id for day in found.witness.plan.shifts for stop in day.stops}  # type: ignore[union-attr]
                assert reason.job_id in served
    assert met["left out"] > 60
    assert met["with a change"] > 10


@pytest.mark.parametrize("seeds", [range(50), pytest.param(range(50, 250), marks=pytest.mark.slow)])
def test_the_smallest_change_is_the_one_found_naively(seeds: range) -> None:
    """Where nothing is fetched on the way: the naive search knows no halts at branches."""
    met: Counter[str] = Counter()
    for seed in seeds:
        scenario = nothing_fetched(random_scenario(seed, max_jobs=12, max_technicians=3))
        compiled, routes = planned(cheap(scenario, seed) if seed % 2 else scenario, seed)
        asked = Explainer(compiled, routes)
        for job in routes.unserved[:3]:
            naive = cheapest_change(compiled, routes, job)
            fix = asked.left_out(compiled.names.jobs[job]).answer.fix
            weight = fix.weight if fix is not None and asked.subject.by_weight else 0
            said = None if fix is None else (weight, fix.cents)
            assert said == (None if naive is None else (naive.weight, naive.cents)), (seed, job, fix, naive)
            met["none" if fix is None else fix.kind] += 1
    assert met["none"] > len(seeds)
    assert len(met) >= 6
    assert met["serve"] > 0


@pytest.mark.parametrize("seeds", [range(150), pytest.param(range(150, 900), marks=pytest.mark.slow)])
def test_free_slots_are_exactly_the_idle_holes(seeds: range) -> None:
    """Of plans from which jobs were taken, so that there are holes; slots are what needs no halt at a branch."""
    holes = 0
    for seed in seeds:
        compiled, routes = planned(random_scenario(seed, max_jobs=12, max_technicians=3), seed)
        rng = Random(seed)
        stops = tuple(tuple(job for job in route if rng.random() < 0.7) for route in routes.stops)
        served = {job for route in stops for job in route}
        thinner = Routes(stops, tuple(job for job in range(len(compiled.names.jobs)) if job not in served))
        try:
            asked = Explainer(compiled, thinner)
        except BrokenPlan:
            continue  # drives without a triangle inequality
        naive = {(hole.job, hole.shift) for hole in idle_holes(compiled.problem, thinner, halts=False)}
        subject = asked.subject
        found = {
            (slots.job, int(shift))
            for slots in job_slots(compiled, subject.bench, all_codes(compiled), thinner.unserved)
            for shift in slots.shift[slots.mask == 0]
        }
        # Where timings equally good differ in work and a week's limit lies between them, the naive one is not sure.
        unsure = {pair for pair in found - naive if compiled.problem.group[pair[1]] >= 0}
        assert found - unsure == naive, seed
        holes += len(naive)
    assert holes > len(seeds) // 2


@pytest.mark.parametrize("seeds", [range(25), pytest.param(range(25, 250), marks=pytest.mark.slow)])
def test_answers_about_served_jobs_are_proven(seeds: range) -> None:
    met: Counter[str] = Counter()
    for seed in seeds:
        scenario = random_scenario(seed, max_jobs=12, max_technicians=4)
        compiled, routes = planned(scenario, seed, iterations=40)
        asked, rng = Explainer(compiled, routes), Random(seed)
        for job in rng.sample(scenario.jobs, min(3, len(scenario.jobs))):
            who = rng.choice(scenario.technicians).technician_id
            answered = asked.why_not(job.job_id, who, search=Iterations(30))
            best = answered.answer.better or answered.answer.way
            if best is not None:
                met[f"why not: {best.kind}"] += 1
                accepted(asked, answered.witness, best.cents)
                assert best.technician_id == who
        for one in (found for job in scenario.jobs for found in asked.late(job.job_id)):
            met["late"] += 1
            if one.answer.way is not None:
                met["late, with a way"] += 1
                accepted(asked, one.witness, one.answer.way.cents)
            else:
                assert one.answer.earliest is not None
        for technician in scenario.technicians:
            for day in asked.overtime(technician.technician_id):
                met["overtime"] += 1
                if day.answer.way is not None:
                    accepted(asked, day.witness, day.answer.way.cents)
    assert met["late"] > len(seeds) // 2
    assert met["overtime"] > 0
    assert sum(count for kind, count in met.items() if kind.startswith("why not")) > len(seeds) // 4
