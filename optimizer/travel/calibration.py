"""Fits a speed profile to trips that were really driven: detour, speed by length, speed by hour.

Every figure is a median, so a driver's lunch or a broken tracker moves nothing: speeds and hours are fitted in turn by
least absolute deviations, each of which is a weighted median.

References
----------
E. J. Schlossmacher (1973), "An iterative technique for absolute deviations curve fitting", Journal of the American
Statistical Association 68(344), 857–859, https://doi.org/10.1080/01621459.1973.10481436.
M. Ayer et al. (1955), "An empirical distribution function for sampling with incomplete information", Annals of
Mathematical Statistics 26(4), 641–647, https://doi.org/10.1214/aoms/1177728423: pooling neighbours out of order.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.travel import SpeedBand, SpeedProfile
from optimizer.travel.great_circle import bands_of
from optimizer.travel.observed_trips import Numbers, Trip, edge_s, road_metres

LEAST_TRIPS: Final = 20
"""Fewer trips in a band leave its speed as it was."""

LEAST_TRIPS_AN_HOUR: Final = 10
"""Fewer trips in an hour of the day leave that hour to its neighbours."""

SHORTEST_M: Final = 200.0
"""Nearer ends say more about parking than about speed; such trips are not fitted."""

_LEANING_TRIPS: Final = 30
# So many trips in a band and hour weigh as much as what all bands say of that hour.

_HOURS: Final = 24
_ROUNDS: Final = 40
_STILL: Final = 1e-4  # relative change of a speed that no longer matters
_PACES: Final = (3.6 / 300, 3.6 / 2)  # seconds a metre: no median is taken for faster or slower
_PERCENT: Final = (10, 200)  # as the format allows


class BandFit(NamedTuple):
    """What became of a speed band."""

    up_to_km: float
    """The band's upper end."""
    trips: int
    """Trips that say something about its speed."""
    fitted: bool
    """Whether there were enough; otherwise the speed is as before, or as its neighbours need it."""


class ProfileFit(NamedTuple):
    """A profile fitted to trips."""

    profile: SpeedProfile
    """The new profile."""
    bands: tuple[BandFit, ...]
    """What became of each band."""
    trips_by_hour: tuple[int, ...]
    """24 numbers: trips by the hour in their middle."""
    detour_trips: int
    """Trips with a known length, by which the detour was fitted; with too few it is as before."""


class _Sample(NamedTuple):
    """The trips as arrays, by trip."""

    metres: Numbers
    seconds: Numbers
    band: NDArray[np.intp]
    hour: NDArray[np.intp]
    """Hour of the day in the trip's middle."""


def fit_profile(
    trips: Sequence[Trip], profile: SpeedProfile, *, least_trips: int = LEAST_TRIPS
) -> ProfileFit:
    """Return the profile that fits trips best; its bands' ends and its access time stay as they are.

    A band's speed is that of its fastest hour with enough trips, which counts as 100 %. An hour leans on what all
    bands say of it, the more the fewer trips the band has then; one without enough trips takes the middle of its
    nearest neighbours that have them. A longer band is never slower than a shorter.

    Parameters
    ----------
    trips : observed trips of one means
    profile : where the fit starts; at least one band
    least_trips : fewer trips in a band leave its speed as it was, 1 or more
    """
    used = [trip for trip in trips if trip.great_circle_m >= SHORTEST_M]
    detour, detour_trips = _detour(used, profile.detour, least_trips)
    sample = _sample(used, profile.model_copy(update={"detour": detour}))
    edges = np.array([1000 * band.up_to_km for band in profile.bands[:-1]])
    pace = np.array([3.6 / band.kmh for band in profile.bands])
    slow = np.array(
        [[100 / percent for percent in band.hour_percent or (100,) * _HOURS] for band in profile.bands]
    )
    enough = np.zeros(len(pace), dtype=np.bool_)
    told = np.zeros(len(pace), dtype=np.intp)
    for _ in range(_ROUNDS):
        before = pace.copy()
        at_least = _at_least(pace, edges, enough)[sample.band]
        telling = sample.metres * pace[sample.band] >= at_least
        told = np.bincount(sample.band[telling], minlength=len(pace))
        enough = told >= least_trips
        pace = _paces(sample, telling, pace, slow, enough, profile.access_min * 60)
        at_least = _at_least(pace, edges, enough)[sample.band]
        base_s = np.maximum(sample.metres * pace[sample.band], at_least) + profile.access_min * 60
        slow = _slowness(sample, base_s, slow, enough)
        if np.all(np.abs(pace - before) <= _STILL * before):
            break
    pace = _out_of_the_way(sample, pace, edges, enough)
    bands = tuple(
        SpeedBand(
            up_to_km=band.up_to_km, kmh=round(float(3.6 / pace[row]), 1), hour_percent=_percent(slow[row])
        )
        for row, band in enumerate(profile.bands)
    )
    return ProfileFit(
        profile=profile.model_copy(update={"detour": detour, "bands": bands}),
        bands=tuple(
            BandFit(band.up_to_km, int(told[row]), bool(enough[row])) for row, band in enumerate(bands)
        ),
        trips_by_hour=tuple(np.bincount(sample.hour, minlength=_HOURS).tolist()),
        detour_trips=detour_trips,
    )


