"""Every place of a scenario as GPS finds it."""

from optimizer.domain.place import Place
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
    if scenario.coordinate_system == "WGS-84":
        return book
    places = tuple(book.values())
    points = to_wgs84(
        [place.lat for place in places], [place.lon for place in places], scenario.coordinate_system
    )
    return {
        name: place.model_copy(update={"lat": lat, "lon": lon})
        for name, place, lat, lon in zip(book, places, points.lat.tolist(), points.lon.tolist(), strict=True)
    }
