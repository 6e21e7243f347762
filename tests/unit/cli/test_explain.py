"""``paigong explain``: answers in words and as data, and which plans it refuses."""

import json
from datetime import time
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.domain.answers import Explanation
from optimizer.domain.technician import Shift
from optimizer.domain.time import DateRange
from optimizer.explain import asked
from optimizer.interchange.scenario_text import scenario_yaml
from tests.unit.explain.left import PLAIN
from tests.unit.rules.build import DAY, at, job, north, scenario, technician

Output = pytest.CaptureFixture[str]
CLOCKS = {"CONTACT": {"active": False}, "PROGRESS_CHECK": {"active": False}}
LATE = job(intake_at=at("09:00").replace(day=14), priority="vip")
ROPE = job(job_id="J2", place=north(9), tools=("rope",))
QUESTION = scenario(
    [technician(), technician(technician_id="T2", shifts=(Shift(day=DAY),))],
    [LATE, ROPE],
    rules={**PLAIN, **CLOCKS},
)


def words(said: str) -> str:
    """Return what was said, however the lines are broken."""
    return " ".join(said.split())


@pytest.fixture
def files(tmp_path: Path, capsys: Output) -> tuple[str, str]:
    """Write a scenario and its plan."""
    question, plan = tmp_path / "small.yaml", tmp_path / "plan.json"
    question.write_text(scenario_yaml(QUESTION), encoding="utf-8")
    assert run(["plan", str(question), "--iterations", "50", "--out", str(plan)]) == ExitCode.FINE
    capsys.readouterr()
    return str(question), str(plan)


def test_why_jobs_are_left_out(files: tuple[str, str], capsys: Output) -> None:
    assert run(["explain", *files]) == ExitCode.FINE
    said = capsys.readouterr().out
    assert said.startswith("J2: Both shifts are stopped: 2 by the missing tool rope (TOOL) alone.\n")
    assert "Smallest change: Lend T1 rope; J2 is then served by T1" in said
    assert run(["explain", *files, "--unserved"]) == ExitCode.FINE
    assert capsys.readouterr().out == said


def test_one_job_left_out(files: tuple[str, str], capsys: Output) -> None:
    assert run(["explain", *files, "--job", "J2"]) == ExitCode.FINE
    said = words(capsys.readouterr().out)
    for part in (
        "- the missing tool rope (TOOL): 2 alone, 0 together with other reasons",
        "By force, T1 on 2026-07-15 would serve J2 at ",
        "T1 on 2026-07-15 then: leaves 09:00 · ",
        "No other single change of these kinds costs less: ",
    ):
        assert part in said


def test_as_data(files: tuple[str, str], capsys: Output) -> None:
    assert run(["explain", *files, "--job", "J2", "--json"]) == ExitCode.FINE
    said = json.loads(capsys.readouterr().out)
    assert Explanation.model_validate(said).scenario == "test"
    (answer,) = said["answers"]
    assert (answer["about"], answer["job_id"]) == ("unserved", "J2")
    found = answer["left_out"]
    assert (found["reason"]["slots"], found["fix"]["kind"]) == (2, "tool")
    assert answer["sentences"][0].startswith("J2: ")


def test_lines_are_as_wide_as_the_other_commands_and_keep_their_margin(
    files: tuple[str, str], capsys: Output
) -> None:
    assert run(["explain", *files, "--job", "J2"]) == ExitCode.FINE
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    assert all(line.startswith("  ") and line == line.rstrip() for line in lines[1:])


def test_a_late_job(files: tuple[str, str], capsys: Output) -> None:
    assert run(["explain", *files, "--job", "J1"]) == ExitCode.FINE
    said = capsys.readouterr().out
    assert said.startswith(
        "J1 is with T1 on 2026-07-15, 09:10 to 10:10, stop 1 of 1.\n  The best other place"
    )
    said = words(said)
    assert (
        "J1 starts 2026-07-15 09:10, 10 min after it was due (2026-07-15 09:00): the clock ARRIVE_NEAR"
        in said
    )
    assert "Nobody could be there before 09:10, even with nothing else to do that day." in said


