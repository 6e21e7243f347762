"""Workbooks: written so that people can work with them, read without running or trusting anything."""

import csv
import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Literal

import pytest
from openpyxl import load_workbook

from optimizer.domain.branch import Branch
from optimizer.domain.job import Customer
from optimizer.domain.place import Place
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Technician
from optimizer.errors import InvalidInput
from optimizer.interchange.workbook import (
    read_csv_folder,
    read_workbook,
    workbook_bytes,
    write_csv_folder,
    write_workbook,
)
from optimizer.interchange.workbook.template import example
from tests.unit.rules.build import at, job, north, scenario

Language = Literal["en", "zh"]
languages = pytest.mark.parametrize("language", ["en", "zh"])


def there_and_back(of: Scenario, folder: Path, language: Language = "en") -> tuple[Scenario, Scenario]:
    """Return a scenario as it comes back from a workbook and from CSV files."""
    write_workbook(of, folder / "day.xlsx", language)
    write_csv_folder(of, folder / "day", language)
    return read_workbook(folder / "day.xlsx"), read_csv_folder(folder / "day")


def spoiled(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with other bytes in one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as sound, zipfile.ZipFile(stream, "w") as spoilt:
        for one in sound.infolist():
            inside = sound.read(one)
            if one.filename == part:
                assert old in inside
                inside = inside.replace(old, new, 1)
            spoilt.writestr(one.filename, inside, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def code_of(content: bytes, folder: Path) -> str:
    """Return the code of the one thing that is said about a workbook."""
    path = folder / "bad.xlsx"
    path.write_bytes(content)
    with pytest.raises(InvalidInput) as caught:
        read_workbook(path)
    (issue,) = caught.value.issues
    return issue.code


@languages
def test_the_same_scenario_gives_the_same_bytes(language: Language) -> None:
    assert workbook_bytes(example(language), language) == workbook_bytes(example(language), language)
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(example(language), language))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'quoted", "'=1", "\r=1", "＝1", "\n=1", '"=1"',
    "bell \x07 and \x00", "_x0041_", "a\r\nb\rc", "\ufeffmark", "\ufffe", "x" * 20_000, "<b>&amp;</b>", "𝄞 🙂",
    " spaces ", "2026-07-15", "09:00", "1,200", "yes", "none", "123", "1e5", "#N/A", "null",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_text_comes_back_to_the_letter_and_is_never_a_formula(text: str, tmp_path: Path) -> None:
    place = Place(lat=28.2, lon=112.98, address=text)
    of = scenario(jobs=[job(place=place, fault=text, customer=Customer(customer_id="C", name=text))])
    for back in there_and_back(of, tmp_path):
        assert back == of
    cells = [cell for row in load_workbook(tmp_path / "day.xlsx")["jobs"] for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    written = (tmp_path / "day" / "jobs.csv").read_bytes().decode("utf-8-sig")
    for row in csv.reader(io.StringIO(written, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for cell in row)


@pytest.mark.parametrize(
    "name", ["a; b", "a: 3", '"a"', "none", " a", "无", "=a", "a,b、c；d", "a\nb", "1", "0.50", "true"]
)
def test_names_in_lists_and_tables_come_back(name: str, tmp_path: Path) -> None:
    of = scenario(
        [
            Technician(
                technician_id="T1", branch_id="B1", tools=(name,), skills={name: 3, "x": 1}, parts={name: 0}
            )
        ],
        [job(tools=(name, name), area=name)],
        branches=[Branch(branch_id="B1", place=north(0), stock={name: 2})],
    )
    assert there_and_back(of, tmp_path) == (of, of)


def test_numbers_come_back_to_the_last_digit(tmp_path: Path) -> None:
    awkward = (0.1 + 0.2, 1 / 3, 28.208993203637245, 5e-324, -0.0, 89.99999999999999)
    jobs = [job(job_id=f"J{i}", place=Place(lat=lat, lon=lat)) for i, lat in enumerate(awkward)]
    for back in there_and_back(scenario(jobs=jobs), tmp_path):
        assert [repr(one.place.lat) for one in back.jobs] == [repr(lat) for lat in awkward]


def test_moments_come_back_as_they_were_written(tmp_path: Path) -> None:
    moments = [
        at("00:00"),
        at("09:00").replace(microsecond=417_000),
        at("23:59").replace(second=59),
        datetime.fromisoformat("1900-01-01T00:00:00+08:05"),
        datetime.fromisoformat("2026-07-15T09:00:00-03:00"),
        datetime.fromisoformat("2299-12-31T23:59:59.999999+00:00"),
    ]
    of = scenario(jobs=[job(job_id=f"J{i}", intake_at=moment) for i, moment in enumerate(moments)])
    for back in there_and_back(of, tmp_path):
        assert [str(one.intake_at) for one in back.jobs] == [str(moment) for moment in moments]


def test_people_see_real_dates_times_and_numbers() -> None:
    book = load_workbook(io.BytesIO(workbook_bytes(example("en"))))
    jobs, shifts = book["jobs"], book["shifts"]
    assert jobs["I2"].value == datetime(2026, 7, 15, 14)
    assert jobs["I2"].number_format == "yyyy-mm-dd hh:mm"
    assert shifts["C2"].value == time(8)
    assert shifts["B2"].value == datetime.combine(date(2026, 7, 15), time())
    assert jobs["E2"].value == 28.22
    assert jobs["O2"].number_format == "@"  # telephone numbers stay text


@languages
def test_headers_are_frozen_bold_filtered_and_explained(language: Language) -> None:
    book = load_workbook(io.BytesIO(workbook_bytes(example(language), language)))
    for page in book.worksheets[1:]:
        assert page.freeze_panes == "A2"
        assert all(cell.font.b for cell in page[1])
        if page.title not in ("scenario", "总览"):
            assert page.auto_filter.ref.startswith("A1:")
            assert all(cell.comment and cell.comment.text for cell in page[1])


def test_lists_to_choose_from_refer_to_their_sheets() -> None:
    book = load_workbook(io.BytesIO(workbook_bytes(example("en"))))
    rules = {str(rule.sqref): rule.formula1 for rule in book["jobs"].data_validations.dataValidation}
    assert rules["B2:B505"] == "'job types'!$A$2:$A$506"  # five types and five jobs, and room for 500 more
    assert rules["D2:D505"] == '"emergency,vip,contract,normal,flexible"'


def test_macros_and_links_are_not_looked_at(tmp_path: Path) -> None:
    stream = io.BytesIO(workbook_bytes(example("en")))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0" * 100)
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    (tmp_path / "day.xlsm").write_bytes(stream.getvalue())
    assert read_workbook(tmp_path / "day.xlsm") == example("en")


SHEET = "xl/worksheets/sheet6.xml"
"""The jobs: the sixth sheet."""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', "xml-entities"),
        (b"<worksheet", b"<work sheet", "not-a-workbook"),
        (b'r="A2"', b'r="A9999999"', "cell-out-of-reach"),
        (b'r="A2"', b'r="XFD2"', "cell-out-of-reach"),
        (b"<sheetData", b"<x>" * 70 + b"<sheetData", "too-deep"),
    ],
)
def test_spoilt_sheets_are_refused(old: bytes, new: bytes, code: str, tmp_path: Path) -> None:
    assert code_of(spoiled(workbook_bytes(example("en")), SHEET, old, new), tmp_path) == code


def test_a_lying_dimension_costs_nothing(tmp_path: Path) -> None:
    content = spoiled(
        workbook_bytes(example("en")), SHEET, b"<sheetData", b'<dimension ref="A1:XFD1048576"/><sheetData'
    )
    (tmp_path / "day.xlsx").write_bytes(content)
    assert read_workbook(tmp_path / "day.xlsx") == example("en")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-workbook"),
        (b"name: x", "not-a-workbook"),
        (b"PK\x03\x04" + b"\0" * 100, "not-a-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not-a-workbook"),
    ],
)
def test_other_files_are_no_workbooks(content: bytes, code: str, tmp_path: Path) -> None:
    assert code_of(content, tmp_path) == code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("../../etc/passwd", b"x", "unsafe-part"),
        ("/etc/passwd", b"x", "unsafe-part"),
        ("xl/media/zeros.bin", b"\0" * 8_000_000, "too-large-unpacked"),
        ("XL/workbook.xml", b"<workbook/>", "duplicate-part"),
    ],
)
def test_parts_that_do_not_belong_there(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    stream = io.BytesIO(workbook_bytes(example("en")))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    assert code_of(stream.getvalue(), tmp_path) == code


def test_a_text_too_long_for_a_cell_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    crowd = Technician(technician_id="T1", branch_id="B1", tools=tuple("t" * 199 for _ in range(200)))
    with pytest.raises(InvalidInput, match="a cell holds 32,767"):
        write_workbook(scenario([crowd], []), tmp_path / "day.xlsx")
    assert not any(tmp_path.iterdir())
