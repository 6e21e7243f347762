"""The codes that can stop a job in a slot, as bits of one mask."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.compile import Compiled
from optimizer.engines.lns.obstacle import FULL_DAY, FULL_WEEK, LONG_HOURS, NO_LOAD, NO_PARTS, ON_TRIP, Lack
from optimizer.problem import Problem

TIME_CODES = {
    Lack.LATER_WINDOW: "APPOINTMENT",
    Lack.DAY: "SHIFT",
    Lack.REST: "BREAK",
}
"""The code that stands for each lack of time; that of the job's own window depends on the job."""

BAR_CODES = {
    FULL_DAY: "WORKLOAD_CAP",
    FULL_WEEK: "WORKLOAD_CAP",
    LONG_HOURS: "WORKLOAD_CAP",
    NO_PARTS: "PART",
    NO_LOAD: "CAPACITY",
    ON_TRIP: "TRIP",
}
"""The code that stands for everything else that a route may lack."""

WORTH: Final = "UNSERVED"
"""The code of what costs more than leaving it out."""

CREW, SHARED_TOOL, PRECEDENCE = "CREW", "SHARED_TOOL", "PRECEDENCE"
"""The codes of what ties a job to others: people who come along, scarce tools, one after another."""
TIE_CODES: Final = (CREW, SHARED_TOOL, PRECEDENCE)


class Codes(NamedTuple):
    """All codes that can stop a job, the bits of a mask in this order."""

    names: tuple[str, ...]

    def bit(self, code: str) -> int:
        """Return the mask of one code."""
        return 1 << self.names.index(code)

    def of(self, mask: int) -> tuple[str, ...]:
        """Return the codes of a mask."""
        return tuple(code for bit, code in enumerate(self.names) if mask >> bit & 1)


def all_codes(compiled: Compiled) -> Codes:
    """Return the codes of the rules that forbid pairs, and those of what routes lack."""
    own_times = ("APPOINTMENT", "PINNED", "APPROVED", "PROMISE")
    lacks = (*own_times, *TIME_CODES.values(), *BAR_CODES.values(), WORTH, *TIE_CODES)
    return Codes(tuple(dict.fromkeys((*compiled.names.codes, *lacks))))


def first_by_weight(p: Problem) -> NDArray[np.bool_]:
    """Return for each job whether serving it comes before all money."""
    return np.asarray((p.weight > 0) & bool(p.levels[0] == 1))
