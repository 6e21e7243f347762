"""The commands: what they print where, and how they end."""

import io
import json
import sys
from pathlib import Path

import pytest

from optimizer import __version__, planning
from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.domain.fingerprint import scenario_sha256
from optimizer.errors import InvalidInput
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_yaml
from optimizer.rules import RULES
from optimizer.scenario_library import scenario_path
from tests.unit.rules.build import job, north, scenario

Output = pytest.CaptureFixture[str]


@pytest.fixture
def small(tmp_path: Path) -> str:
    """Write two repairs for one repairer to a file."""
    path = tmp_path / "small.yaml"
    made = scenario(jobs=[job(), job(job_id="J2", place=north(9))])
    path.write_text(scenario_yaml(made), encoding="utf-8")
    return str(path)


def test_version(capsys: Output) -> None:
    assert run(["--version"]) == ExitCode.FINE
    assert capsys.readouterr().out == f"paigong {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["nope"], ["plan"], ["plan", "x", "--seed", "-1"], ["plan", "-", "--time", "nan"], []]
)
def test_a_wrong_command_line_is_bad_input(
    arguments: list[str], small: str, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open(small, "rb") as stream:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stream.read())))
    assert run(arguments) == ExitCode.BAD_INPUT
    assert "Usage" in "".join(capsys.readouterr())


def test_validate(small: str, capsys: Output) -> None:
    assert run(["validate", small]) == ExitCode.FINE
    assert capsys.readouterr().out == "test: fine. 1 branch, 1 technician, 2 jobs, 1 day from 2026-07-15.\n"


