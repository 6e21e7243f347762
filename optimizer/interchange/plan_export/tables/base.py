"""What a table of a plan is: columns, rows, and cells whose type says how they are written."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from optimizer.interchange.plan_export.facts import PlanFacts
from optimizer.words.language import Words


class Clock(NamedTuple):
    """A moment of a planned day, shown as the time of day."""

    at: datetime
    """Local moment without offset."""
    day: date
    """The planned day; a moment of another day is shown with its date."""


Cell = str | int | float | Decimal | date | datetime | Clock | None
"""Text, a whole number, a number with one decimal, yuan, a day, a local moment, a time of day, or nothing."""


class Column(NamedTuple):
    """A column of a table."""

    title: Words
    """Its heading."""
    width: int
    """Characters that usually stand in it."""
    wrap: bool = False
    """Whether long text goes on in a further line of the cell."""


class Table(NamedTuple):
    """One table of a plan."""

    columns: tuple[Column, ...]
    """From left to right."""
    rows: tuple[tuple[Cell, ...], ...]
    """From top to bottom; as many cells as there are columns."""
    bold: frozenset[int] = frozenset()
    """Rows that stand out, by number from 0: the start of a day, a total."""


class PlanTable(NamedTuple):
    """A kind of table, as it stands in the table of contents."""

    name: str
    """Short English name, which is also the name of its CSV file."""
    title: Words
    """What the sheet is called."""
    made: Callable[[PlanFacts], Table]
    """Makes it for a plan."""


def column(en: str, zh: str, width: int, *, wrap: bool = False) -> Column:
    """Return a column with its heading in both languages.

    Parameters
    ----------
    en, zh : the heading
    width : characters that usually stand in it
    wrap : whether long text goes on in a further line of the cell
    """
    return Column({"en": en, "zh": zh}, width, wrap)


PHONE: Final = column("phone", "电话", 14)
"""Customers' telephone numbers: personal data, in a table only when they are asked for."""


def without(table: Table, column: Column) -> Table:
    """Return a table without one of its columns.

    Parameters
    ----------
    table : any table
    column : one of its columns
    """
    at = table.columns.index(column)
    rows = tuple((*row[:at], *row[at + 1 :]) for row in table.rows)
    return Table((*table.columns[:at], *table.columns[at + 1 :]), rows, table.bold)


def yuan(cents: int) -> Decimal:
    """Return whole cents as yuan with two decimals."""
    return Decimal(cents).scaleb(-2)


def in_minutes(seconds: int) -> float:
    """Return seconds as minutes with one decimal."""
    return round(seconds / 60, 1)


def in_km(metres: int) -> float:
    """Return metres as kilometres, exactly."""
    return metres / 1000
