"""What every source of travel times answers with."""

from typing import ClassVar, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.place import Place
from optimizer.domain.technician import Means
from optimizer.domain.travel import Travel


class LegMatrix(NamedTuple):
    """Travel data of one means between all places, rows from, columns to; never assumed symmetric.

    Congestion: in local hour ``h`` a leg of band ``b`` makes ``hour_percent[b, h]`` units of progress a
    second and needs ``100 * base_s`` units; it arrives at the first whole second by which it has them. So who
    leaves later never arrives earlier, and without congestion the leg takes `base_s`.
    """

    base_s: NDArray[np.int32]
    """(place, place) seconds without congestion, 0 on the diagonal."""
    metres: NDArray[np.int32]
    """(place, place) road metres, 0 on the diagonal."""
    band: NDArray[np.uint8]
    """(place, place) row of `hour_percent`; empty (0, 0) without congestion."""
    hour_percent: NDArray[np.int32]
    """(band, 24) speed in percent by local hour of the day; empty (0, 24) without congestion."""


class TravelTable(NamedTuple):
    """All travel data of a scenario."""

    source: str
    """What the times come from, e.g. ``great circle``."""
    places: tuple[str, ...]
    """Place names in row order (see `place_book`)."""
    legs: dict[Means, LegMatrix]
    """One matrix for each means in use."""
    warnings: tuple[str, ...] = ()
    """What a reader of the plan must know about the times."""


class Router(Protocol):
    """A source of travel times for one means."""

    source: ClassVar[str]
    """What the times come from, e.g. ``great circle``."""
    warning: ClassVar[str | None]
    """What a reader of the plan must know about the times, or none."""

    def __init__(self, travel: Travel) -> None: ...

    def knows(self, means: Means) -> bool:
        """Tell whether this source has times for `means`."""
        ...

    def legs(self, means: Means, names: tuple[str, ...], places: tuple[Place, ...]) -> LegMatrix:
        """Return the matrix between all places, WGS-84."""
        ...
