"""``paigong policy``: prices in words, and what weighs most in a plan."""

import json
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.interchange.scenario_text import scenario_yaml
from tests.unit.rules.build import at, job, north, scenario, technician

Output = pytest.CaptureFixture[str]
QUESTION = scenario(
    [technician(skills={"repair": 2})],
    [job(dispatched_at=at("08:30")), job(job_id="J2", place=north(9), skills={"wiring": 1})],
)


@pytest.fixture
def question(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(scenario_yaml(QUESTION), encoding="utf-8")
    return path


@pytest.fixture
def answer(question: Path, capsys: Output) -> Path:
    path = question.with_name("plan.json")
    arguments = ["plan", str(question), "--engine", "greedy", "--preset", "economy", "--out", str(path)]
    assert run(arguments) == ExitCode.FINE
    capsys.readouterr()
    return path


def test_a_policy_alone(question: Path, capsys: Output) -> None:
    assert run(["policy", str(question)]) == ExitCode.FINE
    said = capsys.readouterr().out
    assert max(len(line) for line in said.splitlines()) <= 100
    assert "test\n  service-first: the plan that leaves out less wins" in said
    assert "  One hour of overtime costs ¥45.00.\n" in said
    assert (
        "  Leaving out a normal job: ¥500.00 = 306 km by car = 11 h 07 min of overtime, plus ¥30.00 if an\n"
        "    appointment was agreed.\n"
    ) in said
    assert "  SUBSIDY: Who mends another's installation" in said
    assert "    A water leak, mended on site by another than the installer: ¥30.00 = " in said
    assert "What weighs most in this plan" not in said


def test_a_policy_and_a_plan(question: Path, answer: Path, capsys: Output) -> None:
    assert run(["policy", str(question), str(answer)]) == ExitCode.FINE
    printed = capsys.readouterr().out
    assert "test\n  economy: money alone decides" in printed  # the plan's preset
    said = " ".join(printed.split())
    assert "Besides travel the largest part of the bill is UNSERVED: ¥300.00 of " in said
    assert (
        "SKILL is the only obstacle 1 time of 1 (jobs left out × slots: a shift and an appointment)." in said
    )
    assert "under economy, the preset in force. economy: money alone decides" in said
    assert "under service-first, ¥200.00 more than in force. service-first: " in said


def test_json(question: Path, answer: Path, capsys: Output) -> None:
    assert run(["policy", str(question), "--json"]) == ExitCode.FINE
    alone = json.loads(capsys.readouterr().out)
    assert (alone["preset"], alone["binding"], alone["presets"]) == ("service-first", None, [])
    assert {one["code"] for one in alone["exchanges"]} >= {"UNSERVED", "FAIRNESS"}
    assert run(["policy", str(question), str(answer), "--json"]) == ExitCode.FINE
    told = json.loads(capsys.readouterr().out)
    assert told["preset"] == "economy"
    assert [one["preset"] for one in told["presets"]] == ["service-first", "balanced", "economy"]
    assert told["binding"]["bars"] == [{"code": "SKILL", "jobs": 1, "slots": 1, "alone": 1}]


def test_a_plan_of_another_scenario_is_refused(question: Path, answer: Path, capsys: Output) -> None:
    other = QUESTION.model_copy(update={"name": "another"})
    question.write_text(scenario_yaml(other), encoding="utf-8")
    assert run(["policy", str(question), str(answer)]) == ExitCode.BAD_INPUT
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "The plan was made for 'test' in another state, or for another scenario." in captured.err
