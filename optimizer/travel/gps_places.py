"""Every place of a scenario as GPS finds it."""

from collections.abc import Sequence

from optimizer.domain.place import CoordinateSystem, Place
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario
from optimizer.travel.coordinates import to_wgs84


def gps_places(scenario: Scenario) -> dict[str, Place]:
    """Return every place of the scenario by its name, WGS-84, in the order of `place_book`.

    Parameters
    ----------
    scenario : coordinates may be in any of the coordinate systems
    """
    book = place_book(scenario)
    return dict(zip(book, on_gps(tuple(book.values()), scenario.coordinate_system), strict=True))


def on_gps(places: Sequence[Place], system: CoordinateSystem) -> tuple[Place, ...]:
    """Return places as GPS finds them, WGS-84.

    Parameters
    ----------
    places : in any of the coordinate systems
    system : which one
    """
    if system == "WGS-84":
        return tuple(places)
    points = to_wgs84([place.lat for place in places], [place.lon for place in places], system)
    return tuple(
        place.model_copy(update={"lat": lat, "lon": lon})
        for place, lat, lon in zip(places, points.lat.tolist(), points.lon.tolist(), strict=True)
    )
