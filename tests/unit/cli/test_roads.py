"""Commands on roads: the plan says what happened, and other commands use the same travel data or say why not."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from optimizer.cli import run
from optimizer.interchange.scenario_text import scenario_yaml
from optimizer.settings import Settings, variable
from tests.unit.rules.build import job, north, scenario
from tests.unit.travel.roads.fake_osrm import FakeOsrm, Reply, fake_osrm

Output = pytest.CaptureFixture[str]

NOBODY = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)
    monkeypatch.setenv("PAIGONG_CACHE", "off")
    monkeypatch.setenv("PAIGONG_ROADS_TRIES", "1")


@pytest.fixture
def fake() -> Iterator[FakeOsrm]:
    with fake_osrm() as server:
        yield server


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "small.yaml"
    path.write_text(scenario_yaml(scenario(jobs=[job(), job(job_id="J2", place=north(9))])), encoding="utf-8")
    return str(path)


def planned(small: str, out: Path, *more: str) -> int:
    return run(["plan", small, "--engine", "greedy", "--iterations", "0", "--out", str(out), *more])


def test_a_plan_on_roads(small: str, tmp_path: Path, fake: FakeOsrm) -> None:
    assert planned(small, tmp_path / "p.json", "--roads", fake.url) == 0
    travel = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))["plan"]["travel"]
    assert travel["source"] == "roads"
    assert "warnings" not in travel
    assert run(["check", small, str(tmp_path / "p.json")]) == 0


def test_a_dead_server_costs_no_plan_but_is_said(small: str, tmp_path: Path, capsys: Output) -> None:
    assert planned(small, tmp_path / "p.json", "--roads", NOBODY) == 0
    shown = capsys.readouterr()
    said = "all drives by car are estimated from straight lines"
    assert said in " ".join(shown.out.split())
    assert said in shown.err
    travel = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))["plan"]["travel"]
    assert travel["source"] == "great circle"
    assert said in travel["warnings"][0]
    assert NOBODY not in json.dumps(travel)  # plans travel further than addresses should
    assert run(["check", small, str(tmp_path / "p.json")]) == 0


def test_the_option_goes_before_the_setting(
    small: str, tmp_path: Path, fake: FakeOsrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIGONG_ROADS", fake.url)
    assert planned(small, tmp_path / "p.json", "--roads", "off") == 0
    assert fake.asked == []
    assert planned(small, tmp_path / "p.json") == 0
    assert len(fake.asked) == 1


def test_a_plan_is_explained_on_the_same_roads(
    small: str, tmp_path: Path, fake: FakeOsrm, capsys: Output
) -> None:
    plan = tmp_path / "p.json"
    assert planned(small, plan, "--roads", fake.url) == 0
    assert run(["explain", small, str(plan), "--job", "J1", "--roads", fake.url]) == 0
    capsys.readouterr()
    assert run(["explain", small, str(plan), "--job", "J1"]) == 2
    err = capsys.readouterr().err
    assert "have other times now" in err
    assert "--roads" in err


def test_a_plan_from_straight_lines_is_not_explained_on_roads(
    small: str, tmp_path: Path, fake: FakeOsrm, capsys: Output
) -> None:
    plan = tmp_path / "p.json"
    assert planned(small, plan) == 0
    assert run(["explain", small, str(plan), "--roads", fake.url]) == 2
    assert "The plan's times come from great circle, those now from roads" in capsys.readouterr().err
    assert run(["explain", small, str(plan), "--roads", "off"]) == 0


def test_orders_are_timed_on_roads(small: str, tmp_path: Path, fake: FakeOsrm, capsys: Output) -> None:
    plan, timed = tmp_path / "p.json", tmp_path / "t.json"
    assert planned(small, plan) == 0
    arguments = ["check", small, str(plan), "--retime", "--out", str(timed)]
    assert run([*arguments, "--roads", fake.url]) == 0
    assert json.loads(timed.read_text(encoding="utf-8"))["plan"]["travel"]["source"] == "roads"
    capsys.readouterr()
    assert run(["check", small, str(plan), "--roads", fake.url]) == 2
    assert "--retime" in capsys.readouterr().err


def test_a_server_that_dies_in_the_middle_costs_no_plan(
    small: str, tmp_path: Path, fake: FakeOsrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIGONG_ROADS_CHUNK", "2")  # three places: four requests

    def dies(_: str, content: dict[str, object]) -> Reply | None:
        return Reply(json.dumps(content).encode()) if len(fake.asked) < 3 else None

    fake.answer = dies
    assert planned(small, tmp_path / "p.json", "--roads", fake.url) == 0
    travel = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))["plan"]["travel"]
    assert travel["source"] == "great circle"  # not half of each: times of two kinds cannot be compared
    assert len(travel["warnings"]) == 1


def test_a_wrong_address_is_bad_input(small: str, tmp_path: Path, capsys: Output) -> None:
    assert planned(small, tmp_path / "p.json", "--roads", "roads") == 2
    err = capsys.readouterr().err
    assert "--roads: Write an address such as http://127.0.0.1:5000." in err


def test_a_misspelt_setting_is_said_where_it_would_count(
    small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setenv("PAIGONG_ROAD", NOBODY)
    assert planned(small, tmp_path / "p.json") == 0
    assert "Did you mean PAIGONG_ROADS?" in " ".join(capsys.readouterr().err.split())


def test_a_plan_on_roads_is_compared_with_the_road_server(
    small: str, tmp_path: Path, fake: FakeOsrm, capsys: Output
) -> None:
    plan = tmp_path / "p.json"
    assert planned(small, plan, "--roads", fake.url) == 0
    capsys.readouterr()
    assert run(["check", small, str(plan)]) == 0
    assert "only held against 200 km/h; --roads URL compares them" in " ".join(
        capsys.readouterr().err.split()
    )
    assert run(["check", small, str(plan), "--roads", fake.url]) == 0
    assert "only held against" not in capsys.readouterr().err

    def slower(_: str, content: dict[str, Any]) -> Reply:
        content["durations"] = [[2 * cell for cell in row] for row in content["durations"]]
        return Reply(json.dumps(content).encode())

    fake.answer = slower
    assert run(["check", small, str(plan), "--roads", fake.url]) == 3
    assert "of the plan's" in (out := " ".join(capsys.readouterr().out.split()))
    assert "have other times now" in out
    assert run(["check", small, str(plan), "--roads", NOBODY]) == 2
    assert "no road data to compare" in " ".join(capsys.readouterr().err.split())
