"""Plans with trains and ships are sound: the checker rides every leg again, every fare is searched and billed."""

from random import Random

import pytest

from optimizer.checker import check_plan
from optimizer.control import Iterations
from optimizer.domain.document import PlanDocument
from optimizer.domain.lines import Line, Station
from optimizer.domain.place import Place
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import SpeedBand, SpeedProfile
from optimizer.domain.validation import validate_scenario
from optimizer.planning import plan_with_steps
from tests.property.random_scenarios import random_scenario

CHUNK = 100
CHUNKS = [
    pytest.param(first, marks=[] if first == 0 else [pytest.mark.slow]) for first in range(0, 600, CHUNK)
]


def far_scenario(seed: int) -> Scenario:
    """Return a random scenario with lines between some of its places, in which many people go by them."""
    of, rng = random_scenario(seed), Random(f"far {seed}")
    places = [*(branch.place for branch in of.branches), *(job.place for job in of.jobs)]
    at = {f"S{number}": place for number, place in enumerate(rng.sample(places, min(8, len(places))))}
    lines = [_line(rng, number, at) for number in range(rng.randint(2, 4))] if len(at) > 1 else []
    travel = of.travel.model_copy(
        update={"profiles": {**of.travel.profiles, "public_transport": _local(rng)}, "lines": tuple(lines)}
    )
    people = tuple(
        one.model_copy(update={"means": "long_distance"}) if number == 0 or rng.random() < 0.8 else one
        for number, one in enumerate(of.technicians)
    )
    return of.model_copy(update={"travel": travel, "technicians": people})


def _line(rng: Random, number: int, at: dict[str, Place]) -> Line:
    minutes, cents = 0, 0
    stations = []
    for name in rng.sample(sorted(at), rng.randint(2, len(at))):
        stations.append(Station(name=name, place=at[name], minutes=minutes, fare_cents=cents))
        minutes, cents = minutes + rng.randint(2, 20), cents + rng.randint(0, 3_000)
    return Line(
        name=f"L{number}",
        by=rng.choice(("train", "ship")),
        stations=tuple(stations),
        both_ways=rng.random() < 0.8,
        early_min=rng.randint(0, 5),
        headway_min=rng.randint(0, 15),
    )


def _local(rng: Random) -> SpeedProfile:
    """Return slow public transport that ends within the region, in rush hours slower still."""
    rush = (100,) * 8 + (60,) * 2 + (100,) * 14 if rng.random() < 0.3 else ()
    bands = (SpeedBand(up_to_km=3, kmh=8, hour_percent=rush), SpeedBand(up_to_km=rng.randint(5, 40), kmh=8))
    return SpeedProfile(bands=bands, access_min=rng.choice((0, 6)))


@pytest.mark.parametrize("first", CHUNKS)
def test_plans_with_lines_are_sound(first: int) -> None:
    rides = sum(sound(seed) for seed in range(first, first + CHUNK))
    # Fewer would mean that nobody takes a train, so that sound plans prove nothing.
    assert rides > CHUNK


def sound(seed: int) -> int:
    """Plan the scenario of a seed, assert everything that must hold, and return how many rides the plan has."""
    scenario = far_scenario(seed)
    assert validate_scenario(scenario) == (), seed
    planned = plan_with_steps(scenario, stop=Iterations(40), seed=seed)
    document = planned.document
    assert check_plan(scenario, document.plan) == (), seed
    assert planned.solution.cents == document.assessment.bill.total_cents, seed
    written = document.model_dump_json()
    assert PlanDocument.model_validate_json(written).model_dump_json() == written, seed
    lines = [line for line in document.assessment.bill.lines if line.unit == "rides"]
    return round(sum(line.quantity for line in lines))
