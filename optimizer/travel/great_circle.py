"""Travel times without road data: great circle × detour, at a speed that depends on length and hour.

References
----------
R. W. Sinnott (1984), "Virtues of the Haversine", Sky and Telescope 68(2), p. 159: the angle from the straight
line between two points of the unit sphere, exact for near and far places alike.
"""

from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.place import Place
from optimizer.domain.technician import Means
from optimizer.domain.travel import SpeedProfile, Travel
from optimizer.errors import TravelUnavailable
from optimizer.travel.base import LegMatrix

EARTH_RADIUS_M: Final = 6_371_008.8
"""Mean radius of the Earth in metres. The sphere is at most 0.56 % off the ellipsoid."""

LONGEST_LEG_S: Final = 7 * 24 * 3600
"""Longer legs count as a week, which no shift can hold: sums of times stay small whatever the profile."""

_HOURS: Final = 24
_MOST_BANDS: Final = 256  # a leg's band is one byte
_ROWS_AT_ONCE: Final = 128  # so many rows of a large matrix fit the processor's cache


class GreatCircle:
    """Great circle × detour ÷ speed.

    A leg's speed is that of its length's band, but a longer leg never takes less time than a shorter one:
    behind the edge to a faster band, time stands still until the faster speed has caught up. Places less than
    half a metre apart are the same place: 0 s, 0 m, no access time.

    Parameters
    ----------
    travel : its speed profiles are used
    """

    name: ClassVar[str] = "great circle"
    sources: tuple[str, ...] = (name,)
    warnings: tuple[str, ...] = (
        "Travel times are estimates from straight lines, not from roads or timetables.",
    )

    def __init__(self, travel: Travel) -> None:
        self._profiles = travel.profiles

    def knows(self, means: Means) -> bool:
        """Tell whether there is a speed profile for `means`."""
        return means in self._profiles

    def legs(self, means: Means, names: tuple[str, ...], places: tuple[Place, ...]) -> LegMatrix:
        """Return the matrix between all places, WGS-84.

        Parameters
        ----------
        means : means of transport
        names : names of the places, in row order
        places : the places, in row order, WGS-84

        Raises
        ------
        TravelUnavailable : the means has no profile, or a profile without speeds
        """
        profile = self._profiles.get(means)
        if profile is None or not 1 <= len(profile.bands) <= _MOST_BANDS:
            raise TravelUnavailable(f"travel.profiles.{means}: give a profile of 1 to {_MOST_BANDS} bands.")
        lat = np.array([place.lat for place in places], dtype=np.float64)
        lon = np.array([place.lon for place in places], dtype=np.float64)
        rows = len(places)
        hour_percent = hours_of(profile)
        base_s = np.empty((rows, rows), dtype=np.int32)
        metres = np.empty((rows, rows), dtype=np.int32)
        band = np.empty((rows, rows) if len(hour_percent) else (0, 0), dtype=np.uint8)
        for top in range(0, rows, _ROWS_AT_ONCE):
            part = slice(top, top + _ROWS_AT_ONCE)
            metres[part] = np.rint(great_circle_m(lat, lon, part) * profile.detour)
            band_of_leg = bands_of(metres[part], profile)
            base_s[part] = seconds_of(metres[part], band_of_leg, profile)
            if len(hour_percent):
                band[part] = band_of_leg
        return LegMatrix(base_s, metres, band, hour_percent)


def one_more_place(legs: LegMatrix, profile: SpeedProfile, places: tuple[Place, ...]) -> LegMatrix:
    """Return the matrix with one place more: only the ways from and to it are measured.

    Parameters
    ----------
    legs : between all places but the last, by `GreatCircle`
    profile : the speeds they were made with
    places : all places, WGS-84
    """
    lat = np.array([place.lat for place in places], dtype=np.float64)
    lon = np.array([place.lon for place in places], dtype=np.float64)
    metres = np.rint(great_circle_m(lat, lon, slice(len(places) - 1, None)) * profile.detour).astype(np.int32)
    band = bands_of(metres, profile)
    return legs._replace(
        base_s=_with_border(legs.base_s, seconds_of(metres, band, profile)),
        metres=_with_border(legs.metres, metres),
        band=_with_border(legs.band, band) if legs.band.size else legs.band,
    )


def _with_border(square: NDArray[Any], row: NDArray[Any]) -> NDArray[Any]:
    """Return a square with a last row and a last column, which are the same: there and back take as long."""
    grown = np.empty((len(square) + 1, len(square) + 1), square.dtype)
    grown[:-1, :-1] = square
    grown[-1, :], grown[:, -1] = row[0], row[0]
    return grown


def great_circle_m(
    lat: NDArray[np.float64], lon: NDArray[np.float64], rows: slice = slice(None)
) -> NDArray[np.float64]:
    """Return the great-circle distances between points.

    Parameters
    ----------
    lat : latitudes in degrees, -90 to 90, WGS-84
    lon : longitudes in degrees, -180 to 180, WGS-84
    rows : which points to measure from; all points are measured to

    Returns
    -------
    (row, point) metres.
    """
    phi, theta = np.radians(lat), np.radians(lon)
    chord_squared = np.zeros((len(phi[rows]), len(phi)))
    for axis in (np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)):
        step = axis[rows, None] - axis[None, :]
        chord_squared += np.multiply(step, step, out=step)
    half_chord = np.minimum(np.sqrt(chord_squared) / 2, 1.0)
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(half_chord))


def bands_of(metres: NDArray[np.int32], profile: SpeedProfile) -> NDArray[np.intp]:
    """Return the row of the speed band that each leg falls into by its road length.

    Parameters
    ----------
    metres : road lengths
    profile : 1 to 256 bands
    """
    edges = np.array([band.up_to_km * 1000 for band in profile.bands[:-1]])
    return np.asarray(np.searchsorted(edges, metres, side="left"))


def seconds_of(metres: NDArray[np.int32], band: NDArray[np.intp], profile: SpeedProfile) -> NDArray[np.int32]:
    """Return whole seconds without congestion, rounded half up.

    Parameters
    ----------
    metres : road lengths
    band : the band of each, see `bands_of`
    profile : 1 to 256 bands
    """
    seconds_per_metre = np.array([3.6 / one.kmh for one in profile.bands])
    edge_s = np.array([one.up_to_km * 3600 / one.kmh for one in profile.bands[:-1]])
    at_least_s = np.concatenate(([0.0], np.maximum.accumulate(edge_s)))
    driving_s = np.maximum(metres * seconds_per_metre[band], at_least_s[band])
    seconds = np.floor(np.minimum(driving_s + profile.access_min * 60, LONGEST_LEG_S) + 0.5)
    return np.where(metres == 0, 0, seconds).astype(np.int32)


def hours_of(profile: SpeedProfile) -> NDArray[np.int32]:
    """Return the speeds in percent by band and local hour.

    Parameters
    ----------
    profile : its bands have 24 values each, or none

    Returns
    -------
    (band, 24) percent; (0, 24) where no hour differs from 100.

    Raises
    ------
    TravelUnavailable : a band has another number of values
    """
    rows = [band.hour_percent or (100,) * _HOURS for band in profile.bands]
    if any(len(row) != _HOURS for row in rows):
        raise TravelUnavailable(
            f"A speed band's hour_percent needs {_HOURS} values, one for each hour, or none."
        )
    table = np.array(rows, dtype=np.int32)
    return table if np.any(table != 100) else np.empty((0, _HOURS), dtype=np.int32)
