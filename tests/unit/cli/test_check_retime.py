"""``paigong check --retime``: orders in, a timed plan with all its breaches out."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.domain.time import Window
from optimizer.interchange.plan_file import load_plan
from optimizer.interchange.scenario_text import scenario_yaml
from tests.unit.rules.build import DAY, at, job, north, scenario

Output = pytest.CaptureFixture[str]
WINDOW = Window(start=at("09:00"), end=at("09:30"))
QUESTION = scenario(jobs=[job(windows=(WINDOW,)), job(job_id="J2"), job(job_id="J3", place=north(9))])


@pytest.fixture
def asked(tmp_path: Path) -> str:
    path = tmp_path / "small.yaml"
    path.write_text(scenario_yaml(QUESTION), encoding="utf-8")
    return str(path)


def by_hand(folder: Path, *jobs: str) -> str:
    path = folder / "orders.yaml"
    path.write_text(
        "format: paigong-orders-1\nroutes:\n"
        f"  - {{technician_id: T1, day: 2026-07-15, jobs: [{', '.join(jobs)}]}}\n",
        encoding="utf-8",
    )
    return str(path)


def test_orders_that_can_be_kept(asked: str, tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "timed.json"
    arguments = ["check", asked, by_hand(tmp_path, "J1", "J2"), "--retime", "--out", str(out)]
    assert run(arguments) == ExitCode.FINE
    said = capsys.readouterr().out
    assert "test: every hard rule is kept, 2 of 3 jobs served." in said
    # J1 is ten minutes away and the shift starts at 09:00.
    assert " ".join(said.split("T1")[1].split()).startswith("· Wed 15 Jul · car · 2 jobs 09:00 · leaves")
    assert "09:10–10:10  J1" in said
    assert "TRAVEL" in said
    assert "Key figures" in said
    assert run(["check", asked, str(out)]) == ExitCode.FINE  # what was written is a plan like any other
    assert [stop.job_id for stop in load_plan(out).plan.shifts[0].stops] == ["J1", "J2"]


def test_no_option_is_named_that_the_command_lacks(tmp_path: Path, capsys: Output) -> None:
    # J1 was dispatched the morning before: its completion clock, 24 h, has run out when the visit begins.
    path = tmp_path / "late.yaml"
    late = scenario(jobs=[job(dispatched_at=at("07:00", DAY - timedelta(days=1)))])
    path.write_text(scenario_yaml(late), encoding="utf-8")
    assert run(["check", str(path), by_hand(tmp_path, "J1"), "--retime"]) == ExitCode.FINE
    said = capsys.readouterr().out
    assert "Clocks: 2 missed" in said  # its target and its limit
    assert "--clocks" not in said


def test_orders_that_break_a_rule(asked: str, tmp_path: Path, capsys: Output) -> None:
    # As in the tests of the timing: J2 09:10–10:10 at the same house, J1 40 min after its window.
    out = tmp_path / "timed.json"
    orders = by_hand(tmp_path, "J2", "J1")
    assert run(["check", asked, orders, "--retime", "--out", str(out)]) == ExitCode.BREACHES
    said = capsys.readouterr().out
    assert said.startswith(
        "APPOINTMENT: J1 starts 2026-07-15 10:10, 40 min after the nearest agreed window. "
    )
    assert "Agree on another window" in said
    assert "test: 1 breach of hard rules, 2 of 3 jobs served." in said
    (finding,) = load_plan(out).assessment.findings
    assert (finding.code, finding.over) == ("APPOINTMENT", 40)


def test_json(asked: str, tmp_path: Path, capsys: Output) -> None:
    assert run(["check", asked, by_hand(tmp_path, "J2", "J1"), "--retime", "--json"]) == ExitCode.BREACHES
    answer = json.loads(capsys.readouterr().out)
    assert [finding["code"] for finding in answer["findings"]] == ["APPOINTMENT"]
    assert answer["total_cents"] == answer["bill"]["total_cents"] > 0
    assert answer["kpis"]["served"] == 2


def test_a_plan_file_is_timed_again(asked: str, tmp_path: Path, capsys: Output) -> None:
    plan, again = tmp_path / "plan.json", tmp_path / "again.json"
    options = ["--iterations", "20", "--preset", "economy", "--out", str(plan)]
    assert run(["plan", asked, *options]) == ExitCode.FINE
    assert run(["check", asked, str(plan), "--retime", "--out", str(again)]) == ExitCode.FINE
    made, timed = load_plan(plan), load_plan(again)
    assert timed.plan.shifts == made.plan.shifts
    assert timed.plan.preset == "economy"
    assert timed.assessment == made.assessment


def test_mistakes_in_the_orders_are_bad_input(asked: str, tmp_path: Path, capsys: Output) -> None:
    assert run(["check", asked, by_hand(tmp_path, "J7", "J1", "J1"), "--retime"]) == ExitCode.BAD_INPUT
    said = capsys.readouterr().err
    assert "2 errors in the input" in said
    assert "routes[0].jobs[0] (line 3): The scenario has no job 'J7'." in said


def test_files_that_would_be_written_over(asked: str, tmp_path: Path, capsys: Output) -> None:
    orders = by_hand(tmp_path, "J1")
    assert run(["check", asked, orders, "--retime", "--out", asked]) == ExitCode.BAD_INPUT
    assert run(["check", asked, orders, "--retime", "--out", orders]) == ExitCode.BAD_INPUT
    assert "write to another file" in " ".join(capsys.readouterr().err.split())
    assert Path(orders).read_text(encoding="utf-8").startswith("format: paigong-orders-1")


def test_only_timed_plans_are_written(asked: str, tmp_path: Path, capsys: Output) -> None:
    arguments = ["check", asked, by_hand(tmp_path, "J1"), "--out", str(tmp_path / "x.json")]
    assert run(arguments) == ExitCode.BAD_INPUT
    assert "Only --retime makes a plan" in " ".join(capsys.readouterr().err.split())


def test_the_verdict_is_also_the_last_line(asked: str, tmp_path: Path, capsys: Output) -> None:
    # J1 may start until 09:30; after J2, which starts at 09:10 and takes an hour, it is too late.
    assert run(["check", asked, by_hand(tmp_path, "J2", "J1"), "--retime"]) == ExitCode.BREACHES
    assert capsys.readouterr().out.endswith("\n1 hard rule is broken.\n")
