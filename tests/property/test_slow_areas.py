"""Slow areas: nobody arrives sooner by leaving later, and plans with them are as sound as any other."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from random import Random

import pytest

from optimizer.assess import assess
from optimizer.checker import check_plan
from optimizer.compile import compile_scenario
from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.validation import validate_scenario
from optimizer.planning import plan_with_steps
from optimizer.retime import orders_of, retime
from optimizer.schedule.timing import arrive, leave_by
from optimizer.travel import travel_table
from tests.property.random_scenarios import random_scenario
from tests.property.restock_scenarios import restock_scenario
from tests.property.sleeper_scenarios import sleeper_scenario
from tests.property.slow_scenarios import slow_scenario, with_slow_areas
from tests.property.tied_scenarios import tied_scenario
from tests.property.trip_scenarios import trip_scenario
from tests.unit.checker.sound import snapshot

OTHERS: tuple[Callable[[int], Scenario], ...] = (
    random_scenario,
    tied_scenario,
    restock_scenario,
    trip_scenario,
    sleeper_scenario,
)
CHUNK = 30
CASES = [
    pytest.param(
        family, first, id=f"{family.__name__}-{first}", marks=[] if first == 0 else [pytest.mark.slow]
    )
    for family in OTHERS
    for first in range(0, 5 * CHUNK, CHUNK)
]


@pytest.mark.parametrize(("family", "first"), CASES)
def test_plans_with_slow_areas_are_sound(family: Callable[[int], Scenario], first: int) -> None:
    found: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        scenario = with_slow_areas(family(seed), seed)
        assert not [one for one in validate_scenario(scenario) if one.path.startswith("travel")], seed
        planned = plan_with_steps(scenario, stop=Iterations(40), seed=seed)
        document = planned.document
        assert check_plan(scenario, document.plan) == (), seed
        bill = document.assessment.bill
        assert bill == assess(scenario, document.plan).bill, seed
        assert planned.solution.cents == bill.total_cents, seed
        again = retime(scenario, orders_of(document.plan))
        assert again.plan.shifts == document.plan.shifts, seed
        written = document.model_dump_json()
        read = PlanDocument.model_validate_json(written)
        assert read.model_dump_json() == written, seed
        assert check_plan(Scenario.model_validate_json(scenario.model_dump_json()), read.plan) == (), seed
        found["slow ways"] += sum(bool(leg.slow_hours) for leg in document.plan.travel.legs)
        found["slowed"] += slowed(document)
    assert min(found["slow ways"], found["slowed"]) > 0, found  # else nothing was slow


def slowed(document: PlanDocument) -> int:
    """Return how many drives begin in slow hours."""
    ways = document.plan.travel.by_way()
    return sum(
        leg.travel_s > 0
        and any(
            one.start <= leg.departure < one.end
            for one in ways[day.means, leg.from_place, leg.to_place].slow_hours
        )
        for day in document.plan.shifts
        for leg in (*(stop.leg for stop in day.stops), day.last_leg)
        if (day.means, leg.from_place, leg.to_place) in ways
    )


@pytest.mark.parametrize("number", [12, pytest.param(120, marks=pytest.mark.slow)])
def test_drives_take_what_the_areas_say_second_by_second(number: int) -> None:
    slow = 0
    for seed in range(number):
        scenario = slow_scenario(seed)
        compiled = compile_scenario(scenario)
        problem, rng = compiled.problem, Random(seed)
        for _ in range(8 if problem.pace.size else 0):
            row = rng.randrange(len(compiled.shifts))
            means, profile = compiled.shifts[row].technician.means, int(problem.profile[row])
            a, b = (rng.randrange(len(compiled.travel.places)) for _ in range(2))
            legs = compiled.travel.legs[means]
            base_s = int(legs.base_s[a, b])
            if legs.rides(a, b) or base_s > 4 * 3600:
                continue
            leave = rng.randrange(24 * 3600 * scenario.horizon.days)
            ends = (compiled.travel.places[a], compiled.travel.places[b])
            leaving = compiled.timeline.moment(leave)
            expected = leave + naive_s(scenario, ends, base_s, legs.speeds(a, b), leaving)
            assert arrive(problem, profile, a, b, leave) == expected, (seed, ends, leave)
            slow += expected - leave > base_s and not legs.speeds(a, b)
    assert slow > number / 2


def naive_s(
    scenario: Scenario,
    ends: tuple[str, str],
    base_s: int,
    speeds: tuple[int, ...],
    leaving: datetime,
) -> int:
    """Return the seconds of a drive, found second by second from the scenario's slow areas."""
    book = place_book(scenario)
    areas = [
        area
        for area in scenario.travel.slow_areas
        if any(round(great_circle_m(area.centre, book[name])) <= 1000 * area.radius_km for name in ends)
    ]
    needed, spent = 100 * base_s, 0
    while needed > 0:
        at = datetime.fromtimestamp(leaving.timestamp() + spent, leaving.tzinfo)
        speed = speeds[at.hour] if speeds else 100
        worst = max((area.percent for area in areas if area.start <= at < area.end), default=100)
        needed -= speed * 100 // worst
        spent += 1
    return spent


