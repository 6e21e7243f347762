"""Turns the trips that rules lay out into rows of a problem."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from optimizer.build import Bars, Days, Nights, Trip, add_trips
from optimizer.compile.compiled import RestKind
from optimizer.compile.layout import TripShift
from optimizer.domain.roster import ShiftKey
from optimizer.problem import Problem
from optimizer.travel.base import TravelTable


class NightPrices(NamedTuple):
    """What a night away costs."""

    cents: Mapping[str, int]
    """By the name of the place; nothing where none is said."""
    transit_cents: int
    """On board of a sleeper."""


def with_trips(
    problem: Problem,
    said: Sequence[TripShift],
    rows: Mapping[ShiftKey, int],
    table: TravelTable,
    prices: NightPrices,
    bars: Bars,
) -> tuple[Problem, tuple[TripShift, ...]]:
    """Return the problem with those of the trips that can be made, and these.

    Parameters
    ----------
    problem : without trips
    said : what rules laid out
    rows : the row of each shift
    table : travel data of all means, in order of the profiles; some ways may be ridden asleep
    prices : of nights away
    bars : what keeps jobs off trips
    """
    days, means = Days(problem), list(table.legs)
    nights = Nights(
        [prices.cents.get(place, 0) for place in table.places],
        prices.transit_cents,
        {row: table.legs[one].sleeper for row, one in enumerate(means)},
    )
    kept: dict[TripShift, Trip] = {}
    for one in said:
        trip = Trip(
            tuple(rows[key] for key in one.days), means.index(one.means), tuple(rows[key] for key in one.free)
        )
        if days.can_be_made(trip):
            kept[one] = trip
    return add_trips(problem, tuple(kept.values()), nights, bars) if kept else problem, tuple(kept)


def kinds_of_rests(
    kinds: Mapping[int, Sequence[RestKind]], rows: Mapping[ShiftKey, int], trips: Sequence[TripShift]
) -> Iterator[RestKind]:
    """Yield what each rest row is.

    Parameters
    ----------
    kinds : the rests of single shifts, by row
    rows : the row of each shift
    trips : those of the problem
    """
    for row in range(len(rows)):
        yield from kinds.get(row, ())
    for trip in trips:
        for number, key in enumerate(trip.days):
            if number:
                yield "night"
            yield from kinds.get(rows[key], ())
