"""Reads observed trips, or observed speeds by hour, from a CSV file."""

import csv
import io
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NamedTuple, TypeVar, cast, get_args
from zoneinfo import ZoneInfo

from optimizer.domain.place import Place
from optimizer.domain.requirements import great_circle_m
from optimizer.domain.technician import Means
from optimizer.domain.time import INSTANT_YEARS
from optimizer.domain.travel import LONG_DISTANCE
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.text_file import read_text
from optimizer.travel.calibration import ObservedSpeed
from optimizer.travel.observed_trips import Trip

TRIP_COLUMNS: Final = ("from_lat", "from_lon", "to_lat", "to_lon", "departure", "minutes", "km", "means")
"""Columns of a file of trips; ``km`` and ``means`` may be missing."""

SPEED_COLUMNS: Final = ("band", "hour", "kmh", "means")
"""Columns of a file of speeds; ``means`` may be missing. ``band`` is the band's upper end in km."""

MAX_ROWS: Final = 500_000
"""More rows are refused."""

_OPTIONAL: Final = ("km", "means")
_LONGEST_MIN: Final = 24 * 60.0
_USUAL_MEANS: Final[Means] = "car"
_MEANS: Final = tuple(
    means for means in get_args(Means) if means != LONG_DISTANCE
)  # lines have their own times
_Seen = TypeVar("_Seen")


class Observations(NamedTuple):
    """What was observed on the roads, by means of transport."""

    trips: dict[Means, tuple[Trip, ...]]
    """Trips in the order of the file."""
    speeds: dict[Means, tuple[ObservedSpeed, ...]]
    """Speeds by hour in the order of the file."""


class _Cells(NamedTuple):
    """A row of the file."""

    line: int
    cells: dict[str, str]
    issues: list[Issue]

    def number(self, name: str, least: float, most: float, meaning: str) -> float:
        """Return a number within its limits; note what is wrong with it and return NaN otherwise."""
        text = self.cells[name].strip()
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not least <= value <= most:  # NaN is neither
            cause = f"{name} is {_shown(text)}; {meaning} is expected."
            self.wrong("bad-number", name, cause, f"Write a number from {least:g} to {most:g}.")
            return math.nan
        return value

    def wrong(self, code: str, name: str, cause: str, action: str) -> None:
        """Note a mistake of this row."""
        self.issues.append(Issue(code, name, cause, action, self.line))


def load_observations(path: str | Path, time_zone: str) -> Observations:
    """Read observed trips, or speeds by hour; the headings say which.

    Both ends of a trip stand in one coordinate system, whichever it is: only their distance counts.

    Parameters
    ----------
    path : a CSV file, or ``-`` for standard input
    time_zone : IANA time zone of departures without an offset, and of the hours of the day

    Raises
    ------
    InvalidInput
        The file cannot be read or breaks its format; carries every mistake with its line.
    """
    reader = csv.reader(io.StringIO(read_text(str(path)), newline=""), strict=True)
    issues: list[Issue] = []
    try:
        heads = [head.strip().lower() for head in next(reader, [])]
        columns = SPEED_COLUMNS if {"hour", "kmh"} & set(heads) else TRIP_COLUMNS
        _check_heads(heads, columns)
        rows = _rows(reader, heads, issues)
        if columns is SPEED_COLUMNS:
            found = Observations({}, _grouped(rows, _speed))
        else:
            zone = ZoneInfo(time_zone)
            found = Observations(_grouped(rows, lambda row: _trip(row, zone)), {})
    except csv.Error as error:
        cause = f"The line is no CSV: {error}."
        raise InvalidInput((*issues, Issue("bad-csv", "", cause, "Correct it.", reader.line_num))) from None
    if not issues and not found.trips and not found.speeds:
        issues.append(Issue("no-rows", "", "The file has headings only.", "Add observations.", 1))
    if issues:
        raise InvalidInput(tuple(issues))
    return found


