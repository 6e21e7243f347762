"""A plan as an Excel workbook: one sheet for each table, with real dates, times and numbers."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties, WorksheetProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables import TABLES
from optimizer.interchange.plan_export.tables.base import Cell, Clock, Column, Table
from optimizer.words.free_text import harmless, one_line

_HEAD: Final = PatternFill("solid", fgColor="DCE6F1")
_BOLD: Final = Font(name="Calibri", size=11, bold=True)
_BEGINS: Final = Border(top=Side("thin", color="808080"))
_LINE_POINTS: Final = 16  # Chinese letters are a little higher than others
_MOST_LINES: Final = 27  # Excel's rows are at most 409 points high
_FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can hold
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as the letter A
_MOST_LETTERS: Final = 32_767  # in a cell


def plan_xlsx(facts: PlanFacts) -> bytes:
    """Return the plan's tables as a workbook; equal plans give equal bytes.

    Text never becomes a formula: every text is stored as text, whatever it begins with.

    Parameters
    ----------
    facts : the plan with its scenario
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for kind in TABLES:
        sheet = book.create_sheet(kind.title[facts.language])
        _fill(sheet, kind.made(facts), facts)
    return _bytes(book, facts)


class _Look(NamedTuple):
    """How a cell looks."""

    number_format: str
    right: bool
    wrap: bool
    bold: bool


def _fill(sheet: Worksheet, table: Table, facts: PlanFacts) -> None:
    to_the_right = [_is_number_column(table, number) for number in range(len(table.columns))]
    for number, column in enumerate(table.columns, 1):
        head = _cell(sheet, 1, number)
        _put_text(head, column.title[facts.language])
        head.font, head.fill = _BOLD, _HEAD
        head.alignment = _aligned(right=to_the_right[number - 1], wrap=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width + 2
    looks: dict[_Look, StyleArray] = {}
    for row, cells in enumerate(table.rows):
        bold = row in table.bold
        for number, (value, column) in enumerate(zip(cells, table.columns, strict=True), 1):
            empty = value is None or value == ""
            if empty and not bold:
                continue
            cell = _cell(sheet, row + 2, number)
            if not empty:
                _put(cell, value)
            _dress(cell, _Look(_format(value), to_the_right[number - 1], column.wrap, bold), looks)
        lines = max(_lines(value, column) for value, column in zip(cells, table.columns, strict=True))
        if lines > 1:  # not every program makes a row high enough by itself
            sheet.row_dimensions[row + 2].height = _LINE_POINTS * min(lines, _MOST_LINES)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    _lay_out(sheet, facts)


def _dress(cell: SheetCell, look: _Look, looks: dict[_Look, StyleArray]) -> None:
    """Give a cell its look; one that was made before is shared, which is ten times as quick."""
    if look in looks:
        cell._style = looks[look]  # type: ignore[attr-defined]  # no cell changes its look later
        return
    cell.number_format = look.number_format
    cell.alignment = _aligned(right=look.right, wrap=look.wrap)
    if look.bold:
        cell.font, cell.border = _BOLD, _BEGINS
    looks[look] = cell._style  # type: ignore[attr-defined]


def _is_number_column(table: Table, number: int) -> bool:
    """Tell whether a column holds no text, so that its heading belongs over the right edge."""
    values = [row[number] for row in table.rows if row[number] is not None]
    return bool(values) and not any(isinstance(value, str) for value in values)


def _aligned(*, right: bool, wrap: bool) -> Alignment:
    return Alignment(
        horizontal="right" if right else "left", vertical="top", wrap_text=wrap, indent=0 if right else 1
    )


def _lines(value: Cell, column: Column) -> int:
    """Return how many lines a text takes in its column; Chinese letters are twice as wide as others."""
    if not isinstance(value, str) or not column.wrap:
        return 1
    widths = (_width(line) for line in harmless(value, keep_lines=True).split("\n"))
    room = max(1, column.width - 2)  # the indent, and words that do not break where the line ends
    return sum(max(1, -(-width // room)) for width in widths)


def _width(line: str) -> int:
    if line.isascii():
        return len(line)
    return sum(1 + (east_asian_width(mark) in "WF") for mark in line)


def _cell(sheet: Worksheet, row: int, number: int) -> SheetCell:
    cell = sheet.cell(row=row, column=number)
    assert isinstance(cell, SheetCell)  # nothing is merged here
    return cell


def _put(cell: SheetCell, value: Cell) -> None:
    if isinstance(value, str):
        _put_text(cell, value)
    else:
        cell.value = value.at if isinstance(value, Clock) else value


def _format(value: Cell) -> str:
    match value:
        case Clock():
            return "hh:mm" if value.at.date() == value.day else "mm-dd hh:mm"
        case datetime():
            return "yyyy-mm-dd hh:mm"
        case date():
            return "yyyy-mm-dd"
        case Decimal():
            return "#,##0.00"
        case float():
            return "#,##0.0"
        case int():
            return "0"
        case _:
            return "General"


def _put_text(cell: SheetCell, text: str) -> None:
    cell.value = _ESCAPE.sub("_x005F_", harmless(text, keep_lines=True))[:_MOST_LETTERS]
    cell.data_type = "s"  # else a text that begins with = would be a formula


def _lay_out(sheet: Worksheet, facts: PlanFacts) -> None:
    """Print on landscape A4 across one page, with the headings on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0  # as many pages down as it takes
    sheet.sheet_properties = WorksheetProperties(pageSetUpPr=PageSetupProperties(fitToPage=True))
    sheet.print_title_rows = "1:1"
    margins = sheet.page_margins  # in inches
    margins.left = margins.right = margins.top = 0.4
    margins.bottom = 0.6
    scenario = one_line(facts.document.plan.scenario)[:100].replace("&", "&&")  # one & begins a code
    footer = HeaderFooterItem(
        left=_HeaderFooterPart(text=scenario),
        center=_HeaderFooterPart(text="&A"),
        right=_HeaderFooterPart(text="&P / &N"),
    )
    sheet.HeaderFooter = HeaderFooter(oddFooter=footer)


def _bytes(book: Workbook, facts: PlanFacts) -> bytes:
    """Return the workbook's bytes without a trace of when they were written."""
    moment = datetime.combine(facts.document.plan.horizon.first_day, datetime.min.time())
    book.properties.creator = "paigong"
    book.properties.title = one_line(facts.document.plan.scenario)
    book.properties.created = book.properties.modified = moment
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        ExcelWriter(book, archive).save()
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            same = zipfile.ZipInfo(entry.filename, _FIRST_MOMENT)
            new.writestr(same, old.read(entry), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
