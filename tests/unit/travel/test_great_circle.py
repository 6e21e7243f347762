from itertools import pairwise

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from optimizer.domain.place import Place
from optimizer.domain.travel import DEFAULT_PROFILES, SpeedBand, SpeedProfile, Travel
from optimizer.errors import TravelUnavailable
from optimizer.travel.base import LegMatrix
from optimizer.travel.great_circle import LONGEST_LEG_S, GreatCircle, great_circle_m

KM_PER_DEGREE = 111.19508  # a degree of latitude on a sphere of radius 6371.0088 km
BANDS = (SpeedBand(up_to_km=5, kmh=20), SpeedBand(up_to_km=20, kmh=40), SpeedBand(up_to_km=100, kmh=60))

lats = st.floats(-90, 90)
lons = st.floats(-180, 180)


def line(*kilometres: float) -> tuple[Place, ...]:
    """Return places so many kilometres north of the equator at 113° east."""
    return tuple(Place(lat=km / KM_PER_DEGREE, lon=113) for km in kilometres)


def legs(profile: SpeedProfile, *kilometres: float) -> LegMatrix:
    places = line(*kilometres)
    names = tuple(f"job:{number}" for number in range(len(places)))
    return GreatCircle(Travel(profiles={"car": profile})).legs("car", names, places)


@given(a_lat=lats, a_lon=lons, b_lat=lats, b_lon=lons)
def test_the_sphere_is_at_most_0_57_percent_off_the_ellipsoid(
    a_lat: float, a_lon: float, b_lat: float, b_lon: float
) -> None:
    # Worst case north-south at the equator: mean radius 6371.0 km against 6335.4 km of curvature, 0.56 %.
    found = great_circle_m(np.array([a_lat, b_lat]), np.array([a_lon, b_lon]))[0, 1]
    true = geodesic((a_lat, a_lon), (b_lat, b_lon)).m
    assert found == pytest.approx(true, rel=0.0057, abs=0.01)


@given(a_lat=st.floats(27, 30), a_lon=st.floats(111, 115), b_lat=st.floats(27, 30), b_lon=st.floats(111, 115))
def test_in_hunan_the_sphere_is_at_most_0_36_percent_off(
    a_lat: float, a_lon: float, b_lat: float, b_lon: float
) -> None:
    # Worst case north-south in the south: 6371.0 km against 6348.7 km of curvature at 27°, 0.352 %.
    found = great_circle_m(np.array([a_lat, b_lat]), np.array([a_lon, b_lon]))[0, 1]
    assert found == pytest.approx(geodesic((a_lat, a_lon), (b_lat, b_lon)).m, rel=0.0036, abs=0.01)


def test_near_places_are_measured_to_the_centimetre() -> None:
    # A ten-thousandth of a degree of latitude is 11.1195 m.
    assert great_circle_m(np.array([28.2, 28.2001]), np.array([113.0, 113.0]))[0, 1] == pytest.approx(
        11.1195, abs=0.01
    )


def test_the_other_side_of_the_world_is_half_the_way_round() -> None:
    # π × 6371.0088 km
    assert great_circle_m(np.array([0.0, 0.0]), np.array([0.0, 180.0]))[0, 1] == pytest.approx(
        20_015_115, abs=1
    )


def test_detour_makes_the_road_longer_than_the_line() -> None:
    assert legs(SpeedProfile(detour=1.3, bands=BANDS), 0, 10).metres[0, 1] == 13_000


def test_speed_is_that_of_the_band_of_the_road_length() -> None:
    found = legs(SpeedProfile(detour=1, bands=BANDS), 0, 2, 15, 80).base_s[0]
    # 2 km at 20 km/h = 360 s; 15 km at 40 km/h = 1,350 s; 80 km at 60 km/h = 4,800 s
    assert found.tolist() == [0, 360, 1350, 4800]


def test_a_band_includes_its_edge_and_the_last_band_takes_the_rest() -> None:
    found = legs(SpeedProfile(detour=1, bands=BANDS), 0, 5, 20, 120).base_s[0]
    # 5 km at 20 km/h = 900 s; 20 km at 40 km/h = 1,800 s; 120 km at 60 km/h = 7,200 s
    assert found.tolist() == [0, 900, 1800, 7200]


