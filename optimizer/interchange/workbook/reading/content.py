"""The content of a scenario file while it is gathered from tables, with the cell behind each value."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from optimizer.domain.scenario import Scenario
from optimizer.domain.time import zone_named
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.source_text import Path
from optimizer.interchange.workbook.cells.read_cell import Raw, read_cell
from optimizer.interchange.workbook.cells.read_time import Planned
from optimizer.interchange.workbook.cells.unreadable import Unreadable
from optimizer.interchange.workbook.cells.work_words import kinds_read
from optimizer.interchange.workbook.columns.column import Column
from optimizer.interchange.workbook.reading.where import Where
from optimizer.words.language import Language

BAD: Final = object()
"""Stands where a cell could not be read; no record takes it, so nothing is concluded from the row."""

MOST_ISSUES = 2_000
"""With so many mistakes in cells reading ends."""

MOST_HINTS = 100
"""So often is looked for names that are near: among thousands of names that takes a while."""

DEFAULT_ZONE: Final = str(Scenario.model_fields["time_zone"].default)


@dataclass
class Content:
    """What the tables say.

    Parameters
    ----------
    value : the content as a scenario file would hold it
    where : the cell behind each value
    issues : what is wrong with the tables and their cells
    notes : what was not read, though nothing is wrong with it
    zone : zone of moments without an offset
    known : names of rows by sheet, with the record each belongs to
    hints : how often names that are near may still be looked for
    sheets : names of the sheets that are there
    language : language of the sheet that is being read
    read_as : Chinese words that were read as English ones
    """

    value: dict[str, Any] = field(default_factory=dict)
    where: Where = field(default_factory=Where)
    issues: list[Issue] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(DEFAULT_ZONE))
    known: dict[str, dict[tuple[Any, ...], Path]] = field(default_factory=dict)
    hints: int = MOST_HINTS
    sheets: set[str] = field(default_factory=set)
    language: Language = "en"
    read_as: dict[str, str] = field(default_factory=dict)

    def complain(self, code: str, where: str, cause: str, action: str) -> None:
        """Note a mistake."""
        self.issues.append(Issue(code, where, cause, action))
        if len(self.issues) >= MOST_ISSUES:
            cause = f"There are more than {MOST_ISSUES:,} mistakes; the rest is not looked at."
            raise InvalidInput((*self.issues, Issue("too-many-mistakes", "", cause, "Mend these first.")))

    def near(self, name: str, names: Iterable[str]) -> str:
        """Return a question that names what is near; empty: nothing is, or it was asked too often."""
        if self.hints == 0:
            return ""
        self.hints -= 1
        found = get_close_matches(name[:200], list(names), n=3)
        return f"Did you mean {' or '.join(map(repr, found))}?" if found else ""

    def read(self, raw: Raw, column: Column, where: str) -> Any:
        """Return the value of a cell; `BAD`, and a note, where it cannot be read."""
        try:
            value = read_cell(raw, column, self.zone, self.planned(), self.language)
        except Unreadable as error:
            self.complain(error.code, where, error.cause, error.action)
            return BAD
        if column.kind == "skills" and isinstance(raw, str):
            self.read_as |= kinds_read(raw)
        return value

    def planned(self) -> Planned | None:
        """Return the planned days; none: they are not known, or not yet."""
        horizon = self.value.get("horizon", {})
        first_day, days = horizon.get("first_day"), horizon.get("days", 1)
        if not isinstance(first_day, str) or not isinstance(days, int):
            return None
        return Planned(date.fromisoformat(first_day), days)

    def put(self, record: Path, path: Path, value: Any, where: str) -> None:
        """Set a field of a record; in between, records and lists are made."""
        here: Any = self.at(record)
        for part, inner in pairwise(path):
            fresh: Any = [] if isinstance(inner, int) else {}
            if isinstance(here, list):
                here.extend({} for _ in range(1 + int(part) - len(here)))
                here = here[int(part)]
            else:
                if not isinstance(here.setdefault(part, fresh), dict | list):
                    cause = f"This contradicts the {here[part]!r} beside it."
                    self.complain("contradiction", where, cause, "Empty one of the two cells.")
                    here[part] = BAD
                    return
                here = here[part]
        here[path[-1]] = value

    def at(self, path: Path) -> Any:
        """Return what stands at a path."""
        here: Any = self.value
        for part in path:
            here = here[part]
        return here

    def settle_zone(self) -> None:
        """Take the scenario's own time zone for all moments to come."""
        named = zone_named(str(self.value.get("time_zone", DEFAULT_ZONE)))
        self.zone = named or self.zone  # that there is none is said by the scenario's own check
