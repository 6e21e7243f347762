"""``paigong offer``: offers and technicians as tables and as data, and what it refuses."""

import json
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.domain.offer import OfferList, SuitabilityList
from optimizer.interchange.scenario_text import scenario_yaml
from tests.unit.offers.days import ONLY_TRAVEL, told
from tests.unit.rules.build import job, north, scenario, technician

Output = pytest.CaptureFixture[str]
QUESTION = scenario(
    [technician(name="Wang"), technician(technician_id="T2", skills={"survey": 3})],
    promises=[told("J1", "13:30", "16:00")],
    rules=ONLY_TRAVEL,
)
MORNING = "2026-07-15T09:00+08:00/2026-07-15T11:00+08:00"


@pytest.fixture
def files(tmp_path: Path, capsys: Output) -> list[str]:
    """Write a scenario, its plan and a new job."""
    question, plan, new = tmp_path / "small.yaml", tmp_path / "plan.json", tmp_path / "job.json"
    question.write_text(scenario_yaml(QUESTION), encoding="utf-8")
    new.write_text(job(job_id="N", place=north(12)).model_dump_json(exclude_defaults=True), encoding="utf-8")
    assert run(["plan", str(question), "--iterations", "50", "--out", str(plan)]) == ExitCode.FINE
    capsys.readouterr()
    return [str(question), str(plan), str(new)]


def test_offers_as_a_table(files: list[str], capsys: Output) -> None:
    assert run(["offer", *files, "--slot", MORNING]) == ExitCode.FINE
    title, _, row = capsys.readouterr().out.splitlines()
    assert title == "N (repair): 1 offer of 1 window looked at"
    assert row.startswith("2026-07-15 09:00 to 11:00  09:20   T1 Wang")


def test_without_slots_all_windows_of_two_hours_are_looked_at(files: list[str], capsys: Output) -> None:
    assert run(["offer", *files, "--limit", "2"]) == ExitCode.FINE
    assert capsys.readouterr().out.splitlines()[0] == "N (repair): 2 offers of 5 windows looked at"
    assert run(["offer", *files, "--half-days"]) == ExitCode.FINE
    assert capsys.readouterr().out.splitlines()[0] == "N (repair): 2 offers of 2 windows looked at"


def test_offers_as_data(files: list[str], capsys: Output) -> None:
    assert run(["offer", *files, "--slot", MORNING, "--json"]) == ExitCode.FINE
    found = OfferList.model_validate(json.loads(capsys.readouterr().out))
    assert (found.job_id, found.looked_at, found.offers[0].technician_id) == ("N", 1, "T1")


def test_technicians_with_their_reasons(files: list[str], capsys: Output) -> None:
    assert run(["offer", *files, "--technicians", MORNING]) == ExitCode.FINE
    title, _, able, barred = capsys.readouterr().out.splitlines()
    assert title == "N, 2026-07-15 09:00 to 11:00: 1 of 2 technicians could do it"
    assert able.startswith("T1 Wang")
    assert "T1 could start 2026-07-15 09:20, the bill rises by" in able
    assert " ".join(barred.split()) == "T2 T2 is stopped by a missing skill (SKILL)."
    assert run(["offer", *files, "--technicians", MORNING, "--json"]) == ExitCode.FINE
    found = SuitabilityList.model_validate(json.loads(capsys.readouterr().out))
    assert [one.able for one in found.technicians] == [True, False]


def test_no_offer_says_where_the_reasons_are(files: list[str], capsys: Output) -> None:
    Path(files[2]).write_text(job(job_id="N", skills={"magic": 1}).model_dump_json(), encoding="utf-8")
    assert run(["offer", *files]) == ExitCode.FINE
    said = capsys.readouterr().out
    assert said.startswith("N (repair): 0 offers of 5 windows looked at\n")
    assert "--technicians" in said


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--slot", "morning"], "'morning' is no window"),
        (["--slot", "2026-07-15T11:00+08:00/2026-07-15T09:00+08:00"], "is no window"),
        (["--slot", MORNING, "--half-days"], "Give windows, or ask for half days"),
        (["--technicians", MORNING, "--slot", MORNING], "Its window is the only one"),
    ],
)
def test_windows_that_make_no_sense_are_refused(
    options: list[str], says: str, files: list[str], capsys: Output
) -> None:
    assert run(["offer", *files, *options]) == ExitCode.BAD_INPUT
    assert says in " ".join(capsys.readouterr().err.split())


def test_every_mistake_of_the_job_file_is_named_with_its_line(files: list[str], capsys: Output) -> None:
    Path(files[2]).write_text('{"job_id": "N",\n "type": "repair",\n "units": 0}', encoding="utf-8")
    assert run(["offer", *files]) == ExitCode.BAD_INPUT
    said = capsys.readouterr().err
    assert "place" in said
    assert "units (line 3): The value should be greater than or equal to 1." in said
