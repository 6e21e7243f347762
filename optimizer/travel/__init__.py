"""How long it takes to get somewhere: one family of sources, one table for the whole scenario."""

from typing import Final, get_args

from optimizer.domain.place import CoordinateSystem, Place
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means
from optimizer.errors import TravelUnavailable
from optimizer.travel.base import LegMatrix, Router, TravelTable
from optimizer.travel.coordinates import to_wgs84
from optimizer.travel.great_circle import GreatCircle
from optimizer.travel.matrices import GivenMatrices

ROUTERS: Final[tuple[type[Router], ...]] = (GivenMatrices, GreatCircle)
"""Sources of travel times; for each means the first that knows it is asked."""

_MEANS: Final[tuple[Means, ...]] = get_args(Means)

__all__ = ["ROUTERS", "LegMatrix", "Router", "TravelTable", "travel_table"]


def travel_table(scenario: Scenario) -> TravelTable:
    """Find out how long every way of the scenario takes, for each means that a technician uses.

    Parameters
    ----------
    scenario : coordinates may be in any of the coordinate systems

    Returns
    -------
    Rows in the order of `place_book`; places of different names at one point stay different rows.

    Raises
    ------
    TravelUnavailable : no source knows a means in use, or a given matrix lacks a place
    """
    book = place_book(scenario)
    names = tuple(book)
    places = _in_wgs84(tuple(book.values()), scenario.coordinate_system)
    routers = tuple(router(scenario.travel) for router in ROUTERS)
    in_use = {technician.means for technician in scenario.technicians}
    chosen = {means: _router(routers, means) for means in _MEANS if means in in_use}
    used = [router for router in routers if router in chosen.values()]
    return TravelTable(
        source=" and ".join(router.source for router in used) or "none needed",
        places=names,
        legs={means: _read_only(router.legs(means, names, places)) for means, router in chosen.items()},
        warnings=tuple(router.warning for router in used if router.warning),
    )


def _router(routers: tuple[Router, ...], means: Means) -> Router:
    for router in routers:
        if router.knows(means):
            return router
    raise TravelUnavailable(f"travel.profiles.{means}: a technician goes by it; give speeds or a matrix.")


def _in_wgs84(places: tuple[Place, ...], system: CoordinateSystem) -> tuple[Place, ...]:
    if system == "WGS-84":
        return places
    points = to_wgs84([place.lat for place in places], [place.lon for place in places], system)
    return tuple(
        place.model_copy(update={"lat": lat, "lon": lon})
        for place, lat, lon in zip(places, points.lat.tolist(), points.lon.tolist(), strict=True)
    )


def _read_only(legs: LegMatrix) -> LegMatrix:
    for array in legs:
        array.flags.writeable = False
    return legs
