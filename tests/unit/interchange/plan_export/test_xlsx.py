"""The workbook: real dates and numbers, text that stays text, the same bytes each time."""

import io
import zipfile
from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from optimizer.interchange.plan_export.tables import TABLES
from optimizer.interchange.plan_export.xlsx import plan_xlsx
from tests.unit.interchange.plan_export.day import FORMULA, facts


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def column(sheet: Worksheet, heading: str) -> dict[int, object]:
    """Return a column's values by row number, without empty cells."""
    letter = next(cell.column_letter for cell in sheet[1] if cell.value == heading)
    return {cell.row: cell.value for cell in sheet[letter][1:] if cell.value is not None}


def test_every_table_has_its_sheet() -> None:
    assert opened(plan_xlsx(facts())).sheetnames == [kind.title["en"] for kind in TABLES]
    assert opened(plan_xlsx(facts("zh"))).sheetnames == [kind.title["zh"] for kind in TABLES]


def test_times_dates_and_money_are_values_with_formats() -> None:
    book = opened(plan_xlsx(facts()))
    timetable, bill = book["Timetable"], book["Bill"]
    assert column(timetable, "start")[3] == datetime(2026, 7, 15, 11, 0)
    assert timetable["P3"].number_format == "hh:mm"
    assert column(timetable, "day")[3] == datetime(2026, 7, 15)
    assert timetable["C3"].is_date
    assert timetable["C3"].number_format == "yyyy-mm-dd"
    yuan = [value for _, value in sorted(column(bill, "yuan").items())]
    cents = [round(float(str(value)) * 100) for value in yuan]
    assert sum(cents[:-1]) == cents[-1] == facts().document.assessment.bill.total_cents
    assert bill["K2"].number_format == "#,##0.00"


def test_no_text_becomes_a_formula() -> None:
    book = opened(plan_xlsx(facts(phones=True)))
    seen = set()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                if isinstance(cell.value, str):
                    seen.add(cell.value)
    assert {FORMULA, "@SUM(1)", "＝1+1", "-1", "+2", "+86 138 0000 0001"} <= seen


def test_control_characters_and_reversed_writing_are_shown_as_such() -> None:
    (reported,) = (
        value for row, value in column(opened(plan_xlsx(facts()))["Timetable"], "reported").items() if row > 5
    )
    assert (
        reported
        == 'a,b;c\\d "e"\nBEGIN:VALARM\nATTACH:x\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} 🙂 派工'
    )


def test_a_text_that_looks_like_an_escape_is_not_read_as_one() -> None:
    made = facts(name="_x0041_ & co")
    content = plan_xlsx(made)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x0041_" in written  # Excel shows _x0041_


def test_the_sheets_are_ready_to_read_and_print() -> None:
    for sheet in opened(plan_xlsx(facts())).worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"


def test_the_same_plan_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    once = plan_xlsx(facts())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert plan_xlsx(facts()) == once
    with zipfile.ZipFile(io.BytesIO(once)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = ElementTree.fromstring(archive.read("docProps/core.xml"))
    moments = {element.text for element in core if element.tag.endswith(("created", "modified"))}
    assert moments == {f"{date(2026, 7, 15).isoformat()}T00:00:00Z"}
