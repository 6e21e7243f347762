"""Tiny trips by hand: days of eight hours from midnight on, places on a line, and the row of the trip on all days."""

from collections.abc import Callable, Sequence

import numpy as np

from optimizer.build import Bars, Nights, ProblemBuilder, Trip, add_trips
from optimizer.problem import Problem
from tests.oracle.tiny import HOUR, MINUTE, on_a_line

DAY_S = 24 * HOUR
"""Seconds from one day's start to the next one's."""


def trip_on_a_line(
    jobs: Sequence[int],
    days: int,
    night_cents: Sequence[int],
    say: Callable[[ProblemBuilder], None] = lambda _: None,
    *,
    transit_cents: int | None = None,
) -> Problem:
    """Return a problem of jobs so many minutes from home, of one person; the last row is the trip on all days.

    Parameters
    ----------
    jobs : minutes from home
    days : days, each from 0:00 to 8:00 without overtime
    night_cents : price of a night at home, then at each job
    say : says more to the builder
    transit_cents : price of a night on board; none: nobody rides asleep, else every way may be ridden so
    """

    def person(builder: ProblemBuilder) -> None:
        builder.ties.same_person(range(days))
        for day in range(days):
            builder.bound(day, day * DAY_S, day * DAY_S + 8 * HOUR, day * DAY_S + 8 * HOUR)
        say(builder)

    plain = on_a_line(jobs, days, person, end_s=days * DAY_S)
    sleepers = {} if transit_cents is None else {0: np.ones((len(night_cents),) * 2, np.bool_)}
    nights = Nights(night_cents, transit_cents or 0, sleepers)
    return add_trips(plain, [Trip(tuple(range(days)), 0)], nights, Bars(31))


def minute(day: int, minutes: int) -> int:
    """Return a moment in seconds: so many minutes after a day's start."""
    return day * DAY_S + minutes * MINUTE


def starting(*moments: int) -> Callable[[ProblemBuilder], None]:
    """Return what says that each job starts at its moment, in order of the jobs.

    Parameters
    ----------
    moments : seconds
    """

    def say(builder: ProblemBuilder) -> None:
        for job, moment in enumerate(moments):
            builder.narrow(job, [(moment, moment)])

    return say
