from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.unit.service.served import key_for

ADMIN = {"name": "boss", "role": "admin"}


@pytest.fixture
def admin(client: TestClient) -> dict[str, str]:
    return key_for(client, "admin")


def add(client: TestClient, who: dict[str, str], **new: Any) -> Any:
    return client.post("/keys", json={"name": "one", "role": "viewer", **new}, headers=who)


def as_caller(made: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {made.json()['secret']}"}


def test_a_key_is_made_works_is_listed_and_withdrawn(client: TestClient, admin: dict[str, str]) -> None:
    made = add(client, admin, role="technician", technician_id="T1", branches=["B1"])
    assert made.status_code == 201, made.text
    own, key_id = as_caller(made), made.json()["key"]["key_id"]
    said = client.get("/session", headers=own).json()
    assert (said["rights"], said["branches"], said["technician_id"]) == (["own_orders"], ["B1"], "T1")
    listed = client.get("/keys", headers=admin)
    assert [one["role"] for one in listed.json()["keys"]] == ["technician", "admin"]
    assert made.json()["secret"] not in listed.text
    assert [client.delete(f"/keys/{key_id}", headers=admin).status_code for _ in range(2)] == [204, 204]
    assert client.get("/session", headers=own).status_code == 401
    actions = [one["action"] for one in client.get("/audit", headers=admin).json()["entries"]]
    assert actions == ["get_session", "revoke_key", "revoke_key", "add_key"]  # the newest was refused


def test_a_repeated_request_makes_one_key_and_does_not_show_its_secret_again(
    client: TestClient, admin: dict[str, str]
) -> None:
    once = {**admin, "Idempotency-Key": "one"}
    first, again = add(client, once), add(client, once)
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert again.json() == {**first.json(), "secret": None}
    assert len(client.get("/keys", headers=admin).json()["keys"]) == 2


@pytest.mark.parametrize(
    ("new", "pointers"),
    [
        ({"role": "technician"}, ["/technician_id"]),
        ({"role": "manager", "technician_id": "T1"}, ["/technician_id"]),
        ({"role": "technician", "expires_at": "2020-01-01T00:00:00Z"}, ["/expires_at", "/technician_id"]),
        ({"role": "boss", "branches": [], "name": "a\0b"}, ["/branches", "/name", "/role"]),
        ({"branches": ["B1", "a\0b"]}, ["/branches/1"]),
    ],
    ids=str,
)
def test_keys_that_contradict_themselves_are_refused(
    client: TestClient, admin: dict[str, str], new: dict[str, Any], pointers: list[str]
) -> None:
    answer = add(client, admin, **new)
    assert answer.status_code == 422
    assert sorted(one["pointer"] for one in answer.json()["issues"]) == pointers


def test_nobody_gives_away_more_than_they_have(client: TestClient, admin: dict[str, str]) -> None:
    of_branch = as_caller(add(client, admin, role="admin", branches=["B1", "B2"]))
    assert add(client, of_branch, branches=["B1"]).status_code == 201
    for wider in ({}, {"branches": ["B1", "B3"]}):
        assert add(client, of_branch, **wider).status_code == 403
    assert add(client, key_for(client, "manager")).status_code == 403


def test_who_is_for_some_branches_sees_only_their_keys(client: TestClient, admin: dict[str, str]) -> None:
    of_branch = as_caller(add(client, admin, role="admin", branches=["B1", "B2"]))
    ids = {}
    for branches in (["B1"], ["B3"], None):
        ids[str(branches)] = add(client, admin, branches=branches).json()["key"]["key_id"]
    listed = [one["branches"] for one in client.get("/keys", headers=of_branch).json()["keys"]]
    assert listed == [["B1"], ["B1", "B2"]]
    statuses = [client.delete(f"/keys/{key_id}", headers=of_branch).status_code for key_id in ids.values()]
    assert statuses == [204, 404, 404]
    whose = {one["key_id"] for one in client.get("/audit", headers=of_branch).json()["entries"]}
    assert len(whose) == 1  # not the first admin's


def test_the_last_admin_key_stays(client: TestClient, admin: dict[str, str]) -> None:
    (first,) = [one["key_id"] for one in client.get("/keys", headers=admin).json()["keys"]]
    add(client, admin, role="admin", branches=["B1"])  # it could not administer the rest
    add(client, admin, role="admin", expires_at="2999-01-01T00:00:00Z")  # not a moment that is taken
    refused = client.delete(f"/keys/{first}", headers=admin)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/conflict")
    other = as_caller(add(client, admin, role="admin"))
    assert client.delete(f"/keys/{first}", headers=admin).status_code == 204
    assert client.get("/keys", headers=admin).status_code == 401
    assert client.get("/keys", headers=other).status_code == 200


def test_the_first_key_is_an_admins_for_all_branches(client: TestClient) -> None:
    for locked_out in ({"role": "dispatcher"}, {"role": "admin", "branches": ["B1"]}):
        assert add(client, {}, **locked_out).status_code == 409
    assert client.get("/session").status_code == 200
    assert add(client, {}, role="admin").status_code == 201
    assert client.get("/session").status_code == 401


def test_there_is_no_such_key(client: TestClient, admin: dict[str, str]) -> None:
    assert client.delete("/keys/key_0", headers=admin).status_code == 404
    assert client.delete("/keys/a%00b", headers=admin).status_code == 422
