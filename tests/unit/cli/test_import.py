"""``paigong import`` and ``paigong template``: from an empty workbook to a plan."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.workbook.template import example

Output = pytest.CaptureFixture[str]


@pytest.fixture
def workbook(tmp_path: Path, capsys: Output) -> Path:
    """Write the template."""
    path = tmp_path / "day.xlsx"
    assert run(["template", str(path)]) == ExitCode.FINE
    capsys.readouterr()
    return path


def test_the_template_plans_as_it_is(workbook: Path, capsys: Output) -> None:
    assert run(["plan", str(workbook), "--engine", "greedy"]) == ExitCode.FINE
    assert "served 5 of 5 jobs" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_template_as_csv_files_plans_too(language: str, tmp_path: Path, capsys: Output) -> None:
    folder = tmp_path / "day"
    assert run(["template", "--csv", str(folder), "--language", language]) == ExitCode.FINE
    names = {file.name for file in folder.iterdir()}
    assert {"jobs.csv", "leave.csv"} <= names or {"工单.csv", "请假.csv"} <= names
    assert run(["plan", str(folder), "--engine", "greedy"]) == ExitCode.FINE
    assert "served 5 of 5 jobs" in capsys.readouterr().out


def test_a_template_never_takes_the_place_of_a_file(workbook: Path, capsys: Output) -> None:
    before = workbook.read_bytes()
    assert run(["template", str(workbook)]) == ExitCode.BAD_INPUT
    assert "there already" in capsys.readouterr().err
    assert workbook.read_bytes() == before


@pytest.mark.parametrize("arguments", [[], ["day.ods"]])
def test_a_template_wants_to_know_where(arguments: list[str], capsys: Output) -> None:
    assert run(["template", *arguments]) == ExitCode.BAD_INPUT
    assert "xlsx" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["day.yaml", "day.json"])
def test_import_writes_a_scenario_file_and_says_what_it_read(
    name: str, workbook: Path, tmp_path: Path, capsys: Output
) -> None:
    out = tmp_path / name
    assert run(["import", str(workbook), "--out", str(out)]) == ExitCode.FINE
    captured = capsys.readouterr()
    said = "2 branches, 3 technicians, 3 shifts, 5 jobs, 2 agreed windows, 1 day from 2026-07-15"
    assert f"read my-day: {said}" in captured.err
    assert captured.out == ""
    assert load_scenario(out) == example("en")


def test_import_prints_without_a_file(workbook: Path, tmp_path: Path, capsys: Output) -> None:
    assert run(["import", str(workbook)]) == ExitCode.FINE
    printed = tmp_path / "printed.yaml"
    printed.write_text(capsys.readouterr().out, encoding="utf-8")
    assert load_scenario(printed) == example("en")


def test_import_names_the_encoding_it_guessed(tmp_path: Path, capsys: Output) -> None:
    folder = tmp_path / "day"
    assert run(["template", "--csv", str(folder), "--language", "zh"]) == ExitCode.FINE
    file = folder / "工单.csv"
    file.write_bytes(file.read_text(encoding="utf-8-sig").encode("gb18030"))
    assert run(["import", str(folder)]) == ExitCode.FINE
    assert "note: 工单.csv is not UTF-8; it was read as GB18030." in capsys.readouterr().err


def test_import_lists_every_mistake_with_its_cell(workbook: Path, capsys: Output) -> None:
    book = load_workbook(workbook)
    book["jobs"]["E2"] = "north"
    book["jobs"]["B3"] = "repare"
    book["technicians"]["C2"] = "shp"
    book.save(workbook)
    assert run(["import", str(workbook)]) == ExitCode.BAD_INPUT
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "3 errors" in captured.err
    for place in ("jobs!E2", "jobs!B3", "technicians!C2"):
        assert place in captured.err


def test_import_never_takes_the_place_of_a_file(workbook: Path, tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "mine.yaml"
    out.write_text("by hand", encoding="utf-8")
    assert run(["import", str(workbook), "--out", str(out)]) == ExitCode.BAD_INPUT
    assert "there already" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "by hand"


def test_import_does_not_write_over_what_it_reads(workbook: Path, capsys: Output) -> None:
    before = workbook.read_bytes()
    assert run(["import", str(workbook), "--out", str(workbook)]) == ExitCode.BAD_INPUT
    assert workbook.read_bytes() == before
    assert capsys.readouterr().err