class ObservedSpeed(NamedTuple):
    """A speed that was observed in an hour of the day."""

    up_to_km: float
    """Upper end of the length band."""
    hour: int
    """Hour of the local day, 0 to 23."""
    kmh: float
    """Speed in km/h."""


def profile_of_speeds(speeds: Sequence[ObservedSpeed], profile: SpeedProfile) -> SpeedProfile:
    """Return the profile with observed speeds by hour in the place of its own.

    Of several speeds for one band and hour the median counts; a band's fastest hour is its 100 %, and hours
    without a speed take the middle of their nearest neighbours. Bands without any speed stay as they are.

    Parameters
    ----------
    speeds : observed speeds; their bands are bands of the profile
    profile : where detour, access time and bands come from
    """
    bands = []
    for band in profile.bands:
        mine = [one for one in speeds if one.up_to_km == band.up_to_km]
        hours = [[one.kmh for one in mine if one.hour == hour] for hour in range(_HOURS)]
        if mine:
            slow = _filled(np.array([1 / np.median(seen) if seen else np.nan for seen in hours]))
            kmh = round(float(1 / np.min(slow)), 1)
            changes = {"kmh": kmh, "hour_percent": _percent(slow / np.min(slow))}
            band = band.model_copy(update=changes)
        bands.append(band)
    return profile.model_copy(update={"bands": tuple(bands)})


def _detour(trips: Sequence[Trip], usual: float, least: int) -> tuple[float, int]:
    ratios = [trip.road_m / trip.great_circle_m for trip in trips if trip.road_m]
    if len(ratios) < least:
        return usual, len(ratios)
    return round(min(5.0, max(1.0, float(np.median(ratios)))), 2), len(ratios)


def _sample(trips: Sequence[Trip], profile: SpeedProfile) -> _Sample:
    metres = road_metres(trips, profile.detour)
    middles = [trip.departure + timedelta(seconds=trip.seconds / 2) for trip in trips]
    return _Sample(
        metres=metres,
        seconds=np.array([trip.seconds for trip in trips], dtype=np.float64),
        band=bands_of(metres.astype(np.int32), profile),
        hour=np.array([middle.hour for middle in middles], dtype=np.intp),
    )


def _at_least(pace: Numbers, edges: Numbers, enough: NDArray[np.bool_]) -> Numbers:
    """Return how long a leg of each band takes at least; just behind an edge time stands still.

    A band without trips says nothing about those that follow it.
    """
    return edge_s(np.where(enough, pace, 0.0), edges)


def _out_of_the_way(sample: _Sample, pace: Numbers, edges: Numbers, enough: NDArray[np.bool_]) -> Numbers:
    """Return paces in which bands without trips do not slow down the trips of a longer band.

    Such a band becomes only as fast as it must, so that time does not stand still for nine of ten of those trips.
    """
    freed = pace.copy()
    for row in np.flatnonzero(enough).tolist():
        shortest_s = np.quantile(sample.metres[sample.band == row], 0.1) * pace[row]
        for shorter in np.flatnonzero(~enough[:row]).tolist():
            freed[shorter] = max(pace[row], min(freed[shorter], shortest_s / edges[shorter]))
    return freed


