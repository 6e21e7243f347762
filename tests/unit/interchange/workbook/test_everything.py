"""A scenario in which every field says something, so that no column is tried with its usual value only."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from optimizer.domain.scenario import Scenario
from optimizer.domain.travel import Matrix, Travel
from optimizer.interchange.record_issues import records_of
from optimizer.interchange.scenario_file import parse_scenario
from optimizer.interchange.workbook import read_csv_folder, read_workbook, write_csv_folder, write_workbook

EVERYTHING = Path(__file__).with_name("everything.yaml")


def everything() -> Scenario:
    """Return the scenario of `everything.yaml`."""
    return parse_scenario(EVERYTHING.read_text(encoding="utf-8"), json=False)


def records_in(value: Any) -> Iterator[BaseModel]:
    """Yield a record and all records inside it."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from records_in(getattr(value, name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from records_in(one)
    elif isinstance(value, dict):
        yield from records_in(list(value.values()))


def test_every_field_differs_from_its_usual_value_somewhere() -> None:
    said = {
        (type(record), name)
        for record in records_in(everything())
        for name, field in type(record).model_fields.items()
        if field.is_required() or getattr(record, name) != field.get_default(call_default_factory=True)
    }
    fields = {(record, name) for record in records_of(Scenario) for name in record.model_fields}
    assert {f"{record.__name__}.{name}" for record, name in fields - said} == {"Scenario.format"}


def test_everything_comes_back(tmp_path: Path) -> None:
    of = everything()
    for language in ("en", "zh"):
        write_workbook(of, tmp_path / "day.xlsx", language)
        assert read_workbook(tmp_path / "day.xlsx") == of
        write_csv_folder(of, tmp_path / "day", language)
        assert read_csv_folder(tmp_path / "day") == of


def test_tables_without_entries_come_back_too(tmp_path: Path) -> None:
    of = everything()
    empty = of.model_copy(
        update={
            "technicians": (of.technicians[0].model_copy(update={"shifts": (), "kits": ()}),),
            "jobs": (),
            "crews": (),
            "groups": (),
            "promises": (),
            "pins": (),
            "approvals": (),
            "policy": of.policy.model_copy(update={"job_types": {}, "kits": {}, "rules": {"BREAK": {}}}),
            "travel": of.travel.model_copy(
                update={"matrices": {"car": Matrix(places=(), seconds=(), metres=())}, "lines": ()}
            ),
        }
    )
    nobody = empty.model_copy(update={"technicians": (), "travel": Travel(profiles={})})
    for one in (empty, nobody):
        write_workbook(one, tmp_path / "day.xlsx")
        write_csv_folder(one, tmp_path / "day")
        assert read_workbook(tmp_path / "day.xlsx") == read_csv_folder(tmp_path / "day") == one
