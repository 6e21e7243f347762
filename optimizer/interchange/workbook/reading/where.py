"""Finds the cell behind a field of the scenario, so that every mistake is named by sheet, column and row."""

import re
from typing import NamedTuple

from optimizer.interchange.source_text import Path, parse_path, spell
from optimizer.interchange.workbook.columns.column import Column, Sheet
from optimizer.interchange.workbook.files.table import cell_name
from optimizer.interchange.workbook.reading.header import Header, language_of, sheet_named
from optimizer.words.language import Language

_PATHS = re.compile(
    r"\b(?:branches|technicians|jobs|crews|groups|promises|pins|policy|travel)[.\[][^\s,;]*[^\s,;.:]"
)
"""Paths inside the sentences of the scenario's own checks."""


class Source(NamedTuple):
    """A row that a record was read from."""

    sheet: Sheet
    title: str
    header: Header
    row: int
    column: Column | None = None
    """What is to blame when the record itself is; none: its first column."""


class Cell(NamedTuple):
    """Where a field stands, or would stand."""

    name: str
    """E.g. ``jobs!F12``."""
    column: Column | None
    """The column, where the field has one."""
    there: bool
    """The column is in the file."""
    heading: str = ""
    """How the file calls the column."""


class Where:
    """Remembers which rows each record comes from."""

    def __init__(self) -> None:
        self._sources: dict[str, tuple[Path, list[Source]]] = {}
        self._facts: dict[Path, str] = {}
        self._titles: dict[str, str] = {}

    def note(self, record: Path, source: Source) -> None:
        """Remember a row behind a record."""
        self._sources.setdefault(spell(record), (record, []))[1].append(source)

    def note_fact(self, path: Path, cell: str) -> None:
        """Remember the cell of a fact about the whole scenario."""
        self._facts[path] = cell

    def has_fact(self, path: Path) -> bool:
        """Tell whether a fact already has its cell."""
        return path in self._facts

    def note_sheet(self, sheet: Sheet, title: str) -> None:
        """Remember what a sheet is called in this file."""
        self._titles[sheet.name] = title

    def title(self, name: str) -> str:
        """Return what a sheet is called in this file."""
        sheet = sheet_named(name)
        return self._titles.get(name) or (sheet.title(self.language) if sheet else name)

    @property
    def language(self) -> Language:
        """The language that most sheets of this file are named in."""
        return language_of(self._titles.values())

    def cell(self, path: str) -> Cell | None:
        """Return the cell of a field, or of the nearest thing around it; none where nothing is near.

        Parameters
        ----------
        path : e.g. ``jobs[3].windows[0].start``
        """
        head = path
        while head:
            if head in self._sources:
                return self._in_rows(parse_path(path[len(head) :]), self._sources[head][1])
            head = head[: max(head.rfind("."), head.rfind("["), 0)]
        return self._fact(parse_path(path))

    def in_words(self, text: str) -> str:
        """Return a sentence with cells instead of the paths in it."""

        def cell(found: re.Match[str]) -> str:
            known = self.cell(found[0]) if "[" in found[0] else None
            return known.name if known else found[0]

        return _PATHS.sub(cell, text)

    def _in_rows(self, rest: Path, sources: list[Source]) -> Cell:
        if not rest and sources[0].column is not None:
            return self._at(sources[0], sources[0].column)
        best: tuple[int, Cell] | None = None
        for source in sources:
            for column in source.sheet.columns:
                depth = _closeness(column.path, rest)
                if depth is None or (best is not None and best[0] >= depth):
                    continue
                best = depth, self._at(source, column)
        if best is not None:
            return best[1]
        return Cell(cell_name(sources[0].title, _first(sources[0]), sources[0].row), None, False)

    def _at(self, source: Source, column: Column) -> Cell:
        at = source.header.place(column)
        name = cell_name(source.title, at if at is not None else _first(source), source.row)
        return Cell(name, column, at is not None, source.header.heading(column))

    def _fact(self, path: Path) -> Cell | None:
        for length in range(len(path), 0, -1):
            for known, name in self._facts.items():
                if known[:length] == path[:length]:
                    return Cell(name, None, True)
        return None


def _closeness(column: Path, rest: Path) -> int | None:
    """Return how well a column fits a field: the field itself best, then a field in it, then what it lies in."""
    if column == rest:
        return 1000
    if rest[: len(column)] == column:
        return 100 + len(column)
    if column[: len(rest)] == rest:
        return 500
    return None


def _first(source: Source) -> int:
    return min(source.header.columns, default=0)
