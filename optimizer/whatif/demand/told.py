"""Sentences of a fit."""

from optimizer.domain.demand_fit import Estimate

LEAST = 30
"""Fewer observations than this estimate nothing: the value before is kept (a rule of thumb)."""


def kept(parameter: str, value: float, count: int, needed: int, of_what: str) -> Estimate:
    """Return what is said of a parameter that the history has too little for.

    Parameters
    ----------
    parameter : which, as it stands in the model
    value : the value that is kept
    count, needed : how many observations there are, and how many it takes
    of_what : what is counted, e.g. ``visits``
    """
    sentence = f"Kept at {value:.3g}: the history has {count:,} {of_what}, and it takes {needed:,}."
    return Estimate(parameter=parameter, value=value, count=count, kept=True, sentence=sentence)


def estimated(
    parameter: str, value: float, ends: tuple[float, float], count: int, of_what: str, more: str = ""
) -> Estimate:
    """Return what is said of a parameter that was estimated.

    Parameters
    ----------
    parameter : which, as it stands in the model
    value : the estimate
    ends : lower and upper end of its 95 % interval
    count : observations behind it
    of_what : what is counted, e.g. ``visits``
    more : a further sentence, e.g. about how well it fits
    """
    low, high = ends
    sentence = f"{value:.3g}, with 95 % certainty between {low:.3g} and {high:.3g}, from {count:,} {of_what}."
    return Estimate(
        parameter=parameter,
        value=value,
        low=low,
        high=high,
        count=count,
        sentence=f"{sentence} {more}".strip(),
    )
