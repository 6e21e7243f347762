"""Lays a scenario out in rows: the opposite of `rows`."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic_core import PydanticUndefined

from optimizer.domain.scenario import Scenario
from optimizer.domain.validation import validate_scenario
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.source_text import Path
from optimizer.interchange.workbook.cells.read_cell import Raw
from optimizer.interchange.workbook.cells.unreadable import Unreadable
from optimizer.interchange.workbook.cells.write_cell import NOTHING, write_cell
from optimizer.interchange.workbook.columns.column import Column, Sheet, field_at
from optimizer.interchange.workbook.columns.sheets import SHEETS
from optimizer.words.language import Language

Line = tuple[Raw | None, ...]
"""The cells of one row, in the order of the sheet's columns."""


class SheetRows(NamedTuple):
    """One sheet with its rows, the header not among them."""

    sheet: Sheet
    """Which sheet."""
    rows: Sequence[Line]
    """Its rows; of the facts: fact and value."""


class _Instance(NamedTuple):
    """A record that has a row, with the names by which other rows call it."""

    key: tuple[Any, ...]
    entry: Any
    record: Any


def scenario_rows(scenario: Scenario, language: Language) -> list[SheetRows]:
    """Return every sheet with its rows.

    Parameters
    ----------
    scenario : what to write
    language : language of closed choices

    Raises
    ------
    InvalidInput
        The scenario contradicts itself, so that rows could not be told apart, or a text is too long for a cell.
    """
    issues = list(validate_scenario(scenario))
    if issues:
        raise InvalidInput(tuple(issues))
    zone = ZoneInfo(scenario.time_zone)
    found: list[SheetRows] = []
    instances: dict[str, list[_Instance]] = {}
    for sheet in SHEETS:
        try:
            found.append(_sheet(scenario, sheet, instances, zone, language))
        except Unreadable as error:
            issues.append(Issue(error.code, sheet.title(language), error.cause, error.action))
    if issues:
        raise InvalidInput(tuple(issues))
    return found


def _sheet(
    scenario: Scenario,
    sheet: Sheet,
    instances: dict[str, list[_Instance]],
    zone: ZoneInfo,
    language: Language,
) -> SheetRows:
    def cell(column: Column, value: Any) -> Raw | None:
        return write_cell(value, column, zone, language)

    if sheet.form == "facts":
        facts = [
            (column.header(language), cell(column, _fact(scenario, sheet, column)))
            for column in sheet.columns
        ]
        return SheetRows(sheet, facts)
    if sheet.form in ("rules", "matrix"):
        lines = _rules(scenario) if sheet.form == "rules" else _matrices(scenario)
        return SheetRows(sheet, [tuple(map(cell, sheet.columns, line)) for line in lines])
    rows: list[Line] = []
    here = instances.setdefault(sheet.name, [])
    parents = instances[sheet.parent] if sheet.parent else [_Instance((), None, scenario)]
    for parent in parents:
        for one in _instances(sheet, parent):
            here.append(one)
            own = [cell(column, _value(sheet, column, one.record)) for column in sheet.columns]
            if sheet.form == "more" and all(value is None for value in own):
                continue
            names = [
                cell(column, part) for column, part in zip(sheet.parent_columns, parent.key, strict=True)
            ]
            entry = [cell(sheet.entry, one.entry)] if sheet.entry else []
            rows.append((*names, *entry, *own))
    return SheetRows(sheet, rows)


def _instances(sheet: Sheet, parent: _Instance) -> Iterator[_Instance]:
    inside = _at(parent.record, sheet.at)
    if sheet.form == "more":
        yield _Instance(parent.key, None, parent.record)
    elif sheet.form == "entry":
        for name, record in (inside or {}).items():
            yield _Instance((*parent.key, name), name, record)
    else:
        for record in (inside or ())[sheet.skip :]:
            own = [column for column in sheet.columns if column.name in sheet.identity]
            yield _Instance((*parent.key, *(_at(record, one.path) for one in own)), None, record)


def _value(sheet: Sheet, column: Column, record: Any) -> Any:
    """Return the value of a cell; none where it is what an empty cell means."""
    value = _at(record, column.path)
    return value if column.shown or not column.path or not _usual(sheet, column, value) else None


def _fact(scenario: Scenario, sheet: Sheet, column: Column) -> Any:
    value = _at(scenario, column.path)
    return None if column.kind == "no table" and value else value


def _usual(sheet: Sheet, column: Column, value: Any) -> bool:
    field = field_at(sheet.record, column.path)
    usual = field.get_default() if field is not None else PydanticUndefined
    if column.kind in ("no list", "no table"):
        return value is None or bool(value)
    return usual is not PydanticUndefined and type(usual) is type(value) and bool(usual == value)


def _at(record: Any, path: Path) -> Any:
    for part in path:
        if isinstance(part, int):
            record = record[part] if isinstance(record, tuple) and part < len(record) else None
        else:
            record = getattr(record, part, None)
    return record


def _rules(scenario: Scenario) -> Iterator[tuple[Any, ...]]:
    for code, parameters in scenario.policy.rules.items():
        for parameter, value in parameters.items():
            yield code, parameter, value
        if not parameters:
            yield code, None, NOTHING


def _matrices(scenario: Scenario) -> Iterator[tuple[Any, ...]]:
    for means, matrix in scenario.travel.matrices.items():
        for a, origin in enumerate(matrix.places):
            for b, target in enumerate(matrix.places):
                yield means, origin, target, matrix.seconds[a][b], matrix.metres[a][b]
        if not matrix.places:
            yield means, None, None, None, None
