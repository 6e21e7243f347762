"""Reading requests: what is taken, what is refused by name, and that everything wrong is listed at once."""

from typing import Any

import numpy as np
import pytest

from optimizer.errors import InvalidInput
from optimizer.interchange.vroom.read import plain_values, read_request
from optimizer.interchange.vroom.refused import REFUSED
from tests.unit.interchange.vroom.samples import DURATIONS, Json, two_jobs


def issues_of(request: Json) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read_request(request)
    return [(issue.code, issue.path) for issue in caught.value.issues]


def with_job(**fields: Any) -> Json:
    request = two_jobs()
    request["jobs"][0] |= fields
    return request


def test_every_documented_field_is_taken() -> None:
    request = two_jobs(
        profile="car",
        description="van",
        start=[9.1, 48.7],
        end=[9.1, 48.7],
        capacity=[3],
        skills=[1],
        type="big",
        time_window=[0, 5000],
        breaks=[{"id": 1, "time_windows": [[0, 50]], "service": 60, "description": "tea"}],
        speed_factor=1.5,
        max_tasks=4,
        max_travel_time=900,
        costs={"fixed": 1, "per_hour": 2, "per_km": 3},
    )
    request["matrices"]["car"]["distances"] = DURATIONS
    request["jobs"][0] |= {
        "description": "boiler",
        "location": [9.2, 48.8],
        "setup": 5,
        "setup_per_type": {"big": 6},
        "service_per_type": {"big": 7},
        "delivery": [1],
        "pickup": [2],
        "skills": [1],
        "priority": 100,
        "time_windows": [[0, 100], [200, 300]],
    }
    asked = read_request(request)
    job, vehicle = asked.request.jobs[0], asked.request.vehicles[0]
    assert (job.location, job.service_per_type, job.time_windows) == (
        (9.2, 48.8),
        {"big": 7},
        ((0, 100), (200, 300)),
    )
    assert (vehicle.breaks[0].description, vehicle.costs.per_km) == ("tea", 3)
    assert asked.legs.matrices["car"].durations.tolist() == DURATIONS


def test_unknown_keys_are_ignored_as_vroom_does() -> None:
    request = with_job(customer={"phone": "1"})
    request["comment"] = "Monday"
    assert len(read_request(request).request.jobs) == 2


REFUSED_REQUESTS: dict[str, Json] = {
    "options.g": {**two_jobs(), "options": {"g": True}},
    "options.c": {**two_jobs(), "options": {"c": True}},
    "vehicles[0].steps": two_jobs(steps=[{"type": "job", "id": 1}]),
    "vehicles[0].max_distance": two_jobs(max_distance=1000),
    "vehicles[0].costs.per_task_hour": two_jobs(costs={"per_task_hour": 5}),
    "vehicles[0].service_factor": two_jobs(service_factor=2),
    "vehicles[0].breaks[1].max_load": two_jobs(breaks=[{"id": 1}, {"id": 2, "max_load": [1]}]),
}


@pytest.mark.parametrize("path", REFUSED_REQUESTS)
def test_what_is_not_taken_is_refused_by_name(path: str) -> None:
    assert issues_of(REFUSED_REQUESTS[path]) == [("not-taken", path)]


def test_every_refusal_is_tested() -> None:
    names = {".".join(feature.path) for feature in REFUSED}
    tested = {path.split("].")[-1] for path in REFUSED_REQUESTS}
    assert tested == names


def test_refused_features_that_ask_for_nothing_are_no_obstacle() -> None:
    request = two_jobs(steps=[], costs={"per_task_hour": 0}, service_factor=1)
    request |= {"shipments": [], "options": {"g": False}}
    assert len(read_request(request).request.vehicles) == 1


def shipment(row: int = 1, **given: Any) -> Json:
    return {"pickup": {"id": 1, "location_index": row}, "delivery": {"id": 1, "location_index": 2}, **given}


