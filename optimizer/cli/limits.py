"""When a run that was started from the command line ends."""

import math

import typer

from optimizer.control import AnyOf, Iterations, Seconds, Stop


def stop_of(seconds: float | None, iterations: int | None, *, usual_s: float) -> Stop:
    """Return when a run ends: the limits given, or the usual time.

    Parameters
    ----------
    seconds : longest search, or none
    iterations : most iterations, or none
    usual_s : seconds of search when neither is given
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
    return limits[0] if len(limits) == 1 else AnyOf(tuple(limits))
