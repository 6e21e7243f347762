"""What looks wrong in a scenario is said as a note, before planning and in the document of `validate`."""

import json
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.interchange.scenario_text import scenario_json
from tests.unit.rules.build import job, scenario

SAID = "the skill repair/空调 is asked for by 1 job (J1) and held by nobody"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "day.json"
    path.write_text(scenario_json(scenario(jobs=[job(product="空调")])), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("command", [["validate"], ["plan", "--iterations", "0"]])
def test_a_doubt_is_a_note_and_no_error(
    file: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, file]) == ExitCode.FINE
    assert f"note: {SAID}" in " ".join(capsys.readouterr().err.split())


def test_programs_read_it_in_the_document(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", file, "--json"]) == ExitCode.FINE
    (note,) = json.loads(capsys.readouterr().out)["notes"]
    assert note.startswith(SAID)
