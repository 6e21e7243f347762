"""Demand by area: installed units × failure rate, and how many jobs come of it."""

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Final, NamedTuple

from optimizer.domain.scenario import MAX_JOBS
from optimizer.errors import InvalidInput, Issue

COLUMNS: Final = ("area", "units", "failures_per_day")
"""Columns of a demand table; others are an error, so that a misspelt one is not overlooked."""
MOST_UNITS: Final = 100_000_000


class AreaDemand(NamedTuple):
    """What an area asks for."""

    area: str
    """Name of the area: a city, in Latin letters or in Chinese, or a made-up town."""
    units: int
    """Installed units, 0 to 100 million."""
    failures_per_day: float
    """Jobs a unit brings a day on the year's average, 0 to 1."""


def read_demand(text: str) -> tuple[AreaDemand, ...]:
    """Read a table of areas with their installed units and failure rates.

    Parameters
    ----------
    text : comma-separated values; the first line names the columns area, units and failures_per_day

    Raises
    ------
    InvalidInput
        The columns are others, a number is none or out of its range, an area comes twice or none is there; all
        mistakes are named with their line.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    issues: list[Issue] = []
    found: list[AreaDemand] = []
    try:
        titles = tuple(cell.strip() for cell in next(reader, []))
        if sorted(titles) != sorted(COLUMNS):
            cause = f"The columns are {', '.join(titles) or 'missing'}."
            raise InvalidInput((Issue("wrong-columns", "", cause, f"Give {', '.join(COLUMNS)}.", 1),))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = _row(titles, cells, reader.line_num, issues)
                found += [] if row is None else [row]
                _refuse_twice(found, reader.line_num, issues)
    except csv.Error as error:
        cause = f"The line is not comma-separated values: {error}."
        issues.append(Issue("not-csv", "", cause, "Close all quotation marks.", reader.line_num))
    if not found and not issues:
        issues.append(Issue("no-area", "", "The table has no area.", "Add at least one line.", 2))
    if issues:
        raise InvalidInput(tuple(issues))
    return tuple(found)


def draw_areas(rng: Random, demand: Iterable[AreaDemand], *, days: int, level: float) -> tuple[str, ...]:
    """Draw how many jobs come from each area, and return the area of each job.

    Every unit fails by itself, so the number of an area's jobs is Poisson distributed around units × failures a
    day × days × level.

    Parameters
    ----------
    rng : source of chance
    demand : the areas
    days : planned days, 1 or more
    level : the season's demand in multiples of the year's mean

    Raises
    ------
    InvalidInput
        More jobs are to be expected than a scenario holds.
    """
    expected = {one.area: one.units * one.failures_per_day * days * level for one in demand}
    if sum(expected.values()) > 0.9 * MAX_JOBS:
        cause = f"About {sum(expected.values()):,.0f} jobs are to be expected."
        action = f"Lower units or failures_per_day: a scenario holds {MAX_JOBS:,} jobs."
        raise InvalidInput((Issue("too-many-jobs", "demand", cause, action),))
    return tuple(area for area, mean in expected.items() for _ in range(_poisson(rng, mean)))


def spelt_areas(demand: Sequence[AreaDemand], spellings: Mapping[str, str]) -> tuple[AreaDemand, ...]:
    """Return the demand with the names of the areas as the scenario spells them.

    Parameters
    ----------
    demand : the areas asked for
    spellings : every way to write an area's name, in small letters → its name in the scenario

    Raises
    ------
    InvalidInput
        The scenario does not have an area, or two ways of writing mean the same one; all such are named.
    """
    issues: list[Issue] = []
    found: dict[str, AreaDemand] = {}
    for row, one in enumerate(demand):
        name = spellings.get(one.area.lower())
        if name is None:
            cause = f"The scenario has no area {one.area!r}."
            action = f"Use one of {', '.join(dict.fromkeys(spellings.values()))}, or add it to the cities."
            issues.append(Issue("unknown-area", f"demand[{row}].area", cause, action))
        elif name in found:
            cause = f"The area {name} comes twice."
            action = "Put its units into one line."
            issues.append(Issue("named-twice", f"demand[{row}].area", cause, action))
        else:
            found[name] = one._replace(area=name)
    if issues:
        raise InvalidInput(tuple(issues))
    return tuple(found.values())


def _poisson(rng: Random, mean: float) -> int:
    """Count the events of a unit of time that come at random, so many in the mean."""
    count, passed = 0, rng.expovariate(1)
    while passed < mean:
        count += 1
        passed += rng.expovariate(1)
    return count


def _row(titles: Sequence[str], cells: Sequence[str], line: int, issues: list[Issue]) -> AreaDemand | None:
    if len(cells) != len(titles):
        cause = f"The line has {len(cells)} cells, not {len(titles)}."
        issues.append(Issue("wrong-cells", "", cause, "Write one cell for each column.", line))
        return None
    by_title = {title: cell.strip() for title, cell in zip(titles, cells, strict=True)}
    area = by_title["area"]
    if not area:
        issues.append(Issue("no-area", "area", "The line names no area.", "Name the area.", line))
    units = _number(by_title, "units", MOST_UNITS, line, issues)
    rate = _number(by_title, "failures_per_day", 1, line, issues)
    if units != math.floor(units):
        issues.append(
            Issue("not-whole", "units", f"{units:g} is not a whole number.", "Count whole units.", line)
        )
    return AreaDemand(area, math.floor(units), rate)


def _number(cells: dict[str, str], column: str, most: int, line: int, issues: list[Issue]) -> float:
    """Return a number from 0 to a limit; note what is wrong with it and return 0 otherwise."""
    try:
        value = float(cells[column])
    except ValueError:
        value = math.nan
    if 0 <= value <= most:  # false for NaN, too
        return value
    cause = f"{cells[column]!r} is not a number from 0 to {most:,}."
    issues.append(Issue("out-of-range", column, cause, "Correct the number.", line))
    return 0.0


def _refuse_twice(found: list[AreaDemand], line: int, issues: list[Issue]) -> None:
    if found and any(found[-1].area == one.area for one in found[:-1]):
        cause = f"The area {found[-1].area!r} comes twice."
        issues.append(Issue("named-twice", "area", cause, "Put its units into one line.", line))
        found.pop()
