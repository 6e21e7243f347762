"""Reads an .xlsx workbook into tables: values only, nothing is run, followed or computed."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from optimizer.interchange.workbook.cells.read_cell import FAULT, FORMULA, Raw, Refusal
from optimizer.interchange.workbook.files.read_bytes import read_bytes
from optimizer.interchange.workbook.files.table import Row, Table, Tables, filled, letters
from optimizer.interchange.workbook.files.xlsx_cells import Found
from optimizer.interchange.workbook.files.xlsx_guard import MAX_BYTES, check_workbook
from optimizer.interchange.workbook.files.xlsx_zip import refused
from optimizer.interchange.workbook.reading.header import is_for_people, sheet_named
from optimizer.words.numbers import count


def read_xlsx(path: str | Path) -> Tables:
    """Return the sheets of a workbook that are read, or that nobody knows.

    Parameters
    ----------
    path : the file

    Raises
    ------
    InvalidInput
        The file cannot be read, is too large, or declares entities.
    """
    name = Path(path).name
    content = read_bytes(path, MAX_BYTES)
    found = check_workbook(content, name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            tables = tuple(_tables(workbook, found))
    except CalamineError as error:
        cause = f"{name} is damaged: {str(error)[:200]}."
        raise refused("not-a-workbook", cause, "Save it anew in your spreadsheet program.") from None
    notes = (
        f"{title}: {count(rows, 'hidden row')} {'is' if rows == 1 else 'are'} read like the others."
        for title, rows in found.hidden.items()
    )
    return Tables(tables, tuple(notes))


def _tables(workbook: CalamineWorkbook, found: Found) -> list[Table]:
    tables: list[Table] = []
    seen = set()
    for title in workbook.sheet_names:
        sheet = sheet_named(title)
        if sheet is None and not is_for_people(title) and title in found.filled:
            tables.append(Table(title, ()))
        elif sheet is not None:
            again = sheet.name in seen  # said by whoever puts the tables together; one of the two is enough
            tables.append(Table(title, ()) if again else _table(workbook, title, found))
            seen.add(sheet.name)
    return tables


def _table(workbook: CalamineWorkbook, title: str, found: Found) -> Table:
    marked: dict[str, Refusal] = {cell: FAULT for sheet, cell in found.faults if sheet == title}
    marked |= {cell: FORMULA for sheet, cell in found.formulas if sheet == title}
    rows = []
    for number, row in enumerate(workbook.get_sheet_by_name(title).iter_rows(), start=1):
        cells = _cells(row, number, marked)
        if any(True for _ in filled(cells)):
            rows.append(Row(number, cells))
    return Table(title, tuple(rows), tuple(cells for sheet, cells in found.joined if sheet == title))


def _cells(row: Sequence[Raw], number: int, marked: Mapping[str, Refusal]) -> tuple[Raw | None, ...]:
    cells: tuple[Raw | None, ...] = tuple(None if cell == "" else cell for cell in row)
    if not marked:
        return cells
    return tuple(marked.get(f"{letters(i)}{number}", cell) for i, cell in enumerate(cells))
