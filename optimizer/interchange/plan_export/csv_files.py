"""A plan as CSV files: one for each table, as Excel opens them by a double click."""

import csv
import io
from datetime import datetime
from decimal import Decimal
from typing import Final

from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.interchange.plan_export.tables import TABLES
from optimizer.interchange.plan_export.tables.base import Cell, Clock, Table
from optimizer.words.free_text import harmless
from optimizer.words.language import Language

ABOUT_CSV: Final = (
    "A plan as tables, written by `paigong export --csv`: UTF-8, comma-separated.\n"
    "Times are local times of the scenario's time zone (see overview.csv), money is in yuan.\n"
    "A text that a spreadsheet could take for a formula (it begins with = + - @ or an apostrophe)\n"
    "has one more apostrophe in front."
)
"""What the folder says about itself."""

_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'")


def plan_csv(facts: PlanFacts) -> dict[str, bytes]:
    """Return the plan's tables as CSV files: file name → content.

    Parameters
    ----------
    facts : the plan with its scenario
    """
    return {f"{kind.name}.csv": _bytes(kind.made(facts), facts.language) for kind in TABLES}


def _bytes(table: Table, language: Language) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)  # commas, quotes where needed, lines end with CR LF
    writer.writerow([spreadsheet_text(column.title[language]) for column in table.columns])
    writer.writerows([_written(cell) for cell in row] for row in table.rows)
    # Without the mark at the beginning Excel reads UTF-8 in the code page of the country.
    return stream.getvalue().encode("utf-8-sig")


def _written(value: Cell) -> str:
    match value:
        case None:
            return ""
        case str():
            return spreadsheet_text(value)
        case Clock():
            return f"{value.at:%Y-%m-%d %H:%M}"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case Decimal():
            return f"{value:.2f}"
        case float():
            return f"{value:.10g}"  # not the last digits of a sum of floats
        case _:
            return str(value)


def spreadsheet_text(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    Parameters
    ----------
    text : anybody's
    """
    cleaned = harmless(text, keep_lines=True)
    # Some programs skip white space before they look at the first letter.
    return f"'{cleaned}" if cleaned.lstrip().startswith(_FORMULA) else cleaned
