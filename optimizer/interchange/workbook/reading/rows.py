"""Reads the rows of one sheet: each becomes a record, a part of one, or an entry of a table."""

from typing import Any

from optimizer.interchange.source_text import Path
from optimizer.interchange.workbook.cells.read_cell import Raw, shown
from optimizer.interchange.workbook.cells.window_text import both_ends, end_of
from optimizer.interchange.workbook.columns.column import Column, Sheet
from optimizer.interchange.workbook.files.table import Row, Table, cell_name, filled
from optimizer.interchange.workbook.reading.content import BAD, Content
from optimizer.interchange.workbook.reading.header import Header, folded
from optimizer.interchange.workbook.reading.where import Source

Cells = dict[Column, tuple[Raw, str]]
"""The filled cells of a row: what stands in each, and where."""

_UNKNOWN = {
    "branches": "unknown-branch",
    "technicians": "unknown-technician",
    "jobs": "unknown-job",
    "job types": "unknown-job-type",
    "shifts": "unknown-shift",
    "speed profiles": "unknown-means",
    "approvals": "unknown-approval",
    "lines": "unknown-line",
}
"""Code of a row that belongs to nothing, by the sheet where its owner should stand."""

_TOTALS = frozenset({"total", "totals", "sum", "subtotal", "合计", "总计", "小计", "总数"})
"""First words of rows that sum up the rows above."""


