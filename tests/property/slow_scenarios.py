"""Random scenarios in which ways are slow: others with slow areas that overlap in place and time."""

from datetime import datetime
from random import Random

from optimizer.domain.place import Place
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_area import SlowArea
from optimizer.domain.time import Timeline
from tests.property.random_scenarios import random_scenario


def slow_scenario(seed: int) -> Scenario:
    """Return the random scenario of a seed with slow areas.

    Parameters
    ----------
    seed : any whole number
    """
    return with_slow_areas(random_scenario(seed), seed)


def with_slow_areas(scenario: Scenario, seed: int) -> Scenario:
    """Return a scenario with one to four slow areas around places of its own, one of them in the hours of work.

    Parameters
    ----------
    scenario : any
    seed : any whole number
    """
    rng = Random(seed)
    areas = [_area(rng, scenario, f"area {row}") for row in range(rng.randint(1, 4))]
    if scenario.jobs:
        areas[0] = _all_day(rng, scenario, areas[0])
    travel = scenario.travel.model_copy(update={"slow_areas": tuple(areas)})
    return scenario.model_copy(update={"travel": travel})


def _area(rng: Random, scenario: Scenario, name: str) -> SlowArea:
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    place = rng.choice(list(place_book(scenario).values()))
    centre = Place(lat=place.lat + rng.choice((0, 0, 0.01)), lon=place.lon)
    first = 24 * rng.randrange(scenario.horizon.days) + rng.choice((0, 7, 8, 8, 9, 10, 13, 17, 23))
    hours = rng.choice((1, 2, 3, 8, 10, 30))
    return SlowArea(
        name=name,
        centre=centre,
        radius_km=rng.choice((0.001, 1.2, 4, 15, 500)),
        percent=rng.choice((101, 130, 150, 200, 270, 400, 1000)),
        start=_moment(timeline, first),
        end=_moment(timeline, first + hours),
    )


def _all_day(rng: Random, scenario: Scenario, area: SlowArea) -> SlowArea:
    """Return an area around a job, in the working hours of a planned day."""
    timeline = Timeline(scenario.horizon.first_day, scenario.time_zone)
    first = 24 * rng.randrange(scenario.horizon.days) + 8
    return area.model_copy(
        update={
            "centre": rng.choice(scenario.jobs).place,
            "start": _moment(timeline, first),
            "end": _moment(timeline, first + 10),
        }
    )


def _moment(timeline: Timeline, hour: int) -> datetime:
    """Return the local moment so many real hours after the horizon's start, with its offset as in a file."""
    return datetime.fromisoformat(timeline.moment(3600 * hour).isoformat())
