from datetime import timedelta
from pathlib import Path

from fastapi.testclient import TestClient

from tests.unit.service.served import key_for, served

ORIGIN = {"Origin": "http://127.0.0.1:8470"}


def secret(headers: dict[str, str]) -> str:
    return headers["Authorization"].removeprefix("Bearer ")


def sign_in(client: TestClient, who: dict[str, str]) -> str:
    """Sign in, return the header that sets the cookie; the client keeps the cookie."""
    answer = client.post("/session", json={"key": secret(who)}, headers=ORIGIN)
    assert answer.status_code == 201, answer.text
    cookie: str = answer.headers["Set-Cookie"]
    return cookie


def test_the_answer_to_signing_in_is_what_one_is_from_then_on(client: TestClient) -> None:
    sent = {"key": secret(key_for(client, "viewer"))}
    answer = client.post("/session", json=sent, headers=ORIGIN)
    assert answer.json() == client.get("/session").json()


def test_signing_in_looking_and_signing_out(client: TestClient) -> None:
    cookie = sign_in(client, key_for(client, "dispatcher", branches=["B2", "B1"]))
    parts = cookie.split("; ")
    assert parts[0].startswith("paigong_session=pgs_")
    assert parts[1:] == ["Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Strict"]
    said = client.get("/session").json()
    assert (said["role"], said["branches"], said["by_session"]) == ("dispatcher", ["B1", "B2"], True)
    assert said["rights"] == ["own_orders", "personal", "plan", "read"]
    kept = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    gone = client.delete("/session", headers=ORIGIN)
    assert (gone.status_code, "Max-Age=0" in gone.headers["Set-Cookie"]) == (204, True)
    assert not client.cookies
    assert (
        client.get("/session", headers={"Cookie": kept}).status_code == 401
    )  # not only forgotten by the browser


def test_a_session_changes_things_from_the_own_pages_only(client: TestClient) -> None:
    sign_in(client, key_for(client, "admin"))
    new = {"name": "n", "role": "viewer"}
    assert client.post("/keys", json=new).status_code == 403
    assert client.post("/keys", json=new, headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.post("/keys", json=new, headers=ORIGIN).status_code == 201


def test_the_cookie_travels_encrypted_unless_to_this_machine(tmp_path: Path) -> None:
    with served(tmp_path, allowed_hosts=("plan.example.com",)) as client:
        sent = {"key": secret(key_for(client, "viewer"))}
        for address, secure in (
            ("http://localhost:8470", False),
            ("http://[::1]:8470", False),
            ("https://localhost", True),
            ("http://plan.example.com", True),
        ):
            client.cookies.clear()
            answer = client.post(f"{address}/session", json=sent)
            assert answer.headers["Set-Cookie"].endswith("; Secure") is secure, address


def test_a_session_ends_by_itself_with_its_key_and_when_the_key_is_withdrawn(client: TestClient) -> None:
    backend = client.app.state.backend  # type: ignore[attr-defined]
    admin = key_for(client, "admin")
    soon = backend.now() + timedelta(hours=1)
    sign_in(client, key_for(client, "viewer", expires_at=soon))
    assert client.get("/session").json()["expires_at"] == soon.isoformat().replace("+00:00", "Z")
    (viewer,) = (one for one in client.get("/keys", headers=admin).json()["keys"] if one["role"] == "viewer")
    assert client.delete(f"/keys/{viewer['key_id']}", headers={**admin, **ORIGIN}).status_code == 204
    assert client.get("/session").status_code == 401


def test_a_session_holds_as_long_as_the_operator_says(tmp_path: Path) -> None:
    with served(tmp_path, session_h=1) as client:
        sign_in(client, key_for(client, "viewer"))
        backend = client.app.state.backend  # type: ignore[attr-defined]
        later = backend.now() + timedelta(minutes=61)
        object.__setattr__(backend, "now", lambda: later)
        assert client.get("/session").status_code == 401


def test_wrong_keys_open_nothing(client: TestClient) -> None:
    for key in ("pgk_wrong", "pgk_\0", "x" * 200, "日本"):
        answer = client.post("/session", json={"key": key})
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (401, False)
    for unusable in ("", "x" * 201, None):
        answer = client.post("/session", json={"key": unusable})
        assert answer.status_code == 422
        assert "x" * 201 not in answer.text


def test_signing_in_is_written_down(client: TestClient) -> None:
    admin = key_for(client, "admin")
    sign_in(client, admin)
    client.cookies.clear()
    (entry,) = client.get("/audit", headers=admin).json()["entries"]
    assert (entry["action"], entry["key_id"]) == ("sign_in", entry["about"])
    assert secret(admin) not in str(entry)
