"""Folders of CSV files, as spreadsheet programs save them in many countries."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from optimizer.errors import InvalidInput, Issue
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.workbook import read_csv_folder, read_sheets, write_csv_folder
from optimizer.interchange.workbook.template import example


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the Chinese example as CSV files."""
    write_csv_folder(example("zh"), tmp_path / "day", "zh")
    return tmp_path / "day"


def rewritten(folder: Path, encoding: str, *, separator: str = ",") -> None:
    """Save all files anew in another encoding and with another separator."""
    for file in folder.glob("*.csv"):
        rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=separator).writerows(rows)
        file.write_bytes(stream.getvalue().encode(encoding))


def issues_of(folder: Path) -> tuple[Issue, ...]:
    with pytest.raises(InvalidInput) as caught:
        read_csv_folder(folder)
    return caught.value.issues


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(folder: Path, encoding: str) -> None:
    rewritten(folder, encoding)
    read = read_sheets(folder)
    assert read.scenario == example("zh")
    guessed = encoding in ("gb18030", "utf-16")
    assert len(read.notes) == (len(list(folder.glob("*.csv"))) if guessed else 0)
    if guessed:
        assert encoding.upper() in read.notes[0]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_separators(folder: Path, separator: str) -> None:
    rewritten(folder, "utf-8", separator=separator)
    assert read_csv_folder(folder) == example("zh")


def test_names_and_headers_in_any_form(folder: Path) -> None:
    (folder / "工单类型.csv").rename(folder / "Job-Types.CSV")
    jobs = folder / "工单.csv"
    text = jobs.read_text(encoding="utf-8-sig").replace("工单,类型,产品", " JOB ,job.type,Product", 1)
    jobs.write_text(text.replace("job.type", "Type"), encoding="utf-8")
    assert read_csv_folder(folder) == example("zh")


def test_columns_in_another_order_and_empty_rows(folder: Path) -> None:
    file = folder / "库存.csv"
    head, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    turned = [",".join(reversed(line.split(","))) for line in (head, "", ",,", *rows)]
    file.write_text("\n".join(turned), encoding="utf-8")
    assert read_csv_folder(folder) == example("zh")


def test_errors_name_the_file_as_the_sheet(folder: Path) -> None:
    file = folder / "工单.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace("28.22", "北"), encoding="utf-8")
    (issue,) = issues_of(folder)
    assert (issue.path, issue.code) == ("工单!E2", "number-expected")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xff\xff", "not-text"),
        (b"a\0b", "not-text"),
        (b'job,type\n"J1,repair', "csv-syntax"),
        (b"job,type\n" + b'"' + b"x" * 200_000 + b'"', "csv-syntax"),
        (b"job" + b"," * 300, "too-many-cells"),
    ],
)
def test_files_that_are_no_csv(folder: Path, content: bytes, code: str) -> None:
    (folder / "工单.csv").write_bytes(content)
    (issue,) = issues_of(folder)
    assert issue.code == code


def test_a_formula_is_refused_and_an_apostrophe_makes_it_text(folder: Path) -> None:
    file = folder / "工单.csv"
    text = file.read_text(encoding="utf-8-sig")
    file.write_text(text.replace("不制冷", "=1+1"), encoding="utf-8")
    (issue,) = issues_of(folder)
    assert (issue.path, issue.code) == ("工单!K2", "formula")
    file.write_text(text.replace("不制冷", "'=1+1"), encoding="utf-8")
    assert read_csv_folder(folder).jobs[0].fault == "=1+1"


def test_a_scenario_file_comes_before_csv_files(folder: Path) -> None:
    assert load_scenario(folder) == example("zh")
    (folder / "scenario.yaml").write_text("name: x", encoding="utf-8")
    with pytest.raises(InvalidInput, match="horizon"):
        load_scenario(folder)


def test_files_of_somebody_else_are_not_taken_away(folder: Path, tmp_path: Path) -> None:
    write_csv_folder(example("en"), folder, "en")  # our own files are replaced
    assert read_csv_folder(folder) == example("en")
    shutil.copy(folder / "jobs.csv", folder / "mine.csv")
    with pytest.raises(InvalidInput, match="mine"):
        write_csv_folder(example("en"), folder, "en")
    assert (folder / "mine.csv").exists()


def test_thousands_of_mistakes_are_not_all_listed(folder: Path) -> None:
    rows = "".join(f"J-{i},repair,north,113.02\n" for i in range(3_000))
    (folder / "工单.csv").write_text(f"job,type,latitude,longitude\n{rows}", encoding="utf-8")
    issues = issues_of(folder)
    assert [issue.code for issue in issues[-2:]] == ["number-expected", "too-many-mistakes"]
    assert len(issues) == 2_001
