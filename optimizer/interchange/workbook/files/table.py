"""The cells of one sheet, before anybody knows what they mean."""

from collections.abc import Iterator
from typing import NamedTuple

from optimizer.interchange.workbook.cells.read_cell import Raw


class Row(NamedTuple):
    """One row with something in it."""

    number: int
    """Number at the row's head in a spreadsheet, from 1."""
    cells: tuple[Raw | None, ...]
    """Cells from the first column on; none: empty."""


class Table(NamedTuple):
    """One sheet or one CSV file."""

    title: str
    """Its name."""
    rows: tuple[Row, ...]
    """Rows with something in them, in order."""
    joined: tuple[str, ...] = ()
    """Ranges of joined cells, e.g. A1:C1."""


class Tables(NamedTuple):
    """All sheets of a workbook, or all CSV files of a folder."""

    tables: tuple[Table, ...]
    """The sheets in order."""
    notes: tuple[str, ...] = ()
    """What is worth knowing about how they were read."""


def letters(column: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, last = divmod(column - 1, 26)
        text = chr(65 + last) + text
    return text


def cell_name(title: str, column: int, row: int) -> str:
    """Return where a cell stands, e.g. ``jobs!F12``."""
    return f"{title}!{letters(column)}{row}"


def filled(cells: tuple[Raw | None, ...]) -> Iterator[tuple[int, Raw]]:
    """Yield the cells with something in them, with their columns; spaces alone are nothing."""
    for i, cell in enumerate(cells):
        if cell is not None and not (isinstance(cell, str) and not cell.strip()):
            yield i, cell
