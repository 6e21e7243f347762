"""What a load costs by a table of steps.

``price(load)`` is the sum over the steps with ``load > after`` of ``cents + ((load - after) * cents_per_unit +
unit // 2) // unit``. The unit is 1 where jobs are counted and 3600 where seconds of service are added up. A plan
owes what it adds to the load that stands already: ``price(before + load) - price(before)``.
"""

from collections.abc import Sequence
from typing import Final

from optimizer.rules.draft import LoadStep

JOB: Final = 1
"""The unit of loads that count jobs."""
HOUR_S: Final = 3600
"""The unit of loads that add up seconds of service."""


def load_price(steps: Sequence[LoadStep], load: int, *, unit: int) -> int:
    """Return what a load costs, in whole cents.

    Parameters
    ----------
    steps : steps of the price
    load : jobs, or seconds of service; below 0: less than the reference, which costs nothing here
    unit : what `LoadStep.cents_per_unit` is for: 1 job or 3600 s
    """
    return sum(
        step.cents + ((load - step.after) * step.cents_per_unit + unit // 2) // unit
        for step in steps
        if load > step.after
    )


def added_price(steps: Sequence[LoadStep], *, before: int, load: int, unit: int) -> int:
    """Return what a plan owes for the load it adds, in whole cents.

    Parameters
    ----------
    steps : steps of the price
    before : what stands already
    load : what the plan adds
    unit : 1 job or 3600 s
    """
    return load_price(steps, before + load, unit=unit) - load_price(steps, before, unit=unit)