def test_a_shipment_becomes_two_visits_that_share_what_it_asks_for() -> None:
    request = two_jobs(capacity=[3, 3])
    request["shipments"] = [shipment(amount=[2, 1], skills=[7], priority=9)]
    request["shipments"][0]["delivery"]["time_windows"] = [[100, 200]]
    read = read_request(request).request
    job, _, taken, given = read.tasks
    assert (job.kind, taken.kind, given.kind, list(read.pairs())) == ("job", "pickup", "delivery", [2])
    assert (taken.pickup, given.pickup) == ((2, 1), (-2, -1))
    assert taken.skills == given.skills == (7,)
    assert taken.priority == given.priority == 9
    assert (taken.time_windows, given.time_windows) == (None, ((100, 200),))


def test_shipments_alone_are_enough_and_something_there_must_be() -> None:
    request = two_jobs()
    del request["jobs"]
    assert len(read_request({**request, "shipments": [shipment()]}).request.tasks) == 2
    assert issues_of(request) == [("missing", "jobs")]


def test_mistakes_in_shipments_are_found_like_those_in_jobs() -> None:
    request = two_jobs(capacity=[3])
    request["shipments"] = [shipment(amount=[1, 1]), shipment(row=9)]
    request["shipments"][0]["pickup"]["time_windows"] = [[20, 10]]
    assert issues_of(request) == [
        ("duplicate-id", "shipments[1].pickup.id"),
        ("duplicate-id", "shipments[1].delivery.id"),
        ("empty-window", "shipments[0].pickup.time_windows[0]"),
        ("unequal-amounts", "shipments[0].amount"),
        ("row-beyond-matrix", "matrices.car.durations"),
    ]
    assert issues_of({**two_jobs(), "shipments": [{}]}) == [
        ("missing", "shipments[0].pickup"),
        ("missing", "shipments[0].delivery"),
    ]


def test_everything_wrong_is_listed_at_once() -> None:
    request = two_jobs(steps=[{"type": "start"}], id="one")
    request["jobs"][0]["priority"] = 101
    request["jobs"][1]["time_windows"] = []
    assert issues_of(request) == [
        ("not-taken", "vehicles[0].steps"),
        ("int-type", "vehicles[0].id"),
        ("less-than-equal", "jobs[0].priority"),
        ("too-short", "jobs[1].time_windows"),
    ]


CONTRADICTIONS: dict[str, tuple[Json, list[tuple[str, str]]]] = {
    "same job id": (with_job(id=2), [("duplicate-id", "jobs[1].id")]),
    "closed before open": (
        with_job(time_windows=[[9, 8]]),
        [("empty-window", "jobs[0].time_windows[0]")],
    ),
    "touching windows": (
        with_job(time_windows=[[20, 30], [10, 20]]),
        [("overlapping-windows", "jobs[0].time_windows")],
    ),
    "hours end before they begin": (
        two_jobs(time_window=[9, 8]),
        [("empty-window", "vehicles[0].time_window")],
    ),
    "amounts without capacity": (with_job(delivery=[1]), [("unequal-amounts", "jobs[0].delivery")]),
    "old amounts without capacity": (with_job(amount=[1]), [("unequal-amounts", "jobs[0].amount")]),
    "price by km without distances": (
        two_jobs(costs={"per_km": 1}),
        [("missing", "matrices.car.distances")],
    ),
    "profile without matrix": (two_jobs(profile="bike"), [("missing", "matrices.bike.durations")]),
    "place without row": (
        with_job(location_index=None, location=[9.0, 48.0]),
        [("missing", "jobs[0].location_index")],
    ),
    "row beyond the matrix": (with_job(location_index=3), [("row-beyond-matrix", "matrices.car.durations")]),
    # Breaks 1 and 2 end at 60 and 120 at the earliest, the hours at 100.
    "breaks longer than the hours": (
        two_jobs(time_window=[0, 100], breaks=[{"id": 1, "service": 60}, {"id": 2, "service": 60}]),
        [("breaks-do-not-fit", "vehicles[0].breaks")],
    ),
    "break after the hours": (
        two_jobs(time_window=[0, 100], breaks=[{"id": 1, "time_windows": [[101, 200]]}]),
        [("breaks-do-not-fit", "vehicles[0].breaks")],
    ),
    "same break id": (
        two_jobs(breaks=[{"id": 1}, {"id": 1}]),
        [("duplicate-id", "vehicles[0].breaks[1].id")],
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_contradictions_are_found(name: str) -> None:
    request, expected = CONTRADICTIONS[name]
    assert issues_of(request) == expected


def test_a_vehicle_needs_a_start_or_an_end() -> None:
    request = two_jobs()
    request["vehicles"][0] = {"id": 1}
    assert issues_of(request) == [("missing", "vehicles[0].start")]


def test_two_vehicles_need_two_ids() -> None:
    request = two_jobs()
    request["vehicles"] *= 2
    assert issues_of(request) == [("duplicate-id", "vehicles[1].id")]


def test_prices_and_a_matrix_of_costs_contradict_each_other() -> None:
    request = two_jobs(costs={"per_hour": 100})
    request["matrices"]["car"]["costs"] = DURATIONS
    assert issues_of(request) == [("contradiction", "vehicles[0].costs")]


@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        ([[0, 1], [1, 0, 2]], "not-square"),
        ([[0, 1, 2], [1, 0, 2]], "not-square"),
        ("none", "not-square"),
        ([[0, 1, 2], [1, 0, 2], [1, 2, 0.5]], "not-whole-numbers"),
        ([[0, 1, 2], [1, 0, 2], [1, 2, None]], "not-whole-numbers"),
        ([[0, 1, 2], [1, 0, 2], [1, 2, -1]], "not-whole-numbers"),
        ([[0, 1, 2], [1, 0, 2], [1, 2, 2**32]], "not-whole-numbers"),
        ([[0, 1, 2], [1, 0, 2], [1, 2, 2**70]], "not-whole-numbers"),
    ],
)
def test_matrices_are_square_and_whole(matrix: Any, code: str) -> None:
    request = two_jobs()
    request["matrices"]["car"]["durations"] = matrix
    assert issues_of(request) == [(code, "matrices.car.durations")]


