"""``paigong check``: every part of a plan file that is not true is named, and a stranger is named once."""

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer.cli import run
from optimizer.cli.check import verdict
from optimizer.cli.exit_codes import ExitCode
from optimizer.domain.assessment import Finding
from optimizer.interchange.scenario_text import scenario_yaml
from tests.unit.rules.build import at, job, north, scenario

Output = pytest.CaptureFixture[str]
QUESTION = scenario(
    jobs=[job(dispatched_at=at("08:30")), job(job_id="J2", place=north(9))],
    rules={code: {"active": False} for code in ("CONTACT", "PROGRESS_CHECK")},  # only COMPLETE has clocks
)


class Files:
    """A scenario file and its plan file."""

    def __init__(self, folder: Path) -> None:
        self.scenario = folder / "small.yaml"
        self.plan = folder / "plan.json"
        self.write(QUESTION.name)

    def write(self, name: str, **facts: Any) -> None:
        """Write the scenario under a name, with facts changed."""
        changed = QUESTION.model_copy(update={"name": name, **facts})
        self.scenario.write_text(scenario_yaml(changed), encoding="utf-8")

    def make(self, *options: str) -> None:
        """Plan the scenario."""
        arguments = ["plan", str(self.scenario), "--engine", "greedy", "--out", str(self.plan), *options]
        assert run(arguments) == ExitCode.FINE

    def content(self) -> Any:
        """Return the plan file's content."""
        return json.loads(self.plan.read_text(encoding="utf-8"))

    def check(self, content: Any, *options: str) -> int:
        """Check a plan file with this content."""
        self.plan.write_text(json.dumps(content), encoding="utf-8")
        return run(["check", str(self.scenario), str(self.plan), *options])


@pytest.fixture
def files(tmp_path: Path, capsys: Output) -> Files:
    made = Files(tmp_path)
    made.make()
    capsys.readouterr()
    return made


def test_a_sound_plan(files: Files, capsys: Output) -> None:
    assert files.check(files.content()) == ExitCode.FINE
    said = capsys.readouterr().out
    assert "every hard rule is kept, 2 of 2 jobs served" in said
    assert "clocks and key figures are right" in said


def test_the_preset_of_the_plan_counts(files: Files, capsys: Output) -> None:
    files.make("--preset", "economy")
    capsys.readouterr()
    assert files.check(files.content(), "--json") == ExitCode.FINE
    answer = json.loads(capsys.readouterr().out)
    assert (answer["findings"], answer["differences"], answer["bill_in_file_is_right"]) == ([], [], True)


def test_breaches_and_a_wrong_bill(files: Files, capsys: Output) -> None:
    content = files.content()
    content["assessment"]["bill"]["total_cents"] += 1
    content["plan"]["unserved"] = ["J1"]  # although it is served
    assert files.check(content) == ExitCode.BREACHES
    said = capsys.readouterr().out
    assert "PLAN: " in said
    assert "The bill in the file (" in said
    assert "is not what the plan owes" in said
    assert "The broken hard rules in the file (0) are not the plan's (1)." in said


def test_parts_of_the_bill_that_sum_to_the_same(files: Files, capsys: Output) -> None:
    content = files.content()
    content["assessment"]["bill"]["lines"][0]["sentence"] = "free of charge"
    assert files.check(content) == ExitCode.BREACHES
    assert "but its parts differ" in capsys.readouterr().out


def test_clocks_that_are_not_true(files: Files, capsys: Output) -> None:
    content = files.content()
    target, limit = content["assessment"]["clocks"]
    assert (target["label"], limit["label"]) == ("target", "limit")
    target["state"] = "missed"
    assert files.check(content) == ExitCode.BREACHES
    said = capsys.readouterr().out
    assert said == "The clocks in the file are not the plan's: COMPLETE target of J1.\n"
    content["assessment"]["clocks"] = []
    assert files.check(content) == ExitCode.BREACHES
    assert "COMPLETE target of J1, COMPLETE limit of J1." in capsys.readouterr().out


def test_a_clock_written_with_another_offset_is_the_same_clock(files: Files) -> None:
    content = files.content()
    target = content["assessment"]["clocks"][0]
    assert target["due"] == "2026-07-15T18:00:00+08:00"
    target["due"] = "2026-07-15T10:00:00+00:00"
    assert files.check(content) == ExitCode.FINE


def test_key_figures_that_are_not_true(files: Files, capsys: Output) -> None:
    content = files.content()
    content["assessment"]["kpis"] |= {"served": 7, "overtime_h": 1.5}
    assert files.check(content) == ExitCode.BREACHES
    expected = "The key figures in the file are not the plan's: served is 2 and not 7, overtime_h is 0.0 and not 1.5.\n"
    assert capsys.readouterr().out == expected


def test_nights_away_that_are_not_true(files: Files, capsys: Output) -> None:
    content = files.content()
    assert "nights_away" not in content["assessment"]["kpis"]
    content["assessment"]["kpis"]["nights_away"] = 1
    assert files.check(content) == ExitCode.BREACHES
    assert "nights_away is 0 and not 1" in capsys.readouterr().out


def test_reasons_are_not_compared(files: Files) -> None:
    content = files.content()
    content["assessment"]["unserved"] = [{"job_id": "J1", "sentence": "Why not.", "obstacles": []}]
    assert files.check(content) == ExitCode.FINE


def test_a_plan_for_another_scenario_is_said_once(files: Files, capsys: Output) -> None:
    files.write("tomorrow", jobs=())
    assert files.check(files.content()) == ExitCode.BREACHES
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert said.startswith("PLAN: The plan was made for test, not for tomorrow. ")


def test_a_plan_for_an_earlier_state_is_said_once(files: Files, capsys: Output) -> None:
    files.write(QUESTION.name, jobs=QUESTION.jobs[:1])
    assert files.check(files.content()) == ExitCode.BREACHES
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert said.startswith("PLAN: The plan was made for another state of test: facts have changed since. ")
    assert files.check(files.content(), "--json") == ExitCode.BREACHES
    answer = json.loads(capsys.readouterr().out)
    assert [finding["code"] for finding in answer["findings"]] == ["PLAN"]
    assert (answer["bill_in_file_is_right"], answer["total_cents"]) == (None, None)


def finding(code: str) -> Finding:
    return Finding(code=code, measured=1, limit=0, over=1, unit="jobs", sentence="")


@pytest.mark.parametrize(
    ("codes", "wrong", "said"),
    [
        (["SKILL"], (), "1 hard rule is broken."),
        (["SKILL", "TOOL", "SKILL"], (), "2 hard rules are broken, 3 times in all."),
        (["PLAN", "SKILL"], (), "1 hard rule is broken. The plan file contradicts itself or the scenario."),
        (["SKILL"], ("The bill differs.",), "1 hard rule is broken. Figures in the file are not the plan's."),
    ],
)
def test_the_verdict(codes: list[str], wrong: tuple[str, ...], said: str) -> None:
    assert verdict([finding(code) for code in codes], wrong) == said
