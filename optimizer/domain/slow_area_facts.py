"""Slow areas that contradict themselves, or are too many to be told apart."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import combinations_with_replacement

from optimizer.domain.scenario import Scenario
from optimizer.domain.slow_places import slow_places
from optimizer.domain.time import Timeline
from optimizer.domain.travel import MOST_BANDS, Travel
from optimizer.errors import Issue

_HOUR_S = 3600


def slow_area_facts(scenario: Scenario) -> Iterator[Issue]:
    """Yield what is wrong with the scenario's slow areas.

    Parameters
    ----------
    scenario : every record in it is valid by itself, its time zone is known
    """
    areas = scenario.travel.slow_areas
    if not areas:
        return
    origin = Timeline(scenario.horizon.first_day, scenario.time_zone).origin
    names: dict[str, int] = {}
    for i, area in enumerate(areas):
        path = f"travel.slow_areas[{i}]"
        if area.name in names:
            cause = f"The slow area {area.name!r} already stands at travel.slow_areas[{names[area.name]}]."
            yield Issue("duplicate-slow-area", f"{path}.name", cause, "Give each slow area its own name.")
        names.setdefault(area.name, i)
        for field, at in (("start", area.start), ("end", area.end)):
            yield from _on_the_hour(f"{path}.{field}", at.astimezone(origin.tzinfo), origin)
        if area.end <= area.start:
            cause = "The slow area ends before it starts, or at once."
            yield Issue("unordered", f"{path}.end", cause, "Give an end after the start.")
    yield from _kinds(scenario)


def _on_the_hour(path: str, at: datetime, origin: datetime) -> Iterator[Issue]:
    """Yield that a moment lies between two hours; speeds are known by the hour."""
    if (at.timestamp() - origin.timestamp()) % _HOUR_S:
        cause = f"{at.time()} is between two hours of the clock; slow areas begin and end on the hour."
        yield Issue("not-on-the-hour", path, cause, f"Give {at:%H}:00 or the next hour.")


def _kinds(scenario: Scenario) -> Iterator[Issue]:
    """Yield that there are more kinds of ways than can be told apart."""
    kinds, bands = _ways(set(slow_places(scenario).values())), _bands(scenario.travel)
    if kinds * bands > MOST_BANDS:
        cause = (
            f"The slow areas make {kinds if kinds <= MOST_BANDS else f'over {MOST_BANDS}'} kinds of ways, those by "
            f"speeds {bands} times as many; at most {MOST_BANDS} are told apart."
        )
        yield Issue("too-many-slow-areas", "travel.slow_areas", cause, "Join areas, or leave some out.")


def _ways(places: Collection[frozenset[int]]) -> int:
    """Return how many sets of areas ways between such places can lie in; no more than `MOST_BANDS` + 1 are counted."""
    if len(places) > MOST_BANDS:
        return MOST_BANDS + 1  # a way within each kind of place is a kind of its own
    return min(len({a | b for a, b in combinations_with_replacement(places, 2)}), MOST_BANDS + 1)


def _bands(travel: Travel) -> int:
    """Return how many kinds of speeds by hour a means of transport has at most; ways by lines are one more."""
    congested = (
        len(profile.bands) + 1
        for profile in travel.profiles.values()
        if any(band.hour_percent for band in profile.bands)
    )
    return max(congested, default=1)
