"""``paigong hhcrsp``: an instance in, the cost on the screen, the answer in a file."""

import json
from pathlib import Path

import pytest

from optimizer.cli import run
from tests.unit.interchange.hhcrsp.samples import ANSWER, instance_text

Output = pytest.CaptureFixture[str]


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.json"
    path.write_text(instance_text(), encoding="utf-8")
    return path


def test_the_cost_is_shown_and_the_answer_written(instance: Path, tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "answer.json"
    assert run(["hhcrsp", str(instance), "--iterations", "3000", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "cost 55.000 = (distance 140.000 + tardiness 15.000" in said
    assert "4 patients, 3 of 3 caregivers out" in said
    assert json.loads(out.read_text(encoding="utf-8")) == ANSWER


def test_json_is_the_answer(instance: Path, capsys: Output) -> None:
    assert run(["hhcrsp", str(instance), "--iterations", "3000", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == ANSWER


def test_a_broken_instance_is_refused(instance: Path, capsys: Output) -> None:
    instance.write_text(instance_text(distances=[[0]]), encoding="utf-8")
    assert run(["hhcrsp", str(instance)]) == 2
    assert "The office and 4 patients need 5" in capsys.readouterr().err


def test_the_answer_never_replaces_the_instance(instance: Path, capsys: Output) -> None:
    assert run(["hhcrsp", str(instance), "--iterations", "1", "--out", str(instance)]) == 2
    assert json.loads(instance.read_text(encoding="utf-8"))["services"]
