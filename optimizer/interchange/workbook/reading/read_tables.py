"""Turns tables into the content of a scenario file."""

import re

from optimizer.interchange.workbook.columns.column import Sheet
from optimizer.interchange.workbook.columns.sheets import SHEETS
from optimizer.interchange.workbook.files.table import Table, Tables
from optimizer.interchange.workbook.reading.content import Content
from optimizer.interchange.workbook.reading.facts import FACT_NAMES, read_facts
from optimizer.interchange.workbook.reading.header import (
    is_for_people,
    read_header,
    sheet_named,
    spellings,
    unknown_sheet,
    without_title,
)
from optimizer.interchange.workbook.reading.matrix_rows import read_matrices
from optimizer.interchange.workbook.reading.rows import Rows

_LAST_ROW = re.compile(r"[0-9]{1,8}$")


def read_content(tables: Tables) -> Content:
    """Return what the tables say, with everything that is wrong in their form.

    Parameters
    ----------
    tables : the sheets of a workbook
    """
    content = Content()
    found: dict[str, Table] = {}
    for table in tables.tables:
        sheet = sheet_named(table.title)
        if sheet is not None and sheet.name in found:
            cause = f"The sheet {sheet.name!r} is also there as {found[sheet.name].title!r}."
            content.complain("duplicate-sheet", table.title, cause, "Make one sheet of the two.")
        elif sheet is not None:
            found[sheet.name] = table
            content.sheets.add(sheet.name)
            content.where.note_sheet(sheet, table.title)
        elif not is_for_people(table.title):
            content.issues.append(unknown_sheet(table.title))
    for sheet in SHEETS:
        if sheet.name in found:
            _read_sheet(content, sheet, found[sheet.name])
    return content


def _read_sheet(content: Content, sheet: Sheet, table: Table) -> None:
    if sheet.form == "list" and not sheet.parent and len(sheet.at) == 1:
        content.value.setdefault(sheet.at[0], [])
    names = FACT_NAMES if sheet.form == "facts" else spellings(sheet)
    table, note = without_title(table, names)
    content.notes += [note] if note else []
    if len(table.rows) > sheet.most + 1:
        cause = f"There are {len(table.rows) - 1:,} rows; at most {sheet.most:,} are read."
        content.complain("too-many-rows", table.title, cause, "Split the scenario.")
    elif table.rows:
        _refuse_joined(content, table)
        if sheet.form == "facts":
            read_facts(content, sheet, table)
        else:
            _read_rows(content, sheet, table)


def _refuse_joined(content: Content, table: Table) -> None:
    """Joined cells hold one value where several rows or columns expect one each; in a title they do no harm."""
    for cells in table.joined:
        last = _LAST_ROW.search(cells)
        if last is None or int(last[0]) >= table.rows[0].number:
            cause = f"The cells {cells} are joined."
            action = "Split them, and write the value into each."
            content.complain("joined-cells", f"{table.title}!{cells}", cause, action)


def _read_rows(content: Content, sheet: Sheet, table: Table) -> None:
    header = read_header(sheet, table)
    content.language = header.language
    content.issues += header.issues
    content.notes += header.notes
    if sheet.form == "matrix":
        read_matrices(content, table, header)
        return
    rows = Rows(content, sheet, table, header)
    for row in table.rows[1:]:
        rows.take(row)
