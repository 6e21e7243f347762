from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.unit.service.served import key_for


@pytest.fixture
def admin(client: TestClient) -> dict[str, str]:
    return key_for(client, "admin")


@pytest.fixture
def made(client: TestClient, admin: dict[str, str]) -> list[str]:
    """Make five keys, return their ids from the oldest."""
    return [
        client.post("/keys", json={"name": "n", "role": "viewer"}, headers=admin).json()["key"]["key_id"]
        for _ in range(5)
    ]


def abouts(client: TestClient, admin: dict[str, str], **query: Any) -> list[str]:
    answer = client.get("/audit", params=query, headers=admin)
    assert answer.status_code == 200, answer.text
    return [one["about"] for one in answer.json()["entries"]]


def test_entries_are_found_by_key_action_object_and_time(
    client: TestClient, admin: dict[str, str], made: list[str]
) -> None:
    client.delete(f"/keys/{made[2]}", headers=admin)
    whose = client.get("/session", headers=admin).json()["key_id"]
    assert abouts(client, admin) == [made[2], *reversed(made)]
    assert abouts(client, admin, action="revoke_key") == [made[2]]
    assert abouts(client, admin, about=made[2]) == [made[2], made[2]]
    assert abouts(client, admin, key_id=whose, action="add_key") == made[::-1]
    assert abouts(client, admin, key_id="somebody") == []
    entries = client.get("/audit", headers=admin).json()["entries"]
    third = entries[3]["at"]
    assert abouts(client, admin, since=third) == [made[2], made[4], made[3], made[2]]
    assert abouts(client, admin, until=third) == [made[1], made[0]]
    assert entries[3]["detail"] == {"role": "viewer"}


def test_pages_hold_every_entry_once(client: TestClient, admin: dict[str, str], made: list[str]) -> None:
    seen: list[str] = []
    after: dict[str, int] = {}
    while True:
        page = client.get("/audit", params={"limit": 2, **after}, headers=admin).json()
        seen += [one["about"] for one in page["entries"]]
        if page["after"] is None:
            break
        after = {"after": page["after"]}
    assert seen == made[::-1]


@pytest.mark.parametrize(
    "query",
    [
        {"since": "yesterday"},
        {"since": "0001-01-01T00:00:00+14:00"},
        {"until": "9999-12-31T23:59:59-14:00"},
        {"since": "2026-07-15T09:00:00"},
        {"about": "a\0b"},
        {"limit": 501},
        {"after": 2**63},
    ],
    ids=str,
)
def test_filters_that_make_no_sense_are_refused(
    client: TestClient, admin: dict[str, str], query: dict[str, Any]
) -> None:
    assert client.get("/audit", params=query, headers=admin).status_code == 422


def test_what_was_undone_is_not_written_down(client: TestClient, admin: dict[str, str]) -> None:
    later = (client.app.state.backend.now() - timedelta(hours=1)).isoformat()  # type: ignore[attr-defined]
    new = {"name": "n", "role": "viewer", "expires_at": later}
    assert client.post("/keys", json=new, headers=admin).status_code == 422
    assert abouts(client, admin) == []
