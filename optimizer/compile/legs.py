"""What the legs of one means of transport take and cost, as the builder wants it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from optimizer.build import ProfileLegs
from optimizer.travel.base import LegMatrix


def profile_legs(
    matrix: LegMatrix, price: tuple[int, int] | None, hours: Sequence[int], *, congested: bool
) -> ProfileLegs:
    """Return seconds and cents of all legs by one means.

    Parameters
    ----------
    matrix : its travel data
    price : cents a kilometre and an hour; none: nothing is priced, fares neither
    hours : local hour of the day of every hour from the horizon's start
    congested : whether any means has congestion; then hours are priced as they are driven
    """
    per_km, per_hour = price or (0, 0)
    cents = (matrix.metres.astype(np.int64) * per_km + 500) // 1000
    if matrix.fare_cents.size and price is not None:
        cents += matrix.fare_cents
    if congested:
        return ProfileLegs(matrix.base_s, cents.astype(np.int32), per_hour, *_pace(matrix, hours))
    cents += (matrix.base_s.astype(np.int64) * per_hour + 1800) // 3600
    return ProfileLegs(matrix.base_s, cents.astype(np.int32))


def _pace(matrix: LegMatrix, hours: Sequence[int]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    if not matrix.band.size:
        return np.zeros(matrix.base_s.shape, np.uint8), np.full((1, len(hours)), 100, np.int64)
    return matrix.band, matrix.hour_percent[:, list(hours)].astype(np.int64)
