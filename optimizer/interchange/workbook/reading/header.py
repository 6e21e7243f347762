"""Finds out which sheet and which column a name in a file means: any case, any order, English or Chinese."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from difflib import get_close_matches
from typing import Final, NamedTuple

from optimizer.errors import Issue
from optimizer.interchange.workbook.cells.read_cell import Refusal, shown
from optimizer.interchange.workbook.columns.column import Column, Sheet
from optimizer.interchange.workbook.columns.sheets import READ_ME, SHEETS
from optimizer.interchange.workbook.files.table import Row, Table, cell_name, filled
from optimizer.words.language import Language

_SHORT = 200
"""Names are compared up to this many characters."""


OWN: Final = "#"
"""Sheets and columns whose names begin so are people's own and not read."""

_REMARKS: Final = frozenset(
    {"note", "notes", "remark", "remarks", "comment", "comments", "备注", "no.", "序号"}
)
"""Columns that people add for themselves."""

_HEADER_WITHIN: Final = 10
"""The header is looked for in so many rows; a title may stand above it."""

_OWN_SAID: Final = f"A name that begins with {OWN} is not read."


def sheet_named(title: str) -> Sheet | None:
    """Return the sheet with this name, or none."""
    return {folded(name): sheet for sheet in SHEETS for name in (sheet.name, sheet.zh)}.get(folded(title))


def is_for_people(title: str) -> bool:
    """Tell whether a sheet of this name is for people only."""
    return folded(title).startswith(OWN) or folded(title) in {folded(name) for name in READ_ME}


def unknown_sheet(title: str) -> Issue:
    """Say that a sheet has a name that is not known."""
    language: Language = "en" if title.isascii() else "zh"
    names = {folded(sheet.title(language)): sheet.title(language) for sheet in SHEETS}
    near = get_close_matches(folded(title), names, n=1)
    action = (
        f"Did you mean {names[near[0]]!r}?"
        if near
        else f"{_OWN_SAID} Known sheets: {', '.join(names.values())}."
    )
    return Issue("unknown-sheet", title[:_SHORT], f"There is no sheet {shown(title)} in a scenario.", action)


class Header(NamedTuple):
    """The columns of one table."""

    columns: dict[int, Column]
    """Column of the table → what it is."""
    issues: tuple[Issue, ...]
    """Unknown names, names that stand twice, columns without a name, needed columns that are not there."""
    notes: tuple[str, ...]
    """Which columns are not read."""
    written: dict[Column, str]
    """Column → its heading as it stands in the file."""
    language: Language
    """Language of the headings."""

    def heading(self, column: Column) -> str:
        """Return how the sheet calls a column, or would call one that is not there."""
        return self.written.get(column) or column.header(self.language)

    def place(self, column: Column) -> int | None:
        """Return where a column stands, or none."""
        return next((i for i, one in self.columns.items() if one is column), None)


def read_header(sheet: Sheet, table: Table) -> Header:
    """Return what the first row of a table says.

    Parameters
    ----------
    sheet : what the table is
    table : its rows, at least one
    """
    names = spellings(sheet)
    first, *below = table.rows
    language = language_of(str(cell) for _, cell in filled(first.cells) if folded(str(cell)) in names)
    written: dict[Column, str] = {}
    columns: dict[int, Column] = {}
    issues: list[Issue] = []
    notes: list[str] = []
    for i, cell in filled(first.cells):
        column, where = names.get(folded(str(cell))), cell_name(table.title, i, first.number)
        if isinstance(cell, Refusal):
            issues.append(Issue(cell.code, where, cell.cause, "Write the column's name."))
        elif column is None and _own(str(cell)):
            notes.append(f"{where}: the column {shown(str(cell))} is not read.")
        elif column is None:
            issues.append(_unknown(sheet, where, str(cell), language))
        elif column in columns.values():
            other = next(x for x, one in columns.items() if one is column)
            cause = f"The column {shown(str(cell))} already stands at {cell_name(table.title, other, first.number)}."
            issues.append(Issue("duplicate-column", where, cause, "Keep one of the two."))
        else:
            columns[i], written[column] = column, str(cell).strip().strip("*")
    issues += _nameless(table, first, below)
    if below:
        known = set(columns.values())
        issues += (
            Issue(
                "missing-column",
                f"{table.title}!{first.number}:{first.number}",
                f"The column {_both(column, language)} is missing.",
                "Add it; every row needs it.",
            )
            for column in sheet.all_columns()
            if sheet.needed(column)
            and column not in known
            and not any(
                one.code == "unknown-column" and repr(column.header(language)) in one.action for one in issues
            )
        )
    return Header(columns, tuple(issues), tuple(notes), written, language)


