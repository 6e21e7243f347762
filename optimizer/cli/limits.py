"""When a run that was started from the command line ends."""

import math

import typer

from optimizer.control import AnyOf, Iterations, Seconds, Stagnation, Stop

STALE_ITERATIONS = 200_000
STALE_ITERATIONS_A_JOB = 20_000
"""A run without limits ends early when nothing better was found for so many iterations, and so many for each job:
a few jobs are done in a second, a real day of a hundred uses its whole time."""


def stop_of(
    seconds: float | None, iterations: int | None, *, usual_s: float, jobs: int | None = None
) -> Stop:
    """Return when a run ends: the limits given, or the usual time and, with few jobs, earlier.

    Parameters
    ----------
    seconds : longest search, or none
    iterations : most iterations, or none
    usual_s : seconds of search when neither is given
    jobs : number of jobs, so that a small question ends early when neither is given; none: it does not
    """
    limits: list[Stop] = []
    if seconds is not None:
        if not math.isfinite(seconds):
            raise typer.BadParameter(
                "The search needs an end: give a number of seconds.", param_hint="--time"
            )
        limits.append(Seconds(seconds))
    if iterations is not None:
        limits.append(Iterations(iterations))
    if not limits:
        limits.append(Seconds(usual_s))
        if jobs is not None:
            limits.append(Stagnation(STALE_ITERATIONS + STALE_ITERATIONS_A_JOB * jobs))
    return limits[0] if len(limits) == 1 else AnyOf(tuple(limits))
