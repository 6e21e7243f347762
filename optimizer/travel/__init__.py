"""How long it takes to get somewhere: one family of sources, one table for the whole scenario."""

from typing import Final, get_args

import numpy as np

from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Means
from optimizer.domain.travel import SOURCES_JOIN
from optimizer.errors import TravelUnavailable
from optimizer.travel.base import LegMatrix, Router, TravelTable
from optimizer.travel.gps_places import gps_places
from optimizer.travel.great_circle import GreatCircle, one_more_place
from optimizer.travel.long_distance import LongDistance
from optimizer.travel.matrices import GivenMatrices
from optimizer.travel.roads import RoadRouter, Roads
from optimizer.travel.slow_areas import slowed

ROUTERS: Final[tuple[type[Router], ...]] = (GivenMatrices, LongDistance, RoadRouter, GreatCircle)
"""Sources of travel times; for each means the first that knows it is asked."""

_MEANS: Final[tuple[Means, ...]] = get_args(Means)

__all__ = ["ROUTERS", "LegMatrix", "Roads", "Router", "TravelTable", "travel_table", "with_one_more_place"]


def travel_table(scenario: Scenario, roads: Roads | None = None) -> TravelTable:
    """Find out how long every way of the scenario takes, for each means that a technician uses.

    Parameters
    ----------
    scenario : coordinates may be in any of the coordinate systems
    roads : the operator's road data; none: straight lines

    Returns
    -------
    Rows in the order of `place_book`; places of different names at one point stay different rows.

    Raises
    ------
    TravelUnavailable : no source knows a means in use, or a given matrix lacks a place
    """
    book = gps_places(scenario)
    names, places = tuple(book), tuple(book.values())
    routers = _routers(scenario, roads)
    in_use = scenario.means_in_use
    chosen = {means: _router(routers, means) for means in _MEANS if means in in_use}
    legs = slowed(scenario, names, {means: one.legs(means, names, places) for means, one in chosen.items()})
    used = [router for router in routers if router in chosen.values()]
    sources = dict.fromkeys(source for router in used for source in router.sources)
    return TravelTable(
        source=SOURCES_JOIN.join(sources) or "none needed",
        places=names,
        legs={means: _read_only(matrix) for means, matrix in legs.items()},
        warnings=tuple(dict.fromkeys(warning for router in used for warning in router.warnings)),
        road_warnings=tuple(
            warning for router in used if isinstance(router, RoadRouter) for warning in router.warnings
        ),
    )


def with_one_more_place(known: TravelTable, scenario: Scenario, roads: Roads | None = None) -> TravelTable:
    """Find out how long every way takes in a scenario that has one place more than a known table, its last one.

    By straight lines only the ways from and to the new place are measured; other sources are asked for everything.

    Parameters
    ----------
    known : the table without the place, of the same technicians
    scenario : the scenario with it
    roads : the operator's road data; none: straight lines

    Raises
    ------
    TravelUnavailable : no source knows a means in use, or a given matrix lacks a place
    """
    travel = scenario.travel
    measured = known.source == GreatCircle.name and known.legs.keys() <= travel.profiles.keys()
    if not measured or travel.slow_areas:
        return travel_table(scenario, roads)
    book = gps_places(scenario)
    legs = {
        means: _read_only(one_more_place(matrix, travel.profiles[means], tuple(book.values())))
        for means, matrix in known.legs.items()
    }
    return known._replace(places=tuple(book), legs=legs)


def _routers(scenario: Scenario, roads: Roads | None) -> tuple[Router, ...]:
    travel = scenario.travel
    lines = LongDistance(travel, scenario.coordinate_system)
    by_roads = () if roads is None else (RoadRouter(travel, roads.source, roads.far_m),)
    return (GivenMatrices(travel), lines, *by_roads, GreatCircle(travel))


def _router(routers: tuple[Router, ...], means: Means) -> Router:
    for router in routers:
        if router.knows(means):
            return router
    raise TravelUnavailable(f"travel.profiles.{means}: a technician goes by it; give speeds or a matrix.")


def _read_only(legs: LegMatrix) -> LegMatrix:
    for array in legs:
        if isinstance(array, np.ndarray):
            array.flags.writeable = False
    return legs
