"""``paigong demo-day``: a scripted day from the plan of the morning to its close."""

from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.domain.day_report import DayReport
from optimizer.interchange.plan_file import load_plan
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_yaml
from tests.unit.operate.small_day import question, script

Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a scenario and the script of its day."""
    (tmp_path / "scenario.yaml").write_text(scenario_yaml(question()), encoding="utf-8")
    (tmp_path / "day.yaml").write_text(script().model_dump_json(), encoding="utf-8")
    return tmp_path


def play(folder: Path, *options: str) -> int:
    return run(["demo-day", str(folder), "--iterations", "200", *options])


def test_the_log_has_every_moment(folder: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    assert play(folder) == ExitCode.FINE
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    at = iter(lines)
    for said in (  # in this order
        "07:30 The plan is published: 2 of 2 jobs, ",
        "08:00 T1 is ill.",
        "way to go on left out weight told lose the visit bill",
        "Taken: no other way is better in anything.",
        "Customers: J1 10:00–12:00 T2 asked",
        "Orders: T2 +J1 · T1 −J1",
        "09:20 Nobody opens.",
        "10:10 An emergency.",
        "Orders: T2 +E1",
        "21:00 The day is closed: 3 jobs done, 0 left over.",
        "Clocks: 9 kept, 0 missed.",
        "Worked 3.6 h where 2.7 h were planned, driven 36 km instead of 24 km.",
        "Otherwise than told in the morning (1): J1 09:00–09:30 T1 → 10:30 T2",
        "Thu 16 Jul begins with 0 jobs.",
    ):
        assert any(line.startswith(said) for line in at), (said, lines)


def test_files_and_page_are_written(folder: Path, tmp_path: Path) -> None:
    out, page = tmp_path / "out", tmp_path / "day.html"
    assert play(folder, "--out", str(out), "--html", str(page), "--language", "zh") == ExitCode.FINE
    assert sorted(one.name for one in out.iterdir()) == [
        "0800-proposals.json",
        "0800-taken.plan.json",
        "1010-proposals.json",
        "1010-taken.plan.json",
        "ABOUT.txt",
        "morning.plan.json",
        "morning.scenario.yaml",
        "next-day.scenario.yaml",
        "report.json",
    ]
    report = DayReport.model_validate_json((out / "report.json").read_text(encoding="utf-8"))
    assert report.done == ("J1", "E1", "J2")
    assert len(load_plan(out / "1010-taken.plan.json").plan.shifts) == 1
    assert load_scenario(out / "next-day.scenario.yaml").jobs == ()
    assert "当日实况" in page.read_text(encoding="utf-8")


def test_another_script_can_be_named(folder: Path, capsys: Output) -> None:
    (folder / "day.yaml").rename(folder / "mine.yaml")
    assert play(folder) == ExitCode.BAD_INPUT
    said = " ".join(capsys.readouterr().err.split())
    assert "No day.yaml stands beside" in said
    assert "--script FILE" in said
    assert play(folder, "--script", str(folder / "mine.yaml")) == ExitCode.FINE


def test_mistakes_in_a_script_are_named_with_their_lines(folder: Path, capsys: Output) -> None:
    (folder / "day.yaml").write_text(
        "format: paigong-day-script-1\nscenario: test\nmoments:\n"
        "  - {at: 2026-07-15T08:00+08:00}\n  - {at: late, what: x}\nclose_at: 2026-07-15T21:00+08:00\n",
        encoding="utf-8",
    )
    assert play(folder) == ExitCode.BAD_INPUT
    said = " ".join(capsys.readouterr().err.split())
    assert "moments[0].what" in said
    assert "moments[1].at" in said
    assert "(line 5)" in said
