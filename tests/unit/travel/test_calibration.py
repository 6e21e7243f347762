"""A profile is found again in trips made from it, whatever a few wild trips say."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from optimizer.domain.travel import DEFAULT_PROFILES, SpeedBand, SpeedProfile, Travel
from optimizer.travel.calibration import ObservedSpeed, fit_profile, profile_of_speeds
from optimizer.travel.great_circle import GreatCircle
from optimizer.travel.observed_trips import Trip, by_band, errors_of, held_out, predicted_s
from tests.unit.rules.build import north

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 7, 15, 8, tzinfo=ZONE)
CAR = DEFAULT_PROFILES["car"]

# Free before 07:00 and from 20:00 on, 60 % from 07:00 to 09:59, 80 % by day.
HOURS = (100,) * 7 + (60,) * 3 + (80,) * 10 + (100,) * 4
TRUE = SpeedProfile(
    detour=1.42,
    access_min=3,
    bands=tuple(
        SpeedBand(up_to_km=up_to_km, kmh=kmh, hour_percent=HOURS)
        for up_to_km, kmh in ((5, 26), (20, 36), (60, 55), (1000, 80))
    ),
)


def made_from(profile: SpeedProfile, count: int, *, noise: float, wild: float = 0.0) -> list[Trip]:
    """Return trips of 0.5 to 80 km between 05:00 and 23:00; a share of them takes three times as long."""
    random = np.random.default_rng(1)
    trips = []
    for _ in range(count):
        far_m = float(np.exp(random.uniform(np.log(500), np.log(80_000))))
        at = MORNING.replace(hour=0) + timedelta(days=int(random.integers(20)), hours=random.uniform(5, 23))
        trip = Trip(far_m, at, 1.0, far_m * profile.detour * float(np.exp(random.normal(0, noise))))
        (exact_s,) = predicted_s([trip], profile)
        delay = float(np.exp(random.normal(0, noise))) * (3 if random.random() < wild else 1)
        trips.append(trip._replace(seconds=float(exact_s) * delay))
    return trips


def test_a_known_profile_is_found_again() -> None:
    fit = fit_profile(made_from(TRUE, 4000, noise=0.15, wild=0.05), CAR)
    assert fit.profile.detour == pytest.approx(1.42, abs=0.02)
    assert all(band.fitted for band in fit.bands)
    for found, true in zip(fit.profile.bands, TRUE.bands, strict=True):
        assert found.hour_percent
        # What counts is the speed of an hour; the split into speed and percent is fixed by the fastest hour, whose
        # noise is in both. A trip of an hour and more smears the edges of the rush hour.
        for hour in (6, 8, 12, 15, 21):
            speed, wanted = (one.kmh * one.hour_percent[hour] / 100 for one in (found, true))
            assert speed == pytest.approx(wanted, rel=0.12)
    assert fit.profile.access_min == CAR.access_min


def test_the_error_of_trips_kept_aside_falls_to_the_noise() -> None:
    some, aside = held_out(made_from(TRUE, 3000, noise=0.15, wild=0.05))
    assert (len(some), len(aside)) == (2400, 600)
    before, after, best = (
        errors_of(aside, profile) for profile in (CAR, fit_profile(some, CAR).profile, TRUE)
    )
    assert before is not None
    assert after is not None
    assert best is not None
    assert after.median_min < 0.75 * before.median_min
    assert after.median_min < 1.1 * best.median_min  # nobody knows the noise
    assert abs(after.bias_min) < 0.3 < abs(before.bias_min)


def test_trips_are_told_apart_by_the_band_their_road_falls_into() -> None:
    # Detour 1.3: 3.8 km are 4.94 km of road, 3.9 km are 5.07 km, 900 km, beyond the last end, are the last band's.
    trips = [Trip(1000 * km, MORNING, 600.0) for km in (3.9, 3.8, 900.0)]
    assert by_band(trips, CAR) == ((trips[1],), (trips[0],), (), (trips[2],))


def test_without_noise_nothing_is_off() -> None:
    plain = SpeedProfile(detour=1.3, access_min=3, bands=(SpeedBand(up_to_km=1000, kmh=40),))
    start = SpeedProfile(detour=1.1, access_min=3, bands=(SpeedBand(up_to_km=1000, kmh=70),))
    fit = fit_profile(made_from(plain, 400, noise=0.0), start)
    assert fit.profile == plain


def test_too_few_trips_leave_everything_as_it_was() -> None:
    fit = fit_profile(made_from(TRUE, 15, noise=0.1), CAR)
    assert fit.profile == CAR
    assert not any(band.fitted for band in fit.bands)


def test_no_trips_leave_everything_as_it_was() -> None:
    assert fit_profile([], CAR).profile == CAR
    assert errors_of([], CAR) is None


def test_a_longer_band_is_never_slower() -> None:
    # 30 trips of 4 km in 6 min (40 km/h), 30 of 30 km in 60 min (30 km/h): out of order, so both get one speed.
    start = SpeedProfile(detour=1, bands=(SpeedBand(up_to_km=10, kmh=20), SpeedBand(up_to_km=99, kmh=25)))
    trips = [Trip(4000.0, MORNING, 360.0)] * 30 + [Trip(30_000.0, MORNING, 3600.0)] * 30
    near, far = fit_profile(trips, start).profile.bands
    assert near.kmh == far.kmh
    # The long trips weigh more: 30 km each against 4.
    assert far.kmh == pytest.approx(30, abs=0.1)


def test_a_band_without_trips_keeps_its_order_with_its_neighbours() -> None:
    # Trips of 4 km at 60 km/h; the next band had 32 km/h and nobody drove so far.
    fit = fit_profile(
        [Trip(4000.0, MORNING, 240.0)] * 30, CAR.model_copy(update={"detour": 1, "access_min": 0})
    )
    assert [band.kmh for band in fit.profile.bands] == [60, 60, 60, 75]
    assert [band.fitted for band in fit.bands] == [True, False, False, False]


def test_trips_around_the_corner_say_nothing() -> None:
    fit = fit_profile([Trip(150.0, MORNING, 60.0)] * 100, CAR)
    assert fit.profile == CAR


def test_times_are_predicted_as_plans_have_them() -> None:
    places = tuple(north(km) for km in (0, 0.3, 4, 5.5, 18, 70))
    table = GreatCircle(Travel(profiles={"car": CAR})).legs("car", tuple("abcdef"), places)
    far_m = [1000.0 * km for km in (0.3, 4, 5.5, 18, 70)]
    predicted = predicted_s([Trip(far, MORNING, 1.0) for far in far_m], CAR)
    assert predicted == pytest.approx(table.base_s[0, 1:], abs=1)  # the table has whole seconds


def test_congestion_is_walked_hour_by_hour() -> None:
    # 60 km at 60 km/h: an hour without congestion. From 07:30 half the speed until 08:00, a quarter of the way; from
    # 08:00 full speed for the other 45 km.
    hours = tuple(50 if hour == 7 else 100 for hour in range(24))
    one = SpeedProfile(detour=1, bands=(SpeedBand(up_to_km=99, kmh=60, hour_percent=hours),))
    (needed,) = predicted_s([Trip(60_000.0, MORNING - timedelta(minutes=30), 1.0)], one)
    assert needed == pytest.approx((30 + 45) * 60)


def test_observed_speeds_take_the_place_of_a_band() -> None:
    seen = [ObservedSpeed(5, hour, kmh) for hour, kmh in ((8, 15), (8, 16), (8, 40), (12, 20))]
    near, *others = profile_of_speeds(seen, CAR).bands
    # The median of 8:00 is 16; 12:00 is the fastest hour, so 100 %; 10:00 lies between them.
    assert (near.kmh, near.hour_percent[12], near.hour_percent[8]) == (20, 100, 80)
    assert 80 < near.hour_percent[10] < 100
    assert tuple(others) == CAR.bands[1:]
