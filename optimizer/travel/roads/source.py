"""What every source of road data answers with: tables of times, and lines for the map."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.route_shape import ShapePoint
from optimizer.domain.technician import Means
from optimizer.travel.coordinates import Coordinates

ANSWER_VERSION = 1
"""Rises when answers are read in another way, so that nothing old is taken from a cache."""


Line = tuple[ShapePoint, ...]
"""Points along a road."""


class Drive(NamedTuple):
    """From where to where."""

    here: ShapePoint
    """Where the drive begins."""
    there: ShapePoint
    """Where it ends."""


class RoadsUnavailable(Exception):
    """A road source cannot answer; the text is a short reason without addresses, fit for a plan."""


class RoadTable(NamedTuple):
    """Road data between points, rows from, columns to; never assumed symmetric."""

    seconds: NDArray[np.float32]
    """(point, point) driving time from road to road; not a number where no road leads."""
    metres: NDArray[np.float32]
    """(point, point) length from road to road; not a number where no road leads."""
    off_road_m: NDArray[np.float32]
    """(point,) straight line from each point to the road it was put on."""


class RoadSource(Protocol):
    """Knows roads: a server, a map in the program itself, or a cache in front of either."""

    @property
    def identity(self) -> str:
        """What makes answers different from another source's: its address or map, no secrets."""
        ...

    def knows(self, means: Means) -> bool:
        """Tell whether `means` goes by the roads of this source."""
        ...

    def profile(self, means: Means) -> str:
        """Return the source's own name for `means`, e.g. ``driving``."""
        ...

    def table(self, means: Means, points: Coordinates) -> RoadTable:
        """Return times and lengths between all points.

        Parameters
        ----------
        means : one that it knows
        points : WGS-84, rounded to 6 decimals, each once

        Raises
        ------
        RoadsUnavailable : no answer, or one that cannot be used
        """
        ...

    def lines(self, means: Means, drives: Sequence[Drive]) -> tuple[Line | None, ...]:
        """Return the line of each drive in every detail.

        Parameters
        ----------
        means : one that it knows
        drives : their ends, WGS-84, rounded to 6 decimals

        Returns
        -------
        In the same order: the line; empty where no road leads; none where there was no answer.
        """
        ...
