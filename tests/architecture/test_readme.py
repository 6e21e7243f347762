"""What the READMEs say is so."""

import re
from pathlib import Path

import pytest

from optimizer.cli import COMMANDS, run
from optimizer.cli.app import command_name
from tests.architecture.project import ROOT
from tests.architecture.readme_tables import READMES, TABLES, with_tables

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.parent.name)
def test_tables_are_up_to_date(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    assert with_tables(text) == text, "run: python -m tests.architecture.readme_tables --write"


def test_every_table_is_shown_once() -> None:
    text = "".join(readme.read_text(encoding="utf-8") for readme in READMES)
    assert sorted(re.findall(r"<!-- table (\w+) -->", text)) == sorted(TABLES)


def test_the_test_command_is_what_ci_runs() -> None:
    commands = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)
    last_line = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    assert last_line in commands
    assert len(commands) == 2  # one to see a plan, one to run the tests


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        assert run([command_name(command), "--help"]) == 0
        assert "Usage: paigong" in capsys.readouterr().out


def test_links_lead_somewhere() -> None:
    for readme in READMES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", readme.read_text(encoding="utf-8")):
            assert (readme.parent / target).exists(), f"{readme}: {target}"
