"""Random trips: days in a row of the people of a random problem, with nights of random prices, some on board."""

from random import Random

import numpy as np

from optimizer.build import Bars, Days, Nights, Trip, add_trips
from optimizer.problem import A_TOOL, Problem

BARRED = 31
"""A bit of the forbidding codes that random problems do not use."""


def with_random_trips(problem: Problem, rng: Random, chance: float, sleepers: float = 0.0) -> Problem:
    """Return a problem in which some people may stay out overnight.

    Parameters
    ----------
    problem : without trips; a person's shifts are on days of their own
    rng : dice
    chance : that a row of days can be a trip
    sleepers : that some ways may be ridden through a night
    """
    people = [row for row in range(len(problem.profile)) if problem.standing[row] != A_TOOL]
    profiles = sorted({int(problem.profile[row]) for row in people})
    trips = []
    for person in sorted({int(problem.person[row]) for row in people}):
        mine = sorted(
            (row for row in people if problem.person[row] == person),
            key=lambda row: int(problem.start_s[row]),
        )
        for first in range(len(mine)):
            for length in (1, 2, 3):
                days = tuple(mine[first : first + length])
                profile = rng.choice(profiles)
                free = tuple(mine[first + length : first + length + 1]) if rng.random() < 0.3 else ()
                changed = length > 1 or profile != problem.profile[days[0]]
                if len(days) == length and changed and rng.random() < chance:
                    trips.append(Trip(days, profile, free))
    known = Days(problem)
    kept = [trip for trip in trips if known.can_be_made(trip)]
    prices = [rng.choice((0, 300, 2500)) for _ in range(len(problem.site) - 1)]
    if not kept or rng.random() >= sleepers:
        return add_trips(problem, kept, Nights(prices), Bars(BARRED)) if kept else problem
    asleep = [[rng.random() < 0.7 for _ in prices] for _ in prices]
    nights = Nights(prices, rng.choice((0, 0, 100)), dict.fromkeys(profiles, np.array(asleep)))
    return add_trips(_far(problem, rng, asleep), kept, nights, Bars(BARRED))


def _far(problem: Problem, rng: Random, asleep: list[list[bool]]) -> Problem:
    """Return a problem in which many ways with sleepers take so long that they spoil a day."""
    travel = problem.travel.copy()
    for here, row in enumerate(asleep):
        for there, bed in enumerate(row):
            if bed and here != there:
                travel[:, here, there, 0] += rng.choice((0, 5400, 9000, 12_000))
    return problem._replace(travel=travel)
