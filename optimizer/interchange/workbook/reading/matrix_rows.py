"""Reads given travel times: one pair of places a row."""

from itertools import islice
from typing import Any

from optimizer.interchange.workbook.cells.read_cell import shown
from optimizer.interchange.workbook.columns.sheets_of_policy import MATRICES
from optimizer.interchange.workbook.files.table import Table, cell_name, filled
from optimizer.interchange.workbook.reading.content import BAD, Content
from optimizer.interchange.workbook.reading.header import Header
from optimizer.interchange.workbook.reading.where import Source

MOST_NAMED = 4
"""So many missing pairs are looked for; three are named."""


def read_matrices(content: Content, table: Table, header: Header) -> None:
    """Read all pairs into the content as one matrix for each means.

    Parameters
    ----------
    content : takes the matrices
    table : the rows with their header
    header : what the columns are
    """
    means_column, origin, target, seconds, metres = MATRICES.columns
    legs: dict[str, dict[tuple[str, str], tuple[Any, Any]]] = {}
    whole = True  # every row could be read; otherwise pairs are missing for a reason that is said already
    for row in table.rows[1:]:
        cells = {
            header.columns[i]: (raw, cell_name(table.title, i, row.number))
            for i, raw in filled(row.cells)
            if i in header.columns
        }
        if not cells:
            continue
        source = Source(MATRICES, table.title, header, row.number)
        if set(cells) == {means_column}:  # a matrix without any place
            means = content.read(cells[means_column][0], means_column, cells[means_column][1])
            content.where.note(("travel", "matrices", str(means)), source)
            legs.setdefault(str(means), {})
            continue
        missing = [column for column in MATRICES.columns if column not in cells]
        for column in missing:
            at = header.place(column)
            if at is not None:
                where = cell_name(table.title, at, row.number)
                content.complain(
                    "missing", where, f"{header.heading(column)!r} is missing in this row.", "Add it."
                )
        if missing:
            whole = False
            continue
        read = {column: content.read(*_with(column, cells[column])) for column in cells}
        if BAD in read.values():
            whole = False
            continue
        means = read[means_column]
        pair = read[origin], read[target]
        if means not in legs:
            content.where.note(("travel", "matrices", means), source)
        if pair in legs.setdefault(means, {}):
            cause = f"The way from {shown(pair[0])} to {shown(pair[1])} already has a row."
            content.complain("duplicate-row", cells[origin][1], cause, "Keep one of the two.")
            continue
        legs[means][pair] = read[seconds], read[metres]
    for means, found in legs.items():
        _matrix(content, table, means, found, whole=whole)


def _with(column: Any, cell: tuple[Any, str]) -> tuple[Any, Any, str]:
    return cell[0], column, cell[1]


def _matrix(
    content: Content, table: Table, means: str, legs: dict[tuple[str, str], tuple[Any, Any]], *, whole: bool
) -> None:
    places = list(dict.fromkeys(place for pair in legs for place in pair))
    missing = []
    if len(places) ** 2 > len(legs):
        lacking = ((a, b) for a in places for b in places if (a, b) not in legs)
        missing = list(islice(lacking, MOST_NAMED))
    if missing and whole:
        some = ", ".join(f"{a} to {b}" for a, b in missing[:3]) + (" and others" if len(missing) > 3 else "")
        cause = f"{len(places) ** 2 - len(legs):,} ways by {means} are missing: {some}."
        content.complain("missing-pair", table.title, cause, "Add a row for each; both directions count.")
    if missing:
        return
    matrices = content.value.setdefault("travel", {}).setdefault("matrices", {})
    matrices[means] = {
        "places": places,
        "seconds": [[legs[a, b][0] for b in places] for a in places],
        "metres": [[legs[a, b][1] for b in places] for a in places],
    }
