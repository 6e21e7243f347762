import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from optimizer.domain.route_shape import ShapePoint
from optimizer.errors import InvalidInput, TravelUnavailable
from optimizer.travel.coordinates import Coordinates
from optimizer.travel.roads.osrm_local import OsrmMap
from optimizer.travel.roads.source import Drive, RoadsUnavailable
from tests.unit.travel.roads.fake_osrm import content_of

POINTS = Coordinates(np.array([28.0, 28.01]), np.array([113.0, 113.01]))


class Bindings(ModuleType):
    """Stands in for OSRM's package, which needs Python 3.12; answers as our road server does."""

    def __init__(self) -> None:
        super().__init__("osrm")
        self.made: list[dict[str, Any]] = []
        self.error = ""

    def OSRM(self, **how: Any) -> Any:  # noqa: N802 # their name
        self.made.append(how)
        return SimpleNamespace(Table=self._table, Route=self._route)

    def TableParameters(self, **asked: Any) -> dict[str, Any]:  # noqa: N802
        return asked

    RouteParameters = TableParameters

    def _table(self, asked: dict[str, Any]) -> Any:
        if self.error:
            raise RuntimeError(self.error)
        points = ";".join(f"{lon},{lat}" for lon, lat in asked["coordinates"])
        ends = "&".join(f"{name}={';'.join(map(str, asked[name]))}" for name in ("sources", "destinations"))
        return content_of(f"/table/v1/driving/{points}?{ends}")

    def _route(self, asked: dict[str, Any]) -> Any:
        if self.error:
            raise RuntimeError(self.error)
        points = ";".join(f"{lon},{lat}" for lon, lat in asked["coordinates"])
        return content_of(f"/route/v1/driving/{points}")


@pytest.fixture
def bindings(monkeypatch: pytest.MonkeyPatch) -> Bindings:
    made = Bindings()
    monkeypatch.setitem(sys.modules, "osrm", made)
    return made


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    (tmp_path / "town.osrm.mldgr").write_bytes(b"cells")
    return tmp_path / "town.osrm"


def test_the_table_is_as_a_servers(bindings: Bindings, map_file: Path) -> None:
    osrm = OsrmMap(map_file, {"car": "driving"})
    table = osrm.table("car", POINTS)
    # 2 km at 20 m a second, 30 s more to the north
    assert table.seconds.tolist() == [[0, 130], [100, 0]]
    assert table.metres.tolist() == [[0, 2000], [2000, 0]]
    osrm.table("car", POINTS)
    assert len(bindings.made) == 1  # the map is read once
    assert bindings.made[0]["algorithm"] == "MLD"
    assert bindings.made[0]["use_shared_memory"] is False


def test_lines_come_too(bindings: Bindings, map_file: Path) -> None:
    osrm = OsrmMap(map_file, {"car": "driving"})
    drive = Drive(ShapePoint(lat=28.0, lon=113.0), ShapePoint(lat=28.1, lon=113.2))
    assert osrm.lines("car", [drive]) == ((drive.here, ShapePoint(lat=28.0, lon=113.2), drive.there),)
    bindings.error = "NoRoute: Impossible route between points"
    assert osrm.lines("car", [drive]) == ((),)
    bindings.error = "something else"
    assert osrm.lines("car", [drive]) == (None,)
    with pytest.raises(RoadsUnavailable, match="no answer"):
        osrm.table("car", POINTS)


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, map_file: Path) -> None:
    monkeypatch.setitem(sys.modules, "osrm", None)
    with pytest.raises(TravelUnavailable, match=r"pip install 'paigong\[osrm\]'"):
        OsrmMap(map_file, {"car": "driving"}).load()


def test_a_map_that_is_not_there_is_named(bindings: Bindings, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no prepared map") as caught:
        OsrmMap(tmp_path / "nowhere.osrm", {"car": "driving"}).load()
    assert caught.value.issues[0].path == "PAIGONG_OSRM_FILE"


def test_another_map_is_another_identity(map_file: Path) -> None:
    before = OsrmMap(map_file, {}).identity
    map_file.with_name("town.osrm.mldgr").write_bytes(b"other cells")
    assert OsrmMap(map_file, {}).identity != before