def test_behind_an_edge_a_longer_leg_is_never_quicker() -> None:
    # 6 km at 40 km/h would be 540 s, less than the 900 s of 5 km at 20 km/h; 10 km at 40 km/h are 900 s.
    found = legs(SpeedProfile(detour=1, bands=BANDS), 0, 5, 6, 10, 11).base_s[0]
    assert found.tolist() == [0, 900, 900, 900, 990]


@given(kilometres=st.lists(st.floats(0.001, 800), min_size=2, max_size=8), access_min=st.floats(0, 30))
def test_longer_legs_take_longer(kilometres: list[float], access_min: float) -> None:
    profile = DEFAULT_PROFILES["car"].model_copy(update={"access_min": access_min})
    found = legs(profile, 0, *sorted(kilometres)).base_s[0]
    assert all(near <= far for near, far in pairwise(found.tolist()))


def test_access_is_added_to_every_leg_but_not_to_staying() -> None:
    found = legs(SpeedProfile(detour=1, bands=BANDS, access_min=3), 0, 2, 2)
    assert found.base_s[0].tolist() == [0, 540, 540]  # 360 s + 3 min
    assert found.base_s[1].tolist() == [540, 0, 0]  # another job at the same point
    assert found.metres[1, 2] == 0


def test_seconds_are_rounded_half_up() -> None:
    # 5 m at 4 km/h = 4.5 s
    walk = SpeedProfile(detour=1, bands=(SpeedBand(up_to_km=100, kmh=4),))
    assert legs(walk, 0, 0.005).base_s[0, 1] == 5


def test_a_leg_is_never_longer_than_a_week() -> None:
    snail = SpeedProfile(detour=5, bands=(SpeedBand(up_to_km=100, kmh=0.001),))
    assert legs(snail, 0, 9_000).base_s[0, 1] == LONGEST_LEG_S


def test_without_hours_there_is_no_congestion() -> None:
    plain = legs(SpeedProfile(bands=BANDS), 0, 1)
    full = SpeedBand(up_to_km=100, kmh=30, hour_percent=(100,) * 24)
    for found in (plain, legs(SpeedProfile(bands=(full,)), 0, 1)):
        assert found.band.shape == (0, 0)
        assert found.hour_percent.shape == (0, 24)


def test_congestion_is_kept_by_band() -> None:
    evening = (100,) * 17 + (60, 70) + (100,) * 5
    bands = (SpeedBand(up_to_km=5, kmh=20, hour_percent=evening), SpeedBand(up_to_km=100, kmh=50))
    found = legs(SpeedProfile(detour=1, bands=bands), 0, 5, 6)
    assert found.band[0].tolist() == [0, 0, 1]
    assert found.hour_percent.tolist() == [list(evening), [100] * 24]


def test_more_places_than_a_block_of_rows_agree_with_single_pairs() -> None:
    kilometres = [0.7 * number for number in range(300)]
    many = legs(SpeedProfile(bands=BANDS), *kilometres)
    assert np.array_equal(many.metres, many.metres.T)
    pair = legs(SpeedProfile(bands=BANDS), kilometres[17], kilometres[290])
    assert many.metres[17, 290] == pair.metres[0, 1]
    assert many.base_s[290, 17] == pair.base_s[1, 0]


def test_a_means_without_speeds_is_refused() -> None:
    with pytest.raises(TravelUnavailable, match=r"travel\.profiles\.motorcycle"):
        GreatCircle(Travel(profiles={})).legs("motorcycle", (), ())
    with pytest.raises(TravelUnavailable, match="1 to 256 bands"):
        legs(SpeedProfile(bands=()), 0, 1)


def test_a_day_of_other_than_24_hours_is_refused() -> None:
    with pytest.raises(TravelUnavailable, match="24 values"):
        legs(SpeedProfile(bands=(SpeedBand(up_to_km=1, kmh=20, hour_percent=(90, 90)),)), 0, 1)
