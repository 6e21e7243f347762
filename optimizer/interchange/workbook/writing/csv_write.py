"""Writes tables as a folder of CSV files: in UTF-8 with the mark that spreadsheets look for."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time

from optimizer.interchange.workbook.cells.quoting import FORMULA_MARKS
from optimizer.interchange.workbook.cells.read_cell import Raw
from optimizer.interchange.workbook.reading.facts import HEADER
from optimizer.interchange.workbook.writing.scenario_rows import Line, SheetRows
from optimizer.words.language import Language


def csv_texts(sheets: list[SheetRows], language: Language, *, empty: bool) -> dict[str, str]:
    """Return the content of each file by its name.

    Parameters
    ----------
    sheets : the rows
    language : language of file names and headers
    empty : whether sheets of every day without a row get a file with headers only
    """
    found: dict[str, str] = {}
    for sheet, rows in sheets:
        if rows or sheet.required or (empty and sheet.everyday):
            name = sheet.title(language).replace(" ", "_")
            found[f"{name}.csv"] = _text(_head(SheetRows(sheet, rows), language), rows)
    return found


def _head(one: SheetRows, language: Language) -> list[str]:
    if one.sheet.form == "facts":
        return [words[language == "zh"] for words in HEADER[:2]]
    return [column.header(language) for column in one.sheet.all_columns()]


def _text(head: list[str], rows: Sequence[Line]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + stream.getvalue()


def _cell(cell: Raw | None) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell.date().isoformat()} {_clock(cell.time())}"
        case date():
            return cell.isoformat()
        case time():
            return _clock(cell)
        case str():
            return f"'{cell}" if cell[:1] in FORMULA_MARKS else cell
        case _:
            return repr(cell)


def _clock(clock: time) -> str:
    return clock.isoformat("minutes") if not clock.second else clock.isoformat()
