from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.generate import generate_scenario
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_yaml


def test_without_options_a_hundred_jobs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generate"]) == 0
    assert capsys.readouterr().out == scenario_yaml(generate_scenario(technicians=20, jobs=100, seed=0))


def test_cities_season_and_demand(tmp_path: Path) -> None:
    table, out = tmp_path / "demand.csv", tmp_path / "made.yaml"
    # A spreadsheet program saves CSV with a byte order mark and CR LF.
    table.write_bytes("area,units,failures_per_day\r\nXiangtan,20000,0.001\r\n".encode("utf-8-sig"))
    arguments = ["generate", "--city", "长沙", "--city", "Xiangtan", "--season", "summer"]
    assert run([*arguments, "--demand", str(table), "--out", str(out)]) == 0
    made = load_scenario(out)
    assert {job.area for job in made.jobs} == {"Xiangtan"}
    assert "Season: summer." in made.story


def test_mistakes_are_told_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "made.yaml"
    assert run(["generate", "--city", "Changsa", "--out", str(out)]) == 2
    assert "Did you mean Changsha?" in capsys.readouterr().err
    assert run(["generate", "--season", "monsoon", "--out", str(out)]) == 2
    assert run(["generate", "--demand", str(tmp_path / "none.csv"), "--out", str(out)]) == 2
    assert not out.exists()
