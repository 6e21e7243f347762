from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.unit.service.served import key_for

NEW = {"url": "https://hooks.example.com/x", "events": ["run.finished", "clock.at_risk"]}


@pytest.fixture
def admin(client: TestClient) -> dict[str, str]:
    return key_for(client, "admin")


def add(client: TestClient, who: dict[str, str], **new: Any) -> Any:
    return client.post("/webhooks", json={**NEW, **new}, headers=who)


def test_a_webhook_is_added_listed_tried_and_deleted(client: TestClient, admin: dict[str, str]) -> None:
    made = add(client, admin, branches=["B2", "B1"])
    assert made.status_code == 201
    secret, webhook = made.json()["secret"], made.json()["webhook"]
    assert secret.startswith("whsec_")
    assert (webhook["events"], webhook["branches"]) == (["clock.at_risk", "run.finished"], ["B1", "B2"])
    listed = client.get("/webhooks", headers=admin)
    assert listed.json()["webhooks"] == [webhook]
    assert secret not in listed.text
    address = f"/webhooks/{webhook['webhook_id']}"
    tried = client.post(f"{address}/test", headers=admin)
    assert (tried.status_code, tried.json()["event"], tried.json()["state"]) == (
        202,
        "webhook.test",
        "waiting",
    )
    assert client.get(f"{address}/deliveries", headers=admin).json()["deliveries"] == [tried.json()]
    assert client.delete(address, headers=admin).status_code == 204
    assert client.delete(address, headers=admin).status_code == 404


def test_a_repeated_request_adds_one_and_does_not_show_its_secret_again(
    client: TestClient, admin: dict[str, str]
) -> None:
    once = {**admin, "Idempotency-Key": "one"}
    first, again = add(client, once), add(client, once)
    assert again.json() == {**first.json(), "secret": None}
    assert len(client.get("/webhooks", headers=admin).json()["webhooks"]) == 1


@pytest.mark.parametrize(
    ("new", "pointer"),
    [
        ({"events": []}, "/events"),
        ({"events": ["run.started"]}, "/events/0"),
        ({"url": ""}, "/url"),
        ({"branches": []}, "/branches"),
        ({"secret": "mine"}, "/secret"),
    ],
)
def test_mistakes_are_named(
    client: TestClient, admin: dict[str, str], new: dict[str, Any], pointer: str
) -> None:
    answer = add(client, admin, **new)
    assert (answer.status_code, answer.json()["issues"][0]["pointer"]) == (422, pointer)


def test_who_is_for_some_branches_sees_only_their_webhooks(client: TestClient, admin: dict[str, str]) -> None:
    own = key_for(client, "admin", branches=["B1", "B2"])
    ids = [
        add(client, admin, branches=branches).json()["webhook"]["webhook_id"]
        for branches in (["B1"], ["B1", "B3"], None)
    ]
    assert [one["webhook_id"] for one in client.get("/webhooks", headers=own).json()["webhooks"]] == ids[:1]
    for way in ("/deliveries",):
        assert [client.get(f"/webhooks/{one}{way}", headers=own).status_code for one in ids] == [
            200,
            404,
            404,
        ]
    assert [add(client, own, branches=one).status_code for one in (["B2"], ["B3"], None)] == [201, 403, 403]
