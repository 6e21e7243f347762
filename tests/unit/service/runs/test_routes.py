import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from optimizer.interchange.scenario_text import scenario_json
from service.caller import LOCAL
from service.runs.keeper import Keeper
from service.store.runs import run_row
from tests.unit.service.runs.puppet import Puppet
from tests.unit.service.runs.test_keeper import plan, skill
from tests.unit.service.served import backend_of, key_for, served
from tests.unit.service.statements import statements


@pytest.fixture
def scenario_id(client: TestClient) -> str:
    sent = client.post(
        "/scenarios", content=scenario_json(skill()), headers={"Content-Type": "application/json"}
    )
    scenario_id: str = sent.json()["scenario_id"]
    return scenario_id


def test_a_run_is_stored_before_it_is_acknowledged(client: TestClient, scenario_id: str) -> None:
    answer = client.post("/runs", json={"scenario_id": scenario_id, "limits": {"iterations": 100}})
    assert answer.status_code == 202
    run_id = answer.json()["run_id"]
    with backend_of(client).store.read() as tx:
        assert run_row(tx, run_id, LOCAL) is not None
    assert client.get(answer.headers["Location"]).json() == answer.json()
    assert [one["run_id"] for one in client.get("/runs").json()["runs"]] == [run_id]
    assert client.get("/runs", params={"state": "running"}).json()["runs"] == []


def test_what_cannot_be_computed_is_refused(client: TestClient, scenario_id: str) -> None:
    for body, status in (
        ({"scenario_id": "scn_none"}, 404),
        ({"scenario_id": scenario_id, "revision": 2}, 404),
        ({"scenario_id": scenario_id, "engine": "magic"}, 422),
        ({"scenario_id": scenario_id, "limits": {"seconds": 86_400}}, 422),
        ({"scenario_id": scenario_id, "seed": -1}, 422),
    ):
        assert client.post("/runs", json=body).status_code == status, body
    assert client.get("/runs").json()["runs"] == []


def test_queueing_a_run_reads_nothing_of_what_its_scenario_says(client: TestClient, scenario_id: str) -> None:
    store = backend_of(client).store
    with statements(store) as queueing:
        assert client.post("/runs", json={"scenario_id": scenario_id}).status_code == 202
    with statements(store) as reading:
        assert client.get(f"/scenarios/{scenario_id}/content").status_code == 200
    assert [one for one in queueing if "revisions.body" in one] == []
    assert [one for one in reading if "revisions.body" in one]  # else the word would be looked for in vain


def test_a_full_queue_refuses_and_says_when_to_come_again(tmp_path: Path) -> None:
    with served(tmp_path, queue=3, queue_each=2) as client:
        sent = client.post(
            "/scenarios", content=scenario_json(skill()), headers={"Content-Type": "application/json"}
        )
        request = {"scenario_id": sent.json()["scenario_id"]}
        one, other = key_for(client, "dispatcher"), key_for(client, "dispatcher")
        answers = [client.post("/runs", json=request, headers=key) for key in (one, one, one, other, other)]
        assert [answer.status_code for answer in answers] == [202, 202, 429, 202, 429]
        assert answers[2].headers["Retry-After"] == "10"
        assert answers[2].json()["type"] == "/problems/too-many-requests"


def test_listening_misses_nothing(client: TestClient, scenario_id: str) -> None:
    run_id = client.post("/runs", json={"scenario_id": scenario_id}).json()["run_id"]
    puppet = Puppet()
    keeper = Keeper(backend_of(client), puppet)
    keeper.turn()
    from service.executor.events import Finished, Progressed

    puppet.tell(Progressed(f"{run_id}.1", 0.5, 10, 0.1, 3, 500, 1))
    puppet.tell(Finished(f"{run_id}.1", plan(), "time"))
    keeper.turn()
    keeper.turn()
    whole = heard(client.get(f"/runs/{run_id}/events").text)
    assert [kind for _, kind, _ in whole] == ["queued", "running", "improved", "finished"]
    assert [number for number, _, _ in whole] == [1, 2, 3, 4]
    assert whole[2][2]["cents"] == 500
    rest = heard(client.get(f"/runs/{run_id}/events", headers={"Last-Event-ID": "2"}).text)
    assert rest == whole[2:]
    last = {"Last-Event-ID": "9" * 18}  # no store counts higher than 2^63
    assert heard(client.get(f"/runs/{run_id}/events", headers=last).text) == []
    assert client.get(f"/runs/{run_id}/events", headers={"Last-Event-ID": "9" * 19}).status_code == 422
    assert client.get("/runs/run_none/events").status_code == 404


def heard(stream: str) -> list[tuple[int, str, dict[str, object]]]:
    """Read a stream of events: number, kind, data."""
    events = []
    for block in stream.split("\n\n"):
        said = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if said:
            events.append((int(said["id"]), said["event"], json.loads(said["data"])))
    return events


def test_an_ended_run_cannot_be_cancelled(client: TestClient, scenario_id: str) -> None:
    run_id = client.post("/runs", json={"scenario_id": scenario_id}).json()["run_id"]
    assert client.post(f"/runs/{run_id}/cancel").json()["state"] == "cancelled"
    again = client.post(f"/runs/{run_id}/cancel")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/conflict")
