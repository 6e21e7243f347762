"""Reads a folder of CSV files into tables: one file for each sheet, as spreadsheet programs save them."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.workbook.cells.quoting import FORMULA_MARKS
from optimizer.interchange.workbook.cells.read_cell import FORMULA, Raw
from optimizer.interchange.workbook.files.read_bytes import read_bytes
from optimizer.interchange.workbook.files.table import Row, Table, Tables, filled
from optimizer.interchange.workbook.files.xlsx_cells import MAX_CELLS, MAX_COLUMN, MAX_ROW

MAX_BYTES = 32 * 1024 * 1024
"""Larger files are refused: 32 MB, all together."""

MAX_FILES = 200
"""Files in the folder that are looked at."""

MAX_LINE = 1_000_000
"""Characters between two ends of a line."""

ENDINGS = (".csv", ".tsv")
"""Endings of the files that are read."""

_SEPARATORS = ",;\t"
_CHUNK = 64 * 1024
_FIRST_LINES: Final = 20
"""So many lines say what separates the cells: a title may stand above the header."""


def read_csv(path: str | Path) -> Tables:
    """Return the files of a folder as tables.

    Parameters
    ----------
    path : folder with one CSV file for each sheet, named after it, e.g. ``jobs.csv``

    Raises
    ------
    InvalidInput
        A file cannot be read, is too large, or is not text.
    """
    tables: list[Table] = []
    notes: list[str] = []
    issues: list[Issue] = []
    left = _Left()
    for file in _files(Path(path)):
        content = read_bytes(file, left.bytes)
        left.bytes -= len(content)
        try:
            encoding = _encoding(content, file.name)
            tables.append(Table(file.stem, tuple(_rows(content, encoding, file, left))))
        except InvalidInput as error:
            issues += error.issues
            continue
        if encoding != "utf-8-sig":
            notes.append(f"{file.name} is not UTF-8; it was read as {encoding.upper()}.")
    if issues:
        raise InvalidInput(tuple(issues))
    if not tables:
        cause = f"The folder {str(path)!r} holds no CSV file."
        raise InvalidInput((Issue("file-not-found", "", cause, "Name a folder with jobs.csv and others."),))
    return Tables(tuple(tables), tuple(notes))


class _Left:
    """What may still be read, all files together."""

    bytes = MAX_BYTES
    cells = MAX_CELLS


def _files(folder: Path) -> list[Path]:
    try:
        named = (file for file in folder.iterdir() if file.suffix.lower() in ENDINGS and file.is_file())
        files = list(islice(named, MAX_FILES + 1))
    except OSError as error:
        cause = f"The folder {str(folder)!r} cannot be read: {error.strerror}."
        issue = Issue("file-unreadable", "", cause, "Check the path and its rights.")
        raise InvalidInput((issue,)) from None
    if len(files) > MAX_FILES:
        cause = f"The folder {str(folder)!r} holds more than {MAX_FILES} CSV files."
        raise InvalidInput((Issue("too-many-files", "", cause, "Leave only those of one scenario."),))
    return sorted(files)


def _encoding(content: bytes, name: str) -> str:
    """Return the encoding of a file; GB18030 is what spreadsheets in China save."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            if any("\0" in piece for piece in codecs.iterdecode(_chunks(content), encoding)):
                break
        except UnicodeDecodeError:
            continue
        return encoding
    cause = f"{name} is no text in UTF-8 or GB18030."
    raise InvalidInput((Issue("not-text", "", cause, "Save it as CSV in UTF-8."),))


def _chunks(content: bytes) -> Iterator[bytes]:
    for at in range(0, len(content), _CHUNK):
        yield content[at : at + _CHUNK]


def _lines(content: bytes, encoding: str, name: str) -> Iterator[str]:
    """Yield the lines of a file with their ends, never all at once: text takes more room than its bytes."""
    stream = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    number = 1
    while line := stream.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            cause = f"The line has {MAX_LINE:,} characters or more."
            raise InvalidInput((Issue("line-too-long", name, cause, "Save the file anew as CSV.", number),))
        yield line
        number += 1


def _rows(content: bytes, encoding: str, file: Path, left: _Left) -> Iterator[Row]:
    line = 1
    separator = _separator(islice(_lines(content, encoding, file.name), _FIRST_LINES))
    reader = csv.reader(_lines(content, encoding, file.name), delimiter=separator, strict=True)
    number = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cause = f"The file is no sound CSV from line {line} on: {error}."
            action = "Close every quote; a quote inside a text is written twice."
            raise InvalidInput((Issue("csv-syntax", file.name, cause, action, line),)) from None
        number, line = number + 1, reader.line_num + 1
        left.cells -= len(row)
        if number > MAX_ROW or len(row) > MAX_COLUMN or left.cells < 0:
            cause = f"There are more than {MAX_ROW:,} rows, {MAX_COLUMN} columns or {MAX_CELLS:,} cells."
            raise InvalidInput((Issue("too-many-cells", file.name, cause, "Split the scenario."),))
        cells = tuple(map(_cell, row))
        if any(True for _ in filled(cells)):
            yield Row(number, cells)


def _cell(cell: str) -> Raw | None:
    if cell.startswith("=") and len(cell) > 1:
        return FORMULA
    if cell[:1] == "'" and cell[1:2] in FORMULA_MARKS:
        cell = cell[1:]  # put there so that no spreadsheet takes the text for a formula
    return cell or None


def _separator(lines: Iterator[str]) -> str:
    """Return what separates the cells: what the first line that has any has most of, outside quotes."""
    outside = ("".join(line.split('"')[::2]) for line in lines)
    line = next((one for one in outside if any(mark in one for mark in _SEPARATORS)), "")
    return max(_SEPARATORS, key=line.count)
