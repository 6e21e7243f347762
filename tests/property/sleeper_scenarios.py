"""Random scenarios with far work that is reached by slow trains and ships with beds: nights may be spent on board.

`sleeper_scenario(seed)` is `trip_scenario(seed)` with one or two lines between the first branch and the farthest jobs,
and people who go by them. What is drawn here comes from dice of its own.
"""

from random import Random
from typing import Any

from optimizer.domain.lines import Line, Station
from optimizer.domain.place import Place
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import DEFAULT_PROFILES, SpeedBand, SpeedProfile
from tests.property.setting import chance
from tests.property.trip_scenarios import trip_scenario


def sleeper_scenario(seed: int) -> Scenario:
    """Return the scenario of a seed.

    Parameters
    ----------
    seed : any whole number
    """
    of, rng = trip_scenario(seed), Random(f"sleepers {seed}")
    start = of.branches[0].place
    far = sorted({job.place for job in of.jobs}, key=lambda place: (-great_circle_m(start, place), place.lat))
    ends = [place for place in far[:2] if great_circle_m(start, place) > 50_000]
    lines = tuple(_line(rng, f"Z{number}", start, place, number) for number, place in enumerate(ends))
    local = SpeedProfile(detour=1.2, bands=(SpeedBand(up_to_km=60, kmh=40),))
    travel = of.travel.model_copy(
        update={"profiles": {**DEFAULT_PROFILES, "public_transport": local}, "lines": lines, "matrices": {}}
    )
    people = []
    for one in of.technicians:
        facts: dict[str, Any] = {"nights_away": rng.choice((1, 2, 2, 3))}
        if chance(rng, 0.8):
            facts |= {"means": "long_distance", "other_means": ()}
        elif "long_distance" not in one.all_means:
            facts["other_means"] = (*one.other_means, "long_distance")
        people.append(one.model_copy(update=facts))
    rules = {**of.policy.rules, **({"BREAK": {"active": False}} if chance(rng, 0.5) else {})}
    policy = of.policy.model_copy(update={"rules": rules})
    return of.model_copy(update={"travel": travel, "technicians": tuple(people), "policy": policy})


def _line(rng: Random, name: str, start: Place, end: Place, number: int) -> Line:
    hours = rng.choice((6, 7, 8, 10, 13))
    return Line(
        name=name,
        by=rng.choice(("train", "ship")),
        both_ways=True,
        sleeper=chance(rng, 0.9),
        early_min=rng.choice((0, 20)),
        headway_min=rng.choice((0, 0, 60)),
        stations=(
            Station(name="Home", place=start),
            Station(
                name=f"Far {number}", place=end, minutes=60 * hours, fare_cents=rng.choice((0, 5_000, 20_000))
            ),
        ),
    )
