"""Seasons: what kind of work people ask for in which part of the year.

The factors are our assumption for air conditioners in central China: installations and repairs come with the heat,
cleaning and surveys before it, and winter is quiet but for heating. The sources say only that work and leave follow
the season (004 第8篇 ch. 6 art. 1).
"""

from collections.abc import Mapping
from typing import Final

from optimizer.domain.season import Season

FACTORS: Final[Mapping[Season, Mapping[str, float]]] = {
    "spring": {"installation": 1.2, "repair": 0.8, "complaint": 0.9, "maintenance": 2.0, "survey": 1.4},
    "summer": {"installation": 1.6, "repair": 1.8, "complaint": 1.6, "maintenance": 0.6, "survey": 0.9},
    "autumn": {"installation": 0.7, "repair": 0.6, "complaint": 0.7, "maintenance": 1.2, "survey": 1.0},
    "winter": {"installation": 0.5, "repair": 0.8, "complaint": 0.8, "maintenance": 0.2, "survey": 0.7},
}
"""Demand for each type of job in a season ÷ its mean over the year; the four seasons' mean is 1."""


def seasonal(shares: Mapping[str, float], season: Season) -> dict[str, float]:
    """Return the shares of job types in a season; they no longer add up to the year's.

    Parameters
    ----------
    shares : type of job → its share over the whole year
    season : the part of the year
    """
    if season == "none":
        return dict(shares)
    return {name: share * FACTORS[season][name] for name, share in shares.items()}


def level(shares: Mapping[str, float], season: Season) -> float:
    """Return how much work there is in a season, in multiples of the year's mean.

    Parameters
    ----------
    shares : type of job → its share over the whole year, above 0 in all
    season : the part of the year
    """
    return sum(seasonal(shares, season).values()) / sum(shares.values())
