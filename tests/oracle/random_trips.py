"""Random trips: days in a row of the people of a random problem, with nights of random prices."""

from random import Random

from optimizer.build import Days, Trip, add_trips
from optimizer.problem import A_TOOL, Problem

BARRED = 31
"""A bit of the forbidding codes that random problems do not use."""


def with_random_trips(problem: Problem, rng: Random, chance: float) -> Problem:
    """Return a problem in which some people may stay out overnight.

    Parameters
    ----------
    problem : without trips; a person's shifts are on days of their own
    rng : dice
    chance : that a row of days can be a trip
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
    nights = [rng.choice((0, 300, 2500)) for _ in range(len(problem.site) - 1)]
    return add_trips(problem, kept, nights, BARRED) if kept else problem