def test_doubts_are_noted_on_standard_error(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "noted.yaml"
    path.write_text(scenario_yaml(scenario(jobs=[job(shared_tools=("hoist",))])), encoding="utf-8")
    note = (
        "note: 1 job (J1) of B1 needs the shared tool hoist, of which it has none; "
        "enter the pieces at the branch, or correct the job\n"
    )
    assert run(["validate", str(path)]) == ExitCode.FINE
    captured = capsys.readouterr()
    assert captured.err == note
    assert captured.out.startswith("test: fine.")


def test_validate_lists_every_error_on_standard_error(small: str, capsys: Output) -> None:
    text = Path(small).read_text(encoding="utf-8").replace('"J2"', '"J1"').replace('"repair":', '"repair ":')
    Path(small).write_text(text.replace('"B1", "place"', '"B1", "plaice"'), encoding="utf-8")
    assert run(["validate", small]) == ExitCode.BAD_INPUT
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "3 errors in the input" in captured.err
    assert (
        "The id 'J1' is already used at jobs[0]." in captured.err
    )  # said along with what is wrong in records
    assert "branches[0].plaice (line" in captured.err
    assert "Did you mean 'place'?" in captured.err


def test_an_unknown_scenario_is_named(capsys: Output) -> None:
    assert run(["validate", "changsha-aircn"]) == ExitCode.BAD_INPUT
    assert "There is no file, folder or scenario 'changsha-aircn'" in capsys.readouterr().err


def test_rules_as_json_list_the_book(capsys: Output) -> None:
    assert run(["rules", "--preset", "economy", "--json"]) == ExitCode.FINE
    rows = json.loads(capsys.readouterr().out)["rules"]
    assert [row["code"] for row in rows] == [rule.code for rule in RULES]
    unserved = next(row for row in rows if row["code"] == "UNSERVED")
    assert unserved["parameters"]["normal_cents"]["value"] == 30_000  # weight 2 × 15,000 cents in economy


def test_rules_as_text_name_every_code(capsys: Output) -> None:
    assert run(["rules"]) == ExitCode.FINE
    said = capsys.readouterr().out
    assert all(rule.code in said and rule.title.split()[0] in said for rule in RULES)


def test_rules_by_code(capsys: Output) -> None:
    assert run(["rules", "late", "PART", "--json"]) == ExitCode.FINE
    rows = json.loads(capsys.readouterr().out)["rules"]
    assert [row["code"] for row in rows] == ["PART", "LATE"]  # in the order of the book
    assert run(["rules", "late"]) == ExitCode.FINE
    said = capsys.readouterr().out
    assert "second_limit_h = 48" in said
    assert "PART" not in said
    assert "Who may do a job" not in said
    assert run(["rules", "PRT", "LATE"]) == ExitCode.BAD_INPUT
    assert "There is no rule 'PRT'. Did you mean PART" in " ".join(capsys.readouterr().err.split())


def test_schema_knows_every_rule_and_its_parameters(capsys: Output) -> None:
    assert run(["schema"]) == ExitCode.FINE
    schema = json.loads(capsys.readouterr().out)
    rules = schema["$defs"]["Policy"]["properties"]["rules"]
    assert set(rules["properties"]) == {rule.code for rule in RULES}
    assert rules["additionalProperties"] is False
    name = rules["properties"]["SHIFT"]["$ref"].removeprefix("#/$defs/")
    assert schema["$defs"][name]["properties"]["overtime_limit_min"]["default"] == 120
    references = set(_references(schema))
    assert references == {f"#/$defs/{one}" for one in schema["$defs"]} | references
    assert all(one.removeprefix("#/$defs/") in schema["$defs"] for one in references)


def test_generate_is_repeatable_and_readable(tmp_path: Path, capsys: Output) -> None:
    size = ["generate", "--technicians", "3", "--jobs", "8", "--seed", "5"]
    assert run(size) == ExitCode.FINE
    printed = capsys.readouterr().out
    for name in ("day.yaml", "day.json"):
        assert run([*size, "--out", str(tmp_path / name)]) == ExitCode.FINE
    assert (tmp_path / "day.yaml").read_text(encoding="utf-8") == printed
    as_yaml, as_json = load_scenario(tmp_path / "day.yaml"), load_scenario(tmp_path / "day.json")
    assert (len(as_yaml.technicians), len(as_yaml.jobs)) == (3, 8)
    assert scenario_sha256(as_yaml) == scenario_sha256(as_json)


def test_a_result_that_cannot_be_written(tmp_path: Path, capsys: Output) -> None:
    assert run(["generate", "--out", str(tmp_path / "none" / "day.yaml")]) == ExitCode.NOT_WRITTEN
    assert "cannot be written" in capsys.readouterr().err


def test_a_plan_is_not_written_over_its_scenario(small: str, capsys: Output) -> None:
    before = Path(small).read_bytes()
    assert run(["plan", small, "--iterations", "1", "--out", small]) == ExitCode.BAD_INPUT
    assert "write to another file" in " ".join(capsys.readouterr().err.split())
    assert Path(small).read_bytes() == before


def test_a_plan_that_could_not_be_written_is_not_searched(
    small: str, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "plan_with_steps", None)  # calling it would fail
    for out in (tmp_path / "none" / "plan.json", tmp_path):
        assert run(["plan", small, "--iterations", "1", "--out", str(out)]) == ExitCode.NOT_WRITTEN
        assert "cannot be written" in capsys.readouterr().err


def test_plan_then_check(small: str, tmp_path: Path, capsys: Output) -> None:
    out = tmp_path / "plan.json"
    assert run(["plan", small, "--iterations", "50", "--out", str(out)]) == ExitCode.FINE
    shown = capsys.readouterr()
    assert "served 2 of 2 jobs" in shown.out
    assert "wrote" in shown.err
    assert run(["check", small, str(out)]) == ExitCode.FINE
    assert "every hard rule is kept, 2 of 2 jobs served" in capsys.readouterr().out
    assert run(["plan", small, "--iterations", "50", "--json"]) == ExitCode.FINE
    assert capsys.readouterr().out == out.read_text(encoding="utf-8")


def test_an_unknown_engine_is_a_mistake_in_the_command_line(small: str, capsys: Output) -> None:
    assert run(["plan", small, "--engine", "magic", "--iterations", "1"]) == ExitCode.BAD_INPUT
    assert "magic" in capsys.readouterr().err


def test_a_path_no_system_takes_is_named(capsys: Output) -> None:
    assert run(["validate", "x" * 5_000]) == ExitCode.BAD_INPUT
    assert "no file, folder or scenario" in capsys.readouterr().err


def test_many_errors_are_counted(capsys: Output, tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text("\n".join(f"k{i}: 1" for i in range(200)))
    with pytest.raises(InvalidInput) as caught:
        load_scenario(tmp_path)
    assert run(["validate", str(tmp_path)]) == ExitCode.BAD_INPUT
    said = capsys.readouterr().err
    assert f"… and {len(caught.value.issues) - 100} more." in said


def _references(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [one for inner in value.values() for one in _references(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in _references(inner)]
    return []


def test_a_plan_is_not_written_over_a_scenario_that_was_given_by_name(capsys: Output) -> None:
    path = scenario_path("rules/skill")
    assert path is not None
    before = path.read_bytes()
    assert run(["plan", "rules/skill", "--iterations", "1", "--out", str(path)]) == ExitCode.BAD_INPUT
    assert "write to another file" in " ".join(capsys.readouterr().err.split())
    assert path.read_bytes() == before