@pytest.mark.parametrize("number", [40, pytest.param(400, marks=pytest.mark.slow)])
def test_who_leaves_later_never_arrives_sooner(number: int) -> None:
    for seed in range(number):
        problem = compile_scenario(slow_scenario(seed)).problem
        if not problem.pace.size:
            continue
        rng = Random(seed)
        profile = rng.randrange(len(problem.travel))
        a, b = (rng.randrange(problem.travel.shape[1]) for _ in range(2))
        leaves = sorted(rng.randrange(problem.pace.shape[2] * 3600) for _ in range(200))
        arrivals = [arrive(problem, profile, a, b, leave) for leave in leaves]
        assert arrivals == sorted(arrivals), seed
        for leave, there in zip(leaves, arrivals, strict=True):
            last = leave_by(problem, profile, a, b, there)
            assert leave <= last, seed
            assert arrive(problem, profile, a, b, last) == there, seed


@pytest.mark.parametrize("number", [15, pytest.param(150, marks=pytest.mark.slow)])
def test_a_plan_that_says_another_hour_or_area_is_caught(number: int) -> None:
    caught = 0
    for seed in range(number):
        scenario = slow_scenario(seed)
        plan = plan_with_steps(scenario, stop=Iterations(20), seed=seed).document.plan
        for leg in (leg for leg in plan.travel.legs if leg.slow_hours):
            one, *others = leg.slow_hours
            changed = one.model_copy(update={"percent": 150 if one.percent == 101 else one.percent - 1})
            for slow in (tuple(others), (changed, *others)):
                wrong = leg.model_copy(update={"slow_hours": slow})
                legs = tuple(wrong if each is leg else each for each in plan.travel.legs)
                made = plan.model_copy(update={"travel": snapshot(*legs, source=plan.travel.source)})
                codes = {finding.code for finding in check_plan(scenario, made)}
                assert codes == {"TRAVEL"}, seed
                caught += 1
    assert caught > number


@pytest.mark.parametrize("number", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_equal_questions_get_equal_bytes(number: int) -> None:
    for seed in range(number):
        scenario = slow_scenario(seed)
        read = Scenario.model_validate_json(scenario.model_dump_json())
        one, other = (plan_with_steps(of, stop=Iterations(30), seed=seed).document for of in (scenario, read))
        assert one.model_dump_json() == other.model_dump_json(), seed


@pytest.mark.parametrize("number", [30, pytest.param(300, marks=pytest.mark.slow)])
def test_an_area_takes_nothing_from_the_usual_times(number: int) -> None:
    """Times without congestion, lengths, fares and rides stay as they are; only hours are added."""
    for seed in range(number):
        scenario = slow_scenario(seed)
        slow, usual = (travel_table(of) for of in (scenario, random_scenario(seed)))
        assert (slow.source, slow.places, slow.warnings) == (usual.source, usual.places, usual.warnings)
        for means, legs in usual.legs.items():
            found = slow.legs[means]
            assert (found.base_s == legs.base_s).all()
            assert (found.metres == legs.metres).all()
            rows = range(len(usual.places))
            assert all(found.speeds(a, b) == legs.speeds(a, b) for a in rows for b in rows), seed
