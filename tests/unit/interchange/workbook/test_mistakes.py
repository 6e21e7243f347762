"""Every mistake in a workbook is named with its cell, all at once, and nothing else is."""

from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook

from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.workbook import read_workbook
from tests.unit.interchange.workbook.mistakes import MISTAKES, opened, sound, spoiled


def issues_of(path: Path) -> tuple[Issue, ...]:
    with pytest.raises(InvalidInput) as caught:
        read_workbook(path)
    return caught.value.issues


def saved(book: Workbook, folder: Path) -> Path:
    path = folder / "day.xlsx"
    book.save(path)
    return path


def test_the_workbook_is_sound_before_it_is_spoiled(tmp_path: Path) -> None:
    assert read_workbook(saved(opened(), tmp_path)) == sound()


@pytest.mark.parametrize("seed", range(4))
def test_thirty_mistakes_give_exactly_thirty_issues(seed: int, tmp_path: Path) -> None:
    content, expected = spoiled(tuple(Random(seed).sample(MISTAKES, 30)))
    (tmp_path / "day.xlsx").write_bytes(content)
    issues = issues_of(tmp_path / "day.xlsx")
    assert sorted((issue.path, issue.code) for issue in issues) == expected
    assert all(issue.cause.endswith(".") and issue.action for issue in issues)


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    content, expected = spoiled(MISTAKES)
    (tmp_path / "day.xlsx").write_bytes(content)
    assert sorted((issue.path, issue.code) for issue in issues_of(tmp_path / "day.xlsx")) == expected


def test_mistakes_come_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    book = opened()
    book["stock"]["C3"] = -1
    book["jobs"]["E12"] = "north"
    book["jobs"]["B7"] = "repare"
    book["technicians"]["I9"] = "bike"
    places = [issue.path for issue in issues_of(saved(book, tmp_path))]
    assert places == ["technicians!I9", "jobs!B7", "jobs!E12", "stock!C3"]


def test_a_missing_reference_names_what_is_near(tmp_path: Path) -> None:
    book = opened()
    book["jobs"]["B2"] = "repare"
    book["shifts"]["A2"] = "tech_00"
    book["pins"]["A2"] = "jb-00"
    actions = {issue.path: issue.action for issue in issues_of(saved(book, tmp_path))}
    assert actions["jobs!B2"] == "Did you mean 'repair'?"
    assert actions["shifts!A2"].startswith("Did you mean 'tech-00'")
    assert "'job-00'" in actions["pins!A2"]


def test_a_cell_that_cannot_be_read_has_no_followers(tmp_path: Path) -> None:
    book = opened()
    book["scenario"]["B3"] = "some day"  # the first day, which nearly everything depends on
    (issue,) = issues_of(saved(book, tmp_path))
    assert (issue.path, issue.code) == ("scenario!B3", "day-expected")


def test_unknown_columns_and_sheets_name_the_near_one(tmp_path: Path) -> None:
    book = opened()
    book["jobs"]["E1"] = "latitute"
    book["stock"].title = "stok"
    found = {issue.path: (issue.code, issue.action) for issue in issues_of(saved(book, tmp_path))}
    assert found == {
        "jobs!E1": ("unknown-column", "Did you mean 'latitude'?"),
        "stok": ("unknown-sheet", "Did you mean 'stock'?"),
    }


def test_a_needed_column_that_is_not_there_is_said_once(tmp_path: Path) -> None:
    book = opened()
    book["jobs"].delete_cols(6)
    (issue,) = issues_of(saved(book, tmp_path))
    assert (issue.path, issue.code) == ("jobs!1:1", "missing-column")
    assert issue.cause == "The column 'longitude' (经度) is missing."


def test_columns_twice_or_without_a_name(tmp_path: Path) -> None:
    book = opened()
    book["jobs"]["H1"] = " Latitude "
    book["technicians"].cell(3, 30).value = "note to myself"
    found = {(issue.path, issue.code) for issue in issues_of(saved(book, tmp_path))}
    assert found == {("jobs!H1", "duplicate-column"), ("technicians!AD1", "nameless-column")}


def test_rows_twice(tmp_path: Path) -> None:
    book = opened()
    book["stock"].append(["branch-0", "fan motor", 5])
    book["kits"].append(["repairer", "hammer"])
    book["rules"].append(["BREAK", "minutes", 35])
    book["scenario"].append(["days", 2])
    found = {(issue.path, issue.code) for issue in issues_of(saved(book, tmp_path))}
    assert found == {
        ("stock!B5", "duplicate-row"),
        ("kits!A4", "duplicate-row"),
        ("rules!B4", "duplicate-row"),
        ("scenario!A22", "duplicate-row"),
    }


def test_missing_sheets_and_facts(tmp_path: Path) -> None:
    book = opened()
    del book["branches"]
    del book["stock"]
    book["scenario"].delete_rows(2, 2)  # name and first day
    found = {(issue.path, issue.cause) for issue in issues_of(saved(book, tmp_path))}
    assert found == {
        ("branches", "The sheet 'branches' is missing."),
        ("scenario", "The fact 'name' is missing."),
        ("scenario", "The fact 'first day' is missing."),
    }


def test_joined_cells_are_named(tmp_path: Path) -> None:
    book = opened()
    book["jobs"].merge_cells("X1:Z1")
    assert ("jobs!X1:Z1", "joined-cells") in {
        (issue.path, issue.code) for issue in issues_of(saved(book, tmp_path))
    }


def test_a_workbook_of_something_else(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["a", "b"])
    assert [issue.code for issue in issues_of(saved(book, tmp_path))] == ["unknown-sheet", "no-scenario"]
