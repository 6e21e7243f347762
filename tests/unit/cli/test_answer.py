"""Which scenario a plan answers: found by its name, counted only by its fingerprint."""

from pathlib import Path

import pytest

from optimizer.assess import assess
from optimizer.cli import run
from optimizer.cli.answer import answered, is_plan, refuse_swapped, sources
from optimizer.cli.exit_codes import ExitCode
from optimizer.domain.document import PlanDocument
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.domain.policy import Preset
from optimizer.domain.scenario import Scenario
from optimizer.errors import InvalidInput
from optimizer.interchange.plan_file import save_plan
from optimizer.interchange.scenario_file import load_scenario, with_preset
from optimizer.interchange.scenario_text import scenario_json, scenario_yaml
from optimizer.interchange.workbook import write_workbook
from optimizer.scenario_library import scenario_path
from tests.unit.rules.build import job, plan, scenario


def write(path: Path, of: Scenario) -> None:
    text = scenario_json(of) if path.suffix == ".json" else scenario_yaml(of)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_plan(path: Path, of: Scenario, preset: Preset = "service-first") -> str:
    """Write a plan that serves nobody, made under a preset."""
    question = with_preset(of, preset)
    made = plan(question, []).model_copy(update={"scenario_sha256": scenario_sha256(question)})
    path.parent.mkdir(parents=True, exist_ok=True)
    save_plan(PlanDocument(plan=made, assessment=assess(question, made)), path)
    return str(path)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder beside the plans."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path


DAY = scenario().model_copy(update={"name": "my-day"})


@pytest.mark.parametrize("name", ["my-day.yaml", "my-day.yml", "my-day.json", "my-day/scenario.yaml"])
@pytest.mark.parametrize("where", ["plans", "here"])
def test_it_is_found_beside_the_plan_and_in_the_working_folder(folder: Path, name: str, where: str) -> None:
    write(folder / where / name, DAY)
    assert answered(write_plan(folder / "plans/p.json", DAY), None).scenario == DAY


def test_a_scenario_of_the_program_is_found_by_its_name(folder: Path) -> None:
    path = scenario_path("rules/part")
    assert path is not None
    of = load_scenario(path)
    assert answered(write_plan(folder / "p.json", of), None).scenario == of


def test_it_is_read_under_the_plan_s_preset(folder: Path) -> None:
    write(folder / "my-day.yaml", DAY)
    found = answered(write_plan(folder / "p.json", DAY, "economy"), None)
    assert found.scenario.policy.preset == "economy"
    assert found.document.plan.preset == "economy"


def test_only_the_very_state_counts(folder: Path) -> None:
    of = write_plan(folder / "plans/p.json", DAY)
    write(folder / "plans/my-day.yaml", DAY.model_copy(update={"jobs": (job(units=2),)}))
    with pytest.raises(
        InvalidInput, match=r"not the state the plan was made for: .*my-day\.yaml.*--scenario"
    ):
        answered(of, None)
    write(folder / "here/my-day.yaml", DAY)  # looked at next
    assert answered(of, None).scenario == DAY


def test_a_broken_file_of_that_name_is_passed_over(folder: Path) -> None:
    (folder / "my-day.yaml").write_text("name: [", encoding="utf-8")
    write(folder / "my-day.json", DAY)
    assert answered(write_plan(folder / "p.json", DAY), None).scenario == DAY


