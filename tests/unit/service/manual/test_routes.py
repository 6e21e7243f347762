import base64
import hashlib
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.door.problem_kinds import PROBLEM_KINDS
from tests.unit.service.manual.description import operations
from tests.unit.service.served import key_for, served

PAGE = {"Accept": "text/html,application/xhtml+xml;q=0.9"}


def test_the_manual_shows_every_operation_and_every_record(client: TestClient) -> None:
    page = client.get("/docs", headers=PAGE).text
    said = client.get("/openapi.json").json()
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert {operation["operationId"] for _, _, operation in operations(said)} <= ids
    assert {f"schema-{name}" for name in said["components"]["schemas"]} <= ids


def test_every_link_leads_somewhere(client: TestClient) -> None:
    for address in ("/docs", "/problems", *(f"/problems/{kind.slug}" for kind in PROBLEM_KINDS)):
        page = client.get(address, headers=PAGE).text
        ids = set(re.findall(r'id="([^"]+)"', page))
        links = set(re.findall(r'href="([^"]+)"', page))
        assert links
        assert {link[1:] for link in links if link.startswith("#")} <= ids
        for link in links:
            if not link.startswith("#"):
                assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("address", ["/docs", "/problems", "/problems/not-found"])
def test_pages_load_nothing_and_allow_nothing_but_their_style(client: TestClient, address: str) -> None:
    answer = client.get(address, headers=PAGE)
    assert answer.headers["Content-Type"].startswith("text/html")
    found = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert len(found) == 1
    sha256 = base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{sha256}'; ")
    assert not re.search(r"<(script|img|link|iframe)\b|style=|url\(|@import", answer.text)


def test_a_kind_of_error_is_a_page_or_json(client: TestClient) -> None:
    answer = client.get("/problems/stale-plan")
    assert answer.json()["status"] == 409
    assert answer.headers["Vary"] == "Accept"
    page = client.get("/problems/stale-plan", headers=PAGE)
    assert answer.json()["title"] in page.text
    kinds = client.get("/problems").json()["problems"]
    assert {one["type"] for one in kinds} == {f"/problems/{kind.slug}" for kind in PROBLEM_KINDS}
    assert client.get("/problems/x").json()["type"] == "/problems/not-found"


def test_the_manual_needs_no_key(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        key_for(client, "admin")
        for address in ("/docs", "/openapi.json", "/problems", "/problems/internal"):
            assert client.get(address).status_code == 200
        assert client.get("/", follow_redirects=False).headers["Location"] == "/docs"
