"""``paigong approve``: days of a plan approved, planned again, withdrawn; every mistake at once."""

import re
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.show import show_plan
from optimizer.domain.approval import Approval
from optimizer.interchange.plan_file import save_plan
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_yaml
from tests.architecture.project import ROOT
from tests.unit.crew_day import DAYS, document, question
from tests.unit.interchange.documents import document as one_day
from tests.unit.interchange.documents import question as one_question
from tests.unit.rules.build import DAY, at

Output = pytest.CaptureFixture[str]
FIRST, SECOND, THIRD = (str(day) for day in DAYS)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Write three tied days and their plan; the first two arguments of the command."""
    (tmp_path / "week.yaml").write_text(scenario_yaml(question()), encoding="utf-8")
    save_plan(document(), tmp_path / "plan.json")
    return [str(tmp_path / "week.yaml"), str(tmp_path / "plan.json")]


def test_days_are_approved_in_any_order_and_withdrawn(
    files: list[str], tmp_path: Path, capsys: Output
) -> None:
    first, second, third = (str(tmp_path / name) for name in ("1.yaml", "2.json", "3.yaml"))
    asked = ["approve", *files, "--day", THIRD, "--by", "Chen Lei", "--out", first]
    assert run(asked) == ExitCode.FINE
    assert capsys.readouterr().out.splitlines() == [
        "Wed 15 Jul: draft",
        "Thu 16 Jul: draft",
        "Fri 17 Jul: approved by Chen Lei at 2026-07-15 08:00",  # the scenario's now
    ]
    at_five = ["--at", "2026-07-15T17:00", "--day", FIRST, "--by", "Wu Min", "--out", second]
    assert run(["approve", first, files[1], *at_five]) == ExitCode.FINE
    assert [(one.by, one.at) for one in load_scenario(second).approvals] == [
        ("Wu Min", at("17:00")),
        ("Chen Lei", at("08:00")),
    ]
    assert (
        run(["approve", second, "--withdraw", "--day", THIRD, "--day", FIRST, "--out", third])
        == ExitCode.FINE
    )
    assert load_scenario(third) == question()


def test_every_mistake_is_named_at_once(files: list[str], tmp_path: Path, capsys: Output) -> None:
    once, twice = str(tmp_path / "1.yaml"), tmp_path / "2.yaml"
    assert run(["approve", *files, "--day", FIRST, "--by", "Chen Lei", "--out", once]) == ExitCode.FINE
    days = ["--day", "monday", "--day", FIRST, "--day", "2027-01-01"]
    asked = ["approve", once, files[1], *days, "--by", "Wu Min", "--at", "noon", "--out", str(twice)]
    capsys.readouterr()
    assert run(asked) == ExitCode.BAD_INPUT
    said = capsys.readouterr().err
    assert re.findall(r"\[([a-z-]+)\]", said) == [
        "unknown-day",
        "unknown-moment",
        "outside-horizon",
        "already-approved",
    ]
    assert "was already approved by Chen Lei at 2026-07-15 08:00" in " ".join(said.split())
    assert not twice.exists()


def test_a_plan_of_another_state_is_refused(files: list[str], tmp_path: Path, capsys: Output) -> None:
    changed = question().model_copy(update={"jobs": question().jobs[:-1]})
    Path(files[0]).write_text(scenario_yaml(changed), encoding="utf-8")
    out = ["--out", str(tmp_path / "new.yaml")]
    assert run(["approve", *files, "--day", FIRST, "--by", "Chen Lei", *out]) == ExitCode.BAD_INPUT
    assert "facts have changed since" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["--by", "Chen", "--out", "x.yaml"], "--day"),
        (["--day", FIRST, "--out", "x.yaml"], "--by"),
        (["--day", FIRST, "--by", " ", "--out", "x.yaml"], "--by"),
        (["--day", FIRST, "--by", "Chen"], "--out"),
        (["--day", FIRST, "--by", "Chen", "--out", "x.xlsx"], "--out"),
        (["--day", FIRST, "--withdraw", "--out", "x.yaml"], "--withdraw"),
    ],
)
def test_a_command_line_that_does_not_say_enough(
    arguments: list[str], option: str, files: list[str], capsys: Output
) -> None:
    assert run(["approve", *files, *arguments]) == ExitCode.BAD_INPUT
    assert option in capsys.readouterr().err


def test_a_plan_is_needed_to_approve(files: list[str], capsys: Output) -> None:
    assert run(["approve", files[0], "--day", FIRST, "--by", "Chen", "--out", "x.yaml"]) == ExitCode.BAD_INPUT
    assert "Name the plan" in capsys.readouterr().err


def test_the_view_says_of_each_day_whether_it_is_approved(capsys: Output) -> None:
    approval = Approval(day=DAY, by="[red]Chen", at=at("08:00"))
    show_plan(question().model_copy(update={"approvals": (approval,)}), document())
    lines = capsys.readouterr().out.splitlines()
    headings = [line for line in lines if line.endswith("─")]
    assert headings[0].startswith(
        "Wed 15 Jul · 4 technicians, 5 jobs · approved by [red]Chen at 2026-07-15 08:00"
    )
    assert headings[1].startswith("Thu 16 Jul · 1 technician, 1 job · draft")
    show_plan(one_question(), one_day())
    assert "draft" not in capsys.readouterr().out  # a single day is not spoken of until it is approved
    show_plan(one_question().model_copy(update={"approvals": (approval,)}), one_day())
    assert "· approved by [red]Chen at 2026-07-15 08:00" in capsys.readouterr().out.splitlines()[0]


def test_the_readmes_week_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("### A week\n")[1].split("\n### ")[0]
    commands = re.findall(r"^\.venv/bin/paigong (.*)$", section, re.MULTILINE)
    assert len(commands) == 5
    monkeypatch.chdir(tmp_path)
    for command in commands:
        words = re.findall(r'"([^"]*)"|(\S+)', command)
        arguments = [quoted or plain for quoted, plain in words]
        quick = (
            ["--iterations", "200"] if arguments[0] == "plan" else []
        )  # the README leaves the time to the program
        assert run([*arguments, *quick]) == ExitCode.FINE
    assert [str(one.day) for one in load_scenario("week-1.yaml").approvals] == ["2026-06-15", "2026-06-16"]
    assert [str(one.day) for one in load_scenario("week-2.yaml").approvals] == ["2026-06-15"]
