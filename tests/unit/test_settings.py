from pathlib import Path

import pytest

from optimizer.errors import InvalidInput
from optimizer.settings import Settings, unknown_variables, variable
from optimizer.travel.roads.cache import CachedRoads
from optimizer.travel.roads.of_settings import roads_of
from optimizer.travel.roads.osrm_http import OsrmServer


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)


def test_without_variables_nothing_is_asked_anywhere() -> None:
    settings = Settings.read()
    assert (settings.roads, settings.osrm_file, settings.geocoder) == (None, None, None)
    assert roads_of(settings) is None


def test_every_setting_says_what_it_does() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name


def test_values_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAIGONG_ROADS", "http://roads:5000/osrm/")
    monkeypatch.setenv("PAIGONG_ROADS_PROFILES", "car=fast, motorcycle=slow")
    monkeypatch.setenv("PAIGONG_ROADS_SNAP_M", "50")
    monkeypatch.setenv("PAIGONG_CACHE", str(tmp_path))
    roads = roads_of(Settings.read())
    assert roads is not None
    assert roads.far_m == 50
    assert isinstance(roads.source, CachedRoads)
    assert roads.source.folder == tmp_path / "roads"
    server = roads.source.source
    assert isinstance(server, OsrmServer)
    assert (server.url, dict(server.profiles)) == (
        "http://roads:5000/osrm",
        {"car": "fast", "motorcycle": "slow"},
    )


def test_a_file_with_variables_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PAIGONG_ROADS=http://elsewhere:5000\n")
    monkeypatch.chdir(tmp_path)
    assert Settings.read().roads is None


@pytest.mark.parametrize("off", ["off", "OFF", ""])
def test_off_means_none(monkeypatch: pytest.MonkeyPatch, off: str) -> None:
    monkeypatch.setenv("PAIGONG_ROADS", off)
    assert Settings.read().roads is None


def test_the_cache_is_where_the_user_has_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert Settings.read().cache_folder() == tmp_path / "paigong"
    monkeypatch.setenv("PAIGONG_CACHE", "off")
    assert Settings.read().cache_folder() is None


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert Settings.read().cache_folder() is None


def test_all_wrong_values_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "PAIGONG_ROADS": "ftp://roads",
        "PAIGONG_ROADS_TRIES": "many",
        "PAIGONG_ROADS_PROFILES": "car",
        "PAIGONG_CACHE_MB": "0",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InvalidInput) as caught:
        Settings.read()
    causes = {issue.path: issue.cause for issue in caught.value.issues}
    assert causes.keys() == wrong.keys()
    assert causes["PAIGONG_ROADS_TRIES"] == "The value should be a whole number."


@pytest.mark.parametrize(
    "address",
    ["roads:5000", "http://", "http://a b", "http://a:x", "file:///etc/passwd", "http://a/?b", "http://[x"],
)
def test_what_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("PAIGONG_ROADS", address)
    with pytest.raises(InvalidInput, match="PAIGONG_ROADS"):
        Settings.read()


def test_a_means_that_nobody_goes_by_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no means of transport 'boat'"):
        roads_of(Settings.read(roads="http://roads:5000", roads_profiles="boat=row"))


def test_two_sources_are_refused() -> None:
    with pytest.raises(InvalidInput, match="both set"):
        roads_of(Settings.read(roads="http://roads:5000", osrm_file="/maps/town.osrm"))


def test_a_misspelt_variable_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIGONG_ROAD", "http://roads:5000")
    sentences = [sentence for sentence in unknown_variables() if sentence.startswith("PAIGONG_ROAD ")]
    assert sentences == ["PAIGONG_ROAD is no setting and is not read. Did you mean PAIGONG_ROADS?"]


def test_keys_and_passwords_are_never_written() -> None:
    address = "http://me:hush@roads:5000"
    assert "hush" not in repr(Settings.read(geocoder_key="hush", roads=address, geocoder_url=address))


def test_a_password_that_is_taken_for_a_port_is_not_written() -> None:
    with pytest.raises(InvalidInput, match="Write an address") as caught:
        Settings.read(roads="http://me:hu/sh@roads:5000")  # the slash ends the address: its port is "hu"
    assert "hu" not in str(caught.value).replace("such", "")