@pytest.mark.parametrize("option", ["--why-not", "--instead-of"])
def test_why_not_somebody_else(option: str, files: tuple[str, str], capsys: Output) -> None:
    assert run(["explain", *files, "--job", "J1", option, "T2"]) == ExitCode.FINE
    said = words(capsys.readouterr().out)
    assert said.startswith("J1 is with T1. J1 moves to T2 on 2026-07-15 at 09:10")
    assert "and the bill stays the same." in said


def test_a_technician(files: tuple[str, str], capsys: Output) -> None:
    assert run(["explain", *files, "--technician", "T1", "--technician", "T1"]) == ExitCode.FINE
    assert capsys.readouterr().out.startswith("T1 on 2026-07-15 has no overtime: back at 10:20 after ")
    assert run(["explain", *files, "--technician", "T2"]) == ExitCode.FINE
    assert words(capsys.readouterr().out) == (
        "T2 on 2026-07-15 is on duty and has no stop. T2 may do 1 of 2 jobs; in this plan others do them, or they are "
        "left out. So many are ruled out by a missing tool (TOOL) 1."
    )


def test_overtime(tmp_path: Path, capsys: Output) -> None:
    question, plan = str(tmp_path / "long.yaml"), str(tmp_path / "plan.json")
    who = technician(shifts=(Shift(day=DAY, end=time(10), rest="none"),))
    Path(question).write_text(scenario_yaml(scenario([who], rules=PLAIN)), encoding="utf-8")
    assert run(["plan", question, "--iterations", "5", "--out", plan]) == ExitCode.FINE
    capsys.readouterr()
    assert run(["explain", question, plan, "--technician", "T1"]) == ExitCode.FINE
    assert capsys.readouterr().out.startswith(
        "T1 on 2026-07-15 is back at 10:20, 20 min after the regular end"
    )


def test_everything_served(tmp_path: Path, capsys: Output) -> None:
    question, plan = str(tmp_path / "small.yaml"), str(tmp_path / "plan.json")
    Path(question).write_text(scenario_yaml(scenario()), encoding="utf-8")
    assert run(["plan", question, "--iterations", "5", "--out", plan]) == ExitCode.FINE
    capsys.readouterr()
    assert run(["explain", question, plan]) == ExitCode.FINE
    assert capsys.readouterr().out == "Every job is served.\n"


def test_with_very_many_left_out_the_changes_are_on_demand(
    files: tuple[str, str], capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "MOST_CHANGES", 0)
    assert run(["explain", *files]) == ExitCode.FINE
    reason, more = capsys.readouterr().out.split("\n\n")
    assert reason == "J2: Both shifts are stopped: 2 by the missing tool rope (TOOL) alone."
    assert words(more) == "1 job is left out: ask about one of them for the smallest change that serves it."


def test_what_nobody_knows(files: tuple[str, str], capsys: Output) -> None:
    asked = ["explain", *files, "--job", "J3", "--why-not", "T1", "--technician", "nobody"]
    assert run(asked) == ExitCode.BAD_INPUT
    said = capsys.readouterr().err
    assert "2 errors in the input" in said
    assert "--job: The scenario has no 'J3'. Take an id from the scenario." in said
    assert "--technician: The scenario has no 'nobody'." in said


def test_why_not_without_a_job(files: tuple[str, str], capsys: Output) -> None:
    assert run(["explain", *files, "--why-not", "T1"]) == ExitCode.BAD_INPUT
    assert "Name the job with --job as well." in "".join(capsys.readouterr())


