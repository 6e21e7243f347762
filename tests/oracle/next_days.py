"""When the next working day begins, read off a trip's nights one by one."""

from typing import NamedTuple

from optimizer.problem import Problem


class Evening(NamedTuple):
    """How a day of a shift ends."""

    last_start_s: float
    """What starts by then is of that day, or of one before."""
    next_day_s: int
    """When the working day after it begins."""


def evenings(problem: Problem, shift: int) -> list[Evening]:
    """Return how each day of a shift ends, in order.

    Parameters
    ----------
    problem : the compiled question
    shift : row of a day or trip
    """
    rests = range(int(problem.rest_ptr[shift]), int(problem.rest_ptr[shift + 1]))
    nights = [rest for rest in rests if len(problem.night) and problem.night[rest]]
    begins = [int(problem.rest_open[problem.rest_window_ptr[night]]) for night in nights]
    found = [
        Evening(begin, int(problem.night_next_day_s[night]))
        for begin, night in zip(begins, nights, strict=True)
    ]
    return [*found, Evening(float("inf"), int(problem.next_day_s[shift]))]


def next_day(problem: Problem, shift: int, start: int) -> int:
    """Return when the working day after that of a start begins.

    Parameters
    ----------
    problem : the compiled question
    shift : row of a day or trip
    start : second at which service starts
    """
    return min(one.next_day_s for one in evenings(problem, shift) if start <= one.last_start_s)
