"""``paigong vroom``: a file or standard input in, VROOM's answer and exit code out."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from optimizer.cli.app import new_app
from optimizer.cli.vroom import vroom

REQUEST = {
    "vehicles": [{"id": 1, "start_index": 0, "end_index": 0}],
    "jobs": [{"id": 7, "location_index": 1}, {"id": 8, "location_index": 0, "skills": [3]}],
    "matrices": {"car": {"durations": [[0, 60], [50, 0]]}},
}


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(new_app((vroom,)), ["vroom", *arguments], input=stdin)


def answer_of(result: Result) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_a_file_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_text(json.dumps(REQUEST), encoding="utf-8")
    result = run(str(path), "--iterations", "10")
    assert result.exit_code == 0
    answer = answer_of(result)
    assert (answer["code"], answer["summary"]["cost"]) == (0, 110)
    assert answer["unassigned"][0]["reason"] == "No vehicle has skill 3."


@pytest.mark.parametrize("name", [(), ("-",)])
def test_standard_input_is_answered(name: tuple[str, ...]) -> None:
    result = run(*name, "--iterations", "10", "--seed", "4", "--threads", "2", stdin=json.dumps(REQUEST))
    assert result.exit_code == 0
    assert answer_of(result)["summary"]["unassigned"] == 1


def test_time_and_iterations_may_both_be_given() -> None:
    result = run("--iterations", "10", "--time", "60", stdin=json.dumps(REQUEST))
    assert answer_of(result)["summary"]["cost"] == 110


def test_input_errors_are_answered_with_code_2() -> None:
    result = run(stdin=json.dumps({**REQUEST, "options": {"g": True}}))
    assert result.exit_code == 2
    answer = answer_of(result)
    assert answer["code"] == 2
    assert "'options.g' is not taken" in answer["error"]
    assert result.stderr.startswith("[Error] options.g")


@pytest.mark.parametrize("stdin", ["", "{", "[]"])
def test_broken_text_is_answered_with_code_2(stdin: str) -> None:
    result = run(stdin=stdin)
    assert (result.exit_code, answer_of(result)["code"]) == (2, 2)


def test_a_missing_file_is_answered_with_code_2(tmp_path: Path) -> None:
    result = run(str(tmp_path / "none.json"))
    assert result.exit_code == 2
    assert answer_of(result)["issues"][0]["code"] == "file-unreadable"


def test_a_search_without_end_is_refused() -> None:
    result = run("--time", "inf", stdin=json.dumps(REQUEST))
    assert result.exit_code == 2
    assert "--time" in result.stderr
