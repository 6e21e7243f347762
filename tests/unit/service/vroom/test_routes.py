from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from optimizer.interchange.vroom.check import findings
from optimizer.interchange.vroom.read import read_request
from service.backend import Backend
from service.studio import StudioBusy, StudioFailed, TooLong
from service.vroom.records import VroomAnswer, VroomError
from tests.unit.service.served import key_for, served

BY_MATRIX: dict[str, Any] = {
    "vehicles": [{"id": 7, "start_index": 0, "end_index": 3}],
    "jobs": [{"id": 11, "location_index": 1}, {"id": 12, "location_index": 2}],
    "matrices": {
        "car": {"durations": [[0, 60, 300, 500], [70, 0, 80, 400], [300, 90, 0, 90], [500, 400, 100, 0]]}
    },
}
"""Two jobs on the way from row 0 to row 3: 60 + 80 + 90 = 230 s through 1, then 2."""

BY_PLACE: dict[str, Any] = {
    "vehicles": [
        {
            "id": 1,
            "start": [112.98, 28.2],
            "end": [112.98, 28.2],
            "capacity": [3],
            "skills": [4, 9],
            "time_window": [28800, 43200],
            "breaks": [{"id": 1, "service": 900, "time_windows": [[34200, 37800]]}],
        },
        {"id": 2, "start": [113.05, 28.1], "capacity": [2], "skills": [9], "time_window": [28800, 43200]},
    ],
    "jobs": [
        {"id": 1, "location": [112.95, 28.21], "service": 600, "delivery": [1], "skills": [4]},
        {"id": 2, "location": [113.03, 28.17], "service": 600, "delivery": [1], "skills": [9]},
        {"id": 3, "location": [112.9, 28.3], "service": 600, "skills": [5], "delivery": [1]},
        {
            "id": 4,
            "location": [113.0, 28.15],
            "service": 300,
            "delivery": [2],
            "time_windows": [[32400, 36000]],
            "priority": 10,
        },
    ],
    "shipments": [
        {
            "pickup": {"id": 1, "location": [112.96, 28.22], "service": 300},
            "delivery": {"id": 2, "location": [112.99, 28.25], "service": 300},
            "amount": [1],
            "skills": [4],
        }
    ],
    "options": {"x": 1, "t": 2, "l": 1},
}
"""Skills, capacities, a break, a window; nobody has the skill of job 3."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("store"), answer_s=120) as one:
        yield one


def raising(monkeypatch: pytest.MonkeyPatch, client: TestClient, error: Exception) -> None:
    backend: Backend = client.app.state.backend  # type: ignore[attr-defined] # the application behind the client

    def ask(*args: Any, **given: Any) -> None:
        raise error

    monkeypatch.setattr(backend.studio, "ask", ask)


@pytest.mark.parametrize("address", ["/vroom", "/vroom/"])
def test_the_shortest_way_is_found(client: TestClient, address: str) -> None:
    answer = client.post(address, json=BY_MATRIX)
    assert answer.status_code == 200
    said = answer.json()
    assert said["summary"]["cost"] == 230
    assert [step["type"] for step in said["routes"][0]["steps"]] == ["start", "job", "job", "end"]
    assert [step.get("job") for step in said["routes"][0]["steps"]] == [None, 11, 12, None]
    assert findings(read_request(BY_MATRIX), said) == ()
    VroomAnswer.model_validate_json(answer.content)


def test_what_is_left_out_has_a_reason(client: TestClient) -> None:
    answer = client.post("/vroom", json=BY_PLACE)
    assert answer.status_code == 200
    said = answer.json()
    assert [one["id"] for one in said["unassigned"]] == [3]
    assert "skill" in said["unassigned"][0]["reason"]
    assert findings(read_request(BY_PLACE), said) == ()
    VroomAnswer.model_validate_json(answer.content)


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        ({"options": {"g": True, "c": True}}, {"options.g", "options.c"}),
        ({"options": {"x": "5", "l": True}}, {"options.x", "options.l"}),
        ({"options": [5]}, {"options"}),
        ({"jobs": []}, {"jobs"}),
    ],
)
def test_a_refusal_names_all_mistakes_in_vrooms_shape(
    client: TestClient, change: dict[str, Any], paths: set[str]
) -> None:
    answer = client.post("/vroom", json={**BY_MATRIX, **change})
    assert answer.status_code == 400
    said = VroomError.model_validate_json(answer.content)
    assert said.code == 2
    assert {one.path for one in said.issues or ()} == paths


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"null", b"[" * 5000])
def test_what_is_no_request_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/vroom", content=body)
    assert (answer.status_code, answer.json()["code"]) == (400, 2)


def test_too_large_a_request_has_vrooms_code_for_it(client: TestClient) -> None:
    vehicles = [{"id": one, "start_index": 0} for one in range(4500)]
    jobs = [{"id": one, "location_index": 1} for one in range(4500)]  # 20,250,000 pairs, over 20,000,000
    answer = client.post("/vroom", json={**BY_MATRIX, "vehicles": vehicles, "jobs": jobs})
    assert (answer.status_code, answer.json()["code"]) == (413, 4)


@pytest.mark.parametrize(
    ("error", "status"), [(StudioBusy(), 503), (TooLong(), 504), (StudioFailed("ValueError"), 500)]
)
def test_what_goes_wrong_here_has_vrooms_shape_too(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    raising(monkeypatch, client, error)
    answer = client.post("/vroom", json=BY_MATRIX)
    assert answer.status_code == status
    assert VroomError.model_validate_json(answer.content).code == 1
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_anybody_who_may_read_may_ask(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        viewer, technician = key_for(client, "viewer"), key_for(client, "technician")
        assert client.post("/vroom", content=b"", headers=viewer).status_code == 400
        assert client.post("/vroom", content=b"", headers=technician).status_code == 403
        assert client.post("/vroom", content=b"").status_code == 401
