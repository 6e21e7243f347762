"""What people do to a workbook without meaning any harm is forgiven, and said; what may lose a fact is an error."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.workbook import Sheets, read_sheets, write_csv_folder
from optimizer.interchange.workbook.template import example
from tests.unit.interchange.workbook.mistakes import column_of, opened, sound


def read(book: Workbook, folder: Path) -> Sheets:
    book.save(folder / "day.xlsx")
    return read_sheets(folder / "day.xlsx")


def issue_of(book: Workbook, folder: Path) -> Issue:
    """Return the one thing that is said about a workbook."""
    with pytest.raises(InvalidInput) as caught:
        read(book, folder)
    (issue,) = caught.value.issues
    return issue


def put(book: Workbook, sheet: str, column: str, row: int, value: Any) -> None:
    book[sheet].cell(row, column_of(book, sheet, column)).value = value


def test_a_title_above_the_header_even_in_joined_cells(tmp_path: Path) -> None:
    book = opened()
    for sheet in ("jobs", "scenario"):
        book[sheet].insert_rows(1, 2)
        book[sheet]["A1"] = "Wednesday"
        book[sheet].merge_cells("A1:D1")
    assert read(book, tmp_path) == (
        sound(),
        (
            "scenario: what stands above the header in row 3 is not read.",
            "jobs: what stands above the header in row 3 is not read.",
        ),
    )


def test_mistakes_below_a_title_are_named_by_the_rows_on_the_screen(tmp_path: Path) -> None:
    book = opened()
    put(book, "jobs", "latitude", 5, "north")
    book["jobs"].insert_rows(1, 2)
    book["jobs"]["A1"] = "Wednesday"
    assert issue_of(book, tmp_path).path == "jobs!E7"


@pytest.mark.parametrize("word", ["Total", "合计", "合计："])
def test_a_row_of_totals(word: str, tmp_path: Path) -> None:
    book = opened()
    put(book, "jobs", "job", 45, word)
    put(book, "jobs", "units", 45, "=SUM(Q2:Q41)")
    assert read(book, tmp_path) == (sound(), (f"jobs: row 45 ({word!r}) is a total and not read.",))


def test_a_job_of_that_name_is_a_job(tmp_path: Path) -> None:
    book = opened()
    put(book, "jobs", "job", 41, "total")
    assert read(book, tmp_path).scenario.jobs[-1].job_id == "total"


def test_columns_and_sheets_of_ones_own(tmp_path: Path) -> None:
    book = opened()
    for i, header in enumerate(("备注", "# who called")):
        book["jobs"].cell(1, 40 + i).value = header
        book["jobs"].cell(2, 40 + i).value = "=1+1"
    book.create_sheet("# list")["A1"] = "=1+1"
    notes = ("jobs!AN1: the column '备注' is not read.", "jobs!AO1: the column '# who called' is not read.")
    assert read(book, tmp_path) == (sound(), notes)


def test_another_sheet_is_named_with_the_way_out(tmp_path: Path) -> None:
    book = opened()
    book.create_sheet("my list")["A1"] = 1
    issue = issue_of(book, tmp_path)
    assert (issue.path, issue.code) == ("my list", "unknown-sheet")
    assert issue.action.startswith("A name that begins with # is not read. Known sheets: scenario, branches,")


def test_hidden_rows_are_read_and_said(tmp_path: Path) -> None:
    book = opened()
    book["jobs"].row_dimensions[4].hidden = book["jobs"].row_dimensions[900].hidden = True
    assert read(book, tmp_path) == (sound(), ("jobs: 1 hidden row is read like the others.",))


def test_an_error_in_a_cell_is_no_empty_cell(tmp_path: Path) -> None:
    book = opened()
    put(book, "jobs", "duration min", 7, "#N/A")
    issue = issue_of(book, tmp_path)
    assert (issue.path, issue.code) == ("jobs!R7", "error-value")


def test_the_other_calendar_of_spreadsheets(tmp_path: Path) -> None:
    book = opened()
    book.epoch = CALENDAR_MAC_1904  # the library counts all days anew from there
    assert read(book, tmp_path).scenario == sound()


@pytest.mark.parametrize("end", ["24:00", timedelta(days=1), "2026-07-16 00:00"])
def test_midnight(end: Any, tmp_path: Path) -> None:
    book = opened()
    moment = (
        "2026-07-15 24:00" if isinstance(end, timedelta) else f"2026-07-15 {end}" if end == "24:00" else end
    )
    put(book, "jobs", "window until", 2, moment)
    if not isinstance(end, str) or end == "24:00":
        put(book, "shifts", "end", 2, end)
    scenario = read(book, tmp_path).scenario
    window = scenario.jobs[0].windows[0]
    assert window.end == datetime.fromisoformat("2026-07-16T00:00+08:00")
    shifts = scenario.technicians[0].shifts
    assert shifts is not None
    assert shifts[0].end.hour == (0 if end != "2026-07-16 00:00" else 18)


@pytest.mark.parametrize("day", [20260701, "20260701", "２０２６／７／１", "2026年7月1日"])
def test_days_in_one_number_or_in_wide_letters(day: Any, tmp_path: Path) -> None:
    book = opened()
    put(book, "technicians", "last inspection", 2, day)
    inspected = read(book, tmp_path).scenario.technicians[0].last_inspection
    assert str(inspected) == "2026-07-01"


def test_what_is_left_of_a_long_telephone_number(tmp_path: Path) -> None:
    book = opened()
    put(book, "jobs", "phone", 2, 13907310000)
    assert read(book, tmp_path).scenario.jobs[0].customer.phone == "13907310000"  # type: ignore[union-attr]
    put(book, "jobs", "phone", 2, "1.39E+10")
    issue = issue_of(book, tmp_path)
    assert (issue.path, issue.code) == ("jobs!O2", "number-too-long")


def test_few_names_are_all_named_where_none_is_near(tmp_path: Path) -> None:
    book = opened()
    put(book, "jobs", "type", 2, "做饭")
    types = "installation, repair, complaint, maintenance, survey"
    assert issue_of(book, tmp_path).action.endswith(f" There are: {types}.")


def test_a_title_in_a_csv_file_and_who_is_told(tmp_path: Path) -> None:
    write_csv_folder(example("en"), tmp_path / "day")
    file = tmp_path / "day" / "jobs.csv"
    rows = file.read_text(encoding="utf-8-sig").splitlines()
    file.write_text("\n".join(["Wednesday", "", *rows]), encoding="utf-8")
    told: list[str] = []
    assert load_scenario(tmp_path / "day", told.extend) == example("en")
    assert told == ["jobs: what stands above the header in row 3 is not read."]
