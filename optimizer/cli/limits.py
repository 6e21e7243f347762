"""When a run that was started from the command line ends."""

import math

import typer

from optimizer import control
from optimizer.control import Stop


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
    if seconds is not None and not math.isfinite(seconds):
        raise typer.BadParameter("The search needs an end: give a number of seconds.", param_hint="--time")
    return control.stop_of(seconds, iterations, usual_s=usual_s, jobs=jobs)
