import json
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.settings import Settings, variable

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)


def test_every_setting_is_listed(capsys: Output) -> None:
    assert run(["settings"]) == 0
    out = capsys.readouterr().out
    assert all(variable(field) in out for field in Settings.model_fields)


def test_values_are_shown_and_secrets_are_not(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("PAIGONG_ROADS", "http://me:hush@roads:5000/osrm")
    monkeypatch.setenv("PAIGONG_GEOCODER_KEY", "hush")
    monkeypatch.setenv("PAIGONG_ROADS_READ_S", "7.5")
    for arguments in (["settings"], ["settings", "--json"]):
        assert run(arguments) == 0
        out = capsys.readouterr().out
        assert "hush" not in out
        assert "http://…@roads:5000/osrm" in out
    rows = {row["variable"]: row for row in json.loads(out)["settings"]}
    assert rows["PAIGONG_ROADS_READ_S"]["value"] == "7.5"
    assert rows["PAIGONG_ROADS_READ_S"]["default"] == "30"
    assert rows["PAIGONG_ROADS_READ_S"]["is_set"] is True
    assert rows["PAIGONG_ROADS_PROFILES"]["value"] == "car=driving"
    assert rows["PAIGONG_ROADS_PROFILES"]["is_set"] is False


def test_the_usual_cache_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Output) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert run(["settings", "--json"]) == 0
    rows = {row["variable"]: row for row in json.loads(capsys.readouterr().out)["settings"]}
    usual = rows["PAIGONG_CACHE"]
    assert (usual["default"], usual["value"]) == ("the user's cache folder", str(tmp_path / "paigong"))
    monkeypatch.setenv("PAIGONG_CACHE", "off")
    assert run(["settings"]) == 0
    assert "= off  set; the default is the user's cache folder" in capsys.readouterr().out


def test_a_wrong_value_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("PAIGONG_ROADS_CHUNK", "1")
    assert run(["settings"]) == 2
    assert "PAIGONG_ROADS_CHUNK" in capsys.readouterr().err