def test_a_plan_with_breaches_is_refused(files: tuple[str, str], capsys: Output) -> None:
    plan = Path(files[1])
    content = json.loads(plan.read_text(encoding="utf-8"))
    content["plan"]["shifts"][0]["technician_id"] = "T2"
    plan.write_text(json.dumps(content), encoding="utf-8")
    assert run(["explain", *files]) == ExitCode.FINE  # T2 is T1's equal
    content["plan"]["shifts"][0]["stops"][0]["start"] = "2026-07-15T08:00:00+08:00"
    plan.write_text(json.dumps(content), encoding="utf-8")
    capsys.readouterr()
    assert run(["explain", *files]) == ExitCode.BAD_INPUT
    said = capsys.readouterr().err
    assert "The plan breaks hard rules: " in said
    assert "`paigong check` with the same scenario and plan lists what is wrong" in said


def test_a_plan_of_another_scenario_is_refused(files: tuple[str, str], capsys: Output) -> None:
    changed = QUESTION.model_copy(update={"jobs": (LATE,)})
    Path(files[0]).write_text(scenario_yaml(changed), encoding="utf-8")
    assert run(["explain", *files]) == ExitCode.BAD_INPUT
    assert "The plan belongs to another state of test; plan again." in capsys.readouterr().err


def test_times_that_are_not_the_programs_own_are_noted(files: tuple[str, str], capsys: Output) -> None:
    plan = Path(files[1])
    content = json.loads(plan.read_text(encoding="utf-8"))
    (day,) = content["plan"]["shifts"]
    day["departure"] = day["stops"][0]["leg"]["departure"] = "2026-07-15T09:30:00+08:00"
    day["stops"][0]["leg"]["arrival"] = day["stops"][0]["start"] = "2026-07-15T09:40:00+08:00"
    day["stops"][0]["end"] = day["last_leg"]["departure"] = "2026-07-15T10:40:00+08:00"
    day["last_leg"]["arrival"] = "2026-07-15T10:50:00+08:00"
    plan.write_text(json.dumps(content), encoding="utf-8")
    assert run(["explain", *files]) == ExitCode.FINE
    assert "The plan's times were set again from its order of stops" in capsys.readouterr().err


def test_the_kinds_of_changes_are_said_once(tmp_path: Path, capsys: Output) -> None:
    # Nobody may weld and no change teaches it: two jobs left out for which nothing helps.
    question, plan = str(tmp_path / "small.yaml"), str(tmp_path / "plan.json")
    welds = [job(job_id=name, skills={"weld": 3}) for name in ("J1", "J2")]
    Path(question).write_text(scenario_yaml(scenario(jobs=welds)), encoding="utf-8")
    assert run(["plan", question, "--iterations", "5", "--out", plan]) == ExitCode.FINE
    capsys.readouterr()
    assert run(["explain", question, plan]) == ExitCode.FINE
    said = words(capsys.readouterr().out)
    assert said.count("No single change makes room for it.") == 2
    assert said.count("one more hour of overtime for one technician") == 1
    assert said.endswith("one less important job left out.")


def test_who_is_off_duty_is_told_why(tmp_path: Path, capsys: Output) -> None:
    question, plan = str(tmp_path / "small.yaml"), str(tmp_path / "plan.json")
    ill = technician(technician_id="T2", leave=(DateRange(first_day=DAY, last_day=DAY, reason="ill"),))
    Path(question).write_text(scenario_yaml(scenario([technician(), ill])), encoding="utf-8")
    assert run(["plan", question, "--iterations", "5", "--out", plan]) == ExitCode.FINE
    capsys.readouterr()
    assert run(["explain", question, plan, "--technician", "T2"]) == ExitCode.FINE
    said = capsys.readouterr().out
    assert said == "T2 on 2026-07-15 is off duty: leave or sickness (ABSENT), ill.\n"
    assert run(["explain", question, plan, "--technician", "T2", "--json"]) == ExitCode.FINE
    (answer,) = Explanation.model_validate_json(capsys.readouterr().out).answers
    assert answer.idle is not None
    assert (answer.idle.codes, answer.idle.details) == (("ABSENT",), ("ill",))
