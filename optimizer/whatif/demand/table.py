"""Comma-separated values with named columns, read cell by cell; mistakes are collected with their lines."""

import csv
import io
from collections.abc import Sequence
from difflib import get_close_matches
from math import isfinite
from typing import Final

from optimizer.errors import Issue

LONGEST_NAME: Final = 200
"""Letters of a name at most, as in every record."""


class Cells:
    """A line of a table; what is wrong with it is collected in `issues`.

    Parameters
    ----------
    values : column → text of its cell, without spaces around it
    line : line in the text, from 1
    """

    def __init__(self, values: dict[str, str], line: int) -> None:
        self._values = values
        self.line = line
        self.issues: list[Issue] = []

    def __getitem__(self, column: str) -> str:
        """Return the text of a cell, empty where the table does not have the column."""
        return self._values.get(column, "")

    def wrong(self, code: str, column: str, cause: str, action: str) -> None:
        """Note a mistake.

        Parameters
        ----------
        code : short stable name of the kind of mistake
        column : where
        cause, action : what is wrong, and what to do about it
        """
        self.issues.append(Issue(code, column, cause, action, self.line))

    def name(self, column: str) -> str | None:
        """Return a cell that names something; none where it is empty, or wrong, which is noted.

        Parameters
        ----------
        column : which
        """
        found = self[column]
        if len(found) > LONGEST_NAME or "\0" in found:
            cause = f"The name is longer than {LONGEST_NAME} letters, or has a NUL in it."
            self.wrong("not-a-name", column, cause, "Write it shorter, in letters.")
            return None
        return found or None

    def one_of(self, column: str, values: Sequence[str]) -> str:
        """Return a cell that holds one of some words; the first of them where it holds another, which is noted.

        Parameters
        ----------
        column : which
        values : the words
        """
        found = self[column]
        if found in values:
            return found
        near = get_close_matches(found, values, n=1)
        action = f"Did you mean {near[0]}?" if near else f"Use one of {', '.join(values)}."
        self.wrong(f"unknown-{column}", column, f"{found!r} is not known here.", action)
        return values[0]

    def number(self, column: str, *, least: float, most: float, whole: bool = False) -> float | None:
        """Return a number; none where the cell is empty, or wrong, which is noted.

        Parameters
        ----------
        column : which
        least, most : smallest and largest value
        whole : only whole numbers
        """
        text = self[column]
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if isfinite(value) and least <= value <= most and (not whole or value == round(value)):
            return value
        kind = "whole number" if whole else "number"
        cause = f"{text!r} is not a {kind} from {least:,g} to {most:,g}."
        self.wrong("out-of-range", column, cause, "Correct the number.")
        return None


def read_table(text: str, columns: Sequence[str], more: Sequence[str], issues: list[Issue]) -> list[Cells]:
    """Read a table; empty lines are passed over.

    Parameters
    ----------
    text : comma-separated values; the first line names the columns, in any order
    columns : columns that must be there
    more : columns that may be there
    issues : is told what is wrong with the table as a whole

    Returns
    -------
    The lines that have a cell for each column; none if the columns are not right.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    found: list[Cells] = []
    try:
        titles = [cell.strip() for cell in next(reader, [])]
        if wrong := _wrong_columns(titles, columns, more):
            issues.extend(wrong)
            return []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(titles):
                cause = f"The line has {len(cells)} cells, not {len(titles)}."
                issues.append(
                    Issue("wrong-cells", "", cause, "Write one cell for each column.", reader.line_num)
                )
                continue
            values = {title: cell.strip() for title, cell in zip(titles, cells, strict=True)}
            found.append(Cells(values, reader.line_num))
    except csv.Error as error:
        cause = f"The line is not comma-separated values: {error}."
        issues.append(Issue("not-csv", "", cause, "Close all quotation marks.", reader.line_num))
    return found


def _wrong_columns(titles: list[str], columns: Sequence[str], more: Sequence[str]) -> list[Issue]:
    known = [*columns, *more]
    wrong = []
    for title in titles:
        if title not in known:
            near = get_close_matches(title, known, n=1)
            action = f"Did you mean {near[0]}?" if near else f"Use {', '.join(known)}, or drop it."
            wrong.append(Issue("unknown-column", title, f"There is no column {title!r}.", action, 1))
        elif titles.count(title) > 1 and ("named-twice", title) not in {
            (one.code, one.path) for one in wrong
        }:
            wrong.append(
                Issue("named-twice", title, f"The column {title} comes twice.", "Drop one of them.", 1)
            )
    for column in columns:
        if column not in titles:
            wrong.append(Issue("missing-column", column, f"The column {column} is missing.", "Add it.", 1))
    return wrong
