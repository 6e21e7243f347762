"""The lines of ``staffing`` and ``one-more``: the answers, and the branches whose study ended with an error."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import staffing
from optimizer.domain.study import Study
from optimizer.domain.study_result import StudyResult
from optimizer.errors import NotSimulated
from optimizer.whatif.conduct import conducted
from tests.unit.whatif.staffed import Truth, asked, sampling, team
from tests.unit.whatif.test_one_more import cost

Output = pytest.CaptureFixture[str]


def lines(
    run: Any, monkeypatch: pytest.MonkeyPatch, capsys: Output, seeds: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Run a benchmark whose second branch ends with an error; the others are simulated by a known truth."""

    def answered(study: Study, folder: Path, workers: int) -> tuple[StudyResult, int]:
        if study.seed == 1:
            raise NotSimulated("Nobody is there.")
        questions = study.questions.model_dump(exclude_none=True)
        if "smallest_staff" in questions:
            questions["smallest_staff"]["like"] = "T2"
        given = asked(**questions)
        truth = Truth(lambda people: 0.98 if people >= 9 else 0.7, cost)
        way, kept, _ = sampling(given, team(), truth)
        result = conducted(given, team(), way)
        assert result is not None
        return result, len(kept.all)

    monkeypatch.setattr(staffing, "_answered", answered)
    monkeypatch.setattr(staffing, "warm_up", lambda: None)
    parser = argparse.ArgumentParser()
    staffing.add_arguments(parser)
    run(parser.parse_args(["--seeds", *seeds, "--size", "3-5"]))
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_answer_and_one_fewer_are_told(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    first, second = lines(staffing.smallest, monkeypatch, capsys, ("0", "1"))
    assert (first["seed"], first["base"], first["more"]) == (0, 7, 2)
    assert (first["confirmed"]["people"], first["confirmed"]["state"]) == (9, "met")
    assert (first["one_fewer"]["people"], first["one_fewer"]["state"]) == (8, "not_met")
    assert second["error"] == "Nobody is there."
    assert "more" not in second


def test_what_one_more_is_worth_is_told(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    (found,) = lines(staffing.one_more, monkeypatch, capsys, ("0",))
    best = found["changes"][0]
    assert (best["kind"], best["what"], best["clear"]) == ("shared_tool", "hoist", True)
    mean, low, high = best["yuan_a_day"]
    assert low <= mean <= high
    assert low <= -90 <= high
