from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.unit.service.served import key_for, served

REFUSED = (403, "/problems/wrong-origin")


def asked(client: TestClient, headers: dict[str, str], method: str = "GET") -> tuple[int, str]:
    answer = client.request(method, "/session", headers=headers)
    return answer.status_code, answer.json()["type"] if answer.status_code >= 400 else ""


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8470",
        "LOCALHOST",
        "127.0.0.1:1",
        "127.8.8.8",
        "[::1]",
        "[0:0:0:0:0:0:0:1]:8470",
    ],
)
def test_loopback_names_are_its_own(client: TestClient, host: str) -> None:
    assert asked(client, {"Host": host}) == (200, "")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "localhost.",
        "localhost@evil.example",
        "evil.example#localhost",
        "10.0.0.5",
        "0.0.0.0",
        "[::]",
        "2130706433",
        "0x7f.0.0.1",
        "",
        " ",
    ],
)
def test_other_names_are_refused(client: TestClient, host: str) -> None:
    assert asked(client, {"Host": host}) == REFUSED


def test_names_that_the_operator_allows_are_its_own(tmp_path: Path) -> None:
    with served(tmp_path, allowed_hosts=("plan.example.com", "10.0.0.5"), host="0.0.0.0") as client:
        assert asked(client, {"Host": "plan.example.com:8443"}) == (200, "")
        assert asked(client, {"Host": "10.0.0.5"}) == (200, "")
        assert asked(client, {"Host": "0.0.0.0"}) == REFUSED
        assert asked(client, {"Host": "x.plan.example.com"}) == REFUSED


def test_two_names_at_once_are_refused(client: TestClient) -> None:
    two = [("Host", "127.0.0.1"), ("Host", "evil.example")]
    assert client.get("/session", headers=two).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},  # another program of this machine
        {"Origin": "http://127.0.0.1"},
        {"Origin": "file://"},
        {"Origin": "http://127.0.0.1:8470.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8470"},
        {"Cookie": "paigong_session=x"},
        {"Cookie": "other=x"},
    ],
    ids=str,
)
def test_other_sites_pages_change_nothing_but_may_link_here(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert asked(client, headers, "DELETE") == REFUSED
    assert asked(client, headers) == (200, "")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://127.0.0.1:8470"},
        {"Origin": "HTTP://127.0.0.1:8470", "Sec-Fetch-Site": "same-origin", "Cookie": "a=b"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_its_own_pages_and_programs_may_change(client: TestClient, headers: dict[str, str]) -> None:
    assert asked(client, headers, "DELETE") == (204, "")


def test_a_page_behind_a_proxy_with_tls_is_its_own(tmp_path: Path) -> None:
    with served(tmp_path, allowed_hosts=("plan.example.com",)) as client:
        of_proxy = {"Host": "plan.example.com", "Origin": "https://plan.example.com"}
        assert asked(client, of_proxy, "DELETE") == (204, "")
        assert asked(client, {**of_proxy, "Origin": "https://plan.example.com:444"}, "DELETE") == REFUSED


def test_no_answer_allows_other_origins_to_read_it(client: TestClient) -> None:
    for method in ("GET", "OPTIONS"):
        headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
        answer = client.request(method, "/scenarios", headers=headers)
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("path", ["/session", "/nowhere", "/scenarios?limit=x"])
def test_every_answer_carries_the_safe_headers(client: TestClient, path: str) -> None:
    for headers in ({}, {"Host": "evil.example"}):
        said = client.get(path, headers=headers).headers
        assert said["X-Content-Type-Options"] == "nosniff"
        assert said["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in said["Content-Security-Policy"]
        assert said["Referrer-Policy"] == "same-origin"


def test_refused_pages_are_written_down(client: TestClient) -> None:
    admin = key_for(client, "admin")
    asked(client, {"Origin": "http://evil.example"}, "DELETE")
    (entry,) = client.get("/audit", headers=admin).json()["entries"]
    assert (entry["key_id"], entry["action"]) == ("nobody", "(none)")
    assert entry["detail"] == {"refused": "wrong-origin", "address": "127.0.0.1"}


@pytest.mark.parametrize(
    ("came_in_on", "host", "status"),
    [
        ("10.9.8.7", "10.9.8.7:8470", 200),
        ("[fd00::7]", "[fd00:0::7]:8470", 200),
        ("10.9.8.7", "10.9.8.8", 403),
        ("evil.example", "evil.example", 403),  # never a name: DNS says what it means
    ],
)
def test_the_address_that_a_connection_came_in_on_is_its_own(
    tmp_path: Path, came_in_on: str, host: str, status: int
) -> None:
    with served(tmp_path, host="0.0.0.0") as client:
        there = TestClient(client.app, f"http://{came_in_on}:8470", client=("127.0.0.1", 50000))
        assert there.get("/session", headers={"Host": host}).status_code == status
