"""Who is let in: keys, nobody, and this machine as long as there is no key."""

from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.access.keys import make_key
from tests.unit.service.served import key_for, served

WRONG_KEYS = 10
WRONG = {"Authorization": "Bearer pgk_wrong"}


def from_address(client: TestClient, address: str) -> TestClient:
    """Return a client of the same service that calls from another address."""
    return TestClient(client.app, "http://127.0.0.1:8470", client=(address, 50000))


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_without_a_key_this_machine_may_do_everything(client: TestClient, address: str) -> None:
    assert from_address(client, address).get("/session").json()["role"] == "admin"


@pytest.mark.parametrize(
    "address", ["10.0.0.7", "192.168.1.2", "2001:db8::1", "testclient", "::ffff:10.0.0.7"]
)
def test_without_a_key_others_are_not_let_in(client: TestClient, address: str) -> None:
    other = from_address(client, address)
    assert other.get("/session").status_code == 401
    assert other.get("/session", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 401


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_without_a_key_a_proxy_on_this_machine_does_not_open_it(client: TestClient, header: str) -> None:
    assert client.get("/session", headers={header: "203.0.113.9"}).status_code == 401


def test_the_first_key_ends_the_time_without_keys(client: TestClient) -> None:
    admin = key_for(client, "admin")
    answer = client.get("/session")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert client.get("/session", headers=admin).status_code == 200


def test_a_key_is_valid_until_it_expires(client: TestClient) -> None:
    now = client.app.state.backend.now()  # type: ignore[attr-defined]
    soon = key_for(client, "viewer", expires_at=now + timedelta(hours=1))
    gone = key_for(client, "viewer", expires_at=now - timedelta(seconds=1))
    assert client.get("/session", headers=soon).status_code == 200
    assert client.get("/session", headers=gone).status_code == 401


def test_a_key_has_a_number_of_requests_a_minute(tmp_path: Path) -> None:
    with served(tmp_path, rate_each=3) as client:
        one, other = key_for(client, "viewer"), key_for(client, "viewer")
        assert [client.get("/session", headers=one).status_code for _ in range(4)] == [200, 200, 200, 429]
        answer = client.get("/session", headers=one)
        assert answer.json()["type"] == "/problems/too-many-requests"
        assert 1 <= int(answer.headers["Retry-After"]) <= 60
        assert client.get("/session", headers=other).status_code == 200


def test_wrong_keys_are_stopped_but_not_the_right_one_behind_the_same_address(client: TestClient) -> None:
    admin = key_for(client, "admin")
    statuses = [client.get("/session", headers=WRONG).status_code for _ in range(WRONG_KEYS + 1)]
    assert statuses == [401] * WRONG_KEYS + [429]
    sent = client.post("/session", json={"key": "pgk_wrong"})
    assert (sent.status_code, "Retry-After" in sent.headers) == (429, True)
    assert client.get("/session", headers=admin).status_code == 200
    assert from_address(client, "127.0.0.2").get("/session", headers=WRONG).status_code == 401


def test_how_many_wrong_keys_a_minute_are_looked_at_is_a_setting(tmp_path: Path) -> None:
    with served(tmp_path, wrong_keys=2) as client:
        key_for(client, "admin")
        assert [client.get("/session", headers=WRONG).status_code for _ in range(3)] == [401, 401, 429]


def test_one_network_counts_as_one_address(client: TestClient) -> None:
    key_for(client, "admin")
    here = [from_address(client, f"2001:db8::{i}") for i in range(1, WRONG_KEYS + 2)]
    statuses = [one.get("/session", headers=WRONG).status_code for one in here]
    assert statuses == [401] * WRONG_KEYS + [429]
    assert from_address(client, "2001:db8:0:1::1").get("/session", headers=WRONG).status_code == 401


def test_refused_attempts_are_written_down_without_secrets_and_cannot_flood_the_record(
    client: TestClient,
) -> None:
    admin, viewer = key_for(client, "admin"), key_for(client, "viewer")
    for _ in range(30):
        assert client.get("/keys", headers=viewer).status_code == 403
    client.get("/keys", headers=WRONG)
    entries = client.get("/audit", headers=admin).json()["entries"]
    assert len(entries) == 11  # ten a minute of one caller, and one of the other
    assert {entry["action"] for entry in entries} == {"list_keys"}
    assert entries[0]["detail"] == {"refused": "unauthenticated", "address": "127.0.0.1"}
    assert entries[1]["detail"]["refused"] == "forbidden"
    assert "pgk_" not in str(entries)


def test_the_secret_is_not_kept(client: TestClient) -> None:
    backend = client.app.state.backend  # type: ignore[attr-defined]
    key, secret = backend.store.write(
        lambda tx: make_key(
            tx, name="x", role="admin", branches=None, technician_id=None, made_by="t", now=backend.now()
        )
    )
    stored = {name: getattr(key, name) for name in key.__table__.columns.keys()}  # noqa: SIM118
    assert secret not in str(stored)