def _paces(
    sample: _Sample,
    telling: NDArray[np.bool_],
    pace: Numbers,
    slow: Numbers,
    enough: NDArray[np.bool_],
    access_s: float,
) -> Numbers:
    """Return seconds a metre by band, never more in a longer band than in a shorter one."""
    slowness = slow[sample.band, sample.hour]
    implied = (sample.seconds / slowness - access_s) / sample.metres
    weight = sample.metres * slowness
    pools: list[tuple[list[int], float]] = []  # bands of one pace
    for row in np.flatnonzero(enough).tolist():
        pools.append(([row], _middle(implied, weight, telling & (sample.band == row))))
        while len(pools) > 1 and pools[-1][1] > pools[-2][1]:
            together = pools.pop(-2)[0] + pools.pop()[0]
            pools.append((together, _middle(implied, weight, telling & np.isin(sample.band, together))))
    fitted = pace.copy()
    for rows, value in pools:
        fitted[rows] = np.clip(value, *_PACES)
    for row in np.flatnonzero(~enough).tolist():  # bands without trips keep their order with those fitted
        shorter, longer = fitted[:row][enough[:row]], fitted[row + 1 :][enough[row + 1 :]]
        fitted[row] = min(fitted[row], shorter[-1]) if len(shorter) else fitted[row]
        fitted[row] = max(fitted[row], longer[0]) if len(longer) else fitted[row]
    return fitted


def _slowness(sample: _Sample, base_s: Numbers, slow: Numbers, enough: NDArray[np.bool_]) -> Numbers:
    """Return how many times longer a drive takes, by band and hour; 1 in the band's fastest hour."""
    ratio = sample.seconds / base_s
    pooled = _by_hour(sample, ratio, base_s, np.full(len(ratio), True))
    fitted = slow.copy()
    for row in np.flatnonzero(enough).tolist():
        here = sample.band == row
        own = _by_hour(sample, ratio, base_s, here)
        trips = np.bincount(sample.hour[here], minlength=_HOURS)
        leaning = (trips * own + _LEANING_TRIPS * pooled) / (trips + _LEANING_TRIPS)
        curve = np.where(np.isnan(own), pooled, leaning)
        if not np.all(np.isnan(curve)):
            curve = _filled(curve)
            fitted[row] = curve / np.min(curve)
    return fitted


def _by_hour(sample: _Sample, ratio: Numbers, base_s: Numbers, chosen: NDArray[np.bool_]) -> Numbers:
    """Return the middle ratio of each hour, NaN where there are too few trips."""
    curve = np.full(_HOURS, np.nan)
    for hour in range(_HOURS):
        here = chosen & (sample.hour == hour)
        if np.count_nonzero(here) >= LEAST_TRIPS_AN_HOUR:
            curve[hour] = _middle(ratio, base_s, here)
    return curve


def _filled(curve: Numbers) -> Numbers:
    """Return the curve with each missing hour as the mean of its nearest known neighbours around the clock."""
    known = np.flatnonzero(~np.isnan(curve))
    filled = curve.copy()
    for hour in np.flatnonzero(np.isnan(curve)).tolist():
        before = known[np.argmin((hour - known) % _HOURS)]
        after = known[np.argmin((known - hour) % _HOURS)]
        filled[hour] = (curve[before] + curve[after]) / 2
    return filled


def _middle(values: Numbers, weights: Numbers, chosen: NDArray[np.bool_]) -> float:
    """Return the weighted median: what is least far from the values, all weights together."""
    order = np.argsort(values[chosen], kind="stable")
    heaped = np.cumsum(weights[chosen][order])
    return float(values[chosen][order][np.searchsorted(heaped, heaped[-1] / 2)])


def _percent(slow: Numbers) -> tuple[int, ...]:
    """Return 24 speeds in percent, or none where no hour differs."""
    percent = tuple(int(one) for one in np.clip(np.rint(100 / slow), *_PERCENT))
    return () if set(percent) == {100} else percent
