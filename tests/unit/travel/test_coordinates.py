import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.domain.place import CoordinateSystem
from optimizer.travel.coordinates import (
    Coordinates,
    bd09_from_gcj02,
    from_wgs84,
    gcj02_from_bd09,
    gcj02_from_wgs84,
    to_wgs84,
    wgs84_from_gcj02,
)

TENTH_OF_A_METRE_DEG = 0.1 / 111_195  # of latitude; a degree of longitude is never longer

# Published with the first open implementations of the formulas: WGS-84 lat, lon, GCJ-02 lat, lon.
PUBLISHED = {
    "Shanghai": (31.1774276, 121.5272106, 31.17530398364597, 121.531541859215),
    "Shenzhen": (22.543847, 113.912316, 22.540796131694766, 113.9171764808363),
    "Beijing": (39.911954, 116.377817, 39.91334545536069, 116.38404722455657),
    "Tiananmen": (39.915, 116.404, 39.91640428150164, 116.41024449916938),
}
# The same for Baidu: GCJ-02 lat, lon, BD-09 lat, lon.
PUBLISHED_BAIDU = (39.915, 116.404, 39.92133699351021, 116.41036949371029)


def points(lat: float, lon: float) -> Coordinates:
    return Coordinates(np.array([lat]), np.array([lon]))


def close(found: Coordinates, lat: float, lon: float, degrees: float) -> bool:
    return bool(abs(found.lat - lat).max() < degrees and abs(found.lon - lon).max() < degrees)


@pytest.mark.parametrize("city", PUBLISHED)
def test_published_points_of_chinese_maps(city: str) -> None:
    lat, lon, map_lat, map_lon = PUBLISHED[city]
    assert close(gcj02_from_wgs84(points(lat, lon)), map_lat, map_lon, 1e-9)
    assert close(wgs84_from_gcj02(points(map_lat, map_lon)), lat, lon, 1e-9)


def test_published_point_of_baidu() -> None:
    lat, lon, map_lat, map_lon = PUBLISHED_BAIDU
    assert close(bd09_from_gcj02(points(lat, lon)), map_lat, map_lon, 1e-9)
    assert close(gcj02_from_bd09(points(map_lat, map_lon)), lat, lon, 1e-9)


@pytest.mark.parametrize("system", ["WGS-84", "GCJ-02", "BD-09"])
@given(lat=st.floats(0.84, 55.8), lon=st.floats(72.1, 137.8))
def test_there_and_back_in_china_is_closer_than_a_tenth_of_a_metre(
    system: CoordinateSystem, lat: float, lon: float
) -> None:
    drawn = from_wgs84(lat, lon, system)
    assert close(to_wgs84(drawn.lat, drawn.lon, system), lat, lon, TENTH_OF_A_METRE_DEG)


@pytest.mark.parametrize(("lat", "lon"), [(51.5, -0.12), (-33.9, 151.2), (90.0, 0.0), (-90.0, 180.0)])
def test_outside_china_nothing_is_shifted(lat: float, lon: float) -> None:
    assert close(gcj02_from_wgs84(points(lat, lon)), lat, lon, 1e-15)
    assert close(wgs84_from_gcj02(points(lat, lon)), lat, lon, 1e-15)


def test_the_edge_of_the_box_finds_its_way_back() -> None:
    # A place just inside the box is drawn outside it; it is still found.
    inside = points(28.0, 137.834)
    drawn = gcj02_from_wgs84(inside)
    assert drawn.lon[0] > 137.8347
    assert close(wgs84_from_gcj02(drawn), 28.0, 137.834, TENTH_OF_A_METRE_DEG)


def test_many_points_at_once_keep_their_shape() -> None:
    lat, lon = np.full((2, 3), 28.2), np.full((2, 3), 112.97)
    drawn = from_wgs84(lat, lon, "BD-09")
    assert drawn.lat.shape == (2, 3)
    assert np.allclose(to_wgs84(drawn.lat, drawn.lon, "BD-09").lon, lon, atol=TENTH_OF_A_METRE_DEG)


def test_chinese_maps_are_hundreds_of_metres_apart() -> None:
    lat, lon = 28.1957, 112.9707  # Wuyi Square in Changsha
    gcj, bd = from_wgs84(lat, lon, "GCJ-02"), from_wgs84(lat, lon, "BD-09")
    metres_east = 111_195 * np.cos(np.radians(lat))
    assert 300 < (gcj.lon - lon) * metres_east < 1000
    assert 800 < (bd.lon - lon) * metres_east < 2000
