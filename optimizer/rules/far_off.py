"""Places that look wrong: latitude and longitude exchanged, far from every branch, or all at one point."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import cos, radians, sin
from typing import Final

from optimizer.domain.place import Place
from optimizer.domain.requirements import EARTH_RADIUS_M
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.rules.unheld import some_of
from optimizer.words.numbers import count

FAR_KM: Final = 2000
"""A place farther than this from every branch is doubted."""
NEAR_KM: Final = 300
"""A doubted place that comes as near as this to a branch with latitude and longitude exchanged looks swapped."""
CROWD: Final = 5
"""So many jobs that all lie at one point are doubted; fewer may well be one customer's."""

_Point = tuple[float, float, float]


def far_off(scenario: Scenario) -> Iterator[str]:
    """Yield a note for each way in which places look wrong.

    Parameters
    ----------
    scenario : the question, valid
    """
    yield from _away(scenario)
    yield from _one_point(scenario)


def _away(scenario: Scenario) -> Iterator[str]:
    branches = [_on_sphere(branch.place) for branch in scenario.branches]
    swapped, far = [], []
    limit = _chord(FAR_KM)
    latest = 0  # places of one branch stand together in most files: it is asked first
    for name, place in place_book(scenario).items():
        if name.startswith("branch:"):
            continue
        point = _on_sphere(place)
        if _apart(point, branches[latest]) <= limit:
            continue
        near = _first_within(point, branches, FAR_KM)
        if near is not None:
            latest = near
        elif _looks_swapped(place, branches):
            swapped.append(name)
        else:
            far.append(name)
    if swapped:
        yield (
            f"{count(len(swapped), 'place')} ({some_of(swapped)}) more than {FAR_KM:,} km from every branch, but near "
            "one with lat and lon exchanged; exchange them there or at the branch"
        )
    if far:
        yield (
            f"{count(len(far), 'place')} ({some_of(far)}) more than {FAR_KM:,} km from every branch; correct lat and "
            "lon, there or at the branch"
        )


def _one_point(scenario: Scenario) -> Iterator[str]:
    at: defaultdict[tuple[float, float], list[str]] = defaultdict(list)
    for branch in scenario.branches:
        at[branch.place.lat, branch.place.lon].append(branch.branch_id)
    shared = [ids for ids in at.values() if len(ids) > 1]
    for ids in shared:
        yield f"{count(len(ids), 'branch')} ({some_of(ids)}) stand at the same point; correct lat and lon"
    points = {(job.place.lat, job.place.lon) for job in scenario.jobs}
    if len(scenario.jobs) >= CROWD and len(points) == 1:
        ((lat, lon),) = points
        yield (
            f"all {count(len(scenario.jobs), 'job')} lie at the same point (lat {lat:g}, lon {lon:g}), as if their "
            "addresses had not been found; correct lat and lon"
        )


def _looks_swapped(place: Place, branches: Sequence[_Point]) -> bool:
    if abs(place.lon) > 90:  # no latitude
        return False
    exchanged = _on_sphere(Place(lat=place.lon, lon=place.lat))
    return _first_within(exchanged, branches, NEAR_KM) is not None


def _first_within(point: _Point, branches: Sequence[_Point], km: int) -> int | None:
    limit = _chord(km)
    return next((i for i, branch in enumerate(branches) if _apart(point, branch) <= limit), None)


def _chord(km: int) -> float:
    """Return the square of the straight line through a sphere of radius 1 that belongs to so many km on the earth."""
    return float((2 * sin(km * 1000 / EARTH_RADIUS_M / 2)) ** 2)


def _apart(a: _Point, b: _Point) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2


def _on_sphere(place: Place) -> _Point:
    lat, lon = radians(place.lat), radians(place.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)
