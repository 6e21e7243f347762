"""The table of sheets says every fact of a scenario, each once, in two languages."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from optimizer.domain.scenario import Scenario
from optimizer.interchange.record_issues import records_of
from optimizer.interchange.workbook.columns.column import Column, Sheet, field_at
from optimizer.interchange.workbook.columns.comments import comment
from optimizer.interchange.workbook.columns.sheets import SHEETS
from optimizer.interchange.workbook.reading.header import folded, sheet_named
from optimizer.interchange.workbook.writing.read_me import read_me

BY_NAME = {sheet.name: sheet for sheet in SHEETS}
every_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)


def fields_of(record: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Yield the path of every field that holds a value and no further record."""
    for name, field in record.model_fields.items():
        inner = list(_direct(field.annotation))
        for one in inner:
            yield from fields_of(one, f"{prefix}{name}.")
        if not inner:
            yield prefix + name


def _direct(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    else:
        for inner in get_args(annotation):
            yield from _direct(inner)


def covered_by(sheet: Sheet) -> Iterator[str]:
    """Yield the path of every field that a sheet has a column for."""
    start: tuple[str, ...] = sheet.at
    above = sheet
    while above.parent:
        above = BY_NAME[above.parent]
        start = above.at + start
    if sheet.form == "matrix":
        yield from (".".join((*start, name)) for name in ("places", "seconds", "metres"))
        return
    for column in sheet.columns:
        if column.kind != "no table":
            yield ".".join((*start, *(part for part in column.path if isinstance(part, str))))


def test_every_field_of_a_scenario_has_its_column() -> None:
    columns = {path for sheet in SHEETS for path in covered_by(sheet)}
    fields = set(fields_of(Scenario)) - {"format"}  # always the same
    assert fields - columns == set()
    # One column may stand for a field that holds either a word or a record.
    assert columns - fields == {"technicians.shifts.rest", "technicians.shifts", "jobs.mates"}


def test_the_walk_sees_into_every_record() -> None:
    found = set(fields_of(Scenario))
    assert {"jobs.rework.noticed_at", "travel.matrices.seconds", "branches.bench.units"} <= found
    assert len(found) > len(records_of(Scenario))


@every_sheet
def test_names_are_unique_in_both_languages(sheet: Sheet) -> None:
    names = [folded(name) for column in sheet.all_columns() for name in {column.name, column.zh}]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert sheet_named(sheet.name.upper()) is sheet_named(f" {sheet.zh} ") is sheet


@every_sheet
def test_parents_come_first(sheet: Sheet) -> None:
    if sheet.parent:
        parent = BY_NAME[sheet.parent]
        assert SHEETS.index(parent) < SHEETS.index(sheet)
        own = len(parent.identity) or 1
        assert len(sheet.parent_columns) == len(parent.parent_columns) + own


@every_sheet
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_header_has_its_comment(sheet: Sheet, language: Literal["en", "zh"]) -> None:
    for column in sheet.all_columns():
        text = comment(sheet, column, language)
        assert len(text) > 4, column.name
        assert column.example, column.name


def test_closed_choices_hold_exactly_the_words_of_the_format() -> None:
    looked_at = 0
    for sheet in SHEETS:
        for column in sheet.all_columns():
            field = field_at(sheet.record, column.path) if column.path else None
            if field is not None and column.choices is not None:
                assert set(column.choices) == _words(field.annotation), column.name
                assert len(set(column.choices.values())) == len(column.choices)
                looked_at += 1
    assert looked_at == 18


def _words(annotation: Any) -> set[str]:
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    return {word for inner in get_args(annotation) for word in _words(inner)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_read_me_names_every_sheet(language: Literal["en", "zh"]) -> None:
    assert {sheet.title(language) for sheet in SHEETS} <= {line for line, about in read_me(language) if about}


def test_a_column_is_itself_alone() -> None:
    assert Column("a", "甲", ("x",)) != Column("a", "甲", ("x",))
