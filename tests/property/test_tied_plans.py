"""Plans of jobs that are tied to each other are sound too: checked, priced as searched, whole or not at all."""

from collections import Counter
from collections.abc import Iterator
from itertools import count, islice

import pytest

from optimizer.assess import assess
from optimizer.checker import check_plan
from optimizer.compile import Compiled, compile_scenario
from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.plan import Plan, Provenance
from optimizer.domain.requirements import seats
from optimizer.domain.scenario import Scenario
from optimizer.planning import plan_with_steps
from optimizer.problem import features
from optimizer.rules.book import RuleBook
from optimizer.rules.long_jobs import long_jobs
from optimizer.rules.precedence import RULE as PRECEDENCE
from optimizer.rules.settings import params_of
from optimizer.schedule.plan import make_plan
from tests.oracle.brute_force_ties import optimum_of_ties
from tests.property.tied_scenarios import tied_scenario

BY_HAND = Provenance(engine="hand", seed=0, iterations=0, ended_by="finished")
CHUNK = 100
CHUNKS = [
    pytest.param(first, marks=[] if first == 0 else [pytest.mark.slow]) for first in range(0, 1200, CHUNK)
]


@pytest.mark.parametrize("first", CHUNKS)
def test_returned_tied_plans_are_sound(first: int) -> None:
    found: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        found.update(sound(seed))
    print(f"seeds {first} to {first + CHUNK - 1}: {dict(found)}")
    # Fewer would mean that the scenarios allow so little that sound plans prove nothing.
    assert found["served"] > 0.25 * found["jobs"]
    assert min(found[kind] for kind in ("crews", "second jobs", "lent tools")) > CHUNK / 25


@pytest.mark.parametrize(
    ("first", "number"), [(0, 25), pytest.param(1000, 300, marks=pytest.mark.slow)], ids=["some", "many"]
)
def test_the_best_plan_of_all_is_sound(first: int, number: int) -> None:
    """Trying everything presses every tie to its edge: what it finds best breaks nothing and costs what it says."""
    found: Counter[str] = Counter()
    for seed, scenario, compiled in islice(small(first), number):
        best = optimum_of_ties(compiled.problem)
        plan = make_plan(compiled, best.routes, BY_HAND)
        assessment = assess(scenario, plan)
        assert assessment.findings == (), seed
        assert assessment.bill.total_cents == best.value[1], seed
        found.update(_served(scenario, plan))
    print(f"{number} scenarios from seed {first}: {dict(found)}")
    assert found["served"] > 0.15 * found["jobs"]


def small(first: int) -> Iterator[tuple[int, Scenario, Compiled]]:
    """Yield small scenarios with ties that brute force can handle."""
    for seed in count(first):
        scenario = tied_scenario(seed, max_jobs=4, max_technicians=4)
        compiled = compile_scenario(scenario)
        used, rows = features(compiled.problem), compiled.visits.rows
        if used & {"crews", "links"} and "congestion" not in used and not any(one.branch for one in rows):
            yield seed, scenario, compiled


def sound(seed: int) -> Counter[str]:
    """Plan the tied scenario of a seed, assert everything that must hold, and count what was served."""
    scenario = tied_scenario(seed)
    planned = plan_with_steps(scenario, stop=Iterations(60), seed=seed)
    document = planned.document
    assert check_plan(scenario, document.plan) == (), seed
    _whole_or_left_out(scenario, document, seed)
    bill = document.assessment.bill
    assert bill == assess(scenario, document.plan).bill, seed
    assert bill.total_cents == sum(line.cents for line in bill.lines), seed
    assert planned.solution.cents == bill.total_cents, seed
    if RuleBook.of(scenario.policy).levels[0] == "weight":
        assert planned.solution.weight == document.assessment.kpis.unserved_weight, seed
    written = document.model_dump_json()
    assert PlanDocument.model_validate_json(written).model_dump_json() == written, seed
    return _served(scenario, document.plan)


def _whole_or_left_out(scenario: Scenario, document: PlanDocument, seed: int) -> None:
    params = params_of(PRECEDENCE, scenario.policy)
    parts = long_jobs(scenario, params.longest_part_min).parts if params.active else {}
    stops = [stop for shift_plan in document.plan.shifts for stop in shift_plan.stops]
    made = Counter(stop.job_id for stop in stops)
    for job in scenario.jobs:
        whole = parts.get(job.job_id, 1) * seats(job, scenario.policy)
        left_out = document.plan.unserved.count(job.job_id)
        assert (made[job.job_id], left_out) in {(whole, 0), (0, 1)}, (seed, job.job_id)
    assert len({(stop.job_id, stop.part, stop.seat) for stop in stops}) == len(stops), seed
    assert document.assessment.kpis.served == len(made), seed


def _served(scenario: Scenario, plan: Plan) -> Counter[str]:
    stops = [stop for shift_plan in plan.shifts for stop in shift_plan.stops]
    here = {stop.job_id for stop in stops}
    in_force = params_of(PRECEDENCE, scenario.policy).active
    return Counter(
        {
            "jobs": len(scenario.jobs),
            "served": len(here),
            "crews": len({stop.job_id for stop in stops if stop.seat}),
            "second jobs": sum(bool(job.after) and job.job_id in here for job in scenario.jobs) * in_force,
            "jobs in parts": len({stop.job_id for stop in stops if stop.part}),
            "lent tools": sum(len(day.stops) for day in plan.tools),
        }
    )
