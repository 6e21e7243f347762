"""What the legs of one means of transport take and cost, as the builder wants it."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from optimizer.build import ProfileLegs
from optimizer.compile.layout import means_of_tools
from optimizer.compile.pace import pace
from optimizer.domain.technician import Means
from optimizer.domain.time import Timeline
from optimizer.travel.base import LegMatrix, TravelTable

Prices = Mapping[Means, tuple[int, int]]
"""Cents a kilometre and an hour, by means of transport."""


def all_legs(
    table: TravelTable, prices: Prices, timeline: Timeline, slots: range, *, tools: bool
) -> tuple[ProfileLegs, ...]:
    """Return seconds and cents of all legs by each means, those of shared tools last.

    Parameters
    ----------
    table : the travel data
    prices : cents a kilometre and an hour, by means; of one that is not named nothing is priced
    timeline : turns moments into seconds from the horizon's start
    slots : every hour from the horizon's start
    tools : whether there are shared tools, whose ways cost nothing
    """
    congested = any(matrix.band.size for matrix in table.legs.values())
    means = (*table.legs, *([means_of_tools(table.legs)] if tools else []))
    legs = tuple(
        profile_legs(table.legs[one], prices.get(one), timeline, slots, congested=congested) for one in means
    )
    if not tools:
        return legs
    carried = legs[-1]
    return (*legs[:-1], carried._replace(cents=np.zeros_like(carried.cents), hour_cents=0))


def profile_legs(
    matrix: LegMatrix, price: tuple[int, int] | None, timeline: Timeline, slots: range, *, congested: bool
) -> ProfileLegs:
    """Return seconds and cents of all legs by one means.

    Parameters
    ----------
    matrix : its travel data
    price : cents a kilometre and an hour; none: nothing is priced, fares neither
    timeline : turns moments into seconds from the horizon's start
    slots : every hour from the horizon's start
    congested : whether any means has congestion; then hours are priced as they are driven
    """
    per_km, per_hour = price or (0, 0)
    cents = (matrix.metres.astype(np.int64) * per_km + 500) // 1000
    if matrix.fare_cents.size and price is not None:
        cents += matrix.fare_cents
    if congested:
        return ProfileLegs(matrix.base_s, cents.astype(np.int32), per_hour, *_pace(matrix, timeline, slots))
    cents += (matrix.base_s.astype(np.int64) * per_hour + 1800) // 3600
    return ProfileLegs(matrix.base_s, cents.astype(np.int32))


def _pace(matrix: LegMatrix, timeline: Timeline, slots: range) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    if not matrix.band.size:
        return np.zeros(matrix.base_s.shape, np.uint8), np.full((1, len(slots)), 100, np.int64)
    return matrix.band, pace(matrix, timeline, slots)
