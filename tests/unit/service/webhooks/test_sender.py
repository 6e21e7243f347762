import asyncio
import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.store.tables import Delivery
from service.webhooks.announce import announce
from service.webhooks.sender import LONGEST_PAUSE, Sender, pause
from tests.unit.service.listener import OK, listening, reply_with
from tests.unit.service.served import backend_of, served

BUSY = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with served(tmp_path, webhook_hosts=("127.0.0.1",), webhook_tries=3) as one:
        yield one


def add(client: TestClient, port: int, **new: Any) -> Any:
    """Add a webhook to a listener and return the answer's document."""
    given = {"url": f"http://127.0.0.1:{port}/hook", "events": ["run.finished", "plan.published"], **new}
    answer = client.post("/webhooks", json=given)
    assert answer.status_code == 201, answer.text
    return answer.json()


def tell(client: TestClient, event: Any = "run.finished", branches: tuple[str, ...] = ("B1",)) -> None:
    backend = backend_of(client)
    facts = {"state": "finished", "served": 12}
    backend.store.write(
        lambda tx: announce(tx, event=event, about="run_1", branches=branches, data=facts, now=backend.now())
    )


def send(client: TestClient, later: timedelta = timedelta()) -> int:
    backend = backend_of(client)
    now = backend.now() + later
    with asyncio.Runner() as runner:
        return Sender(replace(backend, now=lambda: now)).send_due(runner)


def deliveries(client: TestClient, webhook: Any) -> list[dict[str, Any]]:
    answer = client.get(f"/webhooks/{webhook['webhook']['webhook_id']}/deliveries")
    found: list[dict[str, Any]] = answer.json()["deliveries"]
    return found


def test_a_message_is_signed_and_sent_once(client: TestClient) -> None:
    with listening() as heard:
        webhook = add(client, heard.port)
        tell(client)
        assert [send(client), send(client)] == [1, 0]
    (one,) = deliveries(client, webhook)
    assert (one["state"], one["tries"], one["last_answer"], one["next_at"]) == (
        "delivered",
        1,
        "HTTP 200",
        None,
    )
    body = heard.body()
    assert json.loads(body) == one["message"]
    assert one["message"]["data"] == {"about": "run_1", "state": "finished", "served": 12}
    signed = f"{one['delivery_id']}.{heard.header('webhook-timestamp')}.".encode() + body
    key = base64.b64decode(webhook["secret"].removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert heard.header("webhook-id") == one["delivery_id"]
    assert heard.requests[0].decode().count(f"webhook-signature: v1,{wanted}") == 1


def test_only_those_who_listen_are_told(client: TestClient) -> None:
    every = add(client, 1)
    of_b1 = add(client, 1, branches=["B1"])
    of_both = add(client, 1, branches=["B1", "B2"])
    clocks = add(client, 1, events=["clock.at_risk"])
    tell(client, branches=("B1", "B2"))
    assert [len(deliveries(client, one)) for one in (every, of_b1, of_both, clocks)] == [1, 0, 1, 0]


def test_what_was_undone_is_not_told(client: TestClient) -> None:
    webhook, backend = add(client, 1), backend_of(client)

    def fails(tx: Any) -> None:
        announce(tx, event="run.finished", about="r", branches=(), data={}, now=backend.now())
        raise LookupError

    with pytest.raises(LookupError):
        backend.store.write(fails)
    assert deliveries(client, webhook) == []


def test_a_message_is_sent_again_with_growing_pauses_and_then_given_up(client: TestClient) -> None:
    with listening(reply_with(BUSY)) as heard:
        webhook = add(client, heard.port)
        tell(client)
        # Pauses of 10 and 40 seconds: due at 0, 10 and 50.
        moments = [0, 9, 11, 50, 52, 5000]
        assert [send(client, timedelta(seconds=one)) for one in moments] == [1, 0, 1, 0, 1, 0]
    (one,) = deliveries(client, webhook)
    assert (one["state"], one["tries"], one["last_answer"]) == ("given_up", 3, "HTTP 503")
    assert {heard.header("webhook-id", i) for i in range(3)} == {one["delivery_id"]}


def test_pauses_end_at_an_hour() -> None:
    assert [pause(tries).total_seconds() for tries in range(1, 7)] == [10, 40, 160, 640, 2560, 3600]
    assert pause(50) == LONGEST_PAUSE


def test_a_receiver_that_is_away_holds_nobody_up(client: TestClient) -> None:
    with listening() as heard:
        away = add(client, 1)  # nothing listens there
        there = add(client, heard.port)
        tell(client)
        assert send(client) == 2
    assert deliveries(client, away)[0]["state"] == "waiting"
    assert deliveries(client, there)[0]["state"] == "delivered"


def test_of_several_servers_one_sends(client: TestClient) -> None:
    with listening() as heard:
        add(client, heard.port)
        for _ in range(10):
            tell(client)
        threads = [threading.Thread(target=send, args=(client,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(heard.requests) == 10
    assert len({heard.header("webhook-id", i) for i in range(10)}) == 10


def test_a_server_that_died_while_sending_loses_no_message(client: TestClient) -> None:
    from service.store.webhooks import lease_due, store_outcome

    backend = backend_of(client)
    with listening() as heard:
        webhook = add(client, heard.port)
        tell(client)
        now = backend.now()
        until = now + timedelta(seconds=60)
        ((row, _),) = backend.store.write(lambda tx: lease_due(tx, now, until, 16))
        assert [send(client), send(client, timedelta(seconds=61))] == [0, 1]
    # The one that was thought dead comes back: its outcome is of an older try and is not stored.
    backend.store.write(
        lambda tx: store_outcome(tx, row.delivery_id, row.tries, state="given_up", next_at=now, said="late")
    )
    assert deliveries(client, webhook)[0]["last_answer"] == "HTTP 200"


def test_deleting_a_webhook_takes_its_messages_along(client: TestClient) -> None:
    webhook_id = add(client, 1)["webhook"]["webhook_id"]
    tell(client)
    assert client.delete(f"/webhooks/{webhook_id}").status_code == 204
    assert client.get(f"/webhooks/{webhook_id}/deliveries").status_code == 404
    assert send(client) == 0
    with backend_of(client).store.read() as tx:
        assert tx.query(Delivery).count() == 0


def test_the_thread_sends_and_stops(client: TestClient) -> None:
    arrived = threading.Event()

    def answer(connection: Any, _: bytes) -> None:
        connection.sendall(OK)
        arrived.set()

    with listening(answer) as heard:
        webhook = add(client, heard.port)
        sender = Sender(backend_of(client))
        sender.start()
        tell(client)
        assert arrived.wait(30)
        sender.stop()
    assert deliveries(client, webhook)[0]["state"] == "delivered"
    assert not [one for one in threading.enumerate() if one.name == "paigong-webhooks"]
