"""Reads the sheet with the facts about the whole scenario: one fact a row."""

from difflib import get_close_matches

from optimizer.interchange.workbook.cells.read_cell import shown
from optimizer.interchange.workbook.columns.column import Column, Sheet
from optimizer.interchange.workbook.files.table import Row, Table, cell_name, filled
from optimizer.interchange.workbook.reading.content import Content
from optimizer.interchange.workbook.reading.header import folded, language_of, spellings

HEADER = (("fact", "事项"), ("value", "内容"), ("meaning", "含义"))
"""Headers of the three columns; the third is for people only."""

FACT_NAMES = frozenset(folded(word) for words in HEADER for word in words)
"""All of them, without what does not matter."""


def read_facts(content: Content, sheet: Sheet, table: Table) -> None:
    """Read the facts into the content.

    Parameters
    ----------
    content : takes the facts
    sheet : which facts there are
    table : the rows, at least one
    """
    first = table.rows[0]
    heads = {folded(str(cell)): i for i, cell in filled(first.cells)}
    names = [[folded(word) for word in words] for words in HEADER]
    if not any(word in heads for word in names[0]):
        where = cell_name(table.title, 0, first.number)
        content.complain("missing-column", where, "The headers 'fact' and 'value' are missing.", "Add them.")
        return
    fact_at = next(heads[word] for word in names[0] if word in heads)
    value_at = next((heads[word] for word in names[1] if word in heads), fact_at + 1)
    for head, i in heads.items():
        if not any(head in words for words in names):
            cause = f"There is no column {shown(head)} on the sheet {sheet.name!r}."
            where = cell_name(table.title, i, first.number)
            content.complain("unknown-column", where, cause, "Known columns: fact, value, meaning.")
    facts = [str(dict(filled(row.cells)).get(fact_at, "")) for row in table.rows[1:]]
    content.language = language_of(fact for fact in facts if folded(fact) in spellings(sheet))
    # Zone and planned days come first: they decide what the moments on this sheet mean.
    rows = sorted(table.rows[1:], key=lambda row: not _decides(_column(sheet, row, fact_at)))
    for row in rows:
        _read(content, sheet, table, row, fact_at, value_at)


def _decides(column: Column | None) -> bool:
    return column is not None and column.path[0] in ("time_zone", "horizon")


def _column(sheet: Sheet, row: Row, fact_at: int) -> Column | None:
    cells = dict(filled(row.cells))
    return spellings(sheet).get(folded(str(cells.get(fact_at, ""))))


def _read(content: Content, sheet: Sheet, table: Table, row: Row, fact_at: int, value_at: int) -> None:
    cells = dict(filled(row.cells))
    where = cell_name(table.title, value_at, row.number)
    fact = cell_name(table.title, fact_at, row.number)
    column = _column(sheet, row, fact_at)
    if fact_at not in cells:
        if value_at in cells:
            content.complain("missing", fact, "The value beside has no fact.", "Say what it is, or empty it.")
        return
    if column is None:
        known = spellings(sheet)
        near = get_close_matches(folded(str(cells[fact_at])), known, n=1)
        names = ", ".join(one.header(content.language) for one in sheet.columns)
        action = (
            f"Did you mean {known[near[0]].header(content.language)!r}?" if near else f"Known facts: {names}."
        )
        content.complain("unknown-fact", fact, f"There is no fact {shown(str(cells[fact_at]))}.", action)
        return
    if content.where.has_fact(column.path):
        content.complain(
            "duplicate-row",
            fact,
            f"{column.header(content.language)!r} stands here twice.",
            "Keep one of the two.",
        )
        return
    content.where.note_fact(column.path, where)
    if value_at not in cells:
        return
    value = content.read(cells[value_at], column, where)
    if column.kind != "no table" or value is not None:
        content.put((), column.path, value, where)
    if column.path == ("time_zone",):
        content.settle_zone()
