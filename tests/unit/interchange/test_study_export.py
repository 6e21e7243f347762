"""A study's answers as a file: nothing is lost, and what is no answer is refused."""

from pathlib import Path

import pytest

from optimizer.errors import InvalidInput
from optimizer.interchange.study_export import load_study_result, save_study_result, study_result_json
from tests.unit.study_page.some_result import result


def test_answers_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    save_study_result(result(), path)
    assert load_study_result(path) == result()
    assert path.read_text(encoding="utf-8") == study_result_json(result())


def test_what_is_no_result_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text('{"format": "paigong-study-result-1", "chains": 1}', encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        load_study_result(path)
    assert {"chains", "study", "variants"} <= {one.path for one in refused.value.issues}
