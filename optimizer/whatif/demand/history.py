"""A history as comma-separated values: what was reported, and what came of each visit."""

from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final, Literal, NamedTuple, cast, get_args
from zoneinfo import ZoneInfo

from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Level
from optimizer.domain.time import INSTANT_YEARS
from optimizer.errors import InvalidInput, Issue
from optimizer.whatif.demand.table import Cells, read_table
from optimizer.whatif.demand.truth import Outcome

End = Outcome | Literal["cancelled"]
"""How it ended: a visit, or the report before anybody came."""

ENDS: Final[tuple[End, ...]] = (*get_args(Outcome), "cancelled")
COLUMNS: Final = ("reported_at", "area", "product", "type", "started_at", "ended_at", "outcome")
"""Columns that a history has."""
MORE_COLUMNS: Final = (
    *("technician_level", "technician_id", "visit"),
    *("planned_min", "travel_planned_min", "travel_real_min"),
)
"""Columns that it may have."""
LONGEST_MIN: Final = 14 * 24 * 60
"""No visit and no leg takes longer than a fortnight."""


class Visit(NamedTuple):
    """A line of a history: a visit, or a report that was taken back before anybody came."""

    reported_at: datetime
    """When the customer reported, local time."""
    area: str | None
    """Where."""
    product: str | None
    """Of which product."""
    type: str
    """Job type."""
    end: End
    """How it ended."""
    visit: int
    """Which visit to the job, from 1; the report counts as demand once, with its first visit."""
    started_at: datetime | None
    """When work began, local time."""
    minutes: float | None
    """Time on site in minutes."""
    level: Level | None
    """Level of the technician who led."""
    planned_min: float | None
    """Time on site that was planned for this technician, in minutes."""
    travel_planned_min: float | None
    """Planned travel time to the customer in minutes."""
    travel_real_min: float | None
    """Real travel time to the customer in minutes."""

    @property
    def day(self) -> date:
        """Day of the report, local date."""
        return self.reported_at.date()


def read_history(text: str, scenario: Scenario) -> tuple[Visit, ...]:
    """Read a history.

    Moments are ISO 8601; without an offset they are local times of the scenario. ``area``, ``product`` and the optional
    columns may be left empty; so may ``started_at`` and ``ended_at`` where no work was done. ``outcome`` is one of
    ``done``, ``no_access``, ``site_not_ready``, ``part_missing``, ``not_fixed``, ``cancelled``. ``visit`` counts the
    visits to one job; without it every line is a report of its own.

    Parameters
    ----------
    text : comma-separated values; the first line names the columns: all of `COLUMNS`, any of `MORE_COLUMNS`
    scenario : the study's base scenario, which knows the areas and the types

    Raises
    ------
    InvalidInput
        Columns are missing or unknown, or a line makes no sense; every mistake is named with its line, an unknown area
        or type once, where it comes first.
    """
    issues: list[Issue] = []
    lines = read_table(text, COLUMNS, MORE_COLUMNS, issues)
    zone = ZoneInfo(scenario.time_zone)
    visits = [_visit(cells, zone) for cells in lines]
    issues += [issue for cells in lines for issue in cells.issues]
    issues += _unknown("type", lines, {name: name for name in scenario.policy.job_types})
    issues += _unknown("area", lines, {job.area or "": job.area or "" for job in scenario.jobs})
    if not lines and not issues:
        issues.append(Issue("no-visit", "", "The history has no visit.", "Add at least one line.", 2))
    if issues:
        raise InvalidInput(tuple(sorted(issues, key=lambda issue: issue.line or 0)))
    return tuple(visits)


def _visit(cells: Cells, zone: ZoneInfo) -> Visit:
    end = cells.one_of("outcome", ENDS)
    reported_at = _moment(cells, "reported_at", zone) or datetime(INSTANT_YEARS.start, 1, 1, tzinfo=zone)
    started_at, ended_at = _moment(cells, "started_at", zone), _moment(cells, "ended_at", zone)
    planned, real = (
        cells.number(column, least=0.1, most=LONGEST_MIN)
        for column in ("travel_planned_min", "travel_real_min")
    )
    if (planned is None) != (real is None):
        cells.wrong(
            "half-travel", "travel_real_min", "Only one of the two travel times is given.", "Give both."
        )
    level = cells.number("technician_level", least=1, most=5, whole=True)
    visit = cells.number("visit", least=1, most=1000, whole=True)
    if not cells["reported_at"]:
        cells.wrong(
            "no-moment", "reported_at", "The line does not say when it was reported.", "Give the moment."
        )
    return Visit(
        reported_at=reported_at,
        area=cells["area"] or None,
        product=cells.name("product"),
        type=cells["type"],
        end=cast(End, end),
        visit=1 if visit is None else round(visit),
        started_at=started_at,
        minutes=_minutes(cells, started_at, ended_at, end),
        level=None if level is None else round(level),
        planned_min=cells.number("planned_min", least=1, most=LONGEST_MIN),
        travel_planned_min=planned,
        travel_real_min=real,
    )


def _minutes(cells: Cells, started_at: datetime | None, ended_at: datetime | None, end: str) -> float | None:
    if started_at is None or ended_at is None:
        if end == "done" and not (cells["started_at"] and cells["ended_at"]):
            cause = "The work was done, but not both its beginning and its end are given."
            cells.wrong("no-moment", "started_at", cause, "Give started_at and ended_at.")
        return None
    minutes = (ended_at.timestamp() - started_at.timestamp()) / 60
    if not 0 < minutes <= LONGEST_MIN:
        cause = f"{cells['ended_at']} is not within a fortnight after {cells['started_at']}."
        cells.wrong("wrong-order", "ended_at", cause, "Correct the beginning or the end.")
    return minutes


def _moment(cells: Cells, column: str, zone: ZoneInfo) -> datetime | None:
    """Return a moment in local time; none: the cell is empty or wrong, which is noted."""
    if not cells[column]:
        return None
    try:
        at = datetime.fromisoformat(cells[column])
        local = at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)
    except (ValueError, OverflowError):
        local = None
    if local is None or local.year not in INSTANT_YEARS:
        cause = f"{cells[column]!r} is not a moment."
        cells.wrong("not-a-moment", column, cause, "Write it as 2026-07-15 09:30 or 2026-07-15T09:30+08:00.")
        return None
    return local


def _unknown(column: str, lines: list[Cells], known: Mapping[str, str]) -> list[Issue]:
    """Return the names that the scenario does not have, each once, with the line where it comes first."""
    first: dict[str, int] = {}
    times: dict[str, int] = {}
    for cells in lines:
        name = cells[column]
        if name not in known:
            first.setdefault(name, cells.line)
            times[name] = times.get(name, 0) + 1
    issues = []
    for name, line in first.items():
        near = get_close_matches(name, known, n=1)
        meant = (
            f"Did you mean {near[0]!r}?"
            if near
            else f"Use one of {', '.join(filter(None, known)) or 'none'}."
        )
        cause = f"The scenario has no {column} {name!r}" if name else f"The line names no {column}"
        cause += f"; it comes {times[name]} times." if times[name] > 1 else "."
        issues.append(Issue(f"unknown-{column}", column, cause, meant, line))
    return issues
