"""From counted reports to installed units, failure rates and what is asked for."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from optimizer.domain.demand_model import DemandSource, ProductMix

FAILURES_PER_DAY: Final = 0.001
"""Where installed units are not known: a unit asks for a visit every thousand days (assumption)."""


class Kind(NamedTuple):
    """A kind of report."""

    area: str | None
    """Where."""
    product: str | None
    """Of which product."""
    type: str
    """What is asked for."""


def sources_and_mixes(
    counts: Mapping[Kind, int],
    exposure: Mapping[str, float],
    units: Mapping[tuple[str | None, str | None], int],
) -> tuple[tuple[DemandSource, ...], tuple[ProductMix, ...]]:
    """Return the sources and mixes that bring so many reports in the mean.

    Reports of a type ÷ its exposure are its reports on a day whose factors are all 1; a source brings the sum over its
    types. What is asked for is taken to be the same in all areas.

    Parameters
    ----------
    counts : kind of report → how many there were, not empty where there is to be demand
    exposure : job type → days, each weighed by its season and weekday factors; above 0
    units : area and product → installed units; of others the units are set so that `FAILURES_PER_DAY` holds

    Returns
    -------
    sources in the order of their names, and one mix for each product
    """
    a_day: dict[tuple[str | None, str | None], float] = defaultdict(float)
    types: dict[str | None, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one in sorted(counts, key=_order):
        level = counts[one] / exposure[one.type]
        a_day[one.area, one.product] += level
        types[one.product][one.type] += level
    sources = []
    for (area, product), level in a_day.items():
        installed = units.get((area, product), max(1, round(level / FAILURES_PER_DAY)))
        sources.append(
            DemandSource(area=area, product=product, units=installed, failures_per_day=level / installed)
        )
    mixes = []
    for product, levels in types.items():
        total = sum(levels.values())
        shares = {name: level / total for name, level in levels.items()}
        mixes.append(ProductMix(product=product, types=shares))
    return tuple(sources), tuple(mixes)


def _order(one: Kind) -> tuple[str, str, str]:
    return one.area or "", one.product or "", one.type