def test_nothing_found_says_where_was_looked(folder: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        answered(write_plan(folder / "p.json", DAY), None)
    (issue,) = refused.value.issues
    assert "beside the plan, in the working folder and among the program's own for 'my-day'" in issue.cause
    assert "--scenario" in issue.action


@pytest.mark.parametrize("name", ["../secret", "..", "/etc/passwd", "C:x", "x" * 200, ".hidden"])
def test_a_hostile_name_leads_nowhere_else(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    usual = Path.is_file

    def noted(path: Path) -> bool:
        asked.append(path)
        return usual(path)

    monkeypatch.setattr(Path, "is_file", noted)
    of = DAY.model_copy(update={"name": name})
    write(folder / "secret.yaml", DAY.model_copy(update={"name": "../secret"}))
    with pytest.raises(InvalidInput, match="there is none"):
        answered(write_plan(folder / "plans/p.json", of), None)
    allowed = {folder / "plans", Path(), Path(".")}
    assert all(path.parent in allowed for path in asked)


def test_a_name_with_a_nul_is_no_name(folder: Path) -> None:
    file = folder / "p.json"
    write_plan(file, DAY)
    file.write_text(file.read_text(encoding="utf-8").replace('"my-day"', '"my\\u0000day"'), encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        answered(str(file), None)
    (issue,) = refused.value.issues
    assert (issue.code, issue.path, issue.cause) == (
        "nul",
        "plan.scenario",
        "The text holds a NUL character.",
    )


def test_the_named_scenario_must_be_the_plan_s(folder: Path) -> None:
    of = write_plan(folder / "p.json", DAY)
    write(folder / "elsewhere.yaml", DAY)
    assert answered(of, str(folder / "elsewhere.yaml")).scenario == DAY
    write(folder / "other.yaml", DAY.model_copy(update={"name": "other"}))
    with pytest.raises(InvalidInput, match="made for 'my-day', not for 'other'"):
        answered(of, str(folder / "other.yaml"))
    write(folder / "changed.yaml", DAY.model_copy(update={"jobs": ()}))
    with pytest.raises(InvalidInput, match="facts have changed since"):
        answered(of, str(folder / "changed.yaml"))


def test_standard_input_is_read_once() -> None:
    with pytest.raises(InvalidInput, match="cannot both come from standard input"):
        answered("-", "-")


def test_a_plan_file_is_told_from_a_scenario(folder: Path) -> None:
    of = write_plan(folder / "p.json", DAY)
    for name in ("my-day.yaml", "my-day.json"):
        write(folder / name, DAY)
        assert not is_plan(str(folder / name))
    assert is_plan(of)
    assert is_plan("-")
    assert not is_plan("changsha-aircon")
    assert not is_plan(str(folder))


@pytest.mark.parametrize("name", ["wednesday.yaml", "wednesday.yml", "wednesday.json", "good.xlsx"])
def test_a_scenario_beside_the_plan_is_found_under_any_file_name(folder: Path, name: str) -> None:
    path = folder / "plans" / name
    if path.suffix == ".xlsx":
        path.parent.mkdir()
        write_workbook(DAY, path, "en")
        of = load_scenario(path)
    else:
        of = DAY
        write(path, of)
    (folder / "plans/a-broken.yaml").write_text("name: [", encoding="utf-8")
    (folder / "plans/a-packed.xlsx").write_bytes(b"PK\x03\x04")
    write(folder / "plans/another.yaml", DAY.model_copy(update={"jobs": ()}))
    found = answered(write_plan(folder / "plans/p.json", of), None)
    assert (found.scenario, found.found) == (of, path)


def test_plans_and_maps_beside_it_are_not_even_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of = write_plan(folder / "plans/p.json", DAY)
    write_plan(folder / "plans/other-plan.json", DAY)
    for name, text in (
        ("map.json", '{"type": "FeatureCollection", "features": []}'),
        ("diff.json", '{"format": "paigong-plan-diff-1"}'),
        ("list.json", "[]"),
        ("~$good.xlsx", "a lock"),
        ("large.yaml", "#" * 1000),
    ):
        (folder / "plans" / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr("optimizer.cli.answer.MAX_BYTES", 999)
    read: list[str] = []

    def noted(path: Path) -> Scenario:
        read.append(path.name)
        return load_scenario(path)

    monkeypatch.setattr("optimizer.cli.answer.load_scenario", noted)
    with pytest.raises(InvalidInput, match="there is none"):
        answered(of, None)
    assert read == []


def test_only_some_neighbours_are_tried(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.cli.answer.MOST_NEIGHBOURS", 2)
    for name in ("a", "b"):
        write(folder / f"plans/{name}.yaml", DAY.model_copy(update={"name": name}))
    of = write_plan(folder / "plans/p.json", DAY)
    write(folder / "plans/c.yaml", DAY)
    with pytest.raises(InvalidInput, match="there is none"):
        answered(of, None)
    (folder / "plans/a.yaml").unlink()
    assert answered(of, None).scenario == DAY


def test_where_it_was_found_is_a_source(folder: Path) -> None:
    write(folder / "plans/wednesday.yaml", DAY)
    of = write_plan(folder / "plans/p.json", DAY)
    found = answered(of, None)
    assert folder / "plans/wednesday.yaml" in sources(of, None, "my-day", found.found)
    assert folder / "plans/wednesday.yaml" not in sources(of, None, "my-day")


def test_swapped_arguments_are_named(folder: Path) -> None:
    write(folder / "my-day.yaml", DAY)
    of = write_plan(folder / "p.json", DAY)
    with pytest.raises(InvalidInput, match=r"p\.json' is a plan; the order is SCENARIO PLAN\."):
        refuse_swapped(of)
    for fine in (str(folder / "my-day.yaml"), "changsha-aircon", str(folder), "-", "a\x00b"):
        refuse_swapped(fine)


@pytest.mark.parametrize("command", ["check", "explain", "policy"])
def test_every_command_that_takes_both_says_so(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "my-day.yaml", DAY)
    of = write_plan(folder / "p.json", DAY)
    assert run([command, of, str(folder / "my-day.yaml")]) == ExitCode.BAD_INPUT
    assert "the order is SCENARIO PLAN." in " ".join(capsys.readouterr().err.split())


def test_a_plan_behind_the_option_is_named(folder: Path) -> None:
    write(folder / "my-day.yaml", DAY)
    of = write_plan(folder / "p.json", DAY)
    with pytest.raises(InvalidInput, match=r"is a plan; the order is PLAN --scenario SCENARIO\."):
        answered(str(folder / "my-day.yaml"), of)
