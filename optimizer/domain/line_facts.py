"""Trains and ships that contradict themselves, or that nobody can use."""

from collections.abc import Iterator
from itertools import pairwise

from optimizer.domain.lines import MOST_STATIONS, Line, Station
from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import LOCAL_MEANS, LONG_DISTANCE
from optimizer.errors import Issue


def line_facts(scenario: Scenario) -> Iterator[Issue]:
    """Yield what is wrong with the scenario's trains and ships.

    Parameters
    ----------
    scenario : every record in it is valid by itself
    """
    travel = scenario.travel
    if LONG_DISTANCE in travel.profiles:
        cause = f"Ways by {LONG_DISTANCE} are those of {LOCAL_MEANS} and of the lines; these speeds would not be used."
        action = f"Take them out; give the speeds in town in travel.profiles.{LOCAL_MEANS}."
        yield Issue("unused-profile", f"travel.profiles.{LONG_DISTANCE}", cause, action)
    if travel.lines:
        yield from _usable(scenario)
    names: dict[str, int] = {}
    places: dict[str, tuple[str, Station]] = {}
    for i, line in enumerate(travel.lines):
        path = f"travel.lines[{i}]"
        if line.name in names:
            cause = f"The line {line.name!r} already stands at travel.lines[{names[line.name]}]."
            yield Issue("duplicate-line", f"{path}.name", cause, "Give each line its own name.")
        names.setdefault(line.name, i)
        yield from _stations(path, line)
        yield from _one_place(path, line, places)
    if len(places) > MOST_STATIONS:
        cause = f"The lines have {len(places)} different stations; at most {MOST_STATIONS} are looked at."
        yield Issue("too-many-stations", "travel.lines", cause, "Leave out stations that nobody needs.")


def _usable(scenario: Scenario) -> Iterator[Issue]:
    if LONG_DISTANCE in scenario.travel.matrices:
        cause = f"Given times by {LONG_DISTANCE} replace the lines; these would not be used."
        action = f"Take out the lines or travel.matrices.{LONG_DISTANCE}."
        yield Issue("unused-lines", "travel.lines", cause, action)
    elif LOCAL_MEANS not in scenario.travel.profiles:
        cause = f"There are no speeds by {LOCAL_MEANS}, so nobody gets to a station."
        yield Issue("no-travel-times", "travel.lines", cause, f"Add travel.profiles.{LOCAL_MEANS}.")
    if not _someone_may_ride(scenario):
        cause = "Nobody may go by these lines."
        action = f"Give a technician the means {LONG_DISTANCE}, or take the lines out."
        yield Issue("unused-lines", "travel.lines", cause, action)


def _someone_may_ride(scenario: Scenario) -> bool:
    return any(LONG_DISTANCE in technician.all_means for technician in scenario.technicians)


def _stations(path: str, line: Line) -> Iterator[Issue]:
    if len(line.stations) < 2:
        cause = f"The line {line.name} has {len(line.stations)} stations."
        yield Issue("too-few-stations", f"{path}.stations", cause, "Give two or more, in order.")
    first: dict[str, int] = {}
    for x, station in enumerate(line.stations):
        if station.name in first:
            cause = (
                f"{station.name} already is the station {path}.stations[{first[station.name]}] of this line."
            )
            action = "Name each station of a line once; make two lines of a round trip."
            yield Issue("duplicate-station", f"{path}.stations[{x}].name", cause, action)
        first.setdefault(station.name, x)
    for x, (before, after) in enumerate(pairwise(line.stations), start=1):
        if after.minutes <= before.minutes:
            cause = f"{after.minutes} min is not after the {before.minutes} min of {before.name} before it."
            action = "Give minutes from the first station, rising from station to station."
            yield Issue("unordered", f"{path}.stations[{x}].minutes", cause, action)
        if after.fare_cents < before.fare_cents:
            cause = (
                f"{after.fare_cents} cents is less than the {before.fare_cents} of {before.name} before it."
            )
            action = "Give fares from the first station, never falling from station to station."
            yield Issue("unordered", f"{path}.stations[{x}].fare_cents", cause, action)


def _one_place(path: str, line: Line, places: dict[str, tuple[str, Station]]) -> Iterator[Issue]:
    for x, station in enumerate(line.stations):
        mine = f"{path}.stations[{x}]"
        where, known = places.setdefault(station.name, (mine, station))
        if (known.place.lat, known.place.lon) != (station.place.lat, station.place.lon):
            cause = f"{station.name} lies elsewhere at {where}."
            action = "Give a station the same place on every line, or two stations two names."
            yield Issue("two-places", f"{mine}.place", cause, action)
