"""What is looked for when a day is planned again, and how the searches share the time."""

import time
from typing import Final

from optimizer.control import Iterations, Seconds
from optimizer.domain.proposal import ProposalName

SEARCHES: Final[tuple[tuple[ProposalName, float], ...]] = (
    ("nobody else", 0.12),
    ("fewest changes", 0.26),
    ("most served", 0.16),
    ("turn round", 0.10),
    ("cheapest", 0.20),
    ("between", 0.16),
)
"""What is looked for, in this order, and which share of the time it gets: half of it for all promises, half of it once
more where customers are asked."""
SIDE_BY_SIDE: Final = 2
"""Searches at a time."""


class Shares:
    """Gives each search its share of the time that is left when it begins; the clock runs from the beginning.

    Compiling questions and writing plans out take their part of the time, on a large day most of it. So the list is
    there soon after the time is over: what has not begun by then is not looked for.

    Parameters
    ----------
    stop : seconds for all searches together, or iterations of each
    """

    def __init__(self, stop: Seconds | Iterations) -> None:
        self._stop = stop
        self._began_s = time.monotonic()

    def of(self, name: ProposalName) -> Seconds | Iterations | None:
        """Return what a search that begins now gets for each of its two halves; none: the time is over.

        Parameters
        ----------
        name : what is looked for
        """
        if isinstance(self._stop, Iterations):
            return self._stop
        left_s = self._stop.seconds - (time.monotonic() - self._began_s)
        if left_s <= 0:
            return None
        names = [one for one, _ in SEARCHES]
        shares = [share for _, share in SEARCHES[names.index(name) :]]
        return Seconds(left_s * min(shares[0] / sum(shares), 1 / SIDE_BY_SIDE))
