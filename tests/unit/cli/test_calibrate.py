"""``paigong calibrate``: trips in, speeds out, as a snippet or in a scenario."""

import json
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.exit_codes import ExitCode
from optimizer.domain.travel import DEFAULT_PROFILES
from optimizer.interchange.scenario_file import load_scenario
from optimizer.interchange.scenario_text import scenario_yaml
from tests.unit.rules.build import KM_PER_DEGREE, scenario

Output = pytest.CaptureFixture[str]


@pytest.fixture
def trips(tmp_path: Path) -> str:
    """Write 50 trips of 4 km as the crow flies and 6 km of road, in 15 min less 3 of parking: 30 km/h."""
    row = f"28.2,113,{28.2 + 4 / KM_PER_DEGREE:.7f},113,2026-07-15 10:00,15,6\n"
    path = tmp_path / "trips.csv"
    path.write_text("from_lat,from_lon,to_lat,to_lon,departure,minutes,km\n" + 50 * row, encoding="utf-8")
    return str(path)


def test_the_fit_is_shown_before_and_after_with_a_snippet(trips: str, tmp_path: Path, capsys: Output) -> None:
    assert run(["calibrate", trips]) == ExitCode.FINE
    said = capsys.readouterr().out
    assert said.startswith(
        "car · 50 trips\nCompared by every fifth trip (10), which the compared speeds have not seen:"
    )
    # Before: 4 km × 1.3 = 5.2 km, just beyond the band up to 5 km, which takes 13.6 min, and 3 min of parking.
    assert "half of the trips are off by at most      1.6 min    0.0 min" in said
    # 4 km × 1.5 = 6 km: all ten are in the band up to 20 km.
    assert "half of those up to 20 km (10)            1.6 min    0.0 min" in said
    assert "half of those up to 5 km" not in said
    assert "Detour 1.3 → 1.5 (50 trips with a known length)" in said
    snippet = said[said.index("travel:\n") :]
    day = scenario_yaml(scenario())
    (tmp_path / "day.yaml").write_text(day[: day.index("travel:")] + snippet, encoding="utf-8")
    found = load_scenario(tmp_path / "day.yaml").travel.profiles
    assert found["car"].detour == 1.5
    assert found["motorcycle"] == DEFAULT_PROFILES["motorcycle"]


def test_into_a_scenario(trips: str, tmp_path: Path) -> None:
    day, out = tmp_path / "day.yaml", tmp_path / "new.yaml"
    day.write_text(scenario_yaml(scenario()), encoding="utf-8")
    assert run(["calibrate", trips, "--into", str(day), "--out", str(out)]) == ExitCode.FINE
    before, after = load_scenario(day), load_scenario(out)
    # One band at 36 km/h without parking: 6 km in 15 min are 24 km/h.
    assert [band.kmh for band in after.travel.profiles["car"].bands] == [24]
    assert after.travel.profiles.keys() == before.travel.profiles.keys() == {"car"}  # no other means came in
    assert after.model_copy(update={"travel": before.travel}) == before


def test_the_scenario_is_never_written_over(trips: str, tmp_path: Path) -> None:
    day = tmp_path / "day.yaml"
    day.write_text(scenario_yaml(scenario()), encoding="utf-8")
    before = day.read_bytes()
    assert run(["calibrate", trips, "--into", str(day), "--out", str(day)]) == ExitCode.BAD_INPUT
    assert run(["calibrate", trips, "--into", str(day)]) == ExitCode.BAD_INPUT
    assert run(["calibrate", trips, "--out", trips]) == ExitCode.BAD_INPUT
    assert day.read_bytes() == before


def test_as_json(trips: str, capsys: Output) -> None:
    assert run(["calibrate", trips, "--json"]) == ExitCode.FINE
    (one,) = json.loads(capsys.readouterr().out)["fits"]
    assert (one["means"], one["observations"], one["detour_trips"]) == ("car", 50, 50)
    assert [(band["up_to_km"], band["before"]["trips"]) for band in one["held_out_by_band"]] == [(20, 10)]
    assert one["held_out_after"]["median_min"] == pytest.approx(0, abs=0.05)


def test_speeds_by_hour(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "speeds.csv"
    path.write_text("band,hour,kmh\n5,8,15\n5,12,30\n", encoding="utf-8")
    assert run(["calibrate", str(path)]) == ExitCode.FINE
    said = capsys.readouterr().out
    assert said.startswith("car · 2 observed speeds\n")
    row = next(line for line in said.splitlines() if line.startswith("up to 5 km "))
    assert row.split()[-2:] == ["22", "30"]
    path.write_text("band,hour,kmh\n7,8,15\n", encoding="utf-8")
    assert run(["calibrate", str(path)]) == ExitCode.BAD_INPUT
    assert "Its bands end at 5, 20, 60, 1000 km." in capsys.readouterr().err


def test_an_unknown_time_zone_is_refused(trips: str, capsys: Output) -> None:
    assert run(["calibrate", trips, "--time-zone", "Mars/Base"]) == ExitCode.BAD_INPUT
    assert "Mars/Base" in capsys.readouterr().err