def _check_heads(heads: list[str], columns: tuple[str, ...]) -> None:
    issues = []
    for name in columns:
        if name not in heads and name not in _OPTIONAL:
            issues.append(Issue("missing-column", name, f"The column {name!r} is missing.", "Add it.", 1))
    for name in dict.fromkeys(heads):
        if name not in columns:
            near = get_close_matches(name, columns, n=1)
            action = f"Did you mean {near[0]!r}?" if near else f"The columns are {', '.join(columns)}."
            issues.append(Issue("unknown-column", name, f"There is no column {_shown(name)}.", action, 1))
        elif heads.count(name) > 1:
            cause = f"The column {name!r} stands there {heads.count(name)} times."
            issues.append(Issue("doubled-column", name, cause, "Keep one of them.", 1))
    if issues:
        raise InvalidInput(tuple(issues))


def _rows(reader: Iterator[list[str]], heads: list[str], issues: list[Issue]) -> Iterator[_Cells]:
    for number, cells in enumerate(reader, 2):
        line = getattr(reader, "line_num", number)
        if not any(cell.strip() for cell in cells):
            continue
        if number > MAX_ROWS + 1:
            cause = f"There are more than {MAX_ROWS:,} rows."
            issues.append(Issue("too-many-rows", "", cause, "Split the file.", line))
            return
        if len(cells) != len(heads):
            cause = f"The row has {len(cells)} cells and there are {len(heads)} headings."
            issues.append(
                Issue("cells-do-not-fit", "", cause, "Give each row one cell for each heading.", line)
            )
            continue
        yield _Cells(line, dict(zip(heads, cells, strict=True)), issues)


def _grouped(
    rows: Iterator[_Cells], read: Callable[[_Cells], _Seen | None]
) -> dict[Means, tuple[_Seen, ...]]:
    found: defaultdict[Means, list[_Seen]] = defaultdict(list)
    for row in rows:
        means, seen = _means(row), read(row)
        if means is not None and seen is not None:
            found[means].append(seen)
    return {means: tuple(seen) for means, seen in found.items()}


def _means(row: _Cells) -> Means | None:
    name = row.cells.get("means", "").strip()
    if not name:
        return _USUAL_MEANS
    if name not in _MEANS:
        action = f"Write one of {', '.join(_MEANS)}."
        row.wrong("unknown-means", "means", f"There is no means {_shown(name)}.", action)
        return None
    return cast(Means, name)


def _trip(row: _Cells, zone: ZoneInfo) -> Trip | None:
    ends = [
        (
            row.number(f"{end}_lat", -90, 90, "a latitude in degrees"),
            row.number(f"{end}_lon", -180, 180, "a longitude in degrees"),
        )
        for end in ("from", "to")
    ]
    minutes = row.number("minutes", 0.1, _LONGEST_MIN, "the time on the road in minutes")
    km = None
    if row.cells.get("km", "").strip():
        km = row.number("km", 0.001, 20_000, "the length of the road in km")
    departure = _departure(row, zone)
    if departure is None or math.isnan(sum(sum(end) for end in ends) + minutes + (km or 0)):
        return None
    one, other = (Place(lat=lat, lon=lon) for lat, lon in ends)
    return Trip(great_circle_m(one, other), departure, 60 * minutes, None if km is None else 1000 * km)


def _departure(row: _Cells, zone: ZoneInfo) -> datetime | None:
    text = row.cells["departure"].strip()
    try:
        at = datetime.fromisoformat(text)
        if "T" not in text and " " not in text:
            raise ValueError("no time of day")
        if at.year not in INSTANT_YEARS:
            raise ValueError("the year is out of reach")
    except ValueError:
        action = "Write it as 2026-07-15T08:30+08:00, or 2026-07-15 08:30 for local time."
        row.wrong("bad-moment", "departure", f"departure is {_shown(text)}; a moment is expected.", action)
        return None
    return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)


def _speed(row: _Cells) -> ObservedSpeed | None:
    up_to_km = row.number("band", 0.001, 50_000, "the upper end of a band in km")
    hour = row.number("hour", 0, 23, "an hour of the day")
    kmh = row.number("kmh", 1, 400, "a speed in km/h")
    if not math.isnan(hour) and hour != int(hour):
        cause = f"hour is {hour:g}; a whole hour is expected."
        row.wrong("bad-number", "hour", cause, "Write 8 for 8:00 to 8:59.")
        return None
    return None if math.isnan(up_to_km + hour + kmh) else ObservedSpeed(up_to_km, int(hour), kmh)


def _shown(text: str) -> str:
    """Return other people's text short enough to stand in a sentence."""
    return repr(text if len(text) <= 40 else f"{text[:40]}…")