class Rows:
    """Reads the rows of one sheet into the content.

    Parameters
    ----------
    content : takes the records
    sheet : what a row stands for
    table : the rows
    header : what the columns are
    """

    def __init__(self, content: Content, sheet: Sheet, table: Table, header: Header) -> None:
        self.content, self.sheet, self.table, self.header = content, sheet, table, header

    def take(self, row: Row) -> None:
        """Read one row."""
        cells = {
            self.header.columns[i]: (raw, cell_name(self.table.title, i, row.number))
            for i, raw in filled(row.cells)
            if i in self.header.columns
        }
        if not cells or self._is_total(row, cells):
            return
        owner = self._owner(row, cells)
        if owner is None:
            return
        if self.sheet.form == "rules":
            self._rule(row, cells)
            return
        record = self._record(row, cells, owner)
        if record is None:
            return
        source = self._source(row, self.sheet.entry if self.sheet.columns[0].path else None)
        self.content.where.note(record, source)
        self._part_windows(record, cells)
        for column in self.sheet.columns:
            if column in cells:
                raw, where = cells[column]
                self._set(record, column, self.content.read(raw, column, where), where)
        if self.sheet.form == "list" and self.sheet.identity:
            own = self.content.at(record)
            names = tuple(
                own.get(column.path[0]) for column in self.sheet.columns if column.name in self.sheet.identity
            )
            key = (*(self.content.read(*self._of(cells, one)) for one in self.sheet.parent_columns), *names)
            self.content.known.setdefault(self.sheet.name, {}).setdefault(key, record)

    def _part_windows(self, record: Path, cells: Cells) -> None:
        """Give both ends of a window their cells where one cell holds both and that of the end is empty."""
        planned = self.content.planned()
        for column, (raw, where) in list(cells.items()):
            end = end_of(column, self.sheet)
            if end is None or end in cells or not isinstance(raw, str):
                continue
            parts = both_ends(raw)
            if parts is None:
                continue
            day, first, last = parts
            if not day and (planned is None or planned.only is None):
                example = f"{planned.first_day if planned else '2026-07-15'} {raw.strip()}"
                cause = f"{shown(raw)} has no day."
                self.content.complain("moment-expected", where, cause, f"Add the day: {example}.")
                self.content.put(record, column.path, BAD, where)
                self.content.put(record, end.path, BAD, where)
                del cells[column]
            else:
                cells[column], cells[end] = (
                    (f"{day} {first}".strip(), where),
                    (f"{day} {last}".strip(), where),
                )

    def _is_total(self, row: Row, cells: Cells) -> bool:
        """Tell, and note, that a row sums up the others: it begins with a word for that and lacks what all need."""
        word = next(raw for _, raw in filled(row.cells))
        if not isinstance(word, str) or folded(word).rstrip(" :") not in _TOTALS:
            return False
        if all(column in cells for column in self.header.columns.values() if self.sheet.needed(column)):
            return False
        self.content.notes.append(
            f"{self.table.title}: row {row.number} ({shown(word)}) is a total and not read."
        )
        return True

    def _source(self, row: Row, blamed: Column | None) -> Source:
        return Source(self.sheet, self.table.title, self.header, row.number, blamed)

    def _of(self, cells: Cells, column: Column) -> tuple[Raw, Column, str]:
        raw, where = cells[column]
        return raw, column, where

    def _owner(self, row: Row, cells: Cells) -> Path | None:
        """Return the record that the row belongs to; none, and a note, where there is no such record."""
        if not self.sheet.parent:
            return ()
        missing = [column for column in self.sheet.parent_columns if column not in cells]
        for column in missing:
            self._missing(row, column)
        if missing:
            return None
        key = tuple(self.content.read(*self._of(cells, column)) for column in self.sheet.parent_columns)
        if BAD in key:
            return None
        known = self.content.known.get(self.sheet.parent, {})
        if key in known:
            return known[key]
        where = cells[self.sheet.parent_columns[0]][1]
        name = " on ".join(str(part) for part in key)
        title = self.content.where.title(self.sheet.parent)
        spelled = (" on ".join(str(part) for part in one) for one in known if BAD not in one)
        hint = self.content.near(name, spelled) or f"Add it to the sheet {title!r}."
        cause = f"{shown(name)} is not on the sheet {title!r}."
        self.content.complain(_UNKNOWN[self.sheet.parent], where, cause, hint)
        return None

    def _missing(self, row: Row, column: Column) -> None:
        at = self.header.place(column)
        if at is not None:  # a missing column is said once, not in every row
            where = cell_name(self.table.title, at, row.number)
            self.content.complain(
                "missing", where, f"{self.header.heading(column)!r} is missing in this row.", "Add it."
            )

    def _record(self, row: Row, cells: Cells, owner: Path) -> Path | None:
        """Return the record that the row fills; none, and a note, where it has no name or an old one."""
        sheet, content = self.sheet, self.content
        if sheet.form == "more":
            return owner
        for part, inner in zip(sheet.at, (*sheet.at[1:], None), strict=True):
            here = content.at(owner)
            if here.get(part) is None:
                here[part] = [] if sheet.form == "list" and inner is None else {}
            owner = (*owner, part)
        inside = content.at(owner)
        if sheet.form == "list":
            inside.append({})
            return (*owner, len(inside) - 1)
        assert sheet.entry is not None
        if sheet.entry not in cells:
            self._missing(row, sheet.entry)
            return None
        raw, where = cells[sheet.entry]
        name = content.read(raw, sheet.entry, where)
        if name is BAD:
            return None
        if name in inside:
            cause = f"{shown(str(name))} already has a row on this sheet."
            content.complain("duplicate-row", where, cause, "Make one row of the two.")
            return None
        inside[name] = _seed(sheet)
        content.known.setdefault(sheet.name, {})[(name,)] = (*owner, name)
        return (*owner, name)

    def _set(self, record: Path, column: Column, value: Any, where: str) -> None:
        if column.kind in ("no list", "no table") and value is None:
            return
        if column.path:
            self.content.put(record, column.path, value, where)
        else:
            self.content.at(record[:-1])[record[-1]] = value

    def _rule(self, row: Row, cells: Cells) -> None:
        code, parameter, value = self.sheet.columns
        for column, needed in ((code, True), (parameter, value in cells), (value, parameter in cells)):
            if needed and column not in cells:
                self._missing(row, column)
                return
        read = {column: self.content.read(*self._of(cells, column)) for column in cells}
        if BAD in read.values():
            return
        rules = self.content.value.setdefault("policy", {}).setdefault("rules", {})
        table = rules.setdefault(read[code], {})
        record: Path = ("policy", "rules", read[code])
        self.content.where.note(record, self._source(row, code))
        if parameter not in read:
            return
        if read[parameter] in table:
            cause = f"{read[code]} {read[parameter]} already has a row on this sheet."
            self.content.complain("duplicate-row", cells[parameter][1], cause, "Make one row of the two.")
            return
        table[read[parameter]] = read[value]
        self.content.where.note((*record, read[parameter]), self._source(row, value))


def _seed(sheet: Sheet) -> Any:
    """Return what an entry is before its cells are read."""
    if sheet.name == "speed profiles":
        return {"bands": []}
    if sheet.columns[0].path:
        return {}
    return [] if sheet.columns[0].kind == "words" else None