def test_a_matrix_may_be_an_array_and_only_used_rows_are_kept() -> None:
    request = two_jobs()
    whole = np.arange(25).reshape(5, 5)
    request["matrices"]["car"]["durations"] = whole
    request["jobs"][1]["location_index"] = 4
    # Rows 0, 1 and 4 are used.
    kept = read_request(request).legs.matrices["car"].durations
    assert kept.tolist() == [[0, 1, 4], [5, 6, 9], [20, 21, 24]]


def test_the_old_matrix_key_means_durations_by_car() -> None:
    request = two_jobs()
    request["matrix"] = request.pop("matrices")["car"]["durations"]
    assert read_request(request).legs.matrices["car"].durations.tolist() == DURATIONS


def test_without_matrices_places_need_coordinates_on_earth() -> None:
    request: Json = {
        "vehicles": [{"id": 1, "start": [200, 48.7]}],
        "jobs": [{"id": 1, "location_index": 0}, {"id": 2, "location": [9.0, 48.0]}],
    }
    assert issues_of(request) == [("missing", "jobs[0].location"), ("not-on-earth", "vehicles[0].start")]


def test_coordinates_alone_make_estimated_ways() -> None:
    request: Json = {
        "vehicles": [{"id": 1, "start": [9.0, 48.0], "profile": "truck"}],
        "jobs": [{"id": 1, "location": [9.0, 48.1]}, {"id": 2, "location": [9.0, 48.0]}],
    }
    legs = read_request(request).legs
    # 0.1° of latitude = 11.119 km, × 1.3 = 14.455 km; 5 to 20 km at 32 km/h: 1,626 s, and 3 min to get in and out.
    ways = legs.matrices["truck"]
    assert ways.distances is not None
    assert (int(ways.distances[0, 1]), int(ways.durations[0, 1])) == (14455, 1806)
    assert legs.row_of(None, (9.0, 48.0)) == 1
    assert ways.costs is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"{", "json-syntax"),
        (b"[]", "not-a-mapping"),
        (b'{"jobs": [{"id": NaN}]}', "json-syntax"),
        (b"\xff", "json-syntax"),
    ],
)
def test_broken_text_is_said_to_be_broken(text: bytes, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        plain_values(text)
    assert [issue.code for issue in caught.value.issues] == [code]


def test_the_line_of_broken_text_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        plain_values(b'\xef\xbb\xbf{"jobs":\n\n oops}')
    assert caught.value.issues[0].line == 3
