"""Trips that were really driven, and how far a speed profile is off them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.travel import SpeedBand, SpeedProfile
from optimizer.travel.great_circle import LONGEST_LEG_S, bands_of

_HELD_OUT: Final = 5  # every fifth trip
_HOUR_S: Final = 3600

Numbers = NDArray[np.float64]


class Trip(NamedTuple):
    """A drive that took place."""

    great_circle_m: float
    """From begin to end as the crow flies, in metres, above 0."""
    departure: datetime
    """When it began, local time."""
    seconds: float
    """How long it took, parking included, above 0."""
    road_m: float | None = None
    """How long the road was, in metres, where known."""


class TripErrors(NamedTuple):
    """How far predicted times are off those observed, in minutes."""

    trips: int
    """Trips compared."""
    median_min: float
    """Half of the trips are off by at most this much."""
    p90_min: float
    """Nine of ten trips are off by at most this much."""
    bias_min: float
    """Predicted less observed, in the middle: above 0 the profile is too slow, below 0 too fast."""


def held_out(trips: Sequence[Trip]) -> tuple[tuple[Trip, ...], tuple[Trip, ...]]:
    """Return the trips to fit by, and every fifth one that is kept aside to measure the error honestly.

    Parameters
    ----------
    trips : in the order of the file
    """
    aside = tuple(trips[_HELD_OUT - 1 :: _HELD_OUT])
    return tuple(one for row, one in enumerate(trips, 1) if row % _HELD_OUT), aside


def by_band(trips: Sequence[Trip], profile: SpeedProfile) -> tuple[tuple[Trip, ...], ...]:
    """Return the trips of each of a profile's bands, by the length of road that it takes them for.

    Parameters
    ----------
    trips : observed trips
    profile : detour and bands; at least one band
    """
    rows = bands_of(road_metres(trips, profile.detour).astype(np.int32), profile).tolist()
    return tuple(
        tuple(trip for trip, row in zip(trips, rows, strict=True) if row == band)
        for band in range(len(profile.bands))
    )


def errors_of(trips: Sequence[Trip], profile: SpeedProfile) -> TripErrors | None:
    """Return how far a profile is off some trips, or none without trips.

    Parameters
    ----------
    trips : observed trips
    profile : speeds; at least one band
    """
    if not trips:
        return None
    off = (predicted_s(trips, profile) - np.array([trip.seconds for trip in trips])) / 60
    size = np.abs(off)
    return TripErrors(
        trips=len(trips),
        median_min=float(np.median(size)),
        p90_min=float(np.quantile(size, 0.9)),
        bias_min=float(np.median(off)),
    )


def predicted_s(trips: Sequence[Trip], profile: SpeedProfile) -> Numbers:
    """Return how long the trips take by a profile, in seconds, congestion included.

    Parameters
    ----------
    trips : observed trips
    profile : speeds; at least one band
    """
    metres = road_metres(trips, profile.detour)
    band = bands_of(metres.astype(np.int32), profile)
    base_s = free_s(metres, band, profile)
    rows = zip(base_s.tolist(), band.tolist(), trips, strict=True)
    return np.array([_congested_s(base, profile.bands[row], trip.departure) for base, row, trip in rows])


def road_metres(trips: Sequence[Trip], detour: float) -> Numbers:
    """Return the lengths of road that a profile takes trips for: great circle × detour, in whole metres."""
    return np.asarray(np.rint(np.array([trip.great_circle_m for trip in trips], dtype=np.float64) * detour))


def free_s(metres: Numbers, band: NDArray[np.intp], profile: SpeedProfile) -> Numbers:
    """Return how long legs take without congestion, in seconds, as `GreatCircle` says it.

    Parameters
    ----------
    metres : lengths of road
    band : the speed band of each
    profile : its speeds and access time
    """
    pace = np.array([3.6 / one.kmh for one in profile.bands])
    edges = np.array([1000 * one.up_to_km for one in profile.bands[:-1]])
    driving_s = np.maximum(metres * pace[band], edge_s(pace, edges)[band])
    return np.asarray(np.minimum(driving_s + 60 * profile.access_min, LONGEST_LEG_S))


def edge_s(pace: Numbers, edges: Numbers) -> Numbers:
    """Return how long a leg of each band takes at least: as long as the longest leg of the bands before it.

    Parameters
    ----------
    pace : seconds a metre, by band
    edges : upper ends of all bands but the last, in metres
    """
    return np.asarray(np.concatenate(([0.0], np.maximum.accumulate(edges * pace[:-1]))))


def _congested_s(base_s: float, band: SpeedBand, departure: datetime) -> float:
    """Walk a leg through the hours of the day: in each it makes that hour's percentage of its progress."""
    if not band.hour_percent:
        return base_s
    left = 100 * base_s
    passed = 0.0
    hour = departure.hour
    until_next = _HOUR_S - timedelta(minutes=departure.minute, seconds=departure.second).total_seconds()
    while left > band.hour_percent[hour] * until_next:
        left -= band.hour_percent[hour] * until_next
        passed += until_next
        hour, until_next = (hour + 1) % 24, _HOUR_S
    return passed + left / band.hour_percent[hour]