def language_of(names: Iterable[str]) -> Language:
    """Return the language that most of some names are written in."""
    chinese = [not name.isascii() for name in names]
    return "zh" if sum(chinese) * 2 > len(chinese) else "en"


def _both(column: Column, language: Language) -> str:
    """Return a column's name in the language of the sheet, the other beside it."""
    other = column.name if language == "zh" else column.zh
    return f"{column.header(language)!r} ({other})"


def without_title(table: Table, names: Container[str]) -> tuple[Table, str]:
    """Return a table from its header on, and a note on what stands above; empty: nothing does.

    Parameters
    ----------
    table : its rows
    names : what may stand in the header, without what does not matter
    """

    def known(row: Row) -> int:
        return sum(isinstance(cell, str) and folded(cell) in names for _, cell in filled(row.cells))

    head = max(range(min(len(table.rows), _HEADER_WITHIN)), key=lambda i: known(table.rows[i]), default=0)
    if head == 0:
        return table, ""
    note = f"{table.title}: what stands above the header in row {table.rows[head].number} is not read."
    return table._replace(rows=table.rows[head:]), note


def _own(name: str) -> bool:
    return folded(name).startswith(OWN) or folded(name) in _REMARKS


def spellings(sheet: Sheet) -> dict[str, Column]:
    """Return every spelling of a sheet's columns: headers, headers without their unit, fields of a scenario file."""
    columns = sheet.all_columns()
    found = {folded(name): column for column in columns for name in (column.name, column.zh)}
    for column in columns:
        fields = [str(part) for part in column.path if isinstance(part, str)]
        for name in (re.sub("（.*）", "", column.zh), ".".join(fields), *fields[-1:]):
            if name:
                found.setdefault(folded(name), column)
    return found


def _unknown(sheet: Sheet, where: str, name: str, language: Language) -> Issue:
    known_as = spellings(sheet)
    near = get_close_matches(folded(name), known_as, n=1)
    known = ", ".join(column.header(language) for column in sheet.all_columns())
    hint = (
        f"Did you mean {known_as[near[0]].header(language)!r}?"
        if near
        else f"{_OWN_SAID} Known columns: {known}."
    )
    cause = f"There is no column {shown(name)} on the sheet {sheet.title(language)!r}."
    return Issue("unknown-column", where, cause, hint)


def _nameless(table: Table, first: Row, below: Iterable[Row]) -> Iterator[Issue]:
    named = {i for i, _ in filled(first.cells)}
    seen: set[int] = set()
    for row in below:
        for i, _ in filled(row.cells):
            if i not in named and i not in seen:
                seen.add(i)
                cause = f"The column of {cell_name(table.title, i, row.number)} has no name."
                where = cell_name(table.title, i, first.number)
                yield Issue(
                    "nameless-column",
                    where,
                    cause,
                    f"Write a header above it ({OWN} where it is your own), or empty it.",
                )


def folded(name: str) -> str:
    """Return a name without what does not matter: case, spaces, the width of letters."""
    plain = unicodedata.normalize("NFKC", name[:_SHORT]).strip().strip("*").casefold()
    return re.sub(r"[\s_-]+", " ", plain).strip()
