"""Slow areas that slow nobody down: far from every place of the scenario, or over before the planned days."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from optimizer.domain.roster import roster
from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_places import slow_places
from optimizer.words.free_text import one_line
from optimizer.words.moments import moment


def slow_nowhere(scenario: Scenario) -> Iterator[str]:
    """Yield a note for each slow area that no way of the planned days starts or ends in.

    Parameters
    ----------
    scenario : the question, valid
    """
    areas = scenario.travel.slow_areas
    if not areas:
        return
    zone = ZoneInfo(scenario.time_zone)
    days = scenario.horizon.dates()
    opens = datetime.combine(days[0], time(), tzinfo=zone)
    midnight = datetime.combine(days[-1] + timedelta(days=1), time(), tzinfo=zone)
    closes = max([midnight, *(one.end for one in roster(scenario))])  # a night shift is longer than its day
    touched = frozenset[int]().union(*slow_places(scenario).values())
    for row, area in enumerate(areas):
        said = f"the slow area {one_line(area.name)}"
        if row not in touched:
            yield (
                f"{said} ({area.radius_km:g} km around lat {area.centre.lat:g}, lon {area.centre.lon:g}) holds no "
                "place of the scenario; correct its centre or radius, or take it out"
            )
        elif area.end <= opens or area.start >= closes:
            yield (
                f"{said} is slow from {moment(area.start, zone)} to {moment(area.end, zone)}, at no time of the "
                "planned days; correct its hours, or take it out"
            )
