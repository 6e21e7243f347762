"""The log never holds customers' data, keys or cookies, whatever is sent and whatever goes wrong."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from fastapi.testclient import TestClient

from optimizer.interchange.scenario_text import scenario_json
from service.store import scenarios as stored_scenarios
from service.webhooks.sender import Sender
from tests.contract.branch_objects import JSON, NEWEST, PERSONAL, Office, question
from tests.contract.operations import ORIGIN, operations
from tests.unit.service.listener import listening
from tests.unit.service.served import key_for, served

NAME, PHONE = PERSONAL[:2]
WRONG_KEY = "pgk_this-was-mistyped"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with served(tmp_path, studio=1, webhook_hosts=("127.0.0.1",)) as one:
        yield one


def mistakes(client: TestClient, who: dict[str, str]) -> set[int]:
    """Send what is wrong in many ways, with personal data in every place; return the statuses."""
    broken = question("B1").model_dump(mode="json")
    broken["jobs"][0]["priority"] = NAME
    broken["jobs"][0][PHONE] = PHONE
    broken["technicians"][0]["branch_id"] = NAME
    json_text = f'{{"customer": "{NAME}", "phone": "{PHONE}"'
    requests: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", "/scenarios", {"json": broken}),
        ("POST", "/scenarios", {"content": json_text, "headers": JSON}),
        ("POST", "/scenarios", {"content": f"name: {NAME}", "headers": {"Content-Type": f"text/{PHONE}"}}),
        ("POST", "/scenarios", {"content": f"jobs: [{NAME}", "headers": {"Content-Type": "text/yaml"}}),
        ("POST", f"/scenarios?note={NAME * 200}", {"json": broken}),
        ("GET", f"/scenarios/{NAME}", {}),
        ("GET", f"/scenarios?limit={NAME}", {}),
        ("GET", f"/{NAME}/{PHONE}", {}),
        ("GET", f"/audit?about={NAME}&since={PHONE}", {}),
        ("PATCH", f"/scenarios/{PHONE}/content", {"json": {"story": NAME}, "headers": NEWEST}),
        ("PATCH", "/scenarios/x/content", {"content": json_text, "headers": {**JSON, **NEWEST}}),
        ("POST", "/runs", {"json": {"scenario_id": NAME, "engine": PHONE}}),
        ("POST", "/keys", {"json": {"name": NAME, "role": PHONE}, "headers": {"Idempotency-Key": NAME}}),
        ("POST", "/webhooks", {"json": {"url": f"http://{NAME}:{PHONE}@127.0.0.1/", "events": [NAME]}}),
        ("POST", "/session", {"json": {"key": WRONG_KEY}}),
        ("POST", "/session", {"json": {"key": [WRONG_KEY, NAME]}}),
        ("POST", "/vroom", {"json": {"jobs": [{"id": 1, "description": NAME, "location": PHONE}]}}),
        ("GET", "/session", {"headers": {"Authorization": f"Bearer {WRONG_KEY}"}}),
        ("GET", "/session", {"headers": {"Host": f"{PHONE}.example"}}),
        ("DELETE", "/session", {"headers": {"Origin": f"http://{PHONE}.example"}}),
        (
            "GET",
            "/session",
            {"headers": {"X-Request-ID": NAME, "Referer": f"http://x/{NAME}", "User-Agent": PHONE}},
        ),
        ("BREW", f"/scenarios/{NAME}", {}),
    ]
    statuses = set()
    for method, address, given in requests:
        headers = {**who, **given.pop("headers", {})}
        statuses.add(client.request(method, address, headers=headers, **given).status_code)
    return statuses


def use_everything(client: TestClient, office: Office, cookie: str) -> None:
    """Call every operation that looks, once with the key and once with the cookie."""
    for one in operations(client):
        if one.method == "GET" and not {"kind", "run_id", "slug"} & {*one.names}:
            for address in office.addresses(one):
                client.get(address, headers=office.who)
                client.get(address, headers={"Cookie": cookie})


def fail(client: TestClient, who: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Force mistakes in the program whose messages hold personal data: in a verb, and in the database."""

    def mistake(*_: object, **__: object) -> None:
        try:
            raise KeyError(f"{NAME}, {PHONE}")
        except KeyError as error:
            raise RuntimeError(f"{who['Authorization']} {NAME}") from error

    with monkeypatch.context() as patched:
        patched.setattr(stored_scenarios, "add_scenario", mistake)
        one = client.post("/scenarios", content=scenario_json(question("B1")), headers={**who, **JSON})
    # What the database cannot store; its message would hold all that was to be written.
    with monkeypatch.context() as patched:
        patched.setattr("service.scenarios.upload.new_id", lambda _: [NAME, PHONE])
        two = client.post("/scenarios", content=scenario_json(question("B1")), headers={**who, **JSON})
    return [one.status_code, two.status_code]


def tell(client: TestClient, office: Office, token: str) -> None:
    """Send a message to a receiver whose address holds a secret."""
    with listening() as heard:
        new = {"url": f"http://127.0.0.1:{heard.port}/{token}", "events": ["run.finished"]}
        made = client.post("/webhooks", json={**new, "branches": [office.branch]}, headers=office.who).json()
        client.post(f"/webhooks/{made['webhook']['webhook_id']}/test", headers=office.who)
        sender = Sender(client.app.state.backend)  # type: ignore[attr-defined]
        sender.start()
        sender.stop()
        with asyncio.Runner() as runner:
            sender.send_due(runner)
        assert heard.requests


def test_the_log_is_quiet(
    client: TestClient,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.WARNING, "httpx2")  # the test's own client notes what it calls
    caplog.set_level(logging.INFO)  # the last level named is what is caught
    office = Office(client, "B1")
    for name in ("scenario_id", "plan_id", "key_id", "webhook_id"):
        assert office[name]
    with structlog.testing.capture_logs() as told:
        secret = key_for(client, "dispatcher")["Authorization"].removeprefix("Bearer ")
        signed = client.post("/session", json={"key": secret}, headers=ORIGIN)
        cookie = signed.headers["Set-Cookie"].split(";")[0]
        client.cookies.clear()
        assert {200, 401, 403, 404, 405, 415, 422} <= mistakes(client, office.who)
        use_everything(client, office, cookie)
        assert fail(client, office.who, monkeypatch) == [500, 500]
        tell(client, office, "T0K3N-of-the-receiver")
    out, err = capfd.readouterr()
    everything = "\n".join([*map(str, told), caplog.text, out, err])
    forbidden = (
        *PERSONAL,
        secret,
        WRONG_KEY,
        office.who["Authorization"].removeprefix("Bearer "),
        cookie.partition("=")[2],
        "T0K3N-of-the-receiver",
        "whsec_",
    )
    assert [word for word in forbidden if word in everything or word.replace(" ", "%20") in everything] == []
    # It was really listened to: every request stands there, and both mistakes with their places.
    assert len([one for one in told if one["event"] == "request"]) > 60
    mistaken = [one["error"] for one in told if one["log_level"] == "error"]
    assert mistaken[0] == "RuntimeError"
    assert len(mistaken) == 2
