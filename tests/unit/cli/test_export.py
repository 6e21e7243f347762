"""``paigong export``: what is written where, what is refused, and that nothing is lost on the way."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from openpyxl import load_workbook

from optimizer.assess import assess
from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.day_page.labels import LABELS
from optimizer.domain.assessment import Finding
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.interchange.plan_file import load_plan, save_plan
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_yaml
from optimizer.scenario_library import scenario_path
from tests.unit.interchange.plan_export.day import document, question
from tests.unit.interchange.plan_export.rfc5545 import read as read_calendar
from tests.unit.interchange.plan_export.rfc7946 import read as read_map
from tests.unit.rules.build import job, north, scenario

Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a scenario and its plan."""
    (tmp_path / "test.yaml").write_text(scenario_yaml(question()), encoding="utf-8")
    save_plan(document(question()), tmp_path / "plan.json")
    return tmp_path


def export(folder: Path, *arguments: str) -> int:
    return run(["export", str(folder / "plan.json"), *arguments])


def test_everything_at_once(folder: Path, capsys: Output) -> None:
    out = [folder / name for name in ("p.xlsx", "tables", "p.geojson", "calendars")]
    options = [
        part
        for pair in zip(("--xlsx", "--csv", "--geojson", "--ics"), map(str, out), strict=True)
        for part in pair
    ]
    assert export(folder, *options) == ExitCode.FINE
    assert capsys.readouterr().err.splitlines() == [f"wrote {path}" for path in out]
    assert "Timetable" in load_workbook(out[0]).sheetnames
    assert (out[1] / "bill.csv").exists()
    assert len(read_map(out[2].read_text(encoding="utf-8"))) == 7
    assert read_calendar((out[3] / "T1.ics").read_bytes()).name == "VCALENDAR"
    first = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert export(folder, *options) == ExitCode.FINE
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == first


def test_headings_in_chinese(folder: Path) -> None:
    assert export(folder, "--xlsx", str(folder / "p.xlsx"), "--language", "zh") == ExitCode.FINE
    assert load_workbook(folder / "p.xlsx").sheetnames[:2] == ["概览", "日程"]


def test_telephone_numbers_only_when_asked_for(folder: Path) -> None:
    path = folder / "p.geojson"
    export(folder, "--geojson", str(path))
    assert "0000 0001" not in path.read_text(encoding="utf-8")
    export(folder, "--geojson", str(path), "--phones")
    assert "0000 0001" in path.read_text(encoding="utf-8")


def test_something_must_be_asked_for(folder: Path, capsys: Output) -> None:
    assert export(folder) == ExitCode.BAD_INPUT
    assert "Say what to write" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["plan.json", "test.yaml"])
def test_what_is_read_is_never_written_over(folder: Path, name: str, capsys: Output) -> None:
    before = (folder / name).read_bytes()
    assert export(folder, "--geojson", str(folder / name)) == ExitCode.BAD_INPUT
    assert "is what the command reads" in " ".join(capsys.readouterr().err.replace("│", "").split())
    assert (folder / name).read_bytes() == before


def test_two_outputs_never_share_a_place(folder: Path) -> None:
    same = str(folder / "x")
    assert export(folder, "--csv", same, "--ics", same) == ExitCode.BAD_INPUT
    assert not (folder / "x").exists()


def test_a_folder_with_other_files_is_left_alone(folder: Path, capsys: Output) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "letter.doc").write_bytes(b"dear")
    # The workbook is not written either: everything is looked at before anything is written.
    options = ("--ics", str(folder / "mine"), "--xlsx", str(folder / "p.xlsx"))
    assert export(folder, *options) == ExitCode.BAD_INPUT
    assert "letter.doc" in capsys.readouterr().err
    assert not (folder / "p.xlsx").exists()


def test_a_missing_folder_is_said(folder: Path, capsys: Output) -> None:
    assert export(folder, "--xlsx", str(folder / "no/p.xlsx")) == ExitCode.NOT_WRITTEN
    assert "is missing" in capsys.readouterr().err


