"""Lines: trains and ships with stations, times and fares of their own."""

from typing import Annotated, Final, Literal

from pydantic import Field

from optimizer.domain.base import Minutes, Name, Record
from optimizer.domain.place import Place

MOST_STATIONS: Final = 300
"""More different stations than these are refused: ways between all of them are looked for."""

SLEEP_MIN: Final = 6 * 60
"""Who rides a sleeper for so many minutes or longer spends the night on it."""

Fare = Annotated[int, Field(ge=0, le=1_000_000)]
"""Whole cents, at most 10,000 yuan."""


LineKind = Literal["train", "ship"]
"""What a line is."""


class Station(Record):
    """A station of a line: stations of one name are the same station, where people change."""

    name: Name
    """What it is called, e.g. ``Changsha South``."""
    place: Place
    """Where it is."""
    minutes: Minutes = 0
    """Minutes from the line's first station, halts included."""
    fare_cents: Fare = 0
    """Fare from the line's first station in cents; between two stations the difference is paid."""


class Line(Record):
    """A train or a ship that goes from station to station; without a timetable: how often it goes is known."""

    name: Name
    """What people call it, e.g. ``G1003``."""
    by: LineKind
    """What it is."""
    stations: Annotated[tuple[Station, ...], Field(max_length=MOST_STATIONS)]
    """Stations in order, at least two."""
    both_ways: bool = True
    """Whether it also goes back, at the same times and fares."""
    early_min: Annotated[int, Field(ge=0, le=600)] = 20
    """Minutes to be at the station before it leaves: ticket gate, luggage, boarding."""
    headway_min: Annotated[int, Field(ge=0, le=1440)] = 0
    """Minutes from one departure to the next: half of it is waited. 0: people go by its time and wait for nothing."""
    sleeper: bool = False
    """Whether it has beds: who rides it for six hours or longer spends the night on it."""


class Ride(Record):
    """From one station of a line to another."""

    line: Name
    """Which line."""
    from_station: Name
    """Where people get on."""
    to_station: Name
    """Where they get off."""
