"""Which places lie in which slow areas."""

from optimizer.domain.requirements import within
from optimizer.domain.roster import place_book
from optimizer.domain.scenario import Scenario


def slow_places(scenario: Scenario) -> dict[str, frozenset[int]]:
    """Return for every place of the scenario the rows of the slow areas that it lies in.

    Parameters
    ----------
    scenario : centres and places are compared in its own coordinate system, as the crow flies
    """
    areas = scenario.travel.slow_areas
    return {
        name: frozenset(row for row, area in enumerate(areas) if within(area.centre, place, area.radius_km))
        for name, place in place_book(scenario).items()
    }
