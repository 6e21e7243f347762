"""The scenarios that come with the program are found by name."""

from pathlib import Path

import pytest

from optimizer import scenario_library
from optimizer.scenario_library import rule_scenario, scenario_names, scenario_path
from tests.architecture.project import ROOT


def test_a_folder_and_a_file_are_found_by_name() -> None:
    assert scenario_path("changsha-aircon") == ROOT / "scenarios" / "changsha-aircon"
    assert scenario_path("rules/skill") == ROOT / "scenarios" / "rules" / "skill.yaml"


@pytest.mark.parametrize(
    "name", ["", "rules", "rules/", "skill", "rules/skill.yaml", "../scenarios/rules/skill"]
)
def test_anything_else_is_no_name(name: str) -> None:
    assert scenario_path(name) is None


def test_folders_come_before_the_scenarios_of_rules() -> None:
    names = scenario_names()
    of_rules = [name for name in names if name.startswith("rules/")]
    assert "rules/skill" in of_rules
    assert names == (*sorted(set(names) - set(of_rules)), *sorted(of_rules))


def test_a_rules_scenario_is_named_by_its_code() -> None:
    assert rule_scenario("ARRIVE_NEAR") == "rules/arrive_near"


def test_both_kinds_are_found_inside_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in ("zebra/scenario.yaml", "rules/part.yaml", "rules/README.md", "other/notes.yaml"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()
    monkeypatch.setattr(scenario_library, "_PLACES", (tmp_path / "missing", tmp_path))
    assert scenario_names() == ("zebra", "rules/part")
    assert scenario_path("zebra") == tmp_path / "zebra"
    assert scenario_path("rules/part") == tmp_path / "rules" / "part.yaml"
