"""Plan files: equal bytes for equal plans, whole or not at all."""

import os
from pathlib import Path

import pytest

from optimizer.domain.document import PlanDocument
from optimizer.errors import InvalidInput
from optimizer.interchange.plan_file import load_plan, plan_json, save_plan
from tests.unit.interchange.documents import document


def test_written_and_read_back(tmp_path: Path) -> None:
    made = document()
    save_plan(made, tmp_path / "plan.json")
    assert load_plan(tmp_path / "plan.json") == made
    assert (tmp_path / "plan.json").read_text(encoding="utf-8") == plan_json(made)


def test_equal_documents_give_equal_bytes() -> None:
    again = PlanDocument.model_validate_json(plan_json(document()))
    assert plan_json(again) == plan_json(document())
    assert plan_json(again).endswith("}\n")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")

    def full_disk(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        save_plan(document(), target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_damaged_plan_names_its_lines(tmp_path: Path) -> None:
    text = plan_json(document()).replace('"seed": 0', '"seed": -1').replace('"served": 1', '"served": "one"')
    (tmp_path / "plan.json").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load_plan(tmp_path / "plan.json")
    lines = text.splitlines()
    assert {issue.path: lines[(issue.line or 0) - 1].strip() for issue in caught.value.issues} == {
        "plan.provenance.seed": '"seed": -1,',
        "assessment.kpis.served": '"served": "one",',
    }


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("[]", "This is a bare list, no plan file."),
        (
            '{"format": "paigong-orders-1", "routes": []}',
            "These are orders of stops without times, no plan file.",
        ),
        ('{"name": "x", "horizon": {}, "jobs": []}', "This is a scenario, no plan file."),
        (
            '{"format": "paigong-plan-1", "horizon": {}, "shifts": []}',
            "This is a plan without its assessment, no plan file.",
        ),
        ("routes: []\n", "This is no plan file: those are JSON, a mapping in braces."),
    ],
)
def test_other_files_are_called_what_they_are(text: str, cause: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load_plan(path)
    (issue,) = caught.value.issues
    assert (issue.code, issue.cause) == ("not-a-plan", cause)
