"""The home health care benchmark: which instances are run, what a line says, and the verdicts."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import hhcrsp
from benchmarks.table_hhcrsp import table
from tests.unit.interchange.hhcrsp.samples import ANSWER, instance_text


def line(instance: str, patients: int, cost: float, best: float | None, **more: Any) -> dict[str, Any]:
    about = {"machine": "box, 2 cores", "date": "2026-11-22", "versions": {"numba": "1"}, "cpu_share": 0.9}
    run = {"instance": instance, "seed": 1, "seconds": 60.0, "status": "ok", "patients": patients}
    return {**about, **run, "cost": cost, "best_known": best, **more}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b_2.json").write_text(instance_text())
    (tmp_path / "a_10.json").write_text(instance_text() + " " * 100)
    (tmp_path / "best_known.json").write_text(json.dumps({"best_known": {"b_2.json": 50.0}}))
    return tmp_path


def test_smaller_instances_come_first_and_the_best_values_are_none(folder: Path) -> None:
    assert [path.name for path in hhcrsp.instances(folder, [""])] == ["b_2.json", "a_10.json"]
    assert [path.name for path in hhcrsp.instances(folder, ["_10"])] == ["a_10.json"]


def finish(monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any]) -> None:
    """Let a run end with this answer."""

    class Ended:
        returncode = 0
        stdout = json.dumps({"answer": answer, "iterations": 7})

    monkeypatch.setattr("subprocess.run", lambda *_, **__: Ended())


def test_a_run_is_checked_and_its_answer_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(monkeypatch, ANSWER)
    found = hhcrsp.result(folder / "b_2.json", 1, 60.0, 0, 50.0, folder / "best")
    assert (found["status"], found["cost"], found["caregivers"], found["iterations"]) == ("ok", 55.0, 3, 7)
    assert json.loads((folder / "best" / "b_2.json").read_text()) == ANSWER


def test_a_wrong_answer_is_invalid_and_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(monkeypatch, {**ANSWER, "cost": {**ANSWER["cost"], "distance": 1.0}})
    found = hhcrsp.result(folder / "b_2.json", 1, 60.0, 0, None, folder / "best")
    assert (found["status"], found["findings"]) == ("invalid", ["The distance is 140, not 1."])
    assert not (folder / "best").exists()


def test_the_table_has_medians_spread_and_failures() -> None:
    runs = [line("x", 75, cost, 100.0) for cost in (100.2, 99.0, 101.0)]
    failed = {**line("x", 75, 0.0, 100.0), "status": "failed"}
    said = table([*runs, failed])
    assert "| x | 75 | 60 | 100.000 | 100.200 | +0.20 | -1.00 to +1.00 | 3 of 4 (failed) |" in said
    assert "- 60 s, 75 patients: worst median gap +0.20 %, at most 0.5 %: reached" in said


def test_the_largest_are_judged_on_average() -> None:
    runs = [line("x", 100, 101.0, 100.0), line("y", 100, 98.9, 100.0), line("z", 10, 10.0001, 10.0)]
    said = table(runs)
    assert "100 patients: mean of the median gaps -0.05 %, at most 0 %: reached" in said
    assert "10 patients: worst median gap +0.00 %, at most 0 %: missed" in said


def test_without_published_values_there_are_no_gaps() -> None:
    assert "| x | 4 | 60 | – | 55.000 | – | – | 1 of 1 |" in table([line("x", 4, 55.0, None)])
