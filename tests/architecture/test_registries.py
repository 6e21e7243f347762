"""The tables of contents, the files and the tests are in step."""

import ast
from pathlib import Path
from typing import Any

import pytest

from optimizer.cli import COMMANDS
from optimizer.domain.assessment import Assessment
from optimizer.domain.base import Record
from optimizer.domain.document import PlanDocument
from optimizer.domain.orders import Orders
from optimizer.domain.plan import Plan
from optimizer.domain.plan_diff import PlanDiff
from optimizer.domain.scenario import Scenario
from optimizer.engines import ENGINES
from optimizer.engines.base import Engine
from optimizer.interchange.record_issues import records_of
from optimizer.interchange.scenario_file import load_scenario
from optimizer.rules import RULES
from optimizer.rules.base import Rule
from optimizer.scenario_library import RULE_SCENARIOS, rule_scenario, scenario_names, scenario_path
from tests.architecture.project import ROOT, python_files

RULE_FOLDER = ROOT / "scenarios" / "rules"
SHOWN = [name for name in scenario_names() if name.startswith(RULE_SCENARIOS)]
"""Names of the scenarios that show one rule each."""


def source_of(thing: object) -> Path:
    """Return the file a class or function comes from."""
    return ROOT / (thing.__module__.replace(".", "/") + ".py")


def files_defining(folder: str, name: str) -> set[Path]:
    """Return the files of a folder that set this name at their top level."""
    found = set()
    for file in python_files(folder):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                found.add(file)
    return found


def test_every_rule_file_is_in_the_rule_book() -> None:
    assert {source_of(type(rule)) for rule in RULES} == files_defining("optimizer/rules", "RULE")
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_the_rule_book_is_read_from_front_to_back() -> None:
    order = ("who", "when", "clock", "price")
    sections = [rule.section for rule in RULES]
    assert sections == sorted(sections, key=order.index)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_says_what_and_why(rule: Rule[Any]) -> None:
    assert rule.title.endswith(".")
    assert rule.source
    assert all(field.description for field in rule.params.model_fields.values())
    assert (ROOT / "tests/unit/rules" / f"test_{source_of(type(rule)).stem.rstrip('_')}.py").exists()


def test_every_engine_is_listed() -> None:
    names = {engine.name for engine in ENGINES}
    assert len(names) == len(ENGINES)
    ours = {engine for engine in Engine.__subclasses__() if engine.__module__.startswith("optimizer.")}
    assert {type(engine) for engine in ENGINES} == ours


def test_every_command_file_is_listed() -> None:
    files = {source_of(command) for command in COMMANDS}
    assert files == {ROOT / "optimizer/cli" / f"{command.__name__}.py" for command in COMMANDS}
    taking = {file for file in python_files("optimizer/cli") if file.stem in _functions(file)}
    assert files == {file for file in taking if file.parent.name == "cli"}


def test_every_scenario_has_its_story() -> None:
    folders = {folder for folder in (ROOT / "scenarios").iterdir() if folder.is_dir()} - {RULE_FOLDER}
    assert {folder.name for folder in folders} == set(scenario_names()) - set(SHOWN)
    for folder in folders:
        assert (folder / "README.md").read_text(encoding="utf-8").startswith("# ")


def test_every_rule_has_its_scenario() -> None:
    wanted = {rule_scenario(rule.code) for rule in RULES}
    missing, strange = sorted(wanted - set(SHOWN)), sorted(set(SHOWN) - wanted)
    assert not missing, f"rules without a scenario: {missing}"
    assert not strange, f"scenarios without a rule: {strange}"
    files = {f"{name.removeprefix(RULE_SCENARIOS)}.yaml" for name in SHOWN}
    assert {file.name for file in RULE_FOLDER.iterdir()} == files | {"README.md"}


@pytest.mark.parametrize("name", SHOWN)
def test_a_rule_scenario_is_small_and_tells_what_happens(name: str) -> None:
    path = scenario_path(name)
    assert path is not None
    scenario = load_scenario(path)
    assert scenario.name == name
    assert scenario.story.strip().endswith(".")
    assert len(scenario.jobs) <= 6
    assert len(scenario.technicians) <= 4


def test_every_rule_scenario_is_held_to_its_story() -> None:
    held = {name for file in python_files("tests/golden/rules") for name in _functions(file)}
    wanted = {f"test_{name.removeprefix(RULE_SCENARIOS)}" for name in SHOWN}
    assert not wanted - held, f"facts that no golden test asserts: {sorted(wanted - held)}"


def test_every_field_of_the_formats_is_documented() -> None:
    for record in records_of(Scenario, Plan, Assessment, PlanDocument, Orders, PlanDiff):
        assert issubclass(record, Record)
        missing = [name for name, field in record.model_fields.items() if not field.description]
        assert not missing, f"{record.__name__}: {missing}"


def test_files_stay_readable() -> None:
    for file in python_files("optimizer", "service", "tests", "benchmarks"):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file


def _functions(file: Path) -> set[str]:
    return {
        node.name
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
