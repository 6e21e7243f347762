import json

import numpy as np
import pytest

from benchmarks.days import BREAK_S, BREAK_START, HOUR_S, SIZES, WEIGHTS, generate, travel_times

# Published numbers belong to these days: a changed hash means every result has to be run again.
FINGERPRINTS = {("20-100", 1): "7b66aa28d23c", ("50-300", 1): "ee0dc9862e40", ("100-700", 2): "da5096666dad"}


@pytest.mark.parametrize("key", FINGERPRINTS)
def test_a_day_is_the_same_forever(key: tuple[str, int]) -> None:
    assert generate(*key).fingerprint() == FINGERPRINTS[key]


def test_same_seed_same_bytes_other_seed_other_day() -> None:
    first, again, other = generate("20-100", 7), generate("20-100", 7), generate("20-100", 8)
    assert json.dumps(first.vroom_request()) == json.dumps(again.vroom_request())
    assert first.fingerprint() == again.fingerprint() != other.fingerprint()


@pytest.mark.parametrize("size", ["20-100", "50-300"])
def test_a_day_is_of_the_described_kind(size: str) -> None:
    day = generate(size, 1)
    vehicles, jobs = day.request["vehicles"], day.request["jobs"]
    assert (len(vehicles), len(jobs)) == SIZES[size][:2]
    for vehicle in vehicles:
        start, end = vehicle["time_window"]
        assert 8 * HOUR_S <= end - start <= 10 * HOUR_S
        assert 1 <= len(vehicle["skills"]) <= 4
        assert [list(BREAK_START)] == vehicle["breaks"][0]["time_windows"]
        assert vehicle["breaks"][0]["service"] == BREAK_S
        assert start <= BREAK_START[0]
        assert BREAK_START[1] + BREAK_S <= end
    for job in jobs:
        assert 30 * 60 <= job["service"] <= 180 * 60
        assert job["priority"] in WEIGHTS
        assert len(job["skills"]) <= 2
        assert any(set(job["skills"]) <= set(vehicle["skills"]) for vehicle in vehicles)
    used = {job["location_index"] for job in jobs} | {vehicle["start_index"] for vehicle in vehicles}
    assert max(used) < len(day.durations)


def test_travel_is_40_kmh_on_1_3_times_the_great_circle() -> None:
    # One degree of latitude is 111.195 km: 1.3 x 111.195 km / 40 km/h = 3.6138 h = 13,010 s.
    durations = travel_times([(9.0, 48.0), (9.0, 49.0)])
    assert durations.tolist() == [[0, 13010], [13010, 0]]
    assert durations.dtype == np.int32


def test_the_vroom_request_is_plain_json_with_its_matrix() -> None:
    day = generate("20-100", 1)
    request = json.loads(json.dumps(day.vroom_request()))
    assert request["matrices"]["car"]["durations"] == day.durations.tolist()
    assert {"id", "location", "location_index", "service", "skills", "priority", "time_windows"} == set(
        request["jobs"][0]
    )
