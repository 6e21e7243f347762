"""Writes tables as an .xlsx workbook that people can fill in: headers, comments, lists to choose from, formats."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from optimizer.interchange.workbook.cells.read_cell import Raw
from optimizer.interchange.workbook.cells.write_cell import yes
from optimizer.interchange.workbook.columns.column import Column, Sheet
from optimizer.interchange.workbook.columns.comments import comment, meaning
from optimizer.interchange.workbook.columns.sheets import SHEETS
from optimizer.interchange.workbook.files.table import letters
from optimizer.interchange.workbook.reading.facts import HEADER
from optimizer.interchange.workbook.writing.read_me import TITLE, read_me
from optimizer.interchange.workbook.writing.scenario_rows import SheetRows
from optimizer.words.language import Language

SPARE_ROWS: Final = 500
"""Lists to choose from reach so many rows below what is there."""

_A4: Final = 9
"""Number of the paper size in the file format."""

_LIST_LENGTH = 250
"""A list to choose from that stands in the cell itself is not longer."""

_FORMATS: Final = {"day": "yyyy-mm-dd", "clock": "hh:mm", "moment": "yyyy-mm-dd hh:mm"}
_DARK, _LIGHT, _PAPER = "1F4E5F", "6C93A1", "FFFFFF"
_STAMP = "2000-01-01T00:00:00Z"
_FONT = "Calibri"
_HEAD_FONT = Font(name=_FONT, size=11, bold=True, color=_PAPER)


def xlsx_bytes(sheets: list[SheetRows], language: Language) -> bytes:
    """Return the workbook; the same rows give the same bytes.

    Parameters
    ----------
    sheets : the rows
    language : language of headers, comments and lists
    """
    book = Workbook(write_only=True)
    _read_me(book, language)
    counts = {one.sheet.name: len(one.rows) for one in sheets}
    for one in sheets:
        page = book.create_sheet(one.sheet.title(language))
        page.sheet_properties.tabColor = _DARK if one.sheet.everyday else "BFBFBF"
        page.freeze_panes = "A2"
        page.print_title_rows = "1:1"
        _fit_on_paper(page)
        if one.sheet.form == "facts":
            _facts(page, one, language)
        else:
            _table(page, one, counts, language)
    stream = io.BytesIO()
    book.save(stream)
    return _without_clock(stream.getvalue())


def _read_me(book: Any, language: Language) -> None:
    page = book.create_sheet(TITLE[language])
    _fit_on_paper(page)
    page.column_dimensions["A"].width = 24
    page.column_dimensions["B"].width = 80
    for line, about in read_me(language):
        page.append([_text_cell(page, line, bold=bool(about)), about or None])


def _fit_on_paper(page: Any) -> None:
    """Print as wide as the paper, on as many sheets as it takes."""
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToHeight = 0


def _facts(page: Any, one: SheetRows, language: Language) -> None:
    for i, width in enumerate((26, 34, 110)):
        page.column_dimensions[letters(i)].width = width
    page.column_dimensions["B"].alignment = Alignment(horizontal="left")
    heads = [words[language == "zh"] for words in HEADER]
    page.append([_head_cell(page, head, dark=i < 2) for i, head in enumerate(heads)])
    for number, ((fact, value), column) in enumerate(zip(one.rows, one.sheet.columns, strict=True), start=2):
        filled = _value_cell(page, value)
        if isinstance(filled, int | float | None):
            filled = WriteOnlyCell(page, filled)
        filled.alignment = Alignment(horizontal="left")
        page.append([fact, filled, meaning(one.sheet, column, language)])
        formula = _choices(column, {}, language)
        if formula:
            _validate(page, formula, f"B{number}", column)


def _table(page: Any, one: SheetRows, counts: dict[str, int], language: Language) -> None:
    columns = one.sheet.all_columns()
    for i, column in enumerate(columns):
        shape = page.column_dimensions[letters(i)]
        shape.width = _width(column, [row[i] for row in one.rows[:200]], language)
        # Text columns are marked as text, so that a telephone number or "3/4" stays what was typed.
        shape.number_format = _FORMATS.get(column.kind, "General" if column.kind in _NUMBERS else "@")
    last = len(one.rows) + SPARE_ROWS
    page.auto_filter.ref = f"A1:{letters(len(columns) - 1)}{len(one.rows) + 1}"
    page.append(list(_heads(page, one.sheet, columns, language)))
    for row in one.rows:
        page.append([_value_cell(page, cell) for cell in row])
    for i, column in enumerate(columns):
        formula = _choices(column, counts, language)
        if formula:
            _validate(page, formula, f"{letters(i)}2:{letters(i)}{last}", column)


_NUMBERS: Final = frozenset({"number", "whole", "value"})


def _heads(page: Any, sheet: Sheet, columns: Iterable[Column], language: Language) -> Iterator[Any]:
    for column in columns:
        cell = _head_cell(page, column.header(language), dark=sheet.needed(column))
        note = Comment(comment(sheet, column, language), "Paigong")
        note.width, note.height = 320, 140
        cell.comment = note
        yield cell


def _head_cell(page: Any, text: str, *, dark: bool) -> Any:
    cell = WriteOnlyCell(page, text)
    cell.font = _HEAD_FONT
    cell.fill = PatternFill("solid", fgColor=_DARK if dark else _LIGHT)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _text_cell(page: Any, text: str, *, bold: bool) -> Any:
    cell = WriteOnlyCell(page, text or None)
    cell.font = Font(name=_FONT, size=11, bold=bold)
    return cell


def _value_cell(page: Any, value: Raw | None) -> Any:
    """Return what openpyxl writes: text is never a formula, whatever it begins with."""
    if isinstance(value, str):
        cell = WriteOnlyCell(page, value)
        cell.data_type = "s"
        cell.number_format = "@"
        if value[:1] in "=+-@":
            cell.quotePrefix = True
        return cell
    if isinstance(value, date | time):
        cell = WriteOnlyCell(page, None)
        cell.value = value
        seconds = ":ss" if isinstance(value, datetime | time) and value.second else ""
        kind = "moment" if isinstance(value, datetime) else "day" if isinstance(value, date) else "clock"
        cell.number_format = _FORMATS[kind] + seconds
        return cell
    if isinstance(value, float) and float(f"{value:.16g}") != value:
        cell = WriteOnlyCell(page, repr(value))  # openpyxl would cut the number off after 16 digits
        cell.data_type = "n"
        return cell
    return value


def _choices(column: Column, counts: dict[str, int], language: Language) -> str:
    """Return the formula of a list to choose from; empty: none."""
    if column.kind == "yes/no" or column.kind in ("no list", "no table"):
        return f'"{yes(True, language)},{yes(False, language)}"'
    if column.choices and column.kind != "words":  # of a list no cell would hold more than one
        words = column.choices.values() if language == "zh" else column.choices
        formula = f'"{",".join(words)}"'
        return formula if len(formula) <= _LIST_LENGTH else ""
    if column.refers and column.kind == "word":
        sheet = next(one for one in SHEETS if one.name == column.refers)
        last = counts.get(column.refers, 0) + 1 + SPARE_ROWS
        return f"'{sheet.title(language)}'!$A$2:$A${last}"
    return ""


def _validate(page: Any, formula: str, cells: str, column: Column) -> None:
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.errorStyle = "warning"  # a new id may come before its row on the other sheet
    rule.add(cells)
    page.data_validations.append(rule)


def _width(column: Column, cells: list[Raw | None], language: Language) -> float:
    header = _wide(column.header(language)) + 3
    longest = max((_wide(str(cell)) for cell in cells if isinstance(cell, str | int | float)), default=0)
    least = {"day": 12.0, "clock": 9.0, "moment": 18.0}.get(column.kind, 8.0)
    return float(min(max(header, longest + 1, least), 46))


def _wide(text: str) -> int:
    return sum(2 if ord(mark) > 0x2E7F else 1 for mark in text)


def _without_clock(content: bytes) -> bytes:
    """Return the same zip without the time at which it was made."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as still,
    ):
        for part in made.infolist():
            inside = made.read(part)
            if part.filename == "docProps/core.xml":
                inside = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _STAMP.encode(), inside)
            entry = zipfile.ZipInfo(part.filename, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            still.writestr(entry, inside)
    return stream.getvalue()
