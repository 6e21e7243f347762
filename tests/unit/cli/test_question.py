"""Which scenario the command line means, and what is said when there is none."""

from pathlib import Path

import pytest

from optimizer.cli.question import scenario_named
from optimizer.errors import InvalidInput
from optimizer.interchange.scenario_text import scenario_yaml
from tests.unit.rules.build import scenario


def test_folders_and_scenarios_of_rules_are_named() -> None:
    assert scenario_named("changsha-aircon").name == "changsha-aircon"
    assert scenario_named("rules/skill").name == "rules/skill"


def test_a_file_comes_before_a_scenario_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "changsha-aircon").write_text(scenario_yaml(scenario()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert scenario_named("changsha-aircon").name == "test"


@pytest.mark.parametrize(
    ("argument", "near"),
    [
        ("changsha-aircn", "changsha-aircon"),
        ("rules/skil", "rules/skill"),
        ("SKILL", "rules/skill"),  # a rule's code
        ("arrive-near", "rules/arrive_near"),
        ("scenarios/rules/apointment.yaml", "rules/appointment"),
    ],
)
def test_an_unknown_name_is_answered_with_near_ones(argument: str, near: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        scenario_named(argument)
    (issue,) = caught.value.issues
    assert issue.code == "file-not-found"
    assert issue.action.startswith(f"Did you mean '{near}'")


def test_a_name_like_none_is_answered_with_what_there_is() -> None:
    with pytest.raises(InvalidInput) as caught:
        scenario_named("qqq")
    (issue,) = caught.value.issues
    assert issue.action == (
        "These come with the program: changsha-aircon, coach-maker, screens-network, shanghai-purifier, "
        "systems-vendor, and one for each rule, such as rules/absent."
    )
