"""What every source of travel times answers with."""

from typing import ClassVar, Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.lines import Ride
from optimizer.domain.place import Place
from optimizer.domain.slow_area import SlowHours
from optimizer.domain.technician import Means

_NO_FARES: Final = np.empty((0, 0), dtype=np.int32)
_NO_SLEEPERS: Final = np.empty((0, 0), dtype=np.bool_)


class LegMatrix(NamedTuple):
    """Travel data of one means between all places, rows from, columns to; never assumed symmetric.

    Congestion: in local hour ``h`` a leg of band ``b`` makes ``hour_percent[b, h]`` units of progress a
    second and needs ``100 * base_s`` units; it arrives at the first whole second by which it has them. So who
    leaves later never arrives earlier, and without congestion the leg takes `base_s`. In slow hours it makes that many
    units ÷ their percent of the usual time, rounded down; where several hold at once, the slowest counts.
    """

    base_s: NDArray[np.int32]
    """(place, place) seconds without congestion, 0 on the diagonal."""
    metres: NDArray[np.int32]
    """(place, place) road metres, those of trains and ships not counted, 0 on the diagonal."""
    band: NDArray[np.uint8]
    """(place, place) row of `hour_percent` and `slow_hours`; empty (0, 0) where both are empty."""
    hour_percent: NDArray[np.int32]
    """(band, 24) speed in percent by local hour of the day; empty (0, 24) without congestion by hour."""
    fare_cents: NDArray[np.int32] = _NO_FARES
    """(place, place) fares of trains and ships in cents; empty (0, 0) without lines."""
    sleeper: NDArray[np.bool_] = _NO_SLEEPERS
    """(place, place) whether the night may be spent on one of its trains or ships; empty (0, 0) without lines."""
    way: NDArray[np.int32] = _NO_FARES
    """(place, place) row of `ways`, -1 for a local way; empty (0, 0) without lines."""
    ways: tuple[tuple[Ride, ...], ...] = ()
    """Trains and ships in order, for each way that some leg takes."""
    slow_hours: tuple[tuple[SlowHours, ...], ...] = ()
    """When legs of each band are slow, in the scenario's order; empty without slow areas."""

    def rides(self, a: int, b: int) -> tuple[Ride, ...]:
        """Return the trains and ships of a leg in order; none for a local way."""
        return self.ways[self.way[a, b]] if self.way.size and self.way[a, b] >= 0 else ()

    def speeds(self, a: int, b: int) -> tuple[int, ...]:
        """Return a leg's 24 speeds in percent by local hour of the day; none without congestion by hour."""
        return tuple(self.hour_percent[self.band[a, b]].tolist()) if self.hour_percent.size else ()

    def slow(self, a: int, b: int) -> tuple[SlowHours, ...]:
        """Return when a leg is slow, in the scenario's order; none outside slow areas."""
        return self.slow_hours[self.band[a, b]] if self.slow_hours else ()


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
    road_warnings: tuple[str, ...] = ()
    """Those of the warnings that say where a road map failed or had no answer; plans carry them along."""


class Router(Protocol):
    """A source of travel times for one means."""

    name: ClassVar[str]
    """What the source is called, e.g. ``great circle``."""

    @property
    def sources(self) -> tuple[str, ...]:
        """What the times that were asked for so far come from; names of sources."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader of the plan must know about the times that were asked for so far."""
        ...

    def knows(self, means: Means) -> bool:
        """Tell whether this source has times for `means`."""
        ...

    def legs(self, means: Means, names: tuple[str, ...], places: tuple[Place, ...]) -> LegMatrix:
        """Return the matrix between all places, WGS-84."""
        ...
