"""Crews, seats, chains and groups in a workbook: how rows are read, and where mistakes are shown."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from optimizer.domain.ties import After, Crew, JobGroup, Seat
from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.workbook import (
    read_csv_folder,
    read_workbook,
    workbook_bytes,
    write_csv_folder,
    write_workbook,
)
from optimizer.words.language import Language
from tests.unit.crew_day import question
from tests.unit.interchange.workbook.mistakes import column_of


def opened(language: Language = "en") -> Workbook:
    """Return the workbook of the day with crews: J1 to J6 in rows 2 to 7."""
    return load_workbook(BytesIO(workbook_bytes(question(), language)))


def put(book: Workbook, sheet: str, column: str, row: int, value: Any) -> None:
    book[sheet].cell(row, column_of(book, sheet, column)).value = value


def issues_of(book: Workbook, folder: Path) -> list[tuple[str, str]]:
    book.save(folder / "day.xlsx")
    with pytest.raises(InvalidInput) as caught:
        read_workbook(folder / "day.xlsx")
    found: tuple[Issue, ...] = caught.value.issues
    return [(issue.path, issue.code) for issue in found]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_day_with_crews_comes_back(language: Language, tmp_path: Path) -> None:
    write_workbook(question(), tmp_path / "day.xlsx", language)
    write_csv_folder(question(), tmp_path / "day", language)
    assert read_workbook(tmp_path / "day.xlsx") == question()
    assert read_csv_folder(tmp_path / "day") == question()


def test_rows_as_people_write_them(tmp_path: Path) -> None:
    book = opened("zh")
    put(book, "工单", "人数", 4, 3)
    for row, cells in enumerate((("J3", "安装/空调: 1"), ("J3", None)), start=3):
        put(book, "工单组员要求", "工单", row, cells[0])
        put(book, "工单组员要求", "技能", row, cells[1])
    put(book, "先后顺序", "工单", 3, "J4")
    put(book, "先后顺序", "先做的工单", 3, "J3")
    put(book, "先后顺序", "间隔起点", 3, "开始")
    put(book, "先后顺序", "由谁做", 3, "另一人")
    put(book, "先后顺序", "次日起", 3, "是")
    put(book, "安装组", "组", 3, "B")
    put(book, "安装组", "组员", 3, "T3；T4")
    put(book, "工单组", "工单", 3, "J2、J5")
    put(book, "工单组", "由谁做", 3, "各不同人")
    book.save(tmp_path / "day.xlsx")
    found = read_workbook(tmp_path / "day.xlsx")
    assert found.jobs[2].seats == 3
    assert found.jobs[2].mates == (Seat(skills={"installation/空调": 1}), Seat())
    assert found.jobs[3].after == (
        After(job_id="J3", gap_from="start", next_working_day=True, who="another"),
    )
    assert found.crews[1] == Crew(crew_id="B", members=("T3", "T4"))
    assert found.groups[1] == JobGroup(jobs=("J2", "J5"), who="another")


@pytest.mark.parametrize(
    ("sheet", "column", "value", "said_at", "code"),
    [
        ("crews", "members", "T1; T9", "crews!C2", "unknown-technician"),
        ("crews", "members", "T1", "crews!C2", "too-short"),
        ("after", "first job", "J9", "after!B2", "unknown-job"),
        ("after", "job", "J9", "after!A2", "unknown-job"),
        ("after", "who", "anybody else", "after!G2", "unknown-word"),
        ("groups", "jobs", "J1; J9", "groups!A2", "unknown-job"),
        ("jobs", "people", 9, "jobs!AA2", "less-than-equal"),
        ("shared tools", "branch", "B9", "shared tools!A2", "unknown-branch"),
    ],
)
def test_mistakes_are_shown_at_their_cell(
    sheet: str, column: str, value: Any, said_at: str, code: str, tmp_path: Path
) -> None:
    book = opened()
    put(book, sheet, column, 2, value)
    assert (said_at, code) in issues_of(book, tmp_path)


def test_seats_of_a_type_that_is_not_there(tmp_path: Path) -> None:
    book = opened()
    put(book, "type mates", "type", 2, "instalation")
    assert issues_of(book, tmp_path) == [("type mates!A2", "unknown-job-type")]


def test_a_circle_of_jobs_is_shown_at_a_cell(tmp_path: Path) -> None:
    book = opened()
    put(book, "after", "job", 3, "J1")  # J2 comes after J1 already
    put(book, "after", "first job", 3, "J2")
    (found,) = {path.partition("!")[0] for path, _ in issues_of(book, tmp_path)}
    assert found == "after"
