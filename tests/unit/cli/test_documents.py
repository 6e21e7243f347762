"""JSON for programs: every document keeps to the format that `paigong schema` prints."""

import json
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.documents import DOCUMENTS, Calibration, CheckReport, RulePages, SettingsList, Validated
from optimizer.cli.report import ErrorReport
from optimizer.domain.orders import Orders
from optimizer.interchange.scenario_text import scenario_yaml
from tests.unit.interchange.documents import question

Output = pytest.CaptureFixture[str]


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "small.yaml"
    path.write_text(scenario_yaml(question()), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_format_says_what_each_field_means(name: str, capsys: Output) -> None:
    assert run(["schema", name]) == 0
    schema = json.loads(capsys.readouterr().out)
    undocumented = [
        f"{record}.{field}"
        for record, one in {name: schema, **schema.get("$defs", {})}.items()
        for field, facts in one.get("properties", {}).items()
        if not facts.get("description") and "$ref" not in facts
    ]
    assert undocumented == []


def test_the_format_of_a_scenario_is_the_usual_one(capsys: Output) -> None:
    assert run(["schema"]) == 0
    usual = capsys.readouterr().out
    assert run(["schema", "scenario"]) == 0
    assert capsys.readouterr().out == usual
    assert json.loads(usual)["title"] == "Scenario"


def test_an_unknown_format(capsys: Output) -> None:
    assert run(["schema", "plans"]) == 2
    assert "There is no format 'plans'" in capsys.readouterr().err


def test_a_scenario_that_is_fine(small: str, capsys: Output) -> None:
    assert run(["validate", small, "--json"]) == 0
    said = Validated.model_validate_json(capsys.readouterr().out)
    assert (said.scenario, said.days, said.technicians, said.jobs) == ("test", 1, 1, 2)


def test_rules(capsys: Output) -> None:
    assert run(["rules", "late", "--json"]) == 0
    (rule,) = RulePages.model_validate_json(capsys.readouterr().out).rules
    assert (rule.code, rule.hard, rule.parameters["first_limit_h"].value) == ("LATE", False, 24)


def test_generate(capsys: Output) -> None:
    assert run(["generate", "--technicians", "1", "--jobs", "1", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["jobs"]) == 1


def test_orders_with_their_times(small: str, tmp_path: Path, capsys: Output) -> None:
    orders = tmp_path / "orders.json"
    orders.write_text(Orders(routes=()).model_dump_json(), encoding="utf-8")
    assert run(["check", small, str(orders), "--retime", "--json"]) == 0
    said = CheckReport.model_validate_json(capsys.readouterr().out)
    assert (said.shifts, said.unserved) == ((), ("J1", "J2"))
    assert said.bill is not None
    assert said.total_cents == said.bill.total_cents


def test_errors_are_the_last_line_of_standard_error(small: str, tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "list.json"
    path.write_text("[]", encoding="utf-8")
    for command in (["explain", small], ["policy", small], ["check", small], ["diff", str(path)]):
        assert run([*command, str(path), "--json"]) == 2
        written = capsys.readouterr()
        assert written.out == ""
        (issue,) = ErrorReport.model_validate_json(written.err.splitlines()[-1]).issues
        assert (issue.code, issue.cause) == ("not-a-plan", "This is a bare list, no plan file.")


@pytest.mark.parametrize(
    ("command", "code", "kind", "said"),
    [
        (["plan", "--json"], 2, "usage", "Missing argument 'scenario'"),
        (["plan", "{}", "--json", "--engine", "steam"], 2, "usage", "There is no engine 'steam'"),
        (["plan", "{}", "--json", "--bogus"], 2, "usage", "No such option: --bogus"),
        (["plan", "{}", "--json", "--out", "{}/none/plan.json"], 6, "not-written", "cannot be written"),
    ],
)
def test_a_wrong_command_line_is_a_document_too(
    command: list[str], code: int, kind: str, said: str, small: str, capsys: Output
) -> None:
    assert run([part.replace("{}", small) for part in command]) == code
    written = capsys.readouterr()
    assert written.out == ""
    (issue,) = ErrorReport.model_validate_json(written.err.splitlines()[-1]).issues
    assert issue.code == kind
    assert said in issue.cause


def test_settings(capsys: Output) -> None:
    assert run(["settings", "--json"]) == 0
    listed = SettingsList.model_validate_json(capsys.readouterr().out).settings
    assert "PAIGONG_ROADS" in [one.variable for one in listed]


def test_calibration(tmp_path: Path, capsys: Output) -> None:
    speeds = tmp_path / "speeds.csv"
    speeds.write_text("band,hour,kmh\n5,8,15\n5,12,30\n", encoding="utf-8")
    assert run(["calibrate", str(speeds), "--json"]) == 0
    (fit,) = Calibration.model_validate_json(capsys.readouterr().out).fits
    assert (fit.means, fit.observations, fit.bands, fit.profile.bands[0].kmh) == ("car", 2, None, 30)