def test_a_plan_file_whose_bill_is_not_its_own_is_refused(folder: Path, capsys: Output) -> None:
    path = folder / "plan.json"
    made = load_plan(path)
    bill = made.assessment.bill.model_copy(update={"total_cents": 1})
    wrong = made.assessment.model_copy(update={"bill": bill})
    save_plan(made.model_copy(update={"assessment": wrong}), path)
    assert export(folder, "--xlsx", str(folder / "p.xlsx")) == ExitCode.BAD_INPUT
    assert "bill in the file" in capsys.readouterr().err
    assert not (folder / "p.xlsx").exists()


def test_a_plan_file_with_an_unknown_technician_is_refused(folder: Path, capsys: Output) -> None:
    path = folder / "plan.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"T2"', '"T9"'), encoding="utf-8")
    assert export(folder, "--ics", str(folder / "calendars")) == ExitCode.BAD_INPUT
    assert "T9" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--geojson", "--ics", "--html"])
def test_a_scenario_has_no_map_of_days_and_no_calendar(folder: Path, option: str, capsys: Output) -> None:
    assert run(["export", str(folder / "test.yaml"), option, str(folder / "x")]) == ExitCode.BAD_INPUT
    assert "Only a plan" in capsys.readouterr().err


def test_a_technician_s_id_is_no_path(folder: Path) -> None:
    wild = "../../escaped"
    of = question()
    one, other = of.technicians
    of = of.model_copy(update={"technicians": (one, other.model_copy(update={"technician_id": wild}))})
    (folder / "test.yaml").write_text(scenario_yaml(of), encoding="utf-8")
    text = json.dumps(json.loads((folder / "plan.json").read_text(encoding="utf-8"))).replace(
        '"T2"', f'"{wild}"'
    )
    made = PlanDocument.model_validate_json(text)
    plan = made.plan.model_copy(update={"scenario_sha256": scenario_sha256(of)})
    save_plan(PlanDocument(plan=plan, assessment=assess(of, plan)), folder / "plan.json")
    assert export(folder, "--ics", str(folder / "calendars")) == ExitCode.FINE
    names = sorted(path.name for path in (folder / "calendars").iterdir())
    assert len(names) == 3
    assert "T1.ics" in names
    assert sorted(path.name for path in folder.iterdir()) == ["calendars", "plan.json", "test.yaml"]


def test_the_page_is_the_one_that_planning_writes(tmp_path: Path) -> None:
    far = scenario(jobs=[job(), job(job_id="J2", place=north(900))]).model_copy(update={"name": "far"})
    (tmp_path / "far.yaml").write_text(scenario_yaml(far), encoding="utf-8")
    made, page, again = (tmp_path / name for name in ("far.json", "one.html", "two.html"))
    plan = ["plan", str(tmp_path / "far.yaml"), "--iterations", "20", "--out", str(made), "--html", str(page)]
    assert run(plan) == ExitCode.FINE
    assert run(["export", str(made), "--html", str(again)]) == ExitCode.FINE
    assert again.read_bytes() == page.read_bytes()
    assert "No single change of the kinds tried makes room." in again.read_text(encoding="utf-8")


def test_a_plan_that_breaks_rules_has_a_page_without_smallest_changes(
    folder: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    breach = Finding(
        code="SKILL", sentence="Somebody cannot do that.", measured=1, limit=2, over=1, unit="level"
    )
    monkeypatch.setattr(import_module("optimizer.explain.of_plan"), "check_plan", lambda *_: (breach,))
    path = folder / "day.html"
    assert export(folder, "--html", str(path)) == ExitCode.FINE
    said = " ".join(capsys.readouterr().err.split())
    assert "the page has no smallest changes for jobs left out: The plan breaks hard rules" in said
    assert LABELS["en"]["fix"] not in path.read_text(encoding="utf-8")


def test_a_plan_as_a_page(folder: Path) -> None:
    assert export(folder, "--html", str(folder / "p.html")) == ExitCode.FINE
    assert "王强" in (folder / "p.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--xlsx", "--csv"])
def test_a_scenario_goes_out_and_comes_back_the_same(folder: Path, option: str) -> None:
    out = folder / ("out.xlsx" if option == "--xlsx" else "out")
    assert run(["export", "rules/part", option, str(out)]) == ExitCode.FINE
    path = scenario_path("rules/part")
    assert path is not None
    assert load_scenario(out) == load_scenario(path)
