"""Writes one cell: real dates, times and numbers where they come back as they were, text everywhere else."""

import json
import math
import re
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from optimizer.domain.base import Record
from optimizer.interchange.workbook.cells.quoting import quoted, quoted_item
from optimizer.interchange.workbook.cells.read_cell import MOST_MARKS, Raw
from optimizer.interchange.workbook.cells.unreadable import Unreadable
from optimizer.interchange.workbook.cells.work_words import plain_skill
from optimizer.interchange.workbook.columns.choices import EMPTY, NO, YES
from optimizer.interchange.workbook.columns.column import Column
from optimizer.words.language import Language

NOTHING: Final = object()
"""No value at all, where none is a value of its own."""

FIRST_YEAR = 1901
"""Earlier days are written as text: spreadsheets count from 1900 and believe it was a leap year."""


def write_cell(value: Any, column: Column, zone: ZoneInfo, language: Language) -> Raw | None:
    """Return what a cell holds; none: it stays empty.

    Parameters
    ----------
    value : the value of the field
    column : the column the cell stands in
    zone : zone of moments without an offset
    language : language of the words of closed choices

    Raises
    ------
    Unreadable
        No cell holds so long a text.
    """
    cell = _cell(value, column, zone, language)
    if cell == "" and isinstance(cell, str):
        return None
    if isinstance(cell, str) and len(cell) > MOST_MARKS:
        cause = f"{column.name} is {len(cell):,} characters long; a cell holds {MOST_MARKS:,}."
        raise Unreadable("text-too-long", cause, "Write the scenario as YAML or JSON.")
    return cell


def _cell(value: Any, column: Column, zone: ZoneInfo, language: Language) -> Raw | None:
    if value is NOTHING or (value is None and column.kind != "value"):
        return None
    match column.kind:
        case "text":
            return quoted(str(value)) or None
        case "word":
            return quoted(str(value), outer_spaces=False)
        case "number" | "whole":
            return value if isinstance(value, int) else _plain(float(value))
        case "yes/no":
            return yes(value, language)
        case "no list" | "no table":
            return None if value else yes(True, language)
        case "day":
            return _day(value)
        case "clock":
            return value if not value.microsecond else str(value.isoformat())
        case "moment":
            return _moment(value, zone)
        case "choice":
            return None if isinstance(value, Record) else _choice(value, column, language)
        case "words":
            chosen = column.choices is not None
            return _words(tuple(_choice(one, column, language) for one in value) if chosen else value)
        case "wholes" | "days":
            return "; ".join(str(one) for one in value)
        case "levels":
            return "; ".join(f"{quoted_item(name)}: {number}" for name, number in value.items())
        case "skills":
            return "; ".join(f"{_skill(name)}: {number}" for name, number in value.items())
        case "value":
            return _value(value)


def yes(value: bool, language: Language) -> str:
    """Return yes or no in a language."""
    return ("是" if value else "否") if language == "zh" else "yes" if value else "no"


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) and abs(number) < 2**53 and _positive(number) else number


def _positive(number: float) -> bool:
    return math.copysign(1, number) > 0


def _day(day: date) -> Raw:
    return day if day.year >= FIRST_YEAR else day.isoformat()


def _moment(at: datetime, zone: ZoneInfo) -> Raw:
    naive = at.replace(tzinfo=None)
    offsets = {naive.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
    whole = not naive.microsecond and naive.time() != time()  # some readers take midnight for a bare day
    if whole and naive.year >= FIRST_YEAR and offsets == {at.utcoffset()}:
        return naive
    return at.isoformat()


def _choice(value: str, column: Column, language: Language) -> str:
    return (column.choices or {})[value] if language == "zh" else value


def _words(names: tuple[str, ...]) -> str:
    if not names:
        return EMPTY[0]
    cell = "; ".join(quoted_item(name) for name in names)
    return json.dumps(cell, ensure_ascii=False) if len(names) == 1 and cell.casefold() in EMPTY else cell


def _skill(name: str) -> str:
    """Return a skill; in quotes where it would be read as another, as 维修 is read as repair."""
    said = quoted_item(name)
    return said if said != name or plain_skill(name) == name else json.dumps(name, ensure_ascii=False)


def _value(value: Any) -> Raw:
    """Return a rule's value: numbers and words as they are, everything else as JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or (isinstance(value, float) and value != int(value)):
        return value if abs(value) < 10**15 else json.dumps(value)
    if isinstance(value, str) and _says_itself(value):
        return value
    return "none" if value is None else json.dumps(value, ensure_ascii=True, default=str)


def _says_itself(text: str) -> bool:
    word = text.casefold()
    if not text or word in YES or word in NO or word in EMPTY or word == "null" or text != text.strip():
        return False
    return quoted(text) == text and re.match(r'[\[{"0-9.+-]', text) is None
